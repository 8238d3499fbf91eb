import { stageNowEndpoints } from '../../../contract/stage-now.ts';
import { stageEndpoints as api, openOrderStates } from '../../../contract/stages.ts';
import { areasFor } from '../../platform/actor.ts';
import { badField, notFound } from '../../platform/errors.ts';
import { provideHearers } from '../../platform/live.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import { directory } from '../organization/index.ts';
import { chase } from './chasing.ts';
import { change, draft, returnOrder, review, sign, withdraw } from './ordering.ts';
import { provideOwnChecks } from './posts.ts';
import { allPeriods, allStages, allTransitions, type HeldPeriod, orderById, ordersByIds, ordersIn } from './queries.ts';
import { leadsOf, lookAt } from './readiness.ts';
import { named, periodAt, reachOf, scopeView } from './scope.ts';
import { orderRowOf, orderViewOf, stageNames } from './view.ts';

const done = { done: true as const };
const day = 86_400_000;

const hereOf = (period: HeldPeriod, now: Date) => ({
  ...named(period),
  nodeId: period.node_id,
  since: period.from_at.toISOString(),
  day: Math.floor((now.getTime() - period.from_at.getTime()) / day) + 1,
  orderId: period.order_id,
});

const inForce = (period: HeldPeriod, now: Date): boolean =>
  period.from_at <= now && (period.to_at === null || period.to_at > now);

export function mountStages(desk: Desk): void {
  provideOwnChecks();
  // Which stage is in force is for everybody; orders on their way, and who is ready, are for whoever works at a desk.
  provideHearers('stage', async () => () => true);
  for (const kind of ['stage_order', 'readiness'])
    provideHearers(kind, async () => (actor) => actor.permissions.has('stages.read'));

  serve(desk, stageNowEndpoints.now, async ({ tx, actor, now }) => {
    const dir = await directory(tx);
    const place = actor.homeNodeId ?? dir.groupNode.id;
    const periods = await allPeriods(tx);
    const here = periodAt(periods, dir, place, now);
    const lineage = dir.ancestors(place);
    const coming = periods.filter((period) => lineage.includes(period.node_id) && period.from_at > now);
    // The next that changes anything here: a place with its own stage does not follow the one above.
    const next = coming
      .sort((a, b) => a.from_at.getTime() - b.from_at.getTime())
      .find((period) => periodAt(periods, dir, place, period.from_at)?.id === period.id);
    return {
      stage: here && hereOf(here, now),
      next: next ? { stage: named(next), at: next.from_at.toISOString() } : null,
    };
  });

  serve(desk, api.overview, async ({ tx, actor, now }) => {
    const stage = await stageNames(tx);
    const drafting = areasFor(actor, 'stages.draft').filter((area) => area.lineId === null);
    return {
      stages: (await allStages(tx)).map(named),
      transitions: (await allTransitions(tx)).map(({ from_code, to_code }) => ({ from: from_code, to: to_code })),
      current: (await allPeriods(tx)).filter((period) => inForce(period, now)).map((period) => hereOf(period, now)),
      open: (await ordersIn(tx, openOrderStates)).map((order) => orderRowOf(order, stage)),
      mayDraft: drafting.some((area) => area.everywhere)
        ? null
        : [...new Set(drafting.flatMap((area) => [...area.unitIds, ...area.siteIds]))],
    };
  });

  serve(desk, api.history, async ({ tx }) => {
    const dir = await directory(tx);
    const stage = await stageNames(tx);
    const periods = await allPeriods(tx);
    const ids = periods.map(({ order_id }) => order_id).filter((id) => id !== null);
    const orders = new Map((await ordersByIds(tx, ids)).map((order) => [order.id, order]));
    return {
      periods: await Promise.all(
        periods.map(async (period) => {
          const order = period.order_id ? orders.get(period.order_id) : undefined;
          const { asked } = reachOf(periods, dir, period.node_id, period.from_at);
          return {
            id: period.id,
            nodeId: period.node_id,
            stage: named(period),
            from: period.from_at.toISOString(),
            to: period.to_at?.toISOString() ?? null,
            basis: period.basis,
            order: order ? orderRowOf(order, stage) : null,
            leads:
              dir.nodes.get(period.node_id)?.kind === 'site'
                ? []
                : await leadsOf(
                    tx,
                    asked.unitIds,
                    period.code,
                    period.from_at,
                    periodAt(periods, dir, period.node_id, new Date(period.from_at.getTime() - 1))?.from_at ?? null,
                  ),
          };
        }),
      ),
      rejoined: (await ordersIn(tx, ['closed'])).filter(({ id }) => !orders.has(id)).map((o) => orderRowOf(o, stage)),
      withdrawn: (await ordersIn(tx, ['withdrawn'], 50)).map((order) => orderRowOf(order, stage)),
    };
  });

  serve(desk, api.preview, async ({ tx, now }, { nodeId, toCode }) => {
    const dir = await directory(tx);
    const node = dir.nodes.get(nodeId);
    if (!node || node.kind === 'sector') throw badField('nodeId', 'bad_choice');
    const stage = await stageNames(tx);
    const periods = await allPeriods(tx);
    const here = periodAt(periods, dir, nodeId, now);
    const transitions = await allTransitions(tx);
    if (!here || !transitions.some(({ from_code, to_code }) => from_code === here.code && to_code === toCode))
      throw badField('toCode', 'no_such_transition');
    const reach = reachOf(periods, dir, nodeId, now);
    return {
      from: stage(here.code),
      to: stage(toCode),
      scope: scopeView(dir, reach),
      look: await lookAt(tx, {
        changes: reach.scope,
        units: reach.asked,
        fromStage: here.code,
        toStage: toCode,
        at: now,
        startsAt: now,
        notBefore: here.from_at,
      }),
    };
  });

  serve(desk, api.order, async ({ tx, actor, now }, { id }) => {
    const order = await orderById(tx, id);
    if (!order) throw notFound();
    return orderViewOf(tx, await directory(tx), actor, order, await allPeriods(tx), now);
  });

  serve(desk, api.draft, async (context, input) => {
    await draft(context, input);
    return { id: input.id };
  });
  serve(desk, api.change, async (context, input) => {
    await change(context, input);
    return { id: input.id };
  });
  serve(desk, api.review, async (context, input) => {
    await review(context, input);
    return done;
  });
  serve(desk, api.return, async (context, input) => {
    await returnOrder(context, input);
    return done;
  });
  serve(desk, api.sign, sign);
  serve(desk, api.withdraw, async (context, input) => {
    await withdraw(context, input);
    return done;
  });
  serve(desk, api.chase, async (context, input) => ({ told: await chase(context, input) }));
}
