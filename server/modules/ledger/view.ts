import type { LedgerEntry, LedgerRow, Measure, measureKinds } from '../../../contract/ledger.ts';
import { type Actor, areasFor } from '../../platform/actor.ts';
import { notFound } from '../../platform/errors.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import {
  entriesOf,
  type Reader,
  type RequestRecord,
  readerAt,
  requestById,
  requestsByIds,
  rowsAs,
  sightOf,
  threadOf,
  toldDay,
} from '../requests/index.ts';
import { outsideOf } from './outside.ts';
import { abilities, explainedSince } from './policy.ts';
import {
  type EntryRecord,
  entryById,
  escalationsOf,
  type MeasureRecord,
  measuresOf,
  relatedOf,
  repeatsOf,
  type SeatRecord,
  seatsOf,
  type VoteRecord,
  votesOf,
} from './queries.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Only the grants that open the ledger: another role of the same person opens no entry here. */
export const atLedger = (actor: Actor): Actor => ({ ...actor, areas: areasFor(actor, 'ledger.read') });

/**
 * As what this person reads an entry of such a request; null = not at all. The person it is for reads its outcome in the
 * thread, not the file about them.
 */
export function ledgerReader(dir: Directory, actor: Actor, r: RequestRecord, seated: boolean): Reader | null {
  const reader = readerAt(dir, atLedger(actor), r);
  if (reader === 'requester') return null;
  if (reader) return reader;
  if (areasFor(actor, 'followups.plan').some((area) => area.everywhere)) return 'verifier';
  return seated ? 'panel' : null;
}

export interface Reading {
  entry: EntryRecord;
  r: RequestRecord;
  reader: Reader;
}

/** Entries with their requests, as far as this person reads them; `seated`: what they were found by. */
export async function readingsOf(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  entries: EntryRecord[],
  seated: boolean,
): Promise<Reading[]> {
  const requests = new Map(
    (
      await requestsByIds(
        tx,
        entries.map((entry) => entry.request_id),
      )
    ).map((r) => [r.id, r]),
  );
  return entries.flatMap((entry) => {
    const r = requests.get(entry.request_id);
    const reader = r && ledgerReader(dir, actor, r, seated);
    return r && reader ? [{ entry, r, reader }] : [];
  });
}

export async function ledgerRows(tx: Tx, dir: Directory, readings: Reading[]): Promise<LedgerRow[]> {
  const rows = await rowsAs(tx, dir, readings);
  const repeats = await repeatsOf(
    tx,
    readings.map(({ r }) => r.id),
  );
  return readings.map(({ entry, r, reader }, i) => {
    const sight = sightOf(reader, r);
    return {
      id: entry.id,
      request: rows[i]!,
      state: entry.state as LedgerRow['state'],
      exit: entry.exit as LedgerRow['exit'],
      pending: entry.pending as LedgerRow['pending'],
      source: entry.source as LedgerRow['source'],
      lastSource: entry.last_source as LedgerRow['lastSource'],
      openedAt: toldDay(dir, sight, entry.opened_at),
      lastAt: toldDay(dir, sight, entry.last_at),
      voices: entry.voices,
      reopens: entry.reopens,
      repeats: repeats.get(r.id) ?? 0,
      deferrals: entry.deferrals,
      until: iso(entry.until_at),
      verdict: entry.verdict as LedgerRow['verdict'],
      closedAt: entry.closed_at && toldDay(dir, sight, entry.closed_at),
      version: entry.version,
    };
  });
}

