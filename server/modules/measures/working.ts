import { uuidv7 } from 'uuidv7';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import { type EvidenceKind, lackingEvidence } from '../../../contract/measure-evidence.ts';
import type { measureEndpoints } from '../../../contract/measures.ts';
import { badField, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { claimFiles } from '../../platform/files.ts';
import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import { submissionTime } from '../requests/index.ts';
import { allows, stateAfter } from './lifecycle.ts';
import { zoneOf } from './making.ts';
import { doerOf, mayRead } from './policy.ts';
import {
  type DueRecord,
  insertOccurrence,
  linesById,
  lockDue,
  markById,
  patchOccurrence,
  successorOf,
} from './queries.ts';
import { say } from './record.ts';
import { dayAt } from './windows.ts';

type Input<K extends keyof typeof measureEndpoints> = ParsedOf<(typeof measureEndpoints)[K]>;

const minute = 60_000;
/** What took longer to arrive was made without a network. */
const onlineWithin = 2 * minute;

/** The locked measure, where it is this person's to do. @throws not_found, not_your_measure */
async function asDoer({ tx, actor }: Context, id: string): Promise<{ due: DueRecord; role: string }> {
  const due = await lockDue(tx, id);
  if (!due || !mayRead(actor, due)) throw notFound();
  const role = doerOf(actor, due);
  if (role === null) throw forbidden('not_your_measure');
  return { due, role };
}

/** When it counts as done (rules 13), and whether it was made without a network. */
function madeAt(now: Date, input: { madeAt?: string | undefined; sentAt?: string | undefined }) {
  const submittedAt = input.madeAt ? new Date(input.madeAt) : undefined;
  const sentAt = input.sentAt ? new Date(input.sentAt) : undefined;
  const at = submissionTime(now, { submittedAt, sentAt });
  // By the device's own clock, so that one which tells the wrong time is not taken for one without a network.
  const waited = submittedAt && sentAt ? sentAt.getTime() - submittedAt.getTime() : 0;
  return { at, made_at: submittedAt ?? null, offline: waited > onlineWithin };
}

/** Sent before, by whichever phone: answered as it stands. @throws idempotency_mismatch where it is another's */
async function saidBefore({ tx, actor }: Context, markId: string, id: string): Promise<boolean> {
  const before = await markById(tx, markId);
  if (before && (before.occurrence_id !== id || before.by_id !== actor.accountId))
    throw new Refusal(409, 'idempotency_mismatch');
  return before !== undefined;
}

/**
 * It is done, with its evidence. Of two ticks the second is kept as a further entry; the earlier of the two says when it was
 * done, so that a phone that had no signal is not late for arriving late.
 * @throws bad_input naming what the evidence lacks
 */
export async function tick(context: Context, input: Input<'tick'>): Promise<void> {
  const { tx, actor, now } = context;
  const { due, role } = await asDoer(context, input.id);
  if (await saidBefore(context, input.markId, due.id)) return;
  const lacking = lackingEvidence(
    { evidence: due.line.evidence as EvidenceKind, evidenceCount: due.line.evidence_count },
    { ...input, files: input.fileIds.length },
  );
  if (lacking === 'fileIds')
    throw badField('fileIds', 'pictures_needed', { least: Math.max(1, due.line.evidence_count) });
  if (lacking) throw badField(lacking, 'evidence_needed');
  await claimFiles(tx, input.fileIds, 'measure', input.markId, actor);
  const { at, made_at, offline } = madeAt(now, input);
  const first = allows('do', due.state);
  const earlier = due.state === 'done' && due.done_at !== null && at < due.done_at && due.verdict === null;
  const late = at > due.due_at;
  await say(
    context,
    due,
    role,
    {
      id: input.markId,
      kind: first ? 'done' : 'more',
      at,
      made_at,
      offline,
      words: input.words || null,
      number: input.number ?? null,
      signer: input.signer || null,
      file_ids: input.fileIds,
    },
    {
      action: first ? 'done' : 'added',
      to: first ? stateAfter('do') : due.state,
      figures: { late, offline, files: input.fileIds.length, number: input.number ?? null },
    },
  );
  if (first || earlier)
    await patchOccurrence(tx, due.id, {
      state: stateAfter('do'),
      done_at: at,
      done_by: actor.accountId,
      done_label: actor.label,
      late,
      made_offline: offline,
      verdict: null,
    });
}

/** It cannot be done: its reason goes to who must answer. @throws measure_over */
export async function cannot(context: Context, input: Input<'cannot'>): Promise<void> {
  const { tx, actor, now } = context;
  const { due, role } = await asDoer(context, input.id);
  if (await saidBefore(context, input.markId, due.id)) return;
  const { at, made_at, offline } = madeAt(now, input);
  const moves = allows('say_cannot', due.state);
  // Done meanwhile, from another phone: what was said stays beside it and nothing is undone.
  if (!moves && due.state !== 'done' && due.state !== 'cannot') throw new Refusal(409, 'measure_over');
  await claimFiles(tx, input.fileIds, 'measure', input.markId, actor);
  await say(
    context,
    due,
    role,
    {
      id: input.markId,
      kind: 'cannot',
      at,
      made_at,
      offline,
      words: input.reason,
      file_ids: input.fileIds,
    },
    { action: 'cannot', to: moves ? stateAfter('say_cannot') : due.state, figures: { offline, red: due.red } },
  );
  if (!moves) return;
  await patchOccurrence(tx, due.id, {
    state: stateAfter('say_cannot'),
    cannot_at: at,
    cannot_by: actor.accountId,
    answer: null,
    answered_at: null,
    task_id: null,
    task_number: null,
  });
  const dir = await directory(tx);
  const place = due.site_id ?? due.unit_id ?? dir.groupNode.id;
  await tell(context, {
    kind: 'measure.cannot',
    to: due.site_id ? { role: 'unit_liaison', nodeId: due.unit_id } : { role: 'support_group' },
    about: {
      kind: 'measure',
      id: due.id,
      label: dir.nodes.get(place)?.code ?? '',
      route: `/measures/${due.id}`,
    },
    level: due.red ? 'urgent' : 'important',
    once: `measure.cannot:${input.markId}`,
  });
}

/**
 * It happened: due from the moment of the device, as the line says. Sent twice it is one, by the id the device gave it.
 * @returns its id
 * @throws not_found, not_your_measure, measure_over, bad_input where the line falls due by the calendar
 */
export async function happened(context: Context, input: Input<'happened'>): Promise<string> {
  const { tx, actor, now } = context;
  const [asked] = await linesById(tx, [input.id]);
  if (!asked || !mayRead(actor, asked)) throw notFound();
  // A phone without signal knows the plan before: what happened is not lost, it falls due under the successor's line.
  const line = asked.ended_at === null ? asked : await successorOf(tx, asked);
  if (!line) throw new Refusal(409, 'measure_over');
  const role = doerOf(actor, { ...line, line });
  if (role === null) throw forbidden('not_your_measure');
  if (line.rhythm !== 'per_event') throw badField('id', 'not_per_event');
  const { at, made_at, offline } = madeAt(now, input);
  const dueAt = new Date(at.getTime() + (line.within_minutes ?? 0) * minute);
  const dir = await directory(tx);
  const id = input.occurrenceId;
  const fresh = await insertOccurrence(tx, {
    id,
    line_id: line.id,
    key: `event ${id}`,
    plan_id: line.plan_id,
    unit_id: line.unit_id,
    site_id: line.site_id,
    red: line.red,
    day: dayAt(zoneOf(dir), dueAt),
    window_from: at,
    window_to: dueAt,
    due_at: dueAt,
  });
  if (!fresh) {
    const before = await lockDue(tx, id);
    if (before?.line_id !== line.id) throw new Refusal(409, 'idempotency_mismatch');
    return id;
  }
  await say(
    context,
    { id, unit_id: line.unit_id, site_id: line.site_id, state: 'open' },
    role,
    { id: uuidv7(), kind: 'happened', at, made_at, offline },
    { action: 'happened', to: 'open', figures: { offline, red: line.red } },
  );
  if (line.red && line.site_id !== null)
    await tell(context, {
      kind: 'measure.happened',
      to: { role: 'unit_liaison', nodeId: line.unit_id },
      about: {
        kind: 'measure',
        id,
        label: dir.nodes.get(line.site_id)?.code ?? '',
        route: `/measures/${id}`,
      },
      values: { minutes: line.within_minutes ?? 0 },
      level: 'urgent',
      once: `measure.happened:${id}`,
    });
  return id;
}
