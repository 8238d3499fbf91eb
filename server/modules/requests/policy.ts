import type { Abilities } from '../../../contract/requests.ts';
import { sealedClasses } from '../../../contract/requests.ts';
import { type Actor, areasFor, covers } from '../../platform/actor.ts';
import type { RequestRecord } from './queries.ts';

/**
 * Who may see and do what with a request. Pure: values in, verdicts out (rules 3, 5, 6; domain section 2).
 */
export type Reader = 'requester' | 'registrar' | 'dispatcher' | 'handler' | 'verifier' | 'overseer' | 'program';

type Place = Pick<RequestRecord, 'unit_id' | 'site_id' | 'line_id' | 'lead_unit_id' | 'requester_id' | 'registrar_id'>;

/** Line handlers at head office see their line's work everywhere; in a unit, what was dispatched to that unit. */
export function seesAsHandler(actor: Actor, r: Place): boolean {
  return areasFor(actor, 'cases.handle').some(
    (area) =>
      area.lineId !== null &&
      area.lineId === r.line_id &&
      (area.everywhere || (r.lead_unit_id !== null && area.unitIds.includes(r.lead_unit_id))),
  );
}

/** Handling itself is only for the line at the very place it was dispatched to. */
export function mayHandle(actor: Actor, r: Pick<RequestRecord, 'line_id' | 'lead_unit_id'>): boolean {
  return areasFor(actor, 'cases.handle').some(
    (area) =>
      area.lineId !== null &&
      area.lineId === r.line_id &&
      (r.lead_unit_id === null ? area.everywhere : area.unitIds.includes(r.lead_unit_id)),
  );
}

const within = (
  actor: Actor,
  permission: 'cases.dispatch' | 'requests.read',
  r: Place,
  roles?: readonly string[],
): boolean =>
  areasFor(actor, permission).some(
    (area) =>
      (!roles || roles.includes(area.role)) &&
      area.lineId === null &&
      covers(area, { unitId: r.unit_id, siteId: r.site_id }),
  );

const overseers = ['site_officer', 'unit_liaison', 'unit_leader', 'group_leader'];

/** As what this actor reads the request; null = not at all. The nearest relation wins. */
export function readerOf(actor: Actor, r: Place): Reader | null {
  if (actor.kind === 'program') {
    return actor.permissions.has('requests.read') &&
      actor.areas.some((area) => covers(area, { unitId: r.unit_id, siteId: r.site_id }))
      ? 'program'
      : null;
  }
  if (actor.kind !== 'account') return null;
  if (r.requester_id !== null && r.requester_id === actor.accountId) return 'requester';
  if (seesAsHandler(actor, r)) return 'handler';
  if (within(actor, 'cases.dispatch', r)) return 'dispatcher';
  if (r.registrar_id !== null && r.registrar_id === actor.accountId && actor.permissions.has('requests.register'))
    return 'registrar';
  if (within(actor, 'requests.read', r, overseers)) return 'overseer';
  return null;
}

export interface Sight {
  /** May read the requester's own words, photos and point. */
  original: boolean;
  /** May read the 转办摘要 in their place. */
  summary: boolean;
  /** Second-level category, thread texts of staff. */
  detail: boolean;
  /** Call-back number and name. */
  identity: boolean;
  exactTime: boolean;
  why: 'health' | 'personal' | 'confidential' | null;
}

const everything: Sight = { original: true, summary: true, detail: true, identity: true, exactTime: true, why: null };

/**
 * What a reader may see of a request of this class and confidentiality. Health: the requester, the operator who took
 * it and the lead line only. Personal: those who must work on it. Confidential: the 转办摘要 for whoever handles or
 * oversees; only follow-up callers see who.
 */
export function sightOf(reader: Reader, r: Pick<RequestRecord, 'class' | 'confidentiality'>): Sight {
  if (reader === 'requester') return everything;
  if (r.class === 'health' && !['registrar', 'handler'].includes(reader)) {
    return {
      original: false,
      summary: false,
      detail: false,
      identity: reader === 'verifier',
      exactTime: true,
      why: 'health',
    };
  }
  if (r.class === 'personal' && ['overseer', 'program'].includes(reader)) {
    return {
      original: false,
      summary: false,
      detail: true,
      identity: false,
      exactTime: r.confidentiality !== 'confidential',
      why: 'personal',
    };
  }
  const hidden = r.confidentiality !== 'open';
  switch (reader) {
    case 'verifier':
      return everything;
    case 'registrar':
      return everything;
    case 'dispatcher':
      return { ...everything, identity: !hidden };
    case 'handler':
    case 'overseer':
    case 'program':
      if (r.confidentiality === 'confidential') {
        return {
          original: false,
          summary: reader !== 'program',
          detail: reader !== 'program',
          identity: false,
          exactTime: false,
          why: 'confidential',
        };
      }
      return { ...everything, identity: !hidden && reader === 'handler' };
  }
}

/** Sites under 30 people show as their unit where the requester is confidential (rules 6). */
export const smallSite = 30;

