import type { Permission } from '../../../contract/permissions.ts';
import type { OrderAbilities } from '../../../contract/stages.ts';
import { type Actor, areasFor, sameHand } from '../../platform/actor.ts';
import type { Directory } from '../organization/index.ts';
import { isOpenOrder, mayMove } from './lifecycle.ts';
import type { OrderRecord } from './queries.ts';

/** Whether a grant with that permission lies at the place or above it. */
export const holdsAt = (actor: Actor, dir: Directory, permission: Permission, nodeId: number): boolean => {
  const above = dir.ancestors(nodeId);
  return areasFor(actor, permission).some(
    (area) => area.lineId === null && (area.everywhere || above.includes(area.nodeId)),
  );
};

/** The people of a unit are chased by those over them, and by nobody from next door. */
export const mayChase = (actor: Actor, dir: Directory, unitId: number): boolean =>
  holdsAt(actor, dir, 'messages.chase', unitId);

export type HandFault = 'own_draft' | 'own_review' | 'own_signature';

/** Which hand of this order the person was already, that keeps them from being another. */
export function handOf(order: OrderRecord, actor: Actor): HandFault | null {
  if (sameHand(actor, order.drafted_by, order.drafted_at)) return 'own_draft';
  if (sameHand(actor, order.reviewed_by, order.reviewed_at)) return 'own_review';
  if (sameHand(actor, order.signed_by, order.signed_at)) return 'own_signature';
  return null;
}

/** What this person may do to the order now, and why not what their role could. Commands ask the same. */
export function abilitiesOf(
  actor: Actor,
  dir: Directory,
  order: OrderRecord,
): { can: OrderAbilities; cannot: Partial<Record<keyof OrderAbilities, HandFault>> } {
  const holds = (permission: Permission): boolean => holdsAt(actor, dir, permission, order.node_id);
  const { state, emergency } = order;
  const hand = handOf(order, actor);
  const cannot: Partial<Record<keyof OrderAbilities, HandFault>> = {};
  const unlessHand = (act: keyof OrderAbilities, open: boolean): boolean => {
    if (open && hand) cannot[act] = hand;
    return open && !hand;
  };
  const signs = holds('stages.sign');
  const reviews = holds('stages.review');
  return {
    can: {
      change: state === 'draft' && holds('stages.draft'),
      review: unlessHand('review', reviews && !emergency && mayMove('review', state)),
      // Who reviewed may take it back as well as who is to sign; who drafted changes it instead.
      return:
        mayMove('return', state) &&
        !sameHand(actor, order.drafted_by, order.drafted_at) &&
        (signs || (reviews && state !== 'countersigning')),
      sign: unlessHand('sign', signs && mayMove(emergency ? 'sign_emergency' : 'sign', state)),
      countersign: unlessHand('countersign', signs && mayMove('countersign', state)),
      withdraw:
        mayMove('withdraw', state) &&
        (signs || (state === 'draft' && (reviews || order.drafted_by === actor.accountId))),
      chase: isOpenOrder(order) && actor.permissions.has('messages.chase'),
    },
    cannot,
  };
}
