import type { MessageKind } from '../../../contract/messages.ts';
import type { PlanStep } from '../../../contract/plans.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DutyItem } from '../duty/index.ts';
import { tell } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { stageAt } from '../stages/index.ts';
import { type Holder, holders, waitsFor } from './people.ts';
import { stepsFrom } from './policy.ts';
import {
  linesOf,
  markWaiting,
  type PlanRecord,
  plansUnasked,
  plansWaiting,
  reviewedBy,
  signaturesOf,
  signedBy,
  writersOf,
} from './queries.ts';
import { faultsOf } from './rules.ts';

export type Waited = Exclude<PlanStep, 'written'> | 'effect';

const hour = 3_600_000;
/** Whoever a plan waits for has so long; after a switch it is the time in which coverage must be back. */
const answerMs = 24 * hour;
/** A draft that is complete waits for its first signature once nobody has written on it for so long. */
const quietMs = hour / 2;

const kinds: Record<Waited, MessageKind> = {
  feasible: 'plan.to_feasible',
  reviewed: 'plan.to_review',
  approved: 'plan.to_approve',
  still_fits: 'plan.to_still_fit',
  begun: 'plan.to_begin',
  effect: 'plan.to_look_back',
};
const duties: Record<Waited, { zh: string; en: string }> = {
  feasible: { zh: '确认现场可行', en: 'Say whether it is feasible' },
  reviewed: { zh: '审核', en: 'Review' },
  approved: { zh: '批准', en: 'Approve' },
  still_fits: { zh: '确认仍适用', en: 'Say whether it still fits' },
  begun: { zh: '同意生效', en: 'Bring into force' },
  effect: { zh: '七天效果复核', en: 'Look back after seven days' },
};

type Named = Pick<PlanRecord, 'node_id' | 'stage_code' | 'version_no'>;
/** A plan as people call it: place, stage, version. A place that was closed has no name any more. */
export const labelOf = (dir: Directory, plan: Named): string =>
  `${dir.nodes.get(plan.node_id)?.code ?? ''} ${plan.stage_code} V${plan.version_no}`.trim();
export const aboutPlan = (dir: Directory, plan: Named & { id: string }) => ({
  kind: 'plan' as const,
  id: plan.id,
  label: labelOf(dir, plan),
  route: `/plans/${plan.id}`,
});

type Signed = Awaited<ReturnType<typeof signaturesOf>>;
/** For whom a plan waits; a look back is asked of those who reviewed or approved it, or could have. */
const forWhom = (
  dir: Directory,
  everybody: readonly Holder[],
  plan: PlanRecord,
  step: Waited,
  signed: Signed,
  writers: readonly string[],
): string[] => {
  const turn = signed.filter((one) => one.plan_id === plan.id && one.turn === plan.turn);
  return step === 'effect'
    ? waitsFor(
        dir,
        everybody,
        plan,
        ['reviewed', 'approved'],
        turn.filter((one) => one.step === 'written'),
        writers,
      )
    : waitsFor(dir, everybody, plan, [step], turn, writers);
};

async function tellWhoseTurn(context: Context, plan: PlanRecord, step: Waited): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const writers = (await writersOf(tx, [plan.id])).map((one) => one.by_id);
  const people = forWhom(dir, await holders(tx, now), plan, step, await signaturesOf(tx, [plan.id]), writers);
  await tell(context, {
    kind: kinds[step],
    to: { accountIds: people.filter((one) => one !== actor.accountId) },
    about: aboutPlan(dir, plan),
    level: step === 'still_fits' || step === 'begun' ? 'important' : 'info',
    once: `plan.${plan.id}.${plan.turn}.${step}`,
  });
}

/** What a plan that has just been signed waits for next. */
export async function nowWaitsFor(context: Context, plan: PlanRecord, step: Waited | null): Promise<void> {
  await markWaiting(context.tx, plan.id, step, step === null ? null : context.now);
  if (step !== null) await tellWhoseTurn(context, plan, step);
}

/** What a plan nobody was asked about waits for by now; null: for nothing yet. */
async function stepOf(
  tx: Tx,
  dir: Directory,
  plan: PlanRecord & { quiet: boolean },
  now: Date,
): Promise<Waited | null> {
  if (plan.effect_due !== null && plan.effect_due <= now && plan.effect_at === null) return 'effect';
  if (plan.state === 'draft') if (!plan.quiet || faultsOf(plan, await linesOf(tx, [plan.id])).length > 0) return null;
  if (plan.state === 'approved' && (await stageAt(tx, dir.ancestors(plan.node_id), now))?.code !== plan.stage_code)
    return null;
  const done = plan.state === 'approved' ? await signaturesOf(tx, [plan.id]) : [];
  const [step] = stepsFrom(
    plan.kind,
    plan.state,
    done.filter((one) => one.turn === plan.turn).map((one) => one.step),
  );
  return (step as Waited | undefined) ?? null;
}

/**
 * Asks for what no signature asks for: the first one of a draft that is complete, a word on what was prepared when its stage
 * begins, and the look back seven days on. May run twice, and on two servers: the plan itself says what was asked.
 * @returns how many plans it asked about
 */
export async function askWhoseTurn(context: Context): Promise<number> {
  const { tx, now } = context;
  const dir = await directory(tx);
  let asked = 0;
  for (const plan of await plansUnasked(tx, now, new Date(now.getTime() - quietMs))) {
    const step = await stepOf(tx, dir, plan, now);
    if (step === null || !(await markWaiting(tx, plan.id, step, now, plan.version))) continue;
    await tellWhoseTurn(context, plan, step);
    asked++;
  }
  return asked;
}

/** What plans asked of this person in [from, to): what waits for them, and what they signed or looked back upon. */
export async function dutiesOf(tx: Tx, accountId: string, from: Date, to: Date, now: Date): Promise<DutyItem[]> {
  const window = [new Date(from.getTime() - answerMs), new Date(to.getTime() - answerMs)] as const;
  const dir = await directory(tx);
  const item = (plan: Named & { id: string }, step: Waited, since: Date, doneAt: Date | null): DutyItem => {
    const dueAt = new Date(since.getTime() + answerMs);
    return {
      key: `${plan.id}/${step}/${since.getTime()}`,
      what: { zh: `${duties[step].zh} ${labelOf(dir, plan)}`, en: `${duties[step].en}: ${labelOf(dir, plan)}` },
      dueAt,
      doneAt,
      state: doneAt === null ? 'due' : doneAt <= dueAt ? 'done' : 'late',
      route: `/plans/${plan.id}`,
    };
  };
  const done = [...(await signedBy(tx, accountId, window)), ...(await reviewedBy(tx, accountId, window))];
  const items = done.map((one) => item(one, one.step as Waited, one.waited_since!, one.at!));
  const everybody = await holders(tx, now);
  if (!everybody.some((one) => one.accountId === accountId)) return items;
  const plans = await plansWaiting(tx, window);
  const ids = plans.map((plan) => plan.id);
  const signed = await signaturesOf(tx, ids);
  const writers = await writersOf(tx, ids);
  for (const plan of plans) {
    const theirs = writers.filter((one) => one.plan_id === plan.id).map((one) => one.by_id);
    const step = plan.waits_for as Waited;
    if (forWhom(dir, everybody, plan, step, signed, theirs).includes(accountId))
      items.push(item(plan, step, plan.waits_since!, null));
  }
  return items;
}
