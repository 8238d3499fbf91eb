/**
 * Background staff of the demo world: labels, never names. With the accounts of the world file
 * they give the generator enough separate people that nobody has to check their own work.
 */
import type { Role } from '../../contract/permissions.ts';

export interface StaffRow {
  login: string;
  role: Role;
  label: string;
  unit: string | null;
  site: string | null;
  line: string | null;
  staffNo: string;
}

export interface StaffWorld {
  lines: { code: string; zh: string }[];
  units: { code: string; zh_short: string }[];
  sites: { code: string; unit: string; zh: string; heads: number }[];
  accounts?: { login: string }[];
  accounts_more?: { login: string }[];
}

/** Lines that have a handler of their own inside every unit. */
const unitLines = ['L03', 'L05', 'L06', 'L07', 'L08', 'L10', 'L11', 'L15'];

/** A site of this many people or more has a second site officer. */
const secondOfficerFrom = 100;

const workersPerUnit = 8;
const operators = 6;
const dispatchers = 4;
const callers = 8;

const two = (n: number): string => String(n).padStart(2, '0');

export function backgroundStaff(world: StaffWorld): StaffRow[] {
  const taken = new Set([...(world.accounts ?? []), ...(world.accounts_more ?? [])].map((a) => a.login));
  const rows: StaffRow[] = [];
  const add = (
    login: string,
    role: Role,
    label: string,
    at: { unit?: string; site?: string; line?: string } = {},
  ): void => {
    if (taken.has(login)) throw new Error(`The login ${login} is taken`);
    taken.add(login);
    rows.push({
      login,
      role,
      label,
      unit: at.unit ?? null,
      site: at.site ?? null,
      line: at.line ?? null,
      staffNo: `TL${at.unit?.slice(1) ?? '00'}-${String(rows.length + 1).padStart(4, '0')}`,
    });
  };

  for (const unit of world.units) {
    const sites = world.sites.filter((s) => s.unit === unit.code);
    const prefix = unit.code.toLowerCase();
    let officer = 0;
    for (const site of sites) {
      const count = site.heads >= secondOfficerFrom ? 2 : 1;
      for (let i = 0; i < count; i++) {
        officer++;
        add(`${prefix}-s${two(officer)}`, 'site_officer', `${site.zh}保障员${two(officer)}`, {
          unit: unit.code,
          site: site.code,
        });
      }
    }
    for (const code of unitLines) {
      const line = world.lines.find((l) => l.code === code);
      if (!line) throw new Error(`The world has no line ${code}`);
      add(`${prefix}-${code.toLowerCase()}`, 'handler', `${unit.zh_short}${line.zh}承办`, {
        unit: unit.code,
        line: code,
      });
    }
    for (let i = 1; i <= workersPerUnit; i++) {
      const site = sites[(i * 5) % sites.length];
      if (!site) throw new Error(`The unit ${unit.code} has no site`);
      add(`${prefix}-w${two(i)}`, 'worker', `${site.zh}一线职工${two(i)}`, { unit: unit.code, site: site.code });
    }
    add(`${prefix}-liaison`, 'unit_liaison', `${unit.zh_short}联络员二`, { unit: unit.code });
    add(`${prefix}-deputy`, 'unit_leader', `${unit.zh_short}值班领导`, { unit: unit.code });
  }

  for (const line of world.lines) {
    const zh = line.zh.replace(/[（(].*$/, '');
    add(`ho-${line.code.toLowerCase()}`, 'handler', `集团${zh}条线承办`, { line: line.code });
    add(`ho-${line.code.toLowerCase()}-deputy`, 'group_leader', `集团${zh}条线分管`, { line: line.code });
  }
  for (let i = 1; i <= operators; i++) add(`ho-op${two(i)}`, 'operator', `热线坐席${two(i + 20)}`);
  for (let i = 1; i <= dispatchers; i++) add(`ho-disp${two(i)}`, 'dispatcher', `派单调度${two(i + 20)}`);
  for (let i = 1; i <= callers; i++) add(`ho-fu${two(i)}`, 'followup_caller', `随访专员${two(i + 20)}`);
  return rows;
}
