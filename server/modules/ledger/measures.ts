import { uuidv7 } from 'uuidv7';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import { type ledgerEndpoints, mostDeferrals, mostDeferredDays } from '../../../contract/ledger.ts';
import { sameHand } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { handOver, settleWork } from '../cases/index.ts';
import { directory } from '../organization/index.ts';
import {
  closeWithoutVerdict,
  dispatchesOutside,
  entriesOf,
  inHand,
  lockRequest,
  notInThisState,
  patchRequest,
  type RequestRecord,
  trace,
} from '../requests/index.ts';
import { end, note } from './dissatisfaction.ts';
import { outsideOf } from './outside.ts';
import { callPanel } from './panel.ts';
import {
  explainedSince,
  isJudged,
  leadsThere,
  mayDefer,
  mayExplain,
  mayHandOver,
  mayJudge,
  mayPropose,
  mayWitness,
} from './policy.ts';
import {
  type EntryRecord,
  entryById,
  lockEntry,
  lockMeasure,
  lockStanding,
  type MeasureRecord,
  measureById,
  measuresOf,
  patchEntry,
  patchMeasure,
} from './queries.ts';
import { placeOf, writeMeasure } from './record.ts';
import { askLeaders, tellDecided } from './telling.ts';

type Input<K extends keyof typeof ledgerEndpoints> = ParsedOf<(typeof ledgerEndpoints)[K]>;
const day = 86_400_000;

const fault = (code: string, field: string): Refusal =>
  new Refusal(422, code, { fields: [{ field, code: 'bad_choice' }] });

/** Entry and request, locked: the request first, as everybody does. @throws not_found, not_handler, stale */
async function proposing(context: Context, entryId: string, version: number) {
  const { tx, actor } = context;
  const known = await entryById(tx, entryId);
  const r = known && (await lockRequest(tx, known.request_id));
  const entry = known && (await lockEntry(tx, entryId));
  if (!r || !entry) throw notFound();
  if (!mayPropose(actor, r)) throw forbidden('not_handler');
  if (entry.version !== version) throw conflict('stale', { id: entry.id, version: entry.version, state: entry.state });
  if (entry.pending) throw conflict('measure_pending');
  return { entry, r };
}

// ---- what the line proposes

/** 限期暂缓: why, until when, what will be done then. @throws deferred_enough, deferred_too_long, in_the_past */
export async function proposeDeferral(context: Context, input: Input<'proposeDeferral'>): Promise<string> {
  const { tx, actor, now } = context;
  const { entry, r } = await proposing(context, input.id, input.version);
  if (entry.deferrals >= mostDeferrals) throw conflict('deferred_enough');
  if (!mayDefer(entry, r)) throw notInThisState(r);
  const until = new Date(input.until);
  if (until <= now) throw fault('in_the_past', 'until');
  if (until.getTime() - now.getTime() > mostDeferredDays * day) throw fault('deferred_too_long', 'until');
  const measure = await writeMeasure(tx, {
    id: uuidv7(),
    entry_id: entry.id,
    kind: 'deferral',
    state: 'proposed',
    proposed_at: now,
    proposed_by: actor.accountId,
    proposed_label: actor.label,
    reason: input.reason,
    plan: input.plan,
    until_at: until,
  });
  await patchEntry(tx, entry.id, { pending: 'deferral' });
  await trace(context, [r], {
    kind: 'deferral_proposed',
    action: 'ledger.deferral_proposed',
    side: 'staff',
    permission: null,
    audience: 'staff',
    lineId: r.line_id,
    text: input.reason,
    data: { until: until.toISOString() },
    figures: { ledger: entry.id, no: measure.no },
  });
  await askLeaders(context, entry, r);
  return measure.id;
}

