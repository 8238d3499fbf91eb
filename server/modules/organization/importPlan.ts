import type { Tx } from '../../platform/transaction.ts';
import type { Directory } from './directory.ts';
import { type Problem, type ReadSheet, type SheetKey, shapes, sheetKeys } from './importSheets.ts';
import { personsByStaffNo } from './queries.ts';

/** What `access` tells and does for an import; handed in, because `access` stands on this module. */
export interface Accounts {
  byLogins(
    tx: Tx,
    logins: string[],
  ): Promise<{ id: string; login: string; label: string; person_id: string | null; home_node_id: number }[]>;
  byStaffNos(tx: Tx, personIds: string[]): Promise<{ login: string; person_id: string | null }[]>;
  create(
    tx: Tx,
    rows: {
      id: string;
      login: string;
      label: string;
      person_id: string | null;
      home_node_id: number;
      password_hash: string;
      must_change_password: boolean;
      created_at: Date;
    }[],
  ): Promise<unknown>;
  change(tx: Tx, id: string, set: { label: string; person_id: string | null; home_node_id: number }): Promise<unknown>;
  hash(password: string): Promise<string>;
  oneTimePassword(): string;
}

type Kind = 'add' | 'change' | 'same';

export interface SectorPlan {
  code: string;
  zh: string;
}
export interface UnitPlan {
  kind: Kind;
  code: string;
  zh: string;
  en: string;
  /** Code of the sector; null = directly below the group. */
  sector: string | null;
}
export interface SitePlan {
  kind: Kind;
  code: string;
  unit: string;
  zh: string;
  en: string;
  siteKind: 'construction' | 'plant';
  heads: number | null;
}
export interface PersonPlan {
  kind: Kind;
  staffNo: string;
  label: string;
  node: string;
  post: string | null;
}
export interface AccountPlan {
  kind: Kind;
  /** Of the account that is there. */
  id: string | null;
  login: string;
  label: string;
  staffNo: string | null;
  node: string;
}

export interface Plan {
  sectors: SectorPlan[];
  units: UnitPlan[];
  sites: SitePlan[];
  people: PersonPlan[];
  accounts: AccountPlan[];
  problems: Problem[];
  summary: { sheet: SheetKey; rows: number; adds: number; changes: number; same: number; bad: number }[];
}

const code = /^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$/;
const login = /^[a-z0-9_.-]{2,40}$/i;
const kinds: Record<string, 'construction' | 'plant'> = {
  工地: 'construction',
  施工: 'construction',
  'construction site': 'construction',
  construction: 'construction',
  厂站: 'plant',
  plant: 'plant',
};

/** Reads the cells of one row and notes what is wrong with them. */
class RowReader {
  readonly problems: Problem[] = [];
  readonly row: number;
  private readonly sheet: SheetKey;
  private readonly cells: Record<string, string>;
  constructor(sheet: SheetKey, row: number, cells: Record<string, string>) {
    this.sheet = sheet;
    this.row = row;
    this.cells = cells;
  }
  fault(column: string, code: Problem['code'], values?: Problem['values']): void {
    this.problems.push({ sheet: this.sheet, row: this.row, column, code, values });
  }
  text(column: string, most: number): string {
    const value = (this.cells[column] ?? '').trim();
    if (value === '' && shapes[this.sheet].columns[column]?.required) this.fault(column, 'required');
    else if ([...value].length > most) this.fault(column, 'too_long', { most });
    return value;
  }
  matching(column: string, pattern: RegExp, code: Problem['code']): string {
    const value = this.text(column, 40);
    if (value !== '' && !pattern.test(value)) this.fault(column, code);
    return value;
  }
}

