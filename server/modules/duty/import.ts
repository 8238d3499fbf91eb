import { uuidv7 } from 'uuidv7';
import { type Actor, admits } from '../../platform/actor.ts';
import { forbidden, Refusal } from '../../platform/errors.ts';
import { type Desk, problemFor } from '../../platform/serve.ts';
import { readTable } from '../../platform/sheets.ts';
import { type Returned, returningMarked, sentTable, uploadLimit } from '../../platform/table-upload.ts';
import { inStatement, inTransaction, type Tx } from '../../platform/transaction.ts';
import { loginsOfAccounts } from '../access/index.ts';
import { dayNumber } from '../clocks/index.ts';
import { directory } from '../organization/index.ts';
import { spanOf } from './gaps.ts';
import { type PlanEntry, plan } from './planning.ts';
import { type PostRecord, postsAt, shiftsBetween } from './queries.ts';
import { reaches } from './rights.ts';
import { type Fault, hoursOfWord, rosterForm } from './rosterTable.ts';
import { sittersOf } from './sitting.ts';

const mostRows = 200;

interface Answer extends Returned {
  rows: number;
  adds: number;
  same: number;
}

/** What the rows ask for: entries for hours that are free, rows that stand so already, and every fault by its cell. */
async function read(tx: Tx, actor: Actor, now: Date, file: Buffer) {
  const dir = await directory(tx);
  const zone = dir.group.timezone;
  const faults: Fault[] = [];
  const entries: (PlanEntry & { row: number })[] = [];
  const seen = new Map<string, number>();
  let rows = 0;
  let same = 0;
  const posts = new Map<number, PostRecord[]>();
  const sitters = new Map<string, Map<string, string>>();
  for await (const { rowNumber, cells } of readTable(file, 'xlsx', { keyOf: rosterForm.keyOf, maxRows: mostRows })) {
    rows++;
    const cell = (key: string): string => (cells[key] ?? '').trim();
    const fault = (column: string, code: Fault['code'], values?: Fault['values']): void =>
      void faults.push({ row: rowNumber, column, code, values });
    // Hours that are still open come out without a person and go back in the same way.
    if (cell('login') === '' && cell('name') === '') continue;
    const absent = Object.entries(rosterForm.columns).filter(([key, column]) => column.required && cell(key) === '');
    for (const [key] of absent) fault(key, key in cells ? 'required' : 'no_column');
    if (absent.length > 0) continue;
    const day = dayNumber(cell('day'));
    if (day === null) {
      fault('day', 'bad_day');
      continue;
    }
    const node = dir.nodesByCode.get(cell('place')) ?? dir.nodesByCode.get(cell('place').toUpperCase());
    if (!node || !reaches(actor, dir, 'duty.plan', node.id)) {
      fault('place', 'unknown_place');
      continue;
    }
    if (!posts.has(node.id)) posts.set(node.id, await postsAt(tx, [node.id], now));
    const post = posts.get(node.id)!.find((one) => one.zh === cell('post') || one.en === cell('post'));
    if (!post) {
      fault('post', 'unknown_post');
      continue;
    }
    const hours = hoursOfWord(cell('hours'));
    if (!hours || !post.hours.includes(hours)) {
      fault('hours', 'bad_hours');
      continue;
    }
    if (!sitters.has(post.id)) {
      const people = await sittersOf(tx, dir, post, now);
      const logins = await loginsOfAccounts(
        tx,
        people.map((one) => one.accountId),
      );
      sitters.set(post.id, new Map([...logins].map(([id, login]) => [login.toLowerCase(), id])));
    }
    const accountId = sitters.get(post.id)!.get(cell('login').toLowerCase());
    if (!accountId) {
      fault('login', 'unknown_login');
      continue;
    }
    const span = spanOf(zone, day, hours);
    const standing = await shiftsBetween(tx, [post.id], span.from, span.to);
    if (standing.some((row) => row.account_id === accountId)) {
      same++;
      continue;
    }
    if (standing.length > 0) fault('login', 'taken');
    else if (span.to <= now) fault('day', 'in_the_past');
    const key = `${post.id} ${cell('day')} ${hours}`;
    if (seen.has(key)) fault('day', 'repeated', { row: seen.get(key)! });
    seen.set(key, rowNumber);
    entries.push({ id: uuidv7(), postId: post.id, day: cell('day'), hours, accountId, row: rowNumber });
  }
  return { rows, same, entries, faults };
}

/** The roster by Excel: checked row by row, then planned whole or not at all by the rules of planning itself. */
export function mountDutyImport(desk: Desk): void {
  const account = (actor: Actor): string => {
    if (actor.kind === 'visitor') throw new Refusal(401, 'sign_in_first');
    if (!admits(actor, 'duty.plan', null) || actor.accountId === null) throw forbidden();
    return actor.accountId;
  };
  const returned = returningMarked(desk, '/api/import/duty', account);

  desk.app.post<{ Querystring: { mode?: string } }>(
    '/api/import/duty',
    { schema: { hide: true }, bodyLimit: uploadLimit },
    async (request, reply): Promise<Answer> => {
      const actor = await desk.identify(request);
      account(actor);
      const { mode, file } = await sentTable(request);
      void reply.type('application/json; charset=utf-8');
      const now = desk.now();
      const found = await inStatement(desk.pool, (tx) => read(tx, actor, now, file));
      if (found.faults.length === 0 && found.entries.length > 0) {
        const input = { entries: found.entries.map(({ row: _, ...entry }) => entry) };
        try {
          // The check runs the planning itself and takes it back: what it lets through, the planning takes.
          await inTransaction(desk.pool, async (tx) => {
            await plan({ tx, actor, now }, input);
            if (mode === 'check') throw new Checked();
          });
          desk.committed();
        } catch (error) {
          if (error instanceof Refusal) found.faults.push(...faultsOf(error, actor, found.entries));
          else if (!(error instanceof Checked)) throw error;
        }
      }
      return {
        rows: found.rows,
        adds: found.faults.length > 0 ? 0 : found.entries.length,
        same: found.same,
        ...(await returned(actor, file, rosterForm, found.faults)),
      };
    },
  );
}

class Checked extends Error {}

/** What planning refused, at the rows it speaks of; where it speaks of none, at the first. */
function faultsOf(error: Refusal, actor: Actor, entries: readonly (PlanEntry & { row: number })[]): Fault[] {
  const { title, fields } = problemFor(error, actor.locale);
  const tired = (error.current as { tired?: { accountId: string; day: string }[] } | undefined)?.tired;
  if (tired)
    return entries
      .filter((entry) => tired.some((one) => one.accountId === entry.accountId && one.day === entry.day))
      .map((entry) => ({ row: entry.row, column: 'login', code: 'refused', values: { why: title } }));
  if (fields && fields.length > 0)
    return fields.map((field) => ({
      row: entries[Number(/^entries\.(\d+)\./.exec(field.field)?.[1] ?? 0)]!.row,
      column: field.field.endsWith('day') ? 'day' : 'login',
      code: 'refused',
      values: { why: field.message },
    }));
  return [{ row: entries[0]!.row, column: 'login', code: 'refused', values: { why: title } }];
}
