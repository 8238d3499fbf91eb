import { uuidv7 } from 'uuidv7';
import { followupEndpoints as api } from '../../../contract/followups.ts';
import { roleFor } from '../../platform/actor.ts';
import { badField, conflict } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { type Context, type Desk, serve } from '../../platform/serve.ts';
import { directory } from '../organization/index.ts';
import { deny, lockRequest, mayDeny, type RequestRecord, relapseDays, trace } from '../requests/index.ts';
import { verifying } from './calls.ts';
import { dayRecord } from './days/draw.ts';
import { finishCall, insertCalls, insertVisitResult, replaceVisitRule, visitRules } from './queries.ts';
import { scriptRead } from './scripts.ts';

const hour = 3_600_000;

/**
 * When a visit is on the list and when it is due, counted from the confirmed closing. It may come up to half its time, at
 * most 12 hours, early, so that one at the end of a relapse window still lies within it. Pure.
 */
export function visitTimes(closedAt: Date, afterHours: number): { opens: Date; due: Date } {
  const early = Math.min(12, afterHours / 2);
  const due = closedAt.getTime() + afterHours * hour;
  return { opens: new Date(due - early * hour), due: new Date(due) };
}

/** After sales (brief 56): somebody asks again whether it stayed solved, as often as the category says. */
export async function planVisits({ tx, now }: Context, r: RequestRecord): Promise<void> {
  const rules = await visitRules(tx);
  if (rules.length === 0) return;
  const own = rules.filter((rule) => rule.category_id === r.category_id);
  const wanted = own.length > 0 ? own : rules.filter((rule) => rule.category_id === r.first_category_id);
  await insertCalls(
    tx,
    wanted.map(({ after_hours }) => {
      const { opens, due } = visitTimes(now, after_hours);
      return {
        id: uuidv7(),
        request_id: r.id,
        kind: 'visit' as const,
        reason: 'after_sales',
        site_id: r.site_id,
        unit_id: r.unit_id,
        class: r.class,
        person_id: r.requester_id,
        after_hours,
        opens_at: opens,
        due_at: due,
        created_at: now,
      };
    }),
  );
}

export function mountVisits(desk: Desk): void {
  serve(desk, api.visited, async (context, { id, result, words, forLine, ...known }) => {
    const { tx, actor, now } = context;
    const { call, r, dir } = await verifying(context, id);
    if (call.kind !== 'visit') throw conflict('other_kind');
    const standing = (await lockRequest(tx, r.id))!;
    const back = result === 'came_back';
    const reopens =
      back &&
      standing.state === 'resolved_confirmed' &&
      mayDeny(standing, 'followup', relapseDays(dir, r.category_id), now);
    const tooLate = back && !reopens && standing.state === 'resolved_confirmed';
    await insertVisitResult(tx, {
      call_id: call.id,
      at: now,
      caller_id: actor.accountId!,
      result,
      too_late: tooLate,
      words: words ?? null,
      script_version: await scriptRead(tx, call, known.scriptVersion),
      seconds: known.seconds ?? null,
      call_ref: known.callRef || null,
    });
    await finishCall(tx, call.id, { done_at: now, outcome: 'answered', caller_id: actor.accountId });
    await trace(context, [r], {
      kind: 'followup_visit',
      action: 'followups.visited',
      side: 'staff',
      permission: 'followups.call',
      who: null,
      audience: 'verifiers',
      text: words ?? null,
      data: { result, afterHours: call.after_hours, tooLate },
      reason: result,
      figures: { afterHours: call.after_hours, tooLate, seconds: known.seconds ?? null },
    });
    if (reopens) await deny(context, dir, standing, 'followup', forLine ?? '');
    return { reopened: reopens, tooLate };
  });

  serve(desk, api.visitRules, async ({ tx }) => {
    const rules = new Map<number, number[]>();
    for (const row of await visitRules(tx))
      rules.set(row.category_id, [...(rules.get(row.category_id) ?? []), row.after_hours]);
    return { rules: [...rules].map(([categoryId, afterHours]) => ({ categoryId, afterHours })) };
  });

  serve(desk, api.setVisitRule, async (context, { categoryId, afterHours }) => {
    const dir = await directory(context.tx);
    const { tx, actor, now } = context;
    if (!dir.categories.has(categoryId)) throw badField('categoryId', 'unknown_category');
    const hours = [...new Set(afterHours)].sort((a, b) => a - b);
    await replaceVisitRule(tx, categoryId, hours);
    await append(tx, {
      at: now,
      actorId: actor.accountId,
      role: roleFor(actor, 'followups.plan'),
      action: 'followups.visit_rule_set',
      recordKind: 'followup_visit_rule',
      recordId: dayRecord(`visits ${categoryId}`),
      class: 'audit',
      categoryId,
      figures: { hours: hours.join(' ') },
    });
    return { done: true as const };
  });
}
