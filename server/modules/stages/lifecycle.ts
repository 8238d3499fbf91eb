import { type OrderState, openOrderStates } from '../../../contract/stages.ts';
import { Refusal } from '../../platform/errors.ts';

/** Life of a stage order as one table: event → from → to. An emergency order has no review and two signatures. */
export const orderTransitions = {
  change: { draft: 'draft' },
  review: { draft: 'reviewed' },
  return: { draft: 'draft', reviewed: 'draft', countersigning: 'draft' },
  sign: { reviewed: 'signed' },
  sign_emergency: { draft: 'countersigning' },
  countersign: { countersigning: 'signed' },
  activate: { signed: 'in_force' },
  /** What was signed is undone before its hour only; after it another order is needed. */
  withdraw: { draft: 'withdrawn', reviewed: 'withdrawn', countersigning: 'withdrawn', signed: 'withdrawn' },
  /** The stage it began has been left: what was learnt is written down. */
  leave: { in_force: 'closing_review' },
  close: { closing_review: 'closed', in_force: 'closed' },
} as const satisfies Record<string, Partial<Record<OrderState, OrderState>>>;
export type OrderEvent = keyof typeof orderTransitions;

export const mayMove = (event: OrderEvent, from: string): boolean => from in orderTransitions[event];

/** @throws not_in_this_state */
export function move(event: OrderEvent, from: string): OrderState {
  const to = (orderTransitions[event] as Partial<Record<string, OrderState>>)[from];
  if (!to) throw new Refusal(409, 'not_in_this_state', { values: { state: `order_${from}` } });
  return to;
}

export const isOpenOrder = ({ state }: { state: string }): boolean =>
  (openOrderStates as readonly string[]).includes(state);
