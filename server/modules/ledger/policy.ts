import { type LedgerAbilities, mostDeferrals } from '../../../contract/ledger.ts';
import { type Actor, type Area, areasFor, covers, sameHand } from '../../platform/actor.ts';
import { inHand, mayHandle, mayMoveRequest, type RequestRecord, readerOf } from '../requests/index.ts';
import type { EntryRecord, MeasureRecord } from './queries.ts';

/**
 * Who may propose and who may decide a way out. One idea: the line proposes, somebody outside it decides, and only the
 * person served can say that it is solved. Pure.
 */
export type Standing = Pick<EntryRecord, 'state' | 'pending' | 'deferrals'>;

/** Those who handle it; where no line ever had it, the desk that answered. Never the person it is for. */
export function mayPropose(actor: Actor, r: RequestRecord): boolean {
  if (actor.kind !== 'account' || sameHand(actor, r.requester_id)) return false;
  return r.case_id === null ? readerOf(actor, r) === 'dispatcher' : mayHandle(actor, r);
}

/** Of whose needs: a leader of the unit's; the arbiter of those that name no unit, as of extensions at head office. */
const decidesFor = (area: Area, unitId: number | null): boolean => area.role !== 'dispatcher_lead' || unitId === null;

/** A leader of the unit served: whether this one stands outside the line is asked of the record (`outside`). */
export const leadsThere = (actor: Actor, r: Pick<RequestRecord, 'unit_id' | 'site_id'>): boolean =>
  areasFor(actor, 'ledger.explain').some(
    (area) => decidesFor(area, r.unit_id) && covers(area, { unitId: r.unit_id, siteId: r.site_id }),
  );

/** The units whose proposals wait for this person, and whether those of no unit do. */
export function decisionsOf(actor: Actor): { decides: number[]; decidesUnitless: boolean } {
  const areas = areasFor(actor, 'ledger.explain');
  return {
    decides: areas.filter((area) => decidesFor(area, 0)).flatMap((area) => area.unitIds),
    decidesUnitless: areas.some((area) => area.everywhere),
  };
}

/** Records what the receiving side says: the dispatcher's desk, or a leader of the unit served. */
export const mayWitness = (actor: Actor, r: RequestRecord): boolean =>
  leadsThere(actor, r) || readerOf(actor, r) === 'dispatcher';

// ---- what may be done in which state: the commands ask the same functions as the page

/**
 * One thing at a time: what waits for a decision, a panel or a date comes first. Of health, who would decide may not read
 * (rules 5): it can only be done again.
 */
const isFree = (entry: Standing, r: RequestRecord): boolean =>
  entry.state === 'open' && entry.pending === null && r.class !== 'health';

export const mayDefer = (entry: Standing, r: RequestRecord): boolean =>
  isFree(entry, r) && inHand(r) && entry.deferrals < mostDeferrals;
export const mayHandOver = (entry: Standing, r: RequestRecord): boolean =>
  isFree(entry, r) && inHand(r) && r.case_id !== null;
export const mayJudge = (entry: Standing, r: RequestRecord): boolean => isFree(entry, r) && r.state !== 'withdrawn';
/** Also where nobody complained yet: what cannot be done belongs into the ledger. */
export const mayExplain = (entry: Standing | null, r: RequestRecord): boolean =>
  mayMoveRequest('explain', r.state as 'handled') && (entry === null ? r.class !== 'health' : isFree(entry, r));

/** From here on a talk may explain: since the person last spoke; where nobody has complained yet, since it was asked. */
export const explainedSince = (
  entry: Pick<EntryRecord, 'last_source' | 'last_at'> | null,
  r: Pick<RequestRecord, 'submitted_at'>,
): Date => (entry && entry.last_source !== 'cannot_solve' ? entry.last_at : r.submitted_at);

/** A panel has answered for what was said until now: asked panel after panel, one would say "given" by chance. */
export const isJudged = (
  entry: Pick<EntryRecord, 'last_at'>,
  measures: readonly Pick<MeasureRecord, 'kind' | 'about' | 'state' | 'decided_at'>[],
): boolean =>
  measures.some(
    ({ kind, about, state, decided_at: at }) =>
      kind === 'panel' && about === 'service' && ['given', 'not_given'].includes(state) && at! >= entry.last_at,
  );

export const nothing: LedgerAbilities = {
  proposeDeferral: false,
  proposeHandover: false,
  referToPanel: false,
  proposeExplanation: false,
  decide: false,
  acknowledge: false,
  vote: false,
};

/** What is known of this person and the record beyond place and line. */
export interface Relation {
  /** Took no part in the work or in a measure, is of none of the lines that had it, is neither requester nor registrar. */
  outside: boolean;
  /** Sits on the panel that waits and has not voted. */
  seatOpen: boolean;
  /** Independent in full, command too (rules 3). */
  independent: boolean;
}

export function abilities(
  actor: Actor,
  r: RequestRecord,
  entry: EntryRecord,
  measures: MeasureRecord[],
  relation: Relation,
): { can: LedgerAbilities; cannot: Record<string, string> } {
  const can = { ...nothing };
  const cannot: Record<string, string> = {};
  if (entry.state === 'closed') return { can, cannot };
  const waiting = measures.find((one) => one.state === 'proposed');
  if (mayPropose(actor, r)) {
    can.proposeDeferral = mayDefer(entry, r);
    can.proposeHandover = mayHandOver(entry, r);
    can.referToPanel = mayJudge(entry, r) && !isJudged(entry, measures);
    can.proposeExplanation = mayExplain(entry, r);
    cannot.redone = 'only_requester';
    if (r.class === 'health') cannot.propose = 'health_redone';
    else if (entry.pending) cannot.propose = 'measure_pending';
    else {
      if (entry.deferrals >= mostDeferrals) cannot.proposeDeferral = 'deferred_enough';
      if (isJudged(entry, measures)) cannot.referToPanel = 'judged_already';
    }
  }
  if (waiting && (waiting.kind === 'deferral' || waiting.kind === 'explanation') && leadsThere(actor, r)) {
    if (sameHand(actor, waiting.proposed_by, waiting.proposed_at) || !relation.outside) cannot.decide = 'not_outside';
    else can.decide = true;
  }
  if (waiting?.kind === 'handover' && mayWitness(actor, r)) {
    if (sameHand(actor, waiting.proposed_by, waiting.proposed_at) || !relation.outside)
      cannot.acknowledge = 'not_outside';
    else can.acknowledge = true;
  }
  if (waiting?.kind === 'panel' && relation.seatOpen) {
    if (relation.independent) can.vote = true;
    else cannot.vote = 'not_independent';
  }
  return { can, cannot };
}