/** 移交: to another line of the group, or to a body outside it. @throws names_this_line, bad_input */
export async function proposeHandover(context: Context, input: Input<'proposeHandover'>): Promise<string> {
  const { tx, actor, now } = context;
  const { entry, r } = await proposing(context, input.id, input.version);
  if (!mayHandOver(entry, r)) throw notInThisState(r);
  const dir = await directory(tx);
  const { lineId } = input;
  const unitId = input.unitId ?? null;
  let askAt: Date | null = null;
  if (lineId !== undefined) {
    if (!dir.lines.has(lineId)) throw badField('lineId', 'unknown_line');
    if (unitId !== null && dir.nodes.get(unitId)?.kind !== 'unit') throw badField('unitId', 'unknown_unit');
    if (lineId === r.line_id && unitId === r.lead_unit_id) throw badField('lineId', 'bad_choice');
    if (!dispatchesOutside(r, { lineId, unitId })) throw conflict('names_this_line');
  } else {
    if (!input.receiver) throw badField('receiver', 'required');
    if (!input.askAt) throw badField('askAt', 'required');
    askAt = new Date(input.askAt);
    if (askAt <= now) throw fault('in_the_past', 'askAt');
    if (askAt.getTime() - now.getTime() > mostDeferredDays * day) throw fault('deferred_too_long', 'askAt');
  }
  const measure = await writeMeasure(tx, {
    id: uuidv7(),
    entry_id: entry.id,
    kind: 'handover',
    state: 'proposed',
    proposed_at: now,
    proposed_by: actor.accountId,
    proposed_label: actor.label,
    reason: input.reason,
    receiver: lineId === undefined ? input.receiver! : null,
    receiver_line_id: lineId ?? null,
    receiver_unit_id: lineId === undefined ? null : unitId,
    until_at: askAt,
  });
  await patchEntry(tx, entry.id, { pending: 'handover' });
  await trace(context, [r], {
    kind: 'handover_proposed',
    action: 'ledger.handover_proposed',
    side: 'staff',
    permission: null,
    audience: 'staff',
    lineId: r.line_id,
    text: input.reason,
    data: lineId === undefined ? {} : { line: dir.lines.get(lineId)!.code },
    figures: { ledger: entry.id, no: measure.no, outside: lineId === undefined },
  });
  await askLeaders(context, entry, r);
  return measure.id;
}

/** 评议: asked whether the service owed was given, once for what the person has said. @throws judged_already */
export async function referToPanel(context: Context, input: Input<'referToPanel'>): Promise<string> {
  const { entry, r } = await proposing(context, input.id, input.version);
  if (!mayJudge(entry, r)) throw notInThisState(r);
  if (isJudged(entry, await measuresOf(context.tx, entry.id))) throw conflict('judged_already');
  return (await callPanel(context, entry, r, 'service', { by: context.actor, reason: input.reason })).id;
}

/**
 * Cannot be solved (domain 3.1 `cannotSolve`): the policy's clause, and the two-way contact in which it was explained to the
 * person. Closes nothing before a leader outside the line has signed. @throws contact_needed, not_handler
 */
export async function proposeExplanation(
  context: Context,
  input: Input<'proposeExplanation'>,
): Promise<{ entryId: string; measureId: string }> {
  const { tx, actor, now } = context;
  const r = await lockRequest(tx, input.id);
  if (!r) throw notFound();
  if (!mayPropose(actor, r)) throw forbidden('not_handler');
  if (input.version !== r.version) throw conflict('stale', { id: r.id, version: r.version, state: r.state });
  const standing = await lockStanding(tx, r.id);
  if (standing?.pending) throw conflict('measure_pending');
  if (!mayExplain(standing ?? null, r)) throw notInThisState(r);
  const contact = (await entriesOf(tx, [r.id])).find((one) => one.id === input.contactEntryId);
  // Both sides spoke, and after the person said that they are not content: an earlier talk explained nothing.
  if (!contact || !['contacted', 'reply'].includes(contact.kind) || contact.at < explainedSince(standing ?? null, r))
    throw new Refusal(422, 'contact_needed', { fields: [{ field: 'contactEntryId', code: 'bad_choice' }] });
  const entry = standing ?? (await note(context, r, 'cannot_solve'));
  const measure = await writeMeasure(tx, {
    id: uuidv7(),
    entry_id: entry.id,
    kind: 'explanation',
    state: 'proposed',
    proposed_at: now,
    proposed_by: actor.accountId,
    proposed_label: actor.label,
    clause: input.clause,
    reason: input.reason,
    contact_entry_id: contact.id,
    contact_at: contact.at,
  });
  await patchEntry(tx, entry.id, { pending: 'explanation' });
  await trace(context, [r], {
    kind: 'explanation_proposed',
    action: 'ledger.explanation_proposed',
    side: 'staff',
    permission: null,
    audience: 'staff',
    lineId: r.line_id,
    text: input.clause,
    figures: { ledger: entry.id, no: measure.no },
  });
  await askLeaders(context, entry, r);
  return { entryId: entry.id, measureId: measure.id };
}

