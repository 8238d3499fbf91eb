import type { Permission } from '../../../contract/permissions.ts';
import type { Abilities } from '../../../contract/requests.ts';
import { type Actor, areasFor, covers, sameHand } from '../../platform/actor.ts';
import type { Directory } from '../organization/index.ts';
import { isOpenRequest, mayMove } from './lifecycle.ts';
import type { RequestRecord } from './queries.ts';

/**
 * Who may see and do what with a request. Pure: values in, verdicts out (rules 3, 5, 6; domain section 2).
 */
/** `panel`: judges what was done, and need not know who asked; given only where a seat was drawn. */
export type Reader =
  | 'requester'
  | 'registrar'
  | 'dispatcher'
  | 'handler'
  | 'co_handler'
  | 'verifier'
  | 'panel'
  | 'overseer'
  | 'program';

type Place = Pick<
  RequestRecord,
  'unit_id' | 'site_id' | 'line_id' | 'lead_unit_id' | 'requester_id' | 'registrar_id' | 'co_posts'
>;
type Kept = Pick<RequestRecord, 'class' | 'confidentiality'>;

/** A line at head office or in a unit, as requests name the posts that do a part of their work. */
export const postKey = (lineId: number, unitId: number | null): string => `${lineId}/${unitId ?? 'head'}`;

/** Line handlers at head office see their line's work everywhere; in a unit, what was dispatched to that unit. */
export function seesAsHandler(actor: Actor, r: Pick<Place, 'line_id' | 'lead_unit_id'>): boolean {
  return areasFor(actor, 'cases.handle').some(
    (area) =>
      area.lineId !== null &&
      area.lineId === r.line_id &&
      (area.everywhere || (r.lead_unit_id !== null && area.unitIds.includes(r.lead_unit_id))),
  );
}

