import { uuidv7 } from 'uuidv7';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { Permission } from '../../../contract/permissions.ts';
import type { PlanState, PlanStep, planEndpoints } from '../../../contract/plans.ts';
import { conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import { stageInForce } from '../stages/index.ts';
import { compareSet } from './comparing.ts';
import { handFor, mayRead, mayReviewEffect, maySendBack, roleIn, stepsFrom } from './policy.ts';
import {
  insertChange,
  insertSignatures,
  linesOf,
  lockPlan,
  lockPlansOf,
  markWaiting,
  type PlanRecord,
  patchPlan,
  signaturesOf,
  writersOf,
} from './queries.ts';
import { note } from './record.ts';
import { faultsOf } from './rules.ts';
import { aboutPlan, nowWaitsFor, type Waited } from './waiting.ts';
import { measureWork } from './work.ts';

type Api = typeof planEndpoints;
/** After so many days somebody looks whether the number moved. */
export const effectDays = 7;
const day = 86_400_000;

const stateAfter: Partial<Record<PlanStep, PlanState>> = {
  feasible: 'site_feasible',
  reviewed: 'reviewed',
  approved: 'approved',
  begun: 'in_force',
};
const permissionOf: Record<string, Permission> = {
  feasible: 'plans.feasible',
  reviewed: 'plans.review',
  approved: 'plans.approve',
  still_fits: 'plans.read',
  begun: 'plans.read',
};

export const stageAtPlace = async (tx: Tx, nodeId: number, now: Date): Promise<string | null> => {
  const dir = await directory(tx);
  return (await stageInForce(tx, dir.ancestors(nodeId), now))?.code ?? null;
};

async function supersede(context: Context, plan: PlanRecord): Promise<void> {
  await patchPlan(context.tx, plan.id, { state: 'superseded', ended_at: context.now, version: plan.version + 1 });
  // Whether a change did what it aimed at is asked all the same.
  if (plan.waits_for !== 'effect') await markWaiting(context.tx, plan.id, null, null);
  await note(context, plan, 'superseded', 'plans.read', { from: plan.state, to: 'superseded' });
}

/** Comes into force; what stood before it at its place ends in the same moment. */
export async function comeIntoForce(context: Context, plan: PlanRecord): Promise<void> {
  const { tx, now } = context;
  const before = (await lockPlansOf(tx, plan.kind, plan.node_id)).filter(
    (one) => one.id !== plan.id && (one.state === 'in_force' || one.state === 'to_be_renewed'),
  );
  for (const one of before) await supersede(context, one);
  await patchPlan(tx, plan.id, {
    state: 'in_force',
    in_force_from: now,
    waits_for: null,
    waits_since: null,
    effect_due: plan.aim === null ? null : new Date(now.getTime() + effectDays * day),
  });
  await note(context, plan, 'in_force', 'plans.read', { from: plan.state, to: 'in_force' });
  const work = measureWork();
  if (before.length > 0)
    await work?.ended(
      context,
      before.map((one) => one.id),
    );
  await work?.began(context, [plan.id]);
}

/** Signs the next step of a plan, by the right person, if nothing is missing. */
export async function sign(
  context: Context,
  { id, version, step, words }: ParsedOf<Api['sign']>,
): Promise<{ state: PlanState; version: number }> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const plan = await lockPlan(tx, id);
  if (!plan || !mayRead(dir, actor, plan)) throw notFound();
  if (plan.version !== version) throw conflict('stale', { version: plan.version, state: plan.state });
  const stage = await stageAtPlace(tx, plan.node_id, now);
  const signed = (await signaturesOf(tx, [id])).filter((one) => one.turn === plan.turn);
  const writers = (await writersOf(tx, [id])).map((one) => one.by_id);
  const { role, refusal } = handFor(dir, actor, plan, step, signed, writers, stage);
  if (refusal === 'not_your_step') throw forbidden('not_your_step');
  if (refusal !== null) throw new Refusal(409, `plan_${refusal}`);
  const lines = await linesOf(tx, [id]);
  if (step !== 'still_fits' && step !== 'begun') {
    const faults = faultsOf(plan, lines);
    if (faults.length > 0) throw new Refusal(422, 'plan_incomplete', { fields: faults });
  }
  await insertSignatures(tx, [
    {
      plan_id: id,
      turn: plan.turn,
      step,
      account_id: actor.accountId!,
      label: actor.label,
      role,
      waited_since: plan.waits_for === step ? plan.waits_since : null,
      at: now,
      words: words ?? null,
    },
  ]);
  const next = version + 1;
  let state = stateAfter[step] ?? (plan.state as PlanState);
  await note(context, plan, `signed_${step}`, permissionOf[step]!, { from: plan.state, to: state });
  if (step === 'approved') {
    // One waits for a stage at a time: the version approved before it makes room.
    for (const one of await lockPlansOf(tx, plan.kind, plan.node_id))
      if (one.id !== id && one.state === 'approved' && one.stage_code === plan.stage_code)
        await supersede(context, one);
    await patchPlan(tx, id, { state: 'approved', approved_at: now, version: next });
    if (plan.kind === 'site_set') await compareSet(context, plan, lines);
    if (plan.stage_code === stage) {
      await comeIntoForce(context, { ...plan, state: 'approved' });
      state = 'in_force';
    }
  } else if (step === 'begun') {
    await patchPlan(tx, id, { version: next });
    await comeIntoForce(context, plan);
  } else await patchPlan(tx, id, { state, version: next });
  // What was approved ahead of its stage waits for nobody until the stage begins.
  const [after] = step === 'approved' ? [] : stepsFrom(plan.kind, state, [...signed.map((one) => one.step), step]);
  await nowWaitsFor(context, { ...plan, state }, (after as Waited | undefined) ?? null);
  return { state, version: next };
}