// ---- what somebody outside decides

/** Measure, entry and request, locked; certainly waiting, and certainly not one's own. @throws not_outside, stale */
async function deciding(
  context: Context,
  measureId: string,
  kinds: readonly string[],
  may: (r: RequestRecord) => boolean,
): Promise<{ measure: MeasureRecord; entry: EntryRecord; r: RequestRecord }> {
  const { tx, actor } = context;
  const known = await measureById(tx, measureId);
  const about = known && kinds.includes(known.kind) ? await entryById(tx, known.entry_id) : undefined;
  const r = about && (await lockRequest(tx, about.request_id));
  const entry = about && (await lockEntry(tx, about.id));
  const measure = known && (await lockMeasure(tx, measureId));
  if (!r || !entry || !measure || !may(r)) throw notFound();
  if (sameHand(actor, measure.proposed_by, measure.proposed_at)) throw forbidden('not_outside');
  if (!(await outsideOf(tx, await directory(tx), actor, r)).outside) throw forbidden('not_outside');
  if (measure.state !== 'proposed') throw conflict('stale', { state: measure.state });
  return { measure, entry, r };
}

/** Approved or signed, or refused with a word why. */
export async function decide(
  context: Context,
  { id, approve, text }: { id: string; approve: boolean; text?: string },
): Promise<void> {
  const { measure, entry, r } = await deciding(context, id, ['deferral', 'explanation'], (one) =>
    leadsThere(context.actor, one),
  );
  if (!approve) return refuse(context, measure, entry, r, text);
  if (measure.kind === 'deferral') await defer(context, measure, entry, r, text ?? null);
  else await sign(context, measure, entry, r, text ?? null);
  await tellDecided(context, entry, r);
}

async function refuse(
  context: Context,
  measure: MeasureRecord,
  entry: EntryRecord,
  r: RequestRecord,
  text: string | undefined,
): Promise<void> {
  const { tx } = context;
  if (!text || text.length < 2) throw badField('text', 'required');
  await patchMeasure(tx, measure.id, { state: 'refused', ...decidedBy(context), decision: text });
  await patchEntry(tx, entry.id, { pending: null });
  await trace(context, [r], {
    kind: 'measure_refused',
    action: 'ledger.refused',
    side: 'staff',
    permission: 'ledger.explain',
    audience: 'staff',
    text,
    reason: measure.kind,
    data: { measure: measure.kind },
    figures: { ledger: entry.id, no: measure.no },
  });
  await tellDecided(context, entry, r);
}

const decidedBy = ({ actor, now }: Context) => ({
  decided_at: now,
  decided_by: actor.accountId,
  decided_label: actor.label,
});

/** The working due moves to the date; the original due stays for every statistic. The person is told, and may object. */
async function defer(
  context: Context,
  measure: MeasureRecord,
  entry: EntryRecord,
  r: RequestRecord,
  text: string | null,
): Promise<void> {
  const { tx, now } = context;
  const until = measure.until_at!;
  if (until <= now) throw new Refusal(422, 'in_the_past');
  if (!inHand(r)) throw notInThisState(r);
  await patchMeasure(tx, measure.id, { state: 'in_force', ...decidedBy(context), decision: text });
  await patchEntry(tx, entry.id, {
    state: 'deferred',
    pending: null,
    until_at: until,
    deferrals: entry.deferrals + 1,
  });
  await promise(context, r, until);
  await trace(context, [r], {
    kind: 'deferred',
    action: 'ledger.deferred',
    side: 'staff',
    permission: 'ledger.explain',
    lineId: r.line_id,
    text: `${measure.reason}\n${measure.plan}`,
    from: entry.state,
    to: 'deferred',
    data: { until: until.toISOString() },
    figures: { ledger: entry.id, no: measure.no, until: until.toISOString(), deferrals: entry.deferrals + 1 },
  });
}