/** Compares a file with what is here. Decides everything, changes nothing. */
export async function planOrganization(
  tx: Tx,
  dir: Directory,
  accounts: Accounts,
  sheets: Partial<Record<SheetKey, ReadSheet>>,
  found: Problem[],
): Promise<Plan> {
  const plan: Plan = { sectors: [], units: [], sites: [], people: [], accounts: [], problems: [...found], summary: [] };
  const seen = new Map<string, number>();

  /** Goes through one sheet; `take` returns what the row comes to. */
  const each = async (sheet: SheetKey, take: (row: RowReader) => Kind | null): Promise<void> => {
    const read = sheets[sheet];
    if (!read) return;
    const titles = found.filter((problem) => problem.sheet === sheet).length;
    const sum = { sheet, rows: read.rows.length, adds: 0, changes: 0, same: 0, bad: titles > 0 ? 1 : 0 };
    for (const { rowNumber, cells } of read.rows) {
      const row = new RowReader(sheet, rowNumber, cells);
      const kind = take(row);
      if (row.problems.length > 0) {
        plan.problems.push(...row.problems);
        sum.bad++;
      } else if (kind === 'add') sum.adds++;
      else if (kind === 'change') sum.changes++;
      else sum.same++;
    }
    plan.summary.push(sum);
  };
  const once = (row: RowReader, kind: string, column: string, value: string): void => {
    const key = `${kind}:${value.toLowerCase()}`;
    const before = seen.get(key);
    if (value === '') return;
    if (before !== undefined) row.fault(column, 'repeated', { row: before });
    else seen.set(key, row.row);
  };
  const compare = (same: boolean, exists: boolean): Kind => (!exists ? 'add' : same ? 'same' : 'change');

  const sectorNames = new Map<string, string>();
  const unitCodes = new Set([...dir.nodes.values()].filter((node) => node.kind === 'unit').map((node) => node.code));
  const siteCodes = new Set([...dir.nodes.values()].filter((node) => node.kind === 'site').map((node) => node.code));

  await each('units', (row) => {
    const own = row.matching('code', code, 'bad_code');
    const zh = row.text('zh', 60);
    const en = row.text('en', 120);
    const sector = row.matching('sector', code, 'bad_code');
    const sectorName = row.text('sectorName', 60);
    once(row, 'node', 'code', own);
    const before = dir.nodesByCode.get(own);
    if (before && before.kind !== 'unit') row.fault('code', 'code_taken');
    const known = dir.nodesByCode.get(sector);
    if (sector !== '' && known && known.kind !== 'sector') row.fault('sector', 'code_taken');
    if (sector !== '' && !known) {
      const named = sectorNames.get(sector);
      if (sectorName === '' && named === undefined) row.fault('sectorName', 'sector_name');
      else if (named !== undefined && sectorName !== '' && named !== sectorName)
        row.fault('sectorName', 'sector_differs');
      else if (named === undefined) {
        sectorNames.set(sector, sectorName);
        plan.sectors.push({ code: sector, zh: sectorName });
      }
    }
    const parent = before ? dir.nodes.get(before.parentId ?? 0) : undefined;
    const english = en || before?.en || zh;
    const below = sector || (parent?.kind === 'sector' ? parent.code : null);
    const kind = compare(
      before !== undefined &&
        before.zh === zh &&
        before.en === english &&
        (parent?.kind === 'sector' ? parent.code : null) === below,
      before !== undefined,
    );
    if (row.problems.length > 0) return null;
    unitCodes.add(own);
    plan.units.push({ kind, code: own, zh, en: english, sector: below });
    return kind;
  });

  await each('sites', (row) => {
    const own = row.matching('code', code, 'bad_code');
    const unit = row.text('unit', 40);
    const zh = row.text('zh', 60);
    const en = row.text('en', 120);
    const siteKind = kinds[row.text('kind', 40).toLowerCase()];
    const heads = row.text('heads', 12);
    once(row, 'node', 'code', own);
    if (!siteKind && !row.problems.some((problem) => problem.column === 'kind')) row.fault('kind', 'bad_kind');
    if (heads !== '' && !/^\d{1,6}$/.test(heads)) row.fault('heads', 'bad_heads');
    if (unit !== '' && !unitCodes.has(unit)) row.fault('unit', 'unknown_unit');
    const before = dir.nodesByCode.get(own);
    if (before && before.kind !== 'site') row.fault('code', 'code_taken');
    if (before?.kind === 'site' && unit !== '' && dir.nodes.get(dir.unitOf(before.id) ?? 0)?.code !== unit)
      row.fault('unit', 'site_moves');
    if (row.problems.length > 0 || !siteKind) return null;
    const english = en || before?.en || zh;
    const people = heads === '' ? (before?.heads ?? null) : Number(heads);
    const kind = compare(
      before?.zh === zh && before.en === english && before.siteKind === siteKind && before.heads === people,
      before !== undefined,
    );
    siteCodes.add(own);
    plan.sites.push({ kind, code: own, unit, zh, en: english, siteKind, heads: people });
    return kind;
  });

  const knownNode = (value: string): boolean =>
    unitCodes.has(value) || siteCodes.has(value) || value === dir.groupNode.code;
  const staffNos = [...(sheets.people?.rows ?? []), ...(sheets.accounts?.rows ?? [])]
    .map((row) => (row.cells.staffNo ?? '').trim())
    .filter((value) => value !== '');
  const persons = new Map<string, Awaited<ReturnType<typeof personsByStaffNo>>[number]>();
  for (let at = 0; at < staffNos.length; at += 5000) {
    for (const person of await personsByStaffNo(tx, staffNos.slice(at, at + 5000)))
      persons.set(person.staff_no, person);
  }
  const inFile = new Map<string, { label: string; node: string }>();

  await each('people', (row) => {
    const staffNo = row.text('staffNo', 40);
    const label = row.text('label', 60);
    const node = row.text('node', 40);
    const post = row.text('post', 60);
    once(row, 'person', 'staffNo', staffNo);
    if (node !== '' && !knownNode(node)) row.fault('node', 'unknown_node');
    if (row.problems.length > 0) return null;
    const before = persons.get(staffNo);
    const newPost = post || before?.post || null;
    const same =
      before?.label === label &&
      before.left_at === null &&
      dir.nodes.get(before.node_id)?.code === node &&
      before.post === newPost;
    const kind = compare(same, before !== undefined);
    inFile.set(staffNo, { label, node });
    plan.people.push({ kind, staffNo, label, node, post: newPost });
    return kind;
  });

  const logins = (sheets.accounts?.rows ?? [])
    .map((row) => (row.cells.login ?? '').trim().toLowerCase())
    .filter((value) => value !== '');
  const here = new Map<string, Awaited<ReturnType<Accounts['byLogins']>>[number]>();
  for (let at = 0; at < logins.length; at += 5000) {
    for (const account of await accounts.byLogins(tx, logins.slice(at, at + 5000)))
      here.set(account.login.toLowerCase(), account);
  }
  const holders = new Map<string, string>();
  const personIds = [...persons.values()].map((person) => person.id);
  for (let at = 0; at < personIds.length && logins.length > 0; at += 5000) {
    for (const account of await accounts.byStaffNos(tx, personIds.slice(at, at + 5000)))
      if (account.person_id) holders.set(account.person_id, account.login);
  }

  await each('accounts', (row) => {
    const own = row.matching('login', login, 'bad_login');
    const given = row.text('label', 60);
    const staffNo = row.text('staffNo', 40);
    const node = row.text('node', 40);
    once(row, 'login', 'login', own);
    once(row, 'holder', 'staffNo', staffNo);
    const person = persons.get(staffNo);
    const named =
      inFile.get(staffNo) ??
      (person ? { label: person.label, node: dir.nodes.get(person.node_id)?.code ?? '' } : undefined);
    if (staffNo !== '' && !named) row.fault('staffNo', 'unknown_person');
    const before = here.get(own.toLowerCase());
    const holder = person && holders.get(person.id);
    if (holder !== undefined && holder.toLowerCase() !== own.toLowerCase())
      row.fault('staffNo', 'person_has_account', { login: holder });
    if (before?.person_id && staffNo !== '' && person?.id !== before.person_id) row.fault('staffNo', 'person_fixed');
    const home = node || named?.node || (before ? (dir.nodes.get(before.home_node_id)?.code ?? '') : '');
    if (home === '') row.fault('node', 'node_needed');
    else if (!knownNode(home)) row.fault('node', 'unknown_node');
    const label = given || named?.label || before?.label || '';
    if (label === '') row.fault('label', 'required');
    if (row.problems.length > 0) return null;
    const same =
      before?.label === label &&
      dir.nodes.get(before.home_node_id)?.code === home &&
      (staffNo === '' || (person !== undefined && before.person_id === person.id));
    const kind = compare(same, before !== undefined);
    plan.accounts.push({
      kind,
      id: before?.id ?? null,
      login: before?.login ?? own,
      label,
      staffNo: staffNo || null,
      node: home,
    });
    return kind;
  });

  const order = (problem: Problem): number => (problem.sheet ? sheetKeys.indexOf(problem.sheet) : -1);
  plan.problems.sort((a, b) => order(a) - order(b) || a.row - b.row);
  return plan;
}
