import type { MessageKind, MessageLevel } from '../../../contract/messages.ts';
import type { Permission } from '../../../contract/permissions.ts';
import type { Context } from '../../platform/serve.ts';
import { accountsGranted } from '../access/index.ts';
import { reachedAs, tell } from '../messages/index.ts';
import type { Directory } from '../organization/index.ts';
import { allStages, type OrderRecord } from './queries.ts';
import type { StageScope } from './registry.ts';

/** An order as people call it: by its number, and before it has one by the stage it leads to. */
export const labelOf = (order: Pick<OrderRecord, 'number'>, to: { zh: string }): string =>
  order.number ?? `阶段令（${to.zh}）`;

export const routeOf = (order: { id: string }): string => `/stages/orders/${order.id}`;

async function about(context: Context, order: OrderRecord) {
  const to = (await allStages(context.tx)).find(({ code }) => code === order.to_code)!;
  return {
    kind: 'stage' as const,
    id: order.id,
    label: labelOf(order, to),
    route: routeOf(order),
    mayBeNamed: true,
  };
}

const levelOf = (order: OrderRecord): MessageLevel => (order.emergency ? 'urgent' : 'important');

/** Whoever may do the next step, but for those who did one. */
export async function tellNextHand(
  context: Context,
  dir: Directory,
  order: OrderRecord,
  kind: MessageKind,
  permission: Permission,
): Promise<void> {
  const hands = [order.drafted_by, order.reviewed_by, order.signed_by, context.actor.accountId];
  const accountIds = (await reachedAs(context.tx, dir, { permission, nodeId: order.node_id }, context.now)).filter(
    (id) => !hands.includes(id),
  );
  await tell(context, { kind, to: { accountIds }, about: await about(context, order), level: levelOf(order) });
}

export async function tellDrafter(context: Context, order: OrderRecord): Promise<void> {
  await tell(context, {
    kind: 'stage.returned',
    to: { accountIds: [order.drafted_by] },
    about: await about(context, order),
    level: levelOf(order),
  });
}

const moment = (dir: Directory, at: Date): string => {
  const part = new Intl.DateTimeFormat('en-CA', {
    timeZone: dir.group.timezone,
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string): string => part.find((one) => one.type === type)?.value ?? '';
  return `${of('month')}-${of('day')} ${of('hour')}:${of('minute')}`;
};

/** Everybody whose day it changes: leaders, liaisons and site officers of the places it reaches. */
export async function tellPosts(
  context: Context,
  dir: Directory,
  order: OrderRecord,
  scope: StageScope,
  kind: 'stage.signed' | 'stage.withdrawn',
): Promise<void> {
  const posts = await accountsGranted(context.tx, {
    roles: ['unit_leader', 'unit_liaison', 'site_officer'],
    nodeIds: [...new Set([scope.nodeId, ...scope.unitIds, ...scope.siteIds])],
    lineId: undefined,
  });
  await tell(context, {
    kind,
    to: { accountIds: posts.map(({ id }) => id) },
    about: await about(context, order),
    values: kind === 'stage.signed' ? { at: moment(dir, order.effective_at) } : {},
    level: levelOf(order),
  });
}

/** @returns how many were told */
export async function tellUnready(
  context: Context,
  dir: Directory,
  order: OrderRecord,
  unready: { unitId: number; missing: number; accountIds: string[]; within: number },
): Promise<number> {
  return tell(context, {
    kind: 'stage.unready',
    to: { accountIds: unready.accountIds },
    about: await about(context, order),
    values: { unit: dir.nodes.get(unready.unitId)?.code ?? '', unitId: unready.unitId, n: unready.missing },
    level: levelOf(order),
    confirmWithin: unready.within,
  });
}
