/** Commands of a stage order before its hour: drafted, reviewed, returned, signed, withdrawn. */
import { uuidv7 } from 'uuidv7';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import { type OrderState, openOrderStates, type stageEndpoints } from '../../../contract/stages.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { zoneMidnight } from '../clocks/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { switchOver, tellEveryPage } from './activating.ts';
import { tellDrafter, tellNextHand, tellPosts } from './announcing.ts';
import { move } from './lifecycle.ts';
import { abilitiesOf, holdsAt } from './policy.ts';
import {
  allPeriods,
  allTransitions,
  deletePeriod,
  endPeriod,
  type HeldPeriod,
  insertOrder,
  insertPeriods,
  lockOrder,
  lockTimeline,
  nextNumber,
  type OrderPatch,
  type OrderRecord,
  ordersIn,
  ownPeriodAt,
  patchOrder,
  periodEndedAt,
  periodOfOrder,
} from './queries.ts';
import { lookAt } from './readiness.ts';
import { note } from './record.ts';
import { hourOf, periodAt, reachOf } from './scope.ts';
import { forgetTimeline } from './timeline.ts';

type Input<K extends keyof typeof stageEndpoints> = ParsedOf<(typeof stageEndpoints)[K]>;

interface Held {
  order: OrderRecord;
  dir: Directory;
  periods: HeldPeriod[];
}

/** The locked order in the version the person saw. @throws not_found, stale */
async function locked(context: Context, input: { id: string; version: number }): Promise<Held> {
  const order = await lockOrder(context.tx, input.id);
  if (!order) throw notFound();
  if (order.version !== input.version) throw conflict('stale', { state: order.state, version: order.version });
  return { order, dir: await directory(context.tx), periods: await allPeriods(context.tx) };
}

/** @throws the person's own earlier hand, or that they have no such right, or that the state does not let anybody */
function mayDo(
  context: Context,
  { order, dir }: Held,
  act: keyof ReturnType<typeof abilitiesOf>['can'],
  event: Parameters<typeof move>[0],
): OrderState {
  const { can, cannot } = abilitiesOf(context.actor, dir, order);
  if (cannot[act] === 'own_draft') throw forbidden('own_draft');
  if (cannot[act] === 'own_review') throw forbidden('own_review');
  if (cannot[act] === 'own_signature') throw forbidden('own_signature');
  const to = move(event, order.state);
  if (!can[act]) throw forbidden();
  return to;
}

/**
 * What a draft says, checked against the place and time it is for.
 * @throws bad_input naming the field
 */
async function drafted(
  { tx, now }: Context,
  dir: Directory,
  periods: readonly HeldPeriod[],
  nodeId: number,
  input: Omit<Input<'draft'>, 'id' | 'nodeId'>,
) {
  const atOnce = input.effectiveAt === null;
  if (atOnce && !input.emergency) throw badField('effectiveAt', 'only_emergency_at_once');
  const effectiveAt = input.effectiveAt === null ? now : new Date(input.effectiveAt);
  if (!atOnce && effectiveAt <= now) throw badField('effectiveAt', 'hour_in_the_past');
  const basisAt = zoneMidnight(dir.group.timezone, input.basisDay);
  if (basisAt === null) throw badField('basisDay', 'bad_format');
  if (basisAt > effectiveAt) throw badField(atOnce ? 'basisDay' : 'effectiveAt', 'before_its_basis');
  const here = periodAt(periods, dir, nodeId, effectiveAt);
  const transitions = await allTransitions(tx);
  if (!here || !transitions.some(({ from_code, to_code }) => from_code === here.code && to_code === input.toCode))
    throw badField('toCode', 'no_such_transition');
  return {
    from_code: here.code,
    to_code: input.toCode,
    basis_number: input.basisNumber,
    basis_title: input.basisTitle,
    basis_at: basisAt,
    effective_at: effectiveAt,
    trigger: input.trigger,
    emergency: input.emergency,
    at_once: atOnce,
  };
}

/** An emergency order goes to the leaders at once, any other to somebody who reviews. */
const passOn = (context: Context, dir: Directory, order: OrderRecord): Promise<void> =>
  order.emergency
    ? tellNextHand(context, dir, order, 'stage.to_sign', 'stages.sign')
    : tellNextHand(context, dir, order, 'stage.to_review', 'stages.review');

