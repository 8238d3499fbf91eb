import type { Keys } from '../../../platform/crypto.ts';
import { append } from '../../../platform/journal.ts';
import type { Context } from '../../../platform/serve.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { type Directory, directory } from '../../organization/index.ts';
import { deniedSince, lockRequest, type RequestRecord } from '../../requests/index.ts';
import { callById, callsSince, planAgain, planCall, setCallDay } from '../queries.ts';
import { endOf, hour } from './calendar.ts';
import { drawKey, isDrawn, isDrawnAgain } from './draw.ts';
import {
  type DayRecord,
  dayByName,
  daysByName,
  dispose,
  type FrameRecord,
  freezeOutcomes,
  lockDay,
  outcomesOf,
  patchDay,
  planFrom,
  ratesByNo,
  undisposed,
  unfinished,
} from './queries.ts';
import { type RatePlan, shareOf, stratumCode, type Timing } from './rates.ts';
import { cellsOf, type Line, totalOf } from './result.ts';
import { dayEntry } from './turning.ts';

const batch = 500;
/** A day whose calls are not all done is frozen all the same: what is open then is non-response. */
const limitMs = 8 * 24 * hour;

/** The secret of a day, while it is kept or once it was told. */
function secretOf(keys: Keys, day: DayRecord): Buffer {
  if (day.secret) return day.secret;
  const opened = keys.unseal('draw', day.secret_locked!);
  if (opened === null) throw new Error(`The secret of ${day.day} was kept under other keys.`);
  return Buffer.from(opened, 'hex');
}

interface Drawing {
  key: Buffer;
  plan: RatePlan;
}

async function drawingOf(tx: Tx, keys: Keys, day: DayRecord): Promise<Drawing> {
  const rates = (await ratesByNo(tx, day.rates_no!))!;
  return { key: drawKey(secretOf(keys, day), day.seal_root!), plan: planFrom(rates) };
}

export const stratumOfLine = (
  dir: Directory,
  line: { category_id: number | null; priority: string | null; on_time: boolean | null; exit: string },
): string => {
  const timing: Timing = line.exit === 'withdrawn' ? 'withdrawn' : line.on_time ? 'on_time' : 'late';
  return stratumCode({
    category: dir.categories.get(line.category_id ?? 0)?.code ?? '?',
    priority: line.priority ?? '?',
    timing,
  });
};

/** What the person said on the day of their own; null where they said nothing. Pure. */
export function ownWord(
  line: Pick<FrameRecord, 'at' | 'exit' | 'reopens'>,
  r: Pick<RequestRecord, 'handled_at' | 'state' | 'verdict_by' | 'reopens'>,
): 'own_solved' | 'own_not' | null {
  if (line.exit === 'withdrawn') return null;
  const same = r.handled_at?.getTime() === line.at.getTime();
  if (r.state === 'resolved_confirmed' && same && r.verdict_by !== 'followup') return 'own_solved';
  // Denied since, also where it has been handled once more meanwhile.
  return r.reopens > line.reopens ? 'own_not' : null;
}

/**
 * Decides for every framed request whose person has had 24 hours of their own: they spoke, it is called for certain, it
 * is drawn, or it is not (rules 9). Each is decided once; nobody picks.
 */
export async function drawDue(context: Context, keys: Keys): Promise<number> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const lines = await undisposed(tx, [new Date(now.getTime() - 24 * hour), batch]);
  const days = new Map(
    (await daysByName(tx, [...new Set(lines.map((line) => line.day))])).map((day) => [day.day, day]),
  );
  const drawings = new Map<string, Drawing>();
  for (const line of lines) {
    let drawing = drawings.get(line.day);
    if (!drawing) {
      drawing = await drawingOf(tx, keys, days.get(line.day)!);
      drawings.set(line.day, drawing);
    }
    const r = await lockRequest(tx, line.request_id);
    if (r) await decide(context, dir, line, r, drawing);
  }
  return lines.length;
}

const deniedOneself = async (tx: Tx, requestId: string, since: Date): Promise<boolean> =>
  (await deniedSince(tx, [requestId, since]))[0]!.said;

