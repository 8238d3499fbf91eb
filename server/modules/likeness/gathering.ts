import type { z } from 'zod';
import type { notJoined } from '../../../contract/likeness.ts';
import { conflict, notFound, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { dispatch, join } from '../cases/index.ts';
import { suggestFor } from '../catalogue/index.ts';
import type { Directory } from '../organization/index.ts';
import { lockRequest, mayDispatch, mayJoin, notInThisState, type RequestRecord, readerAt } from '../requests/index.ts';
import { groupCaseOf, type Shown } from './showing.ts';

export type Left = { number: string; why: (typeof notJoined)[number] };

const waitsAtDesk = (r: RequestRecord): boolean => mayJoin(r);
const hasOpenCase = (r: RequestRecord): boolean =>
  r.case_id !== null && r.open === true && !['handled', 'returned', 'new'].includes(r.work);

/** Where the catalogue in force sends it, as the queue's one key would. */
async function dispatchAsSuggested(context: Context, dir: Directory, r: RequestRecord): Promise<string> {
  const to = await suggestFor(context.tx, dir, r, context.now);
  if (!to) throw notInThisState(r);
  return dispatch(context, dir, r, { lineId: to.lineId, unitId: to.unitId }, null, to.coLineIds);
}

/**
 * Puts the work on two needs together: the one that waits into the case of the other; where both wait the other is
 * dispatched first, as the catalogue says. Verdicts, clocks and threads stay each their own (rules 1).
 * @returns which of the two was joined, into which case
 */
export async function putTogether(
  context: Context,
  dir: Directory,
  one: RequestRecord,
  other: RequestRecord,
): Promise<{ caseId: string; joinedId: string }> {
  if (one.case_id !== null && one.case_id === other.case_id) throw conflict('already_together');
  if (waitsAtDesk(one) && hasOpenCase(other))
    return { caseId: await join(context, dir, one, other.id), joinedId: one.id };
  if (waitsAtDesk(other) && hasOpenCase(one))
    return { caseId: await join(context, dir, other, one.id), joinedId: other.id };
  if (!waitsAtDesk(one) || !mayDispatch(other)) throw notInThisState(one);
  await dispatchAsSuggested(context, dir, other);
  return { caseId: await join(context, dir, one, other.id), joinedId: one.id };
}

/**
 * Works on what waits of a topic as one group case. What somebody changed since the page was read, what other work has
 * already, and what must not go there is left out and named; the others go.
 */
export async function gatherTopic(
  context: Context,
  dir: Directory,
  shown: Shown,
  wanted: z.output<z.ZodArray<z.ZodObject<{ id: z.ZodUUID; version: z.ZodNumber }>>>,
): Promise<{ caseId: string; joined: string[]; left: Left[] }> {
  const left: Left[] = [];
  const waiting: RequestRecord[] = [];
  // In the order of their ids, as everybody locks them.
  for (const { id, version } of [...wanted].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const seen = shown.records.find((r) => r.id === id);
    const r =
      seen && readerAt(dir, context.actor, seen) === 'dispatcher' ? await lockRequest(context.tx, id) : undefined;
    if (!r) throw notFound();
    if (r.version !== version) left.push({ number: r.number, why: 'stale' });
    else if (waitsAtDesk(r)) waiting.push(r);
    else left.push({ number: r.number, why: r.case_id === null ? 'not_waiting' : 'in_other_case' });
  }
  waiting.sort((a, b) => a.submitted_at.getTime() - b.submitted_at.getTime());
  const groupCase = groupCaseOf(shown.records);
  let target = shown.records.find((r) => groupCase !== null && r.case_id === groupCase && hasOpenCase(r));
  target ??= shown.records.find((r) => hasOpenCase(r) && readerAt(dir, context.actor, r) === 'dispatcher');
  let caseId = target?.case_id ?? null;
  const joined: string[] = [];
  if (!target) {
    const first = waiting.shift();
    if (!first) throw conflict('nothing_waits');
    caseId = await dispatchAsSuggested(context, dir, first);
    target = { ...first, case_id: caseId };
    joined.push(first.number);
  }
  for (const r of waiting) {
    try {
      await join(context, dir, r, target.id);
      joined.push(r.number);
    } catch (error) {
      // Asked before anything of it was written: names the line it would go to, or has no summary yet.
      if (!(error instanceof Refusal)) throw error;
      left.push({ number: r.number, why: 'refused' });
    }
  }
  if (joined.length === 0) throw conflict('nothing_waits');
  await append(context.tx, {
    at: context.now,
    actorId: context.actor.accountId,
    role: 'dispatcher',
    action: 'likeness.gathered',
    recordKind: 'topic',
    recordId: shown.view.id,
    class: 'normal',
    unitId: shown.view.unitId,
    siteId: shown.view.siteId,
    categoryId: shown.view.categoryId,
    figures: { joined: joined.length, left: left.length, case: caseId },
  });
  return { caseId: caseId!, joined, left };
}