/** @throws order_open where another of the place is on its way */
export async function draft(context: Context, input: Input<'draft'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const node = dir.nodes.get(input.nodeId);
  if (!node || node.kind === 'sector') throw badField('nodeId', 'bad_choice');
  if (!holdsAt(actor, dir, 'stages.draft', node.id)) throw forbidden();
  if ((await ordersIn(tx, openOrderStates)).some((order) => order.node_id === node.id)) throw conflict('order_open');
  const said = await drafted(context, dir, await allPeriods(tx), node.id, input);
  // Two at once: the second finds the first's in its place.
  const fresh = await insertOrder(tx, {
    id: input.id,
    node_id: node.id,
    ...said,
    state: 'draft',
    drafted_by: actor.accountId!,
    drafted_label: actor.label,
    drafted_at: now,
  });
  if (!fresh) throw conflict('order_open');
  const order = (await lockOrder(tx, input.id))!;
  await note(context, dir, order, { kind: 'drafted', permission: 'stages.draft', to: 'draft' });
  await passOn(context, dir, order);
}

/** Whoever changed a draft last is its drafter, and is none of its other hands. */
export async function change(context: Context, input: Input<'change'>): Promise<void> {
  const held = await locked(context, input);
  const { order, dir, periods } = held;
  mayDo(context, held, 'change', 'change');
  const said = await drafted(context, dir, periods, order.node_id, input);
  await patchOrder(context.tx, order.id, {
    ...said,
    drafted_by: context.actor.accountId!,
    drafted_label: context.actor.label,
    drafted_at: context.now,
  });
  const after = (await lockOrder(context.tx, order.id))!;
  await note(context, dir, after, { kind: 'changed', permission: 'stages.draft' });
  await passOn(context, dir, after);
}

export async function review(context: Context, input: Input<'review'>): Promise<void> {
  const held = await locked(context, input);
  const { order, dir } = held;
  const state = mayDo(context, held, 'review', 'review');
  const patch = {
    state,
    reviewed_by: context.actor.accountId!,
    reviewed_label: context.actor.label,
    reviewed_at: context.now,
  };
  await patchOrder(context.tx, order.id, patch);
  await note(context, dir, order, {
    kind: 'reviewed',
    permission: 'stages.review',
    text: input.text,
    from: order.state,
    to: state,
  });
  await tellNextHand(context, dir, { ...order, ...patch }, 'stage.to_sign', 'stages.sign');
}

const unsigned: OrderPatch = {
  reviewed_by: null,
  reviewed_label: null,
  reviewed_at: null,
  signed_by: null,
  signed_label: null,
  signed_at: null,
};

export async function returnOrder(context: Context, input: Input<'return'>): Promise<void> {
  const held = await locked(context, input);
  const { order, dir } = held;
  const state = mayDo(context, held, 'return', 'return');
  await patchOrder(context.tx, order.id, { ...unsigned, state });
  await note(context, dir, order, {
    kind: 'returned',
    permission: holdsAt(context.actor, dir, 'stages.sign', order.node_id) ? 'stages.sign' : 'stages.review',
    text: input.text,
    from: order.state,
    to: state,
  });
  await tellDrafter(context, order);
}

/**
 * Makes room on the time line and puts the order's stage there. A unit or site whose order leads to the stage that is in
 * force above it anyway has no period of its own any more: it goes with the place above again.
 * @returns the period that decides there from its hour on
 * @throws stage_moved where another stage than the order's is in force there by then
 */
async function enterTimeline(context: Context, held: Held, order: OrderRecord): Promise<string> {
  const { tx, now } = context;
  const at = order.effective_at;
  const here = periodAt(held.periods, held.dir, order.node_id, at);
  if (here?.code !== order.from_code) throw conflict('stage_moved');
  const own = await ownPeriodAt(tx, order.node_id, at);
  if (own) {
    if (own.from_at >= at) throw conflict('stage_moved');
    await endPeriod(tx, own.id, at);
  }
  const parent = held.dir.nodes.get(order.node_id)?.parentId;
  const above = parent ? periodAt(held.periods, held.dir, parent, at) : null;
  if (own && above && above.code === order.to_code && above.from_at <= now) return above.id;
  const id = uuidv7();
  await insertPeriods(tx, [
    {
      id,
      node_id: order.node_id,
      stage_code: order.to_code,
      from_at: at,
      to_at: null,
      basis: order.basis_number,
      basis_at: order.basis_at,
      order_id: order.id,
    },
  ]);
  return id;
}

/**
 * What a signed order says, from which stage to which, must still be true at its hour: an order above it or before it may
 * not be signed or taken back over its head. Asked when the time line has been changed, under its lock.
 * @throws order_depends naming the order in the way
 */
async function keepSignedTrue({ tx }: Context, dir: Directory): Promise<void> {
  const periods = await allPeriods(tx);
  for (const order of await ordersIn(tx, ['signed'])) {
    const at = order.effective_at;
    const before = periodAt(periods, dir, order.node_id, new Date(at.getTime() - 1));
    const after = periodAt(periods, dir, order.node_id, at);
    if (before?.code !== order.from_code || after?.code !== order.to_code)
      throw new Refusal(409, 'order_depends', {
        values: { order: order.number!, place: dir.nodes.get(order.node_id)?.code ?? '' },
      });
  }
}

