import { uuidv7 } from 'uuidv7';
import { openInitials } from '../../platform/initials.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Directory } from './directory.ts';
import type { Accounts, Plan } from './importPlan.ts';
import { insertNodes, insertPoints, personsByStaffNo, updateNode, upsertPersons } from './queries.ts';

/** Places every site has; more can be added later. */
const sitePoints = [
  ['大门', 'Gate'],
  ['食堂', 'Canteen'],
  ['生活区', 'Living area'],
  ['作业面', 'Work face'],
] as const;

/** One statement takes 65,535 values at most. */
function* chunks<T>(rows: T[], size = 1000): Generator<T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

export interface NewPassword {
  login: string;
  label: string;
  password: string;
}

/** Hashed before the transaction: each costs 20 ms and nothing may be locked meanwhile. */
export async function preparePasswords(
  plan: Plan,
  accounts: Accounts,
): Promise<Map<string, { password: string; hash: string }>> {
  const made = new Map<string, { password: string; hash: string }>();
  for (const some of chunks(
    plan.accounts.filter((row) => row.kind === 'add'),
    4,
  )) {
    await Promise.all(
      some.map(async (row) => {
        const password = accounts.oneTimePassword();
        made.set(row.login.toLowerCase(), { password, hash: await accounts.hash(password) });
      }),
    );
  }
  return made;
}

/** Writes what the plan says and journals it by kind of row. @returns the one-time passwords, told only here */
export async function applyPlan(
  { tx, actor, now }: Context,
  dir: Directory,
  plan: Plan,
  accounts: Accounts,
  passwords: Map<string, { password: string; hash: string }>,
): Promise<NewPassword[]> {
  const ids = new Map([...dir.nodes.values()].map((node) => [node.code, node.id]));
  const keep = (rows: { id: number; code: string }[]): void => {
    for (const row of rows) ids.set(row.code, row.id);
  };
  const blank = { site_kind: null, heads: null, x: null, y: null, facts: '{}' };

  const initialsOf = await openInitials();
  keep(
    await insertNodes(
      tx,
      plan.sectors.map(({ code, zh }) => ({
        ...blank,
        kind: 'sector',
        code,
        zh,
        en: zh,
        initials: initialsOf(zh),
        parent_id: dir.groupNode.id,
      })),
    ),
  );
  const sectorOf = (code: string | null): number => (code === null ? dir.groupNode.id : ids.get(code)!);
  for (const some of chunks(plan.units.filter((row) => row.kind === 'add'))) {
    keep(
      await insertNodes(
        tx,
        some.map(({ code, zh, en, sector }) => ({
          ...blank,
          kind: 'unit',
          code,
          zh,
          en,
          initials: initialsOf(zh),
          parent_id: sectorOf(sector),
        })),
      ),
    );
  }
  for (const { code, zh, en, sector } of plan.units.filter((row) => row.kind === 'change')) {
    await updateNode(tx, code, { zh, en, initials: initialsOf(zh), parent_id: sectorOf(sector) });
  }
  for (const some of chunks(plan.sites.filter((row) => row.kind === 'add'))) {
    const rows = await insertNodes(
      tx,
      some.map((row) => ({
        ...blank,
        kind: 'site',
        code: row.code,
        zh: row.zh,
        en: row.en,
        initials: initialsOf(row.zh),
        parent_id: ids.get(row.unit)!,
        site_kind: row.siteKind,
        heads: row.heads,
      })),
    );
    keep(rows);
    await insertPoints(
      tx,
      rows.flatMap(({ id }) => sitePoints.map(([zh, en]) => ({ site_id: id, zh, en }))),
    );
  }
  for (const { code, zh, en, siteKind, heads } of plan.sites.filter((row) => row.kind === 'change')) {
    await updateNode(tx, code, { zh, en, initials: initialsOf(zh), site_kind: siteKind, heads });
  }

  for (const some of chunks(plan.people.filter((row) => row.kind !== 'same'))) {
    await upsertPersons(
      tx,
      some.map((row) => ({
        id: uuidv7(),
        staff_no: row.staffNo,
        label: row.label,
        node_id: ids.get(row.node)!,
        post: row.post,
      })),
    );
  }

  const persons = new Map<string, string>();
  for (const some of chunks(
    plan.accounts.map((row) => row.staffNo).filter((staffNo): staffNo is string => staffNo !== null),
  )) {
    for (const person of await personsByStaffNo(tx, some)) persons.set(person.staff_no, person.id);
  }
  const personOf = (staffNo: string | null): string | null =>
    staffNo === null ? null : (persons.get(staffNo) ?? null);
  const told: NewPassword[] = [];
  const noted = { at: now, actorId: actor.accountId, role: 'sysadmin', class: 'audit' };
  for (const some of chunks(plan.accounts.filter((row) => row.kind === 'add'))) {
    const rows = some.map((row) => {
      const { password, hash } = passwords.get(row.login.toLowerCase())!;
      told.push({ login: row.login, label: row.label, password });
      return {
        id: uuidv7(),
        login: row.login,
        label: row.label,
        person_id: personOf(row.staffNo),
        home_node_id: ids.get(row.node)!,
        password_hash: hash,
        must_change_password: true,
        created_at: now,
      };
    });
    await accounts.create(tx, rows);
    await append(
      tx,
      ...rows.map((row) => ({
        ...noted,
        action: 'access.account_created',
        recordKind: 'account',
        recordId: row.id,
        unitId: dir.unitOf(row.home_node_id),
      })),
    );
  }
  for (const row of plan.accounts.filter((one) => one.kind === 'change')) {
    const current =
      row.staffNo === null
        ? ((await accounts.byLogins(tx, [row.login.toLowerCase()]))[0]?.person_id ?? null)
        : personOf(row.staffNo);
    await accounts.change(tx, row.id!, { label: row.label, person_id: current, home_node_id: ids.get(row.node)! });
    await append(tx, { ...noted, action: 'access.account_changed', recordKind: 'account', recordId: row.id! });
  }
  const importId = uuidv7();
  await append(
    tx,
    ...plan.summary.map(({ sheet, rows, adds, changes, same }) => ({
      ...noted,
      action: 'organization.imported',
      recordKind: 'import',
      recordId: importId,
      reason: sheet,
      figures: { rows, adds, changes, same },
    })),
  );
  return told;
}
