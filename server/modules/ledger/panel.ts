import { randomInt } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { panelSize } from '../../../contract/ledger.ts';
import { rolePermissions, roles } from '../../../contract/permissions.ts';
import type { Actor } from '../../platform/actor.ts';
import { conflict, forbidden, notFound } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { accountsGranted } from '../access/index.ts';
import { settleWork } from '../cases/index.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import {
  closeWithoutVerdict,
  deny,
  duesAnew,
  inHand,
  isOpenRequest,
  lockRequest,
  patchRequest,
  type RequestRecord,
  raised,
  trace,
} from '../requests/index.ts';
import { end } from './dissatisfaction.ts';
import { absent, outsideOf } from './outside.ts';
import {
  type EntryRecord,
  endMeasures,
  entryById,
  insertSeats,
  insertVote,
  leaveSeat,
  lockEntry,
  lockMeasure,
  type MeasureRecord,
  measureById,
  patchEntry,
  patchMeasure,
  type SeatRecord,
  seatsOf,
  signedExplanation,
  votesOf,
} from './queries.ts';
import { journal, writeMeasure } from './record.ts';
import { tellDecided } from './telling.ts';

export type Question = 'service' | 'deferral' | 'explanation';

/** Judged by a panel (评议): three members, drawn; nobody chooses who judges them. */
export async function callPanel(
  context: Context,
  entry: EntryRecord,
  r: RequestRecord,
  about: Question,
  proposed: { by: Actor; reason: string } | null,
): Promise<MeasureRecord> {
  const { tx, now } = context;
  const measure = await writeMeasure(tx, {
    id: uuidv7(),
    entry_id: entry.id,
    kind: 'panel',
    state: 'proposed',
    about,
    proposed_at: now,
    proposed_by: proposed?.by.accountId ?? null,
    proposed_label: proposed?.by.label ?? null,
    reason: proposed?.reason ?? null,
  });
  await patchEntry(tx, entry.id, { state: 'judging' });
  await trace(context, [r], {
    kind: 'panel_called',
    action: 'ledger.panel_called',
    side: 'system',
    permission: null,
    who: null,
    lineId: r.line_id,
    from: entry.state,
    to: 'judging',
    reason: about,
    data: { about },
    figures: { ledger: entry.id, no: measure.no },
  });
  await seat(context, measure, r);
  return measure;
}

/** Fills the seats that are free from whoever may judge and stands outside; too few wait until there are more. */
async function seat(context: Context, measure: MeasureRecord, r: RequestRecord): Promise<number> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const seats = await seatsOf(tx, [measure.id]);
  const free = panelSize - seats.filter((one) => one.left_at === null).length;
  if (free <= 0) return 0;
  const judging = roles.filter((role) => rolePermissions[role].includes('ledger.judge'));
  const granted = await accountsGranted(tx, { roles: judging, nodeIds: null, lineId: undefined });
  const sat = new Set(seats.map((one) => one.account_id));
  const candidates = await absent(
    tx,
    dir,
    [...new Set(granted.map((row) => row.id))].filter((id) => !sat.has(id)),
    now,
  );
  const drawn: Actor[] = [];
  while (candidates.length > 0 && drawn.length < free) {
    const [one] = candidates.splice(randomInt(candidates.length), 1);
    if ((await outsideOf(tx, dir, one!, r)).independent) drawn.push(one!);
  }
  await insertSeats(
    tx,
    drawn.map((one) => ({ measure_id: measure.id, account_id: one.accountId!, label: one.label, at: now })),
  );
  if (drawn.length > 0) {
    await tell(context, {
      kind: 'ledger.judge',
      to: { accountIds: drawn.map((one) => one.accountId!) },
      about: { kind: 'ledger', id: measure.entry_id, label: r.number, route: `/ledger/${measure.entry_id}` },
      level: 'important',
    });
  }
  return drawn.length;
}

/** The waiting panel with its entry and request, locked in the order everybody locks them. @throws not_found */
async function lockPanel(
  context: Context,
  measureId: string,
): Promise<{ measure: MeasureRecord; entry: EntryRecord; r: RequestRecord; seats: SeatRecord[] }> {
  const { tx } = context;
  const known = await measureById(tx, measureId);
  const about = known?.kind === 'panel' ? await entryById(tx, known.entry_id) : undefined;
  const r = about && (await lockRequest(tx, about.request_id));
  const entry = about && (await lockEntry(tx, about.id));
  const measure = known && (await lockMeasure(tx, measureId));
  if (!r || !entry || !measure) throw notFound();
  return { measure, entry, r, seats: (await seatsOf(tx, [measureId])).filter((one) => one.left_at === null) };
}

/**
 * One vote, blind: nobody reads another's before all have voted, and none is taken back.
 * @throws not_found where one has no seat; voted, stale, not_independent
 */
