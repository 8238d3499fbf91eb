import type { Keys } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/transaction.ts';
import { comparable } from '../requests/index.ts';
import { keysOf, periodOf, sketch } from './copies.ts';
import { meaningOf } from './meaning.ts';
import {
  earlierOf,
  forget,
  insertPrints,
  insertRepeats,
  insertTallies,
  type PrintRecord,
  type Tally,
} from './queries.ts';
import { subjectsOf, termOf, termsOf } from './terms.ts';
import { gatherTopics } from './topics.ts';

export type Comparable = Awaited<ReturnType<typeof comparable>>[number];

/** Journal actions after which what may be compared has changed. */
const concern = new Set([
  'requests.submitted',
  'requests.registered',
  'requests.imported',
  'requests.facts_changed',
  'requests.moved_to_sealed',
]);
export const comparedActions = [...concern];
const laterChanges = new Set(['requests.facts_changed', 'requests.moved_to_sealed']);

const dayMs = 86_400_000;

/** Never confidential, personal, health or sealed (rules 6), and nothing without a place. */
export const mayBeCompared = <R extends Pick<Comparable, 'class' | 'confidentiality' | 'site_id' | 'unit_id'>>(
  r: R,
): r is R & { site_id: number; unit_id: number } =>
  r.class === 'normal' && r.confidentiality !== 'confidential' && r.site_id !== null && r.unit_id !== null;

/** Who asked, as far as a machine can tell; null where it cannot. */
function askerOf(r: Comparable): { kind: 'account' | 'phone' | 'device' | 'registrar'; key: string } | null {
  if (r.requester_id) return { kind: 'account', key: r.requester_id };
  if (r.caller_key) return { kind: 'phone', key: r.caller_key.toString('base64url') };
  // A device that registers for others says nothing of them.
  if (r.device_id && !r.registrar_id) return { kind: 'device', key: r.device_id };
  // One officer who writes down twenty needs is one voice; an operator is not: every call is another person.
  return r.registrar_id && r.channel !== 'hotline' ? { kind: 'registrar', key: r.registrar_id } : null;
}

/** Days within which the same person asking for the same at the same place has asked again. */
const repeatDays = 14;

export interface Told {
  row: Comparable;
  print: PrintRecord;
  subjects: string[];
}

function toldOf(keys: Keys, row: Comparable & { unit_id: number; site_id: number }): Told {
  const meaning = meaningOf(row.text);
  const asker = askerOf(row);
  return {
    row,
    subjects: subjectsOf(meaning),
    print: {
      request_id: row.id,
      unit_id: row.unit_id,
      site_id: row.site_id,
      category_id: row.category_id,
      at: row.submitted_at,
      keys: keysOf(sketch(row.text), periodOf(row.submitted_at)),
      terms: termsOf(meaning),
      asker:
        asker &&
        keys.hmac('record', `asker ${asker.kind} ${asker.key} ${row.site_id} ${row.category_id}`).subarray(0, 12),
    },
  };
}

async function linkRepeats(tx: Tx, rows: Told[]): Promise<void> {
  // Whoever takes down for others, other than by telephone, is not the one who asks.
  const known = rows.flatMap(({ row, print }) => {
    const by = askerOf(row)?.kind;
    return print.asker && by && by !== 'registrar' ? [{ print, by }] : [];
  });
  if (known.length === 0) return;
  const earlier = new Map(
    (
      await earlierOf(tx, [
        known.map(({ print }) => print.asker),
        known.map(({ print }) => print.at),
        known.map(({ print }) => print.request_id),
        repeatDays,
      ])
    ).map((one) => [one.request_id, one.earlier_id]),
  );
  await insertRepeats(
    tx,
    known.flatMap(({ print, by }) => {
      const first = earlier.get(print.request_id);
      return first ? [{ request_id: print.request_id, earlier_id: first, known_by: by, at: print.at }] : [];
    }),
  );
}

function talliesIn(rows: Told[]): Tally[] {
  const cells = new Map<string, Tally>();
  for (const { print, subjects } of rows)
    for (const term of subjects.map(termOf)) {
      const day = Math.floor(print.at.getTime() / dayMs);
      const key = `${print.unit_id} ${print.category_id} ${term} ${day}`;
      const cell = cells.get(key);
      if (cell) cell.n++;
      else cells.set(key, { unit_id: print.unit_id, category_id: print.category_id, term, day, n: 1 });
    }
  return [...cells.values()];
}

/**
 * Keeps what is compared: prints, repeats, what is usual, hot topics. Runs behind the journal: a create never waits for it.
 */
export const keepLikeness =
  (keys: Keys) =>
  async (tx: Tx, entries: { action: string; record_id: string }[]): Promise<void> => {
    const wanted = entries.filter((entry) => concern.has(entry.action));
    const ids = [...new Set(wanted.map((entry) => entry.record_id))];
    const rows = await comparable(tx, ids);
    const kept = rows.filter(mayBeCompared).map((row) => toldOf(keys, row));
    await insertPrints(
      tx,
      kept.map(({ print }) => print),
    );
    const keptIds = new Set(kept.map(({ row }) => row.id));
    await forget(
      tx,
      ids.filter((id) => !keptIds.has(id)),
    );
    const asked = new Set(wanted.filter((entry) => !laterChanges.has(entry.action)).map((entry) => entry.record_id));
    const fresh = kept
      .filter(({ row }) => asked.has(row.id))
      .sort((a, b) => a.print.at.getTime() - b.print.at.getTime());
    await linkRepeats(tx, fresh);
    await gatherTopics(tx, fresh);
    await insertTallies(tx, talliesIn(fresh));
  };