export function dispatchesOutside(
  r: Pick<RequestRecord, 'about_line_id' | 'about_unit_id'>,
  to: { lineId: number; unitId: number | null },
): boolean {
  return r.about_line_id !== to.lineId && (r.about_unit_id === null || r.about_unit_id !== to.unitId);
}

export const nothing: Abilities = {
  judge: false,
  rate: false,
  nudge: false,
  withdraw: false,
  message: false,
  setFacts: false,
  dispatch: false,
  arbitrate: false,
  join: false,
  takeBack: false,
  writeSummary: false,
  answer: false,
  moveToSealed: false,
  accept: false,
  progress: false,
  return: false,
  askExtension: false,
  askSuspension: false,
  decideAsk: false,
  handle: false,
};

const open = (state: string): boolean => ['received', 'in_work', 'handled', 'reopened'].includes(state);
const judgeable = ['handled', 'resolved_confirmed', 'closed_unverified', 'closed_unreachable', 'closed_explained'];

export interface Work {
  state: string;
  arbitrated: boolean;
  returns: number;
  extended: boolean;
  askPending: boolean;
}

/** What this person may do now; and, for acts one would expect, why not. */
export function abilities(
  actor: Actor,
  reader: Reader,
  r: RequestRecord,
  work: Work | null,
  now: Date,
): { can: Abilities; cannot: Record<string, string> } {
  const can = { ...nothing };
  const cannot: Record<string, string> = {};
  const live = open(r.state);
  if (reader === 'requester') {
    can.judge =
      judgeable.includes(r.state) &&
      (r.state !== 'resolved_confirmed' || now.getTime() - (r.closed_at?.getTime() ?? 0) < 30 * 86_400_000);
    can.rate = ['handled', 'resolved_confirmed', 'reopened', 'closed_explained'].includes(r.state);
    can.nudge = ['received', 'in_work', 'reopened'].includes(r.state);
    can.withdraw = live;
    can.message = live;
  }
  if (reader === 'dispatcher' && live) {
    const waiting = ['new', 'returned'].includes(r.work) && r.state !== 'handled';
    const returns = work?.returns ?? r.returns;
    const summaryMissing = r.confidentiality === 'confidential';
    can.setFacts = r.state !== 'handled';
    can.writeSummary = summaryMissing && r.class !== 'health';
    can.dispatch = waiting && returns < 2;
    can.arbitrate = waiting && returns >= 2 && actor.permissions.has('cases.arbitrate');
    can.join = waiting && returns < 2;
    can.answer = waiting && r.class !== 'health';
    can.takeBack = r.work === 'dispatched';
    can.moveToSealed = r.class !== 'health' && !sealedClasses.includes(r.class as 'psych');
    can.message = true;
    if (waiting && returns >= 2 && !can.arbitrate) cannot.dispatch = 'two_returns';
  }
  if (reader === 'registrar' && live) can.moveToSealed = true;
  if (reader === 'handler') {
    const mine = mayHandle(actor, r);
    cannot.close = 'only_requester';
    if (mine && work && live) {
      can.accept = work.state === 'dispatched';
      can.progress = ['dispatched', 'accepted', 'in_progress', 'reopened'].includes(work.state);
      can.return = ['dispatched', 'accepted'].includes(work.state) && !work.arbitrated && work.returns < 2;
      can.askExtension =
        ['accepted', 'in_progress', 'reopened'].includes(work.state) &&
        !work.extended &&
        !work.askPending &&
        now < r.resolve_now;
      can.askSuspension = ['accepted', 'in_progress', 'reopened'].includes(work.state) && !work.askPending;
      can.handle = ['dispatched', 'accepted', 'in_progress', 'reopened'].includes(work.state) && r.state !== 'handled';
      can.message = true;
      if (['dispatched', 'accepted'].includes(work.state) && !can.return)
        cannot.return = work.arbitrated ? 'arbitrated' : 'returned_enough';
      if (!can.askExtension && work.extended) cannot.askExtension = 'extended_once';
      else if (!can.askExtension && now >= r.resolve_now && work.state !== 'handled') cannot.askExtension = 'after_due';
      if (work.askPending) cannot.askExtension = 'ask_pending';
    } else if (!mine) cannot.handle = 'not_handler';
  }
  if (actor.permissions.has('cases.approve') && work?.askPending) can.decideAsk = mayApprove(actor, r);
  return { can, cannot };
}

/**
 * Who decides an extension or suspension: the leader of the unit the work lies in, or the arbiter where it lies at head
 * office; never one who handles that line.
 */
export function mayApprove(actor: Actor, r: Pick<RequestRecord, 'line_id' | 'lead_unit_id' | 'unit_id'>): boolean {
  if (mayHandle(actor, r)) return false;
  return areasFor(actor, 'cases.approve').some((area) =>
    area.role === 'unit_leader'
      ? r.lead_unit_id !== null && area.unitIds.includes(r.lead_unit_id)
      : area.role === 'dispatcher_lead',
  );
}
