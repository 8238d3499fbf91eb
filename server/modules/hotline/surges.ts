import { uuidv7 } from 'uuidv7';
import { roleFor } from '../../platform/actor.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import { surgeReason } from './figures.ts';
import { beginSurge, countCallbacks, endSurge, rungSince, runningCalls, surgeNow, surgeRule } from './queries.ts';

const minute = 60_000;
const halfHour = 30 * minute;

const journal = (context: Context, id: string, action: string, reason: string, figures: Record<string, number> = {}) =>
  append(context.tx, {
    at: context.now,
    actorId: context.actor.accountId,
    role: roleFor(context.actor, 'hotline.lead'),
    action: `hotline.surge_${action}`,
    recordKind: 'surge',
    recordId: id,
    class: 'normal',
    reason,
    figures,
  });

export async function begin(
  context: Context,
  why: 'manual' | 'waiting' | 'answered',
  figures: Record<string, number> = {},
): Promise<boolean> {
  const { tx, now, actor } = context;
  const id = uuidv7();
  const row = { id, from_at: now, why, figures: JSON.stringify(figures), by_id: actor.accountId };
  if (!(await beginSurge(tx, row))) return false;
  await journal(context, id, 'begun', why, figures);
  // Home seats are asked in, whoever is not at one already.
  await tell(context, {
    kind: 'hotline.surge',
    to: { permission: 'hotline.take' },
    about: { kind: 'hotline', id, label: '', route: '/hotline' },
    level: 'urgent',
    once: `hotline.surge:${id}`,
  });
  return true;
}

export async function end(context: Context, why: 'manual' | 'quiet'): Promise<boolean> {
  const [ended] = await endSurge(context.tx, context.now);
  if (!ended) return false;
  await journal(context, ended.id, 'ended', why);
  return true;
}

/** Waiting now: on the line, and to be rung back. */
export async function waitingNow(context: Pick<Context, 'tx' | 'now'>): Promise<{
  calls: number;
  callbacks: number;
  late: number;
}> {
  const { tx, now } = context;
  const running = await runningCalls(tx, new Date(now.getTime() - 4 * 60 * minute));
  const callbacks = await countCallbacks(tx, now);
  return { calls: Number(running.n), callbacks: Number(callbacks.waiting), late: Number(callbacks.late) };
}

/** Once a minute: switched on by the rule; off again half an hour after the rule would not have switched it on. */
export async function watchSurge(context: Context): Promise<void> {
  const { tx, now } = context;
  const rule = await surgeRule(tx);
  const rung = await rungSince(tx, new Date(now.getTime() - halfHour), now);
  const waiting = await waitingNow(context);
  const reason = surgeReason(
    {
      mostWaiting: rule.most_waiting,
      leastAnswered: rule.least_answered === null ? null : Number(rule.least_answered),
    },
    rung.map((row) => ({ offeredAt: row.offered_at, answeredAt: row.answered_at, endedAt: row.ended_at })),
    waiting.calls + waiting.callbacks,
  );
  const current = await surgeNow(tx);
  if (!current && reason) await begin(context, reason.why, reason.figures);
  // What a person switched on, a person switches off.
  else if (current && current.why !== 'manual' && !reason && now.getTime() - current.from_at.getTime() > halfHour)
    await end(context, 'quiet');
}