function measureView(
  measure: MeasureRecord,
  actor: Actor,
  words: boolean,
  seats: SeatRecord[],
  votes: VoteRecord[],
): Measure {
  const cast = votes.filter((one) => one.measure_id === measure.id);
  const spoken = measure.state === 'given' || measure.state === 'not_given';
  const said = (text: string | null): string | null => (words ? text : null);
  return {
    id: measure.id,
    kind: measure.kind as (typeof measureKinds)[number],
    state: measure.state as Measure['state'],
    year: measure.year,
    no: measure.no,
    about: measure.about as Measure['about'],
    proposedAt: measure.proposed_at.toISOString(),
    proposedBy: measure.proposed_label,
    reason: said(measure.reason),
    plan: said(measure.plan),
    until: iso(measure.until_at),
    receiver: said(measure.receiver),
    receiverLineId: measure.receiver_line_id,
    receiverUnitId: measure.receiver_unit_id,
    receivedBy: said(measure.received_by),
    receivedAt: iso(measure.received_at),
    clause: said(measure.clause),
    contactAt: iso(measure.contact_at),
    objectedAt: iso(measure.objected_at),
    decidedAt: iso(measure.decided_at),
    decidedBy: measure.decided_label,
    decision: said(measure.decision),
    panel:
      measure.kind === 'panel'
        ? {
            members: seats
              .filter((one) => one.measure_id === measure.id && one.left_at === null)
              .map((one) => ({
                label: one.label,
                voted: cast.some((each) => each.account_id === one.account_id),
                me: one.account_id === actor.accountId,
              })),
            // Blind until all have voted; and then by reason, not by member.
            votes: spoken ? cast.map((one) => ({ given: one.given, reason: said(one.reason) })) : [],
          }
        : null,
  };
}

/** @throws not_found, also where it exists but is not this reader's to see */
export async function entryView(tx: Tx, actor: Actor, id: string, now: Date): Promise<LedgerEntry> {
  const dir = await directory(tx);
  const entry = await entryById(tx, id);
  const [r] = entry ? await requestById(tx, [entry.request_id]) : [];
  if (!entry || !r) throw notFound();
  const measures = await measuresOf(tx, id);
  const panels = measures.filter((one) => one.kind === 'panel').map((one) => one.id);
  const seats = await seatsOf(tx, panels);
  const mine = seats.filter((one) => one.account_id === actor.accountId && one.left_at === null);
  const reader = ledgerReader(dir, actor, r, mine.length > 0);
  if (!reader) throw notFound();
  const votes = await votesOf(tx, panels);
  const [row] = await ledgerRows(tx, dir, [{ entry, r, reader }]);
  const sight = sightOf(reader, r);
  const thread = await threadOf(tx, dir, actor, reader, r, now);
  const waiting = measures.find((one) => one.state === 'proposed' && one.kind === 'panel');
  const relation = {
    ...(await outsideOf(tx, dir, actor, r)),
    seatOpen:
      waiting !== undefined &&
      mine.some((one) => one.measure_id === waiting.id) &&
      !votes.some((one) => one.measure_id === waiting.id && one.account_id === actor.accountId),
  };
  const { can, cannot } = abilities(atLedger(actor), r, entry, measures, relation);
  const since = explainedSince(entry, r);
  const contacts = can.proposeExplanation
    ? (await entriesOf(tx, [r.id])).filter(
        (one) => (one.kind === 'contacted' || one.kind === 'reply') && one.at >= since,
      )
    : [];
  const related = await requestsByIds(
    tx,
    (await relatedOf(tx, [r.id])).map((one) => one.id),
  );
  return {
    ...row!,
    mayOpenRequest: readerAt(dir, actor, r) !== null,
    thread: {
      ...thread,
      // Who asked is nothing a file about the work needs; nor is where they stand, for whoever judges it.
      requester: null,
      point: reader === 'verifier' || reader === 'panel' ? null : thread.point,
      entries: thread.entries.map((one) =>
        one.side === 'requester' && reader === 'verifier' ? { ...one, who: null } : one,
      ),
    },
    measures: measures.map((one) => measureView(one, actor, sight.detail, seats, votes)),
    contacts: contacts.map((one) => ({ id: one.id, at: one.at.toISOString() })),
    related: related
      .filter((one) => readerAt(dir, atLedger(actor), one) !== null)
      .map((one) => ({ id: one.id, number: one.number, at: one.submitted_at.toISOString() })),
    escalations: (await escalationsOf(tx, r.id)).map((one) => ({ step: one.step as 'task', at: one.at.toISOString() })),
    can,
    cannot,
  };
}