const yearIn = (zone: string, at: Date): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric' }).format(at));

/**
 * Signs an order. The last signature writes it into the time line and applies what it changes: in this transaction where
 * its hour is now, else by the timer at its hour.
 * @throws readiness_changed where a unit is not ready by now that the page did not show
 */
export async function sign(
  context: Context,
  input: Input<'sign'>,
): Promise<{ number: string | null; state: OrderState }> {
  const { tx, actor, now } = context;
  await lockTimeline(tx);
  const held = await locked(context, input);
  const { dir, periods } = held;
  let { order } = held;
  const second = order.state === 'countersigning';
  const state = second
    ? mayDo(context, held, 'countersign', 'countersign')
    : mayDo(context, held, 'sign', order.emergency ? 'sign_emergency' : 'sign');
  if (!order.at_once && order.effective_at <= now) throw conflict('hour_passed');

  const startsAt = hourOf(order, now);
  const reach = reachOf(periods, dir, order.node_id, startsAt);
  const look = await lookAt(tx, {
    changes: reach.scope,
    units: reach.asked,
    fromStage: order.from_code,
    toStage: order.to_code,
    at: now,
    startsAt,
    notBefore: periodAt(periods, dir, order.node_id, now)?.from_at ?? null,
  });
  const unready = look.units.filter(({ ready }) => !ready).map(({ unitId }) => unitId);
  // An emergency waits for nobody's readiness; what stood there is written down all the same.
  if (!order.emergency && unready.some((unitId) => !input.unreadyUnitIds.includes(unitId)))
    throw conflict('readiness_changed', { version: order.version });

  const complete = state === 'signed';
  const hand = second
    ? { second_by: actor.accountId!, second_label: actor.label, second_at: now }
    : { signed_by: actor.accountId!, signed_label: actor.label, signed_at: now };
  const year = yearIn(dir.group.timezone, now);
  const patch: OrderPatch = {
    ...hand,
    state,
    seen_unready: input.seenUnready,
    seen_consequences: input.seenConsequences,
    readiness_seen: JSON.stringify({ asOf: look.asOf, checks: look.checks, units: look.units }),
    effects_seen: JSON.stringify({ effects: look.effects }),
    ...(complete ? { number: `阶段令〔${year}〕${await nextNumber(tx, year)}号` } : {}),
    ...(complete && order.at_once ? { effective_at: now } : {}),
  };
  await patchOrder(tx, order.id, patch);
  const from = order.state;
  order = (await lockOrder(tx, order.id))!;
  await note(context, dir, order, {
    kind: second ? 'countersigned' : 'signed',
    permission: 'stages.sign',
    from,
    to: state,
    figures: { unready: unready.length, units: look.units.length, emergency: order.emergency },
  });
  if (!complete) {
    await tellNextHand(context, dir, order, 'stage.to_countersign', 'stages.sign');
    return { number: null, state };
  }
  const periodId = await enterTimeline(context, held, order);
  await keepSignedTrue(context, dir);
  await tellPosts(context, dir, order, reach.scope, 'stage.signed');
  forgetTimeline();
  const inForce = order.effective_at <= now;
  if (inForce) await switchOver(context, order);
  else await tellEveryPage(context, dir, order, periodId, 'stages.scheduled');
  return { number: order.number, state: inForce ? 'in_force' : state };
}

/** Takes an order back before its hour; what was to end goes on. */
export async function withdraw(context: Context, input: Input<'withdraw'>): Promise<void> {
  const { tx, actor, now } = context;
  await lockTimeline(tx);
  const held = await locked(context, input);
  const { order, dir, periods } = held;
  const state = mayDo(context, held, 'withdraw', 'withdraw');
  if (order.state === 'signed') {
    // The hour has come and the timer is about to apply it: too late.
    if (order.effective_at <= now) throw new Refusal(409, 'hour_passed');
    const { scope } = reachOf(periods, dir, order.node_id, order.effective_at);
    const period = await periodOfOrder(tx, order.id);
    if (period) await deletePeriod(tx, period.id);
    const before = await periodEndedAt(tx, order.node_id, order.effective_at);
    if (before) await endPeriod(tx, before.id, null);
    await tellEveryPage(context, dir, order, period?.id ?? order.id, 'stages.unscheduled');
    await tellPosts(context, dir, order, scope, 'stage.withdrawn');
    forgetTimeline();
  }
  await patchOrder(tx, order.id, {
    state,
    withdrawn_at: now,
    withdrawn_by: actor.accountId!,
    withdrawn_label: actor.label,
  });
  if (order.state === 'signed') await keepSignedTrue(context, dir);
  await note(context, dir, order, {
    kind: 'withdrawn',
    permission: order.state === 'draft' ? 'stages.draft' : 'stages.sign',
    text: input.text,
    from: order.state,
    to: state,
  });
}
