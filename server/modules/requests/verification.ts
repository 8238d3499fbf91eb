import { type Actor, sameHand } from '../../platform/actor.ts';

/**
 * Who may verify (rules 3): one rule. A verifier took no part, is of none of the lines that did, is neither above nor
 * below in command any who did, and is not the site officer of the site served. Pure.
 */
export interface Hand {
  accountId: string;
  did: string;
  at?: Date;
  lineId: number | null;
  homeNodeId: number | null;
}

export interface Verifier {
  accountId: string;
  joined: Actor['joined'];
  homeNodeId: number | null;
  /** Lines bound to any of the verifier's grants. */
  lineIds: number[];
  /** Nodes this person leads (as unit or group leader). */
  leads: number[];
  /** Sites whose officer this person is. */
  officerOf: number[];
}

export interface Verified {
  registrarId: string | null;
  requesterId: string | null;
  siteId: number | null;
  lineIds: number[];
  hands: Hand[];
  /** For each hand: the nodes that person leads. */
  handLeads: Map<string, number[]>;
}

export interface Independence {
  rule: 'no_part' | 'not_registrar' | 'other_line' | 'not_in_command' | 'not_site_officer' | 'not_requester';
  holds: boolean;
}

/** @param ancestors the node and everything above it */
export function independence(v: Verifier, r: Verified, ancestors: (nodeId: number) => number[]): Independence[] {
  const leadsOver = (leads: number[], nodeId: number | null): boolean =>
    nodeId !== null && ancestors(nodeId).some((id) => leads.includes(id));
  const inCommand = r.hands.some(
    (hand) => leadsOver(v.leads, hand.homeNodeId) || leadsOver(r.handLeads.get(hand.accountId) ?? [], v.homeNodeId),
  );
  const lines = new Set([
    ...r.lineIds,
    ...r.hands.map((hand) => hand.lineId).filter((id): id is number => id !== null),
  ]);
  return [
    {
      rule: 'no_part',
      holds: !r.hands.some((hand) => sameHand(v, hand.accountId, hand.at) && hand.did !== 'dispatched'),
    },
    { rule: 'not_registrar', holds: !sameHand(v, r.registrarId) },
    { rule: 'not_requester', holds: !sameHand(v, r.requesterId) },
    { rule: 'other_line', holds: !v.lineIds.some((id) => lines.has(id)) },
    { rule: 'not_in_command', holds: !inCommand },
    { rule: 'not_site_officer', holds: r.siteId === null || !v.officerOf.includes(r.siteId) },
  ];
}

export const canVerifyClosure = (v: Verifier, r: Verified, ancestors: (nodeId: number) => number[]): boolean =>
  independence(v, r, ancestors).every((item) => item.holds);

/**
 * Whether a word by query code is the requester's own: the request is not anonymous, and neither the device nor the
 * browser's session ever acted for staff on it (rules 3).
 */
export function codeWordIsOwn(
  r: { confidentiality: string },
  device: { known: boolean; actedForStaff: boolean; signedInAsOther: boolean },
): boolean {
  return r.confidentiality !== 'anonymous' && device.known && !device.actedForStaff && !device.signedInAsOther;
}