/** Who does a part of the work (协办), by the same rule of places. */
export function seesAsCoHandler(actor: Actor, r: Pick<Place, 'co_posts'>): boolean {
  if (r.co_posts.length === 0) return false;
  return areasFor(actor, 'cases.handle').some(
    ({ lineId, everywhere, unitIds }) =>
      lineId !== null &&
      (everywhere
        ? r.co_posts.some((post) => post.startsWith(`${lineId}/`))
        : unitIds.some((unitId) => r.co_posts.includes(postKey(lineId, unitId)))),
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

/** Rights to write down a need for somebody else. */
const writesDown: readonly Permission[] = ['requests.register', 'outreach.record'];

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
  if (seesAsCoHandler(actor, r)) return 'co_handler';
  if (
    r.registrar_id !== null &&
    r.registrar_id === actor.accountId &&
    writesDown.some((one) => actor.permissions.has(one))
  )
    return 'registrar';
  if (within(actor, 'requests.read', r, overseers)) return 'overseer';
  return null;
}

/** Whether this account works on it, looks after the place or rings people about it: it would speak as staff. */
export function actsForStaff(actor: Actor, r: Place): boolean {
  const place = { unitId: r.unit_id, siteId: r.site_id };
  const helps = [...areasFor(actor, 'requests.register'), ...areasFor(actor, 'followups.call')];
  return readerOf(actor, r) !== null || helps.some((area) => covers(area, place));
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
export function sightOf(reader: Reader, r: Kept): Sight {
  if (reader === 'requester') return everything;
  if (r.class === 'health' && !['registrar', 'handler'].includes(reader)) {
    return {
      original: false,
      summary: false,
      detail: false,
      identity: reader === 'verifier',
      exactTime: r.confidentiality !== 'confidential' || ['dispatcher', 'verifier'].includes(reader),
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
    case 'panel':
    case 'co_handler':
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
      return { ...everything, identity: !hidden && (reader === 'handler' || reader === 'co_handler') };
  }
}

/** Sites under 30 people show as their unit where the requester is confidential (rules 6). */
export const smallSite = 30;

export const isSmallSite = (dir: Directory, siteId: number): boolean => (dir.nodes.get(siteId)?.heads ?? 0) < smallSite;

/** Whether this reader may know the unit only. */
export const hidesSite = (dir: Directory, sight: Sight, siteId: number | null): boolean =>
  !sight.exactTime && siteId !== null && isSmallSite(dir, siteId);

/**
 * As `readerOf`, through every door that shows a record or tells of it. Who oversees one small site and not its unit
 * reads none of its confidential requests: "somewhere in the unit" would tell them "here" (rules 6).
 */
export function readerAt(dir: Directory, actor: Actor, r: Place & Kept): Reader | null {
  const reader = readerOf(actor, r);
  if ((reader !== 'overseer' && reader !== 'program') || !hidesSite(dir, sightOf(reader, r), r.site_id)) return reader;
  return readerOf(actor, { ...r, site_id: null }) === null ? null : reader;
}

export function dispatchesOutside(
  r: Pick<RequestRecord, 'about_line_id' | 'about_unit_id'>,
  to: { lineId: number; unitId: number | null },
): boolean {
  return r.about_line_id !== to.lineId && (r.about_unit_id === null || r.about_unit_id !== to.unitId);
}

export const nothing: Abilities = {
  judge: false,
  confirm: false,
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
  askPart: false,
  acceptPart: false,
  progressPart: false,
  finishPart: false,
  handBack: false,
};

// ---- what may be done in which state: the commands ask the same functions as the page

type Standing = Pick<
  RequestRecord,
  'state' | 'work' | 'case_id' | 'returns' | 'class' | 'confidentiality' | 'closed_at' | 'objected'
>;

/** Days in which "not solved" takes back "solved". */
export const relapseDays = (dir: Directory, categoryId: number): number =>
  dir.categories.get(categoryId)?.relapseDays ?? 7;

/** A caller hears it also of what was withdrawn: whoever was pressed into that says so to them (rules 1). */
export function mayDeny(
  r: Standing,
  voice: 'requester' | 'code' | 'followup' | 'panel',
  days: number,
  now: Date,
): boolean {
  if (r.state === 'withdrawn') return voice === 'followup';
  if (r.state === 'closed_explained' && voice !== 'panel') return !r.objected;
  if (voice === 'panel') return mayMove('deny', r.state as 'handled');
  if (r.state === 'resolved_confirmed') return now.getTime() - (r.closed_at?.getTime() ?? 0) <= days * 86_400_000;
  return mayMove('deny', r.state as 'handled');
}
export const mayConfirm = (r: Standing): boolean => mayMove('confirm', r.state as 'handled');
export const mayRate = (r: Standing): boolean =>
  ['handled', 'resolved_confirmed', 'reopened', 'closed_explained'].includes(r.state);
export const mayNudge = (r: Standing): boolean => ['received', 'in_work', 'reopened'].includes(r.state);

/** Who may write into the thread of an open request: the person, the desk, and the line it lies with. */
export const mayWrite = (actor: Actor, reader: Reader, r: RequestRecord): boolean =>
  isOpenRequest(r) &&
  (reader === 'requester' ||
    reader === 'dispatcher' ||
    (reader === 'handler' && r.case_id !== null && mayHandle(actor, r)));

/** Before the work is done: afterwards the facts are part of what was judged. */
export const maySetFacts = (r: Standing): boolean => isOpenRequest(r) && r.state !== 'handled';
/** With the dispatcher: new, or come back. */
export const isWaiting = (r: Standing): boolean => maySetFacts(r) && (r.work === 'new' || r.work === 'returned');
export const mayDispatch = (r: Standing): boolean => isWaiting(r) && r.returns < 2;
export const mayArbitrate = (r: Standing): boolean => isWaiting(r) && r.returns >= 2;
export const mayJoin = (r: Standing): boolean => mayDispatch(r) && r.case_id === null;
/** Health is answered by those who may read it. */
export const mayAnswer = (r: Standing): boolean => isWaiting(r) && r.class !== 'health';
export const mayWriteSummary = (r: Standing): boolean =>
  isOpenRequest(r) && r.confidentiality === 'confidential' && r.class !== 'health';
/** Open or closed, whoever may read the words and recognises what they are (rules 5). */
export const mayMoveToSealed = (reader: Reader, r: Standing): boolean =>
  reader === 'registrar' || (reader === 'dispatcher' && r.class !== 'health');

/** The work as its case stands. */
export interface Work {
  state: string;
  arbitrated: boolean;
  returns: number;
  extended: boolean;
  /** Who asked for more time and waits for a decision. */
  askedBy: string | null;
  askedAt: Date | null;
}

/** What the other requests of the case decide too. */
export interface Sibling {
  state: string;
  requester_id: string | null;
  resolve_now: Date;
}

/** One due for the whole case: an extension is asked before the last of them has passed. */
export const caseDue = (requests: Pick<Sibling, 'resolve_now'>[]): Date =>
  new Date(Math.max(...requests.map((one) => one.resolve_now.getTime())));

export const inHand = (r: Pick<Sibling, 'state'>): boolean => r.state === 'in_work' || r.state === 'reopened';

/** What this person may do now; and, for acts one would expect, why not. */
export function abilities(
  actor: Actor,
  reader: Reader,
  r: RequestRecord,
  work: Work | null,
  siblings: Sibling[],
  days: number,
  now: Date,
): { can: Abilities; cannot: Record<string, string> } {
  const can = { ...nothing };
  const cannot: Record<string, string> = {};
  can.message = mayWrite(actor, reader, r);
  can.moveToSealed = mayMoveToSealed(reader, r);
  if (reader === 'requester') {
    can.judge = mayDeny(r, actor.accountId === null ? 'code' : 'requester', days, now);
    can.confirm = mayConfirm(r);
    can.rate = mayRate(r);
    can.nudge = mayNudge(r);
    can.withdraw = mayMove('withdraw', r.state as 'received');
  }
  if (reader === 'dispatcher') {
    can.setFacts = maySetFacts(r);
    can.writeSummary = mayWriteSummary(r);
    can.dispatch = mayDispatch(r);
    can.arbitrate = mayArbitrate(r) && actor.permissions.has('cases.arbitrate');
    can.join = mayJoin(r);
    can.answer = mayAnswer(r);
    can.takeBack = isOpenRequest(r) && r.work === 'dispatched';
    if (mayArbitrate(r) && !can.arbitrate) cannot.dispatch = 'two_returns';
  }
  if (reader === 'handler') {
    cannot.close = 'only_requester';
    if (!mayHandle(actor, r)) cannot.handle = 'not_handler';
    else if (siblings.some((one) => sameHand(actor, one.requester_id))) cannot.handle = 'own_request';
    else if (work && isOpenRequest(r)) handling(r, work, siblings, now, can, cannot);
  }
  if (reader === 'co_handler') Object.assign(cannot, { close: 'only_requester', handle: 'co_handler' });
  if (work?.askedBy && inHand(r) && actor.permissions.has('cases.approve'))
    can.decideAsk = !sameHand(actor, work.askedBy, work.askedAt) && mayApprove(actor, r);
  return { can, cannot };
}

function handling(
  r: RequestRecord,
  work: Work,
  siblings: Sibling[],
  now: Date,
  can: Abilities,
  cannot: Record<string, string>,
): void {
  const left = siblings.filter(inHand);
  const begun = left.length > 0 && ['accepted', 'in_progress', 'reopened'].includes(work.state);
  const late = now >= caseDue(left);
  can.accept = work.state === 'dispatched';
  can.progress = work.state === 'dispatched' || begun;
  can.handle = can.progress && r.state !== 'handled';
  can.return = ['dispatched', 'accepted'].includes(work.state) && !work.arbitrated && work.returns < 2;
  can.askSuspension = begun && !work.askedBy;
  can.askExtension = begun && !work.askedBy && !work.extended && !late;
  if (['dispatched', 'accepted'].includes(work.state) && !can.return)
    cannot.return = work.arbitrated ? 'arbitrated' : 'returned_enough';
  if (work.askedBy) cannot.askExtension = 'ask_pending';
  else if (work.extended) cannot.askExtension = 'extended_once';
  else if (late && work.state !== 'handled') cannot.askExtension = 'after_due';
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