/** Whoever could sign the next step may give the plan back instead; all sign anew. */
export async function sendBack(context: Context, { id, version, words }: ParsedOf<Api['sendBack']>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const plan = await lockPlan(tx, id);
  if (!plan || !mayRead(dir, actor, plan)) throw notFound();
  if (plan.version !== version) throw conflict('stale', { version: plan.version, state: plan.state });
  if (!['site_feasible', 'reviewed', 'approved'].includes(plan.state)) throw new Refusal(409, 'plan_wrong_step');
  const signed = (await signaturesOf(tx, [id])).filter((one) => one.turn === plan.turn);
  if (!maySendBack(dir, actor, plan, signed)) throw forbidden();
  await patchPlan(tx, id, { state: 'draft', turn: plan.turn + 1, approved_at: null, version: version + 1 });
  await markWaiting(tx, id, null, null);
  const { round: _round, ...written } = signed.find((one) => one.step === 'written')!;
  await insertSignatures(tx, [{ ...written, turn: plan.turn + 1 }]);
  await insertChange(tx, {
    id: uuidv7(),
    plan_id: id,
    line_key: null,
    at: now,
    by_id: actor.accountId!,
    by_label: actor.label,
    kind: 'sent_back',
    after: JSON.stringify({ words }),
  });
  await note(context, plan, 'sent_back', 'plans.read', { from: plan.state, to: 'draft' });
  const others = [plan.written_by].filter((id) => id !== actor.accountId);
  await tell(context, {
    kind: 'plan.returned',
    to: { accountIds: others },
    about: aboutPlan(dir, plan),
    level: 'info',
  });
}

export async function withdraw(context: Context, { id, version, words }: ParsedOf<Api['withdraw']>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const plan = await lockPlan(tx, id);
  if (!plan || !mayRead(dir, actor, plan)) throw notFound();
  if (roleIn(dir, actor, plan, 'written') === null) throw forbidden();
  if (plan.version !== version) throw conflict('stale', { version: plan.version, state: plan.state });
  if (!['draft', 'site_feasible', 'reviewed', 'approved'].includes(plan.state))
    throw new Refusal(409, 'plan_wrong_step');
  await patchPlan(tx, id, { state: 'withdrawn', ended_at: now, version: version + 1 });
  await markWaiting(tx, id, null, null);
  await insertChange(tx, {
    id: uuidv7(),
    plan_id: id,
    line_key: null,
    at: now,
    by_id: actor.accountId!,
    by_label: actor.label,
    kind: 'withdrawn',
    after: JSON.stringify({ words }),
  });
  await note(context, plan, 'withdrawn', 'plans.write', { from: plan.state, to: 'withdrawn' });
}

export async function reviewEffect(
  context: Context,
  { id, version, value, words }: ParsedOf<Api['reviewEffect']>,
): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const plan = await lockPlan(tx, id);
  if (!plan || !mayRead(dir, actor, plan)) throw notFound();
  const writers = (await writersOf(tx, [id])).map((one) => one.by_id);
  if (!mayReviewEffect(dir, actor, plan, writers, now)) throw forbidden('plan_not_to_review');
  if (plan.version !== version) throw conflict('stale', { version: plan.version, state: plan.state });
  await patchPlan(tx, id, {
    effect_value: value,
    effect_words: words,
    effect_by: actor.accountId,
    effect_label: actor.label,
    effect_at: now,
    version: version + 1,
  });
  await markWaiting(tx, id, null, null);
  await note(context, plan, 'effect_reviewed', 'plans.read', {
    figures: { before: plan.aim_before, target: plan.aim_target, value },
  });
}