export async function vote(context: Context, measureId: string, given: boolean, reason: string): Promise<void> {
  const { tx, actor, now } = context;
  const { measure, entry, r, seats } = await lockPanel(context, measureId);
  if (!seats.some((one) => one.account_id === actor.accountId)) throw notFound();
  if (measure.state !== 'proposed') throw conflict('stale', { state: measure.state });
  const before = await votesOf(tx, [measureId]);
  if (before.some((one) => one.account_id === actor.accountId)) throw conflict('voted');
  if (!(await outsideOf(tx, await directory(tx), actor, r)).independent) throw forbidden('not_independent');
  await insertVote(tx, { measure_id: measureId, account_id: actor.accountId!, at: now, given, reason });
  // How it was cast stands in no journal before the panel has spoken.
  await journal(context, entry, { action: 'ledger.voted', figures: { measure: measureId, votes: before.length + 1 } });
  if (before.length + 1 === panelSize) await conclude(context, measure, entry, r);
}

/** The majority decides; the person served is told the outcome and the reasons, without names. */
async function conclude(context: Context, measure: MeasureRecord, entry: EntryRecord, r: RequestRecord): Promise<void> {
  const { tx, now } = context;
  const votes = await votesOf(tx, [measure.id]);
  const yes = votes.filter((one) => one.given).length;
  const given = yes * 2 > votes.length;
  const outcome = given ? 'given' : 'not_given';
  await patchMeasure(tx, measure.id, { state: outcome, decided_at: now });
  await trace(context, [r], {
    kind: 'panel_outcome',
    action: 'ledger.panel_decided',
    side: 'system',
    permission: null,
    who: null,
    lineId: r.line_id,
    text: votes.map((one) => one.reason).join('\n'),
    from: 'judging',
    reason: outcome,
    data: { given, yes, no: votes.length - yes, about: measure.about },
    figures: { ledger: entry.id, no: measure.no, yes, against: votes.length - yes, about: measure.about },
  });
  if (given) await uphold(context, measure, entry, r);
  else await overturn(context, measure, entry, r);
  await tellDecided(context, entry, r);
}

/** "Given" never makes anybody satisfied: it lets a deferral or an explanation stand, and no more. */
async function uphold(context: Context, measure: MeasureRecord, entry: EntryRecord, r: RequestRecord): Promise<void> {
  const { tx, now } = context;
  if (measure.about === 'deferral') {
    const runs = entry.until_at !== null && entry.until_at > now;
    if (!runs) await endMeasures(tx, entry.id, ['deferral'], now);
    await patchEntry(tx, entry.id, runs ? { state: 'deferred' } : { state: 'open', until_at: null });
    return;
  }
  const judged = await patchEntry(tx, entry.id, { state: 'open', verdict: 'given' });
  // What has ended without anybody's "solved" stays what it is: only the ledger's entry ends.
  if (!isOpenRequest(r)) return end(context, judged, 'judged');
  const signed = measure.about === 'explanation' ? await signedExplanation(tx, r.id) : undefined;
  // Else it waits for its explanation, signed by a leader outside the line; or for the person, where it was done again.
  if (!signed || r.state !== 'reopened') return;
  await closeWithoutVerdict(context, r, 'explain', 'upheld', signed.clause);
  if (r.case_id) await settleWork(context, r.case_id, { ...r, state: 'closed_explained' }, 'explained');
  await end(context, judged, 'judged');
}

/** "Not given": before the line again, one priority up. */
async function overturn(context: Context, measure: MeasureRecord, entry: EntryRecord, r: RequestRecord): Promise<void> {
  const { tx, now } = context;
  const dir = await directory(tx);
  if (measure.about === 'deferral') await endMeasures(tx, entry.id, ['deferral'], now);
  await patchEntry(tx, entry.id, { state: 'open', verdict: 'not_given', until_at: null });
  if (!inHand(r)) return deny(context, dir, r, 'panel', '');
  const priority = raised[r.priority] ?? r.priority;
  const { resolve: due } = await duesAnew(tx, dir, r, priority, now);
  await patchRequest(tx, r.id, {
    priority,
    resolve_now: due,
    promise_at: due,
    // What waits for the dispatcher is due there as it was.
    next_due: r.work === 'returned' || r.work === 'new' ? r.next_due : due,
  });
}

/** Time's part: a seat nobody fills, or whose holder has not voted for days, goes to another where there is one. */
export async function reseat(context: Context, measureId: string, seatedBefore: Date): Promise<void> {
  const { tx, now } = context;
  const { measure, r, seats } = await lockPanel(context, measureId);
  if (measure.state !== 'proposed') return;
  const voted = new Set((await votesOf(tx, [measureId])).map((one) => one.account_id));
  const idle = seats.filter((one) => one.at < seatedBefore && !voted.has(one.account_id));
  await seat(context, measure, r);
  for (const one of idle) {
    await leaveSeat(tx, measureId, one.account_id, now);
    // Nobody else may judge: better late than never.
    if ((await seat(context, measure, r)) === 0) await leaveSeat(tx, measureId, one.account_id, null);
  }
}