async function decide(
  context: Context,
  dir: Directory,
  line: FrameRecord,
  r: RequestRecord,
  { key, plan }: Drawing,
): Promise<void> {
  const { tx, now } = context;
  // A withdrawal and a "solved" said by another are on the list at once; what the caller heard is no word of their own.
  const before = (await callsSince(tx, r.id, line.at))[0];
  const word = before?.outcome === 'answered' ? null : ownWord(line, r);
  // What a panel found opened it again too, and is nobody's own word.
  const own = word === 'own_not' && !(await deniedOneself(tx, r.id, line.at)) ? null : word;
  if (own) {
    await dispose(tx, line, { disposed: own, disposed_at: now, call_id: null, outcome: null });
    return;
  }
  const mandatory = line.mandatory ?? (r.said_by_other || before?.reason === 'said_by_other' ? 'said_by_other' : null);
  const share = shareOf(plan, {
    category: dir.categories.get(line.category_id ?? 0)?.code ?? '?',
    priority: line.priority ?? '?',
    timing: line.exit === 'withdrawn' ? 'withdrawn' : line.on_time ? 'on_time' : 'late',
  });
  const called = mandatory !== null || isDrawn(key, r.id, share);
  const disposed = mandatory !== null ? 'mandatory' : called ? 'drawn' : 'not_drawn';
  const rings =
    called &&
    !before &&
    (r.state === 'handled' ? r.handled_at?.getTime() === line.at.getTime() : r.state === 'withdrawn');
  if (called && before) {
    await setCallDay(tx, before.id, line.day);
    // Rung before its day was drawn: whether it is asked once more is decided now.
    const first =
      before.outcome === 'answered' && isDrawnAgain(key, r.id, plan.again) ? await callById(tx, before.id) : null;
    if (first) await planAgain(tx, first, 'again', now);
  }
  const callId =
    (called ? before?.id : null) ??
    (rings ? await planCall(tx, r, { reason: mandatory ?? 'drawn', now, day: line.day }) : null);
  // Moved to a sealed line or closed otherwise before anybody could ring: it stays in the count as non-response.
  const outcome = called && callId === null ? 'gone' : null;
  await dispose(tx, line, { disposed, disposed_at: now, call_id: callId, outcome });
}

/** Of what was answered, the draw of the same day decides whom somebody else rings once more. */
export async function isRungAgain(
  tx: Tx,
  keys: Keys,
  call: { day: string | null; request_id: string },
): Promise<boolean> {
  const day = call.day === null ? undefined : await dayByName(tx, call.day);
  if (!day?.seal_root) return false;
  const { key, plan } = await drawingOf(tx, keys, day);
  return isDrawnAgain(key, call.request_id, plan.again);
}

/**
 * Freezes each day whose calls are all done, or whose limit is over: one line a request, the totals, and with them the
 * secret, so that anybody can draw again (rules 9). Answers that come later change nothing here.
 */
export async function freezeDays(context: Context, keys: Keys): Promise<number> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const { timezone } = dir.group;
  let frozen = 0;
  for (const { day, undecided, open } of await unfinished(tx, [])) {
    const end = endOf(timezone, day).getTime();
    // Whoever was handled last thing on the day has a day of their own first.
    if (undecided > 0 || now.getTime() < end + 24 * hour) continue;
    if (open > 0 && now.getTime() < end + limitMs) continue;
    const locked = await lockDay(tx, day);
    if (!locked || locked.frozen_at) continue;
    await freeze(context, dir, locked, keys);
    frozen++;
  }
  return frozen;
}

export function resultEntries(
  day: string,
  at: Date,
  secret: Buffer,
  lines: readonly (Line & { request: string; again: boolean })[],
) {
  const total = totalOf(cellsOf(lines));
  return [
    ...lines.map(({ request, disposed, outcome, again }) =>
      dayEntry(day, 'followups.result', at, { request, disposed, outcome, again }),
    ),
    dayEntry(day, 'followups.day_frozen', at, { secret: secret.toString('hex'), lines: lines.length, ...total }),
  ];
}

async function freeze({ tx, now }: Context, dir: Directory, day: DayRecord, keys: Keys): Promise<void> {
  const secret = secretOf(keys, day);
  const rows = await outcomesOf(tx, [day.day]);
  const lines = rows.map((row) => ({
    request: row.request_id,
    stratum: stratumOfLine(dir, row),
    mandatory: row.mandatory !== null || row.disposed === 'mandatory',
    disposed: row.disposed as Line['disposed'],
    outcome: row.outcome,
    again: row.again,
  }));
  await freezeOutcomes(tx, [day.day, rows.map((row) => row.request_id), rows.map((row) => row.outcome)]);
  await append(tx, ...resultEntries(day.day, now, secret, lines));
  await patchDay(tx, day.day, { secret, secret_locked: null, frozen_at: now });
}