/** A new time the person is told; statistics keep the original (rules 4). */
const promise = ({ tx, now }: Context, r: RequestRecord, at: Date): Promise<unknown> =>
  patchRequest(tx, r.id, {
    resolve_now: at,
    promise_at: at,
    noticed_at: now,
    next_due: r.work === 'returned' || r.work === 'new' ? r.next_due : at,
  });

/** Signed: closed as explained, which is never resolved and never satisfied; the person may object once. */
async function sign(
  context: Context,
  measure: MeasureRecord,
  entry: EntryRecord,
  r: RequestRecord,
  text: string | null,
): Promise<void> {
  const { tx } = context;
  if (!mayExplain({ ...entry, pending: null }, r)) throw notInThisState(r);
  await patchMeasure(tx, measure.id, { state: 'in_force', ...decidedBy(context), decision: text });
  const signed = await patchEntry(tx, entry.id, { pending: null });
  await closeWithoutVerdict(context, r, 'explain', 'policy', `${measure.clause}\n${measure.reason}`);
  if (r.case_id) await settleWork(context, r.case_id, { ...r, state: 'closed_explained' }, 'explained');
  await end(context, signed, entry.verdict === 'given' ? 'judged' : 'explained');
}

/** What the receiving side says, recorded by somebody outside the line that hands over. */
export async function acknowledge(context: Context, input: Input<'acknowledge'>): Promise<void> {
  const { tx, now } = context;
  const { measure, entry, r } = await deciding(context, input.id, ['handover'], (one) =>
    mayWitness(context.actor, one),
  );
  if (!input.received) return refuse(context, measure, entry, r, input.text);
  if (!input.receivedBy) throw badField('receivedBy', 'required');
  if (!input.receivedAt) throw badField('receivedAt', 'required');
  const receivedAt = new Date(input.receivedAt);
  if (receivedAt > now || receivedAt < new Date(measure.proposed_at.getTime() - 30 * day))
    throw badField('receivedAt', 'bad_choice');
  if (!inHand(r)) throw notInThisState(r);
  const dir = await directory(tx);
  await patchMeasure(tx, measure.id, {
    state: 'in_force',
    ...decidedBy(context),
    received_by: input.receivedBy,
    received_at: receivedAt,
    decision: input.text ?? null,
  });
  const inside = measure.receiver_line_id;
  const askAt = measure.until_at;
  const unit = measure.receiver_unit_id;
  await trace(context, [r], {
    kind: 'handed_over',
    action: 'ledger.handed_over',
    side: 'staff',
    permission: null,
    lineId: r.line_id,
    text: measure.reason,
    data: inside
      ? { line: dir.lines.get(inside)!.code, unit: unit === null ? null : dir.nodes.get(unit)!.code }
      : { receiver: measure.receiver, until: askAt!.toISOString() },
    figures: { ledger: entry.id, no: measure.no, outside: inside === null },
  });
  if (inside) {
    // Inside the group the need goes on with the line that took it, open as before.
    await handOver(context, dir, r, { lineId: inside, unitId: unit });
    const moved = (await lockRequest(tx, r.id))!;
    await patchEntry(tx, entry.id, { ...placeOf(moved), pending: null });
  } else {
    await patchEntry(tx, entry.id, { state: 'handed_over', pending: null, until_at: askAt });
    await promise(context, r, askAt!);
  }
}

/** The person does not accept that it was put off: a panel decides. Once for each deferral. */
export async function objectToDeferral(context: Context, r: RequestRecord, why: string): Promise<void> {
  const { tx, now } = context;
  const entry = await lockStanding(tx, r.id);
  const deferral =
    entry?.state === 'deferred'
      ? (await measuresOf(tx, entry.id)).find(
          (one) => one.kind === 'deferral' && one.state === 'in_force' && one.objected_at === null,
        )
      : undefined;
  if (!entry || !deferral) throw notInThisState(r);
  await patchMeasure(tx, deferral.id, { objected_at: now });
  await trace(context, [r], {
    kind: 'objected',
    action: 'ledger.objected',
    side: 'requester',
    permission: 'requests.judge',
    text: why,
    original: true,
    figures: { ledger: entry.id, no: deferral.no },
  });
  await callPanel(context, entry, r, 'deferral', null);
}
