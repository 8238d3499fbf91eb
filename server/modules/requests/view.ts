import type { RequestRow, RequestThread, ThreadEntry } from '../../../contract/requests.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Directory } from '../organization/index.ts';
import { runningClock } from './clocks.ts';
import {
  abilities,
  hidesSite,
  inHand,
  nothing,
  type Reader,
  relapseDays,
  type Sight,
  sightOf,
  type Work,
} from './policy.ts';
import type { CaseRequest, RequestRecord, ThreadContent, ThreadLine } from './queries.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

// One formatter per zone: making one costs 90 µs, and a page may hold fifty confidential rows.
const days = new Map<string, Intl.DateTimeFormat>();

/** To the hour before: a confidential submission's minute cannot be counted back from what is due (rules 6). */
const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000);

/** A moment as this reader may know it. */
export const told = (sight: Sight, at: Date): string => (sight.exactTime ? at : hourOf(at)).toISOString();

/** Midnight of the day in the group's zone: all a reader may know of a confidential submission. */
export function dayOf(at: Date, zone: string): string {
  let day = days.get(zone);
  if (!day) {
    day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
    days.set(zone, day);
  }
  return `${day.format(at)}T00:00:00.000Z`;
}

/** When the person spoke, as this reader may know it: of a confidential requester the day only. */
export const toldDay = (dir: Directory, sight: Sight, at: Date): string =>
  sight.exactTime ? at.toISOString() : dayOf(at, dir.group.timezone);

export function rowView(
  dir: Directory,
  reader: Reader,
  r: RequestRecord,
  content: { text: string; summary: string | null } | undefined,
  caseSize: number,
): RequestRow {
  const sight = sightOf(reader, r);
  const small = hidesSite(dir, sight, r.site_id);
  const running = runningClock({
    state: r.state,
    work: r.work,
    // What a denial brought back to the desk has a new time there; the first one passed long ago.
    triageDue: (r.state === 'reopened' && r.next_due) || r.triage_due,
    contactDue: r.contact_due,
    resolveDue: r.resolve_due,
    resolveNow: r.resolve_now,
    contactedAt: r.contacted_at,
  });
  const submitted = sight.exactTime ? r.submitted_at.toISOString() : dayOf(r.submitted_at, dir.group.timezone);
  const text = sight.original ? (content?.text ?? null) : sight.summary ? (content?.summary ?? null) : null;
  return {
    id: r.id,
    number: r.number,
    state: r.state as RequestRow['state'],
    work: r.work as RequestRow['work'],
    priority: r.priority as RequestRow['priority'],
    submittedAt: submitted,
    dayOnly: !sight.exactTime,
    categoryId: sight.detail ? r.category_id : r.first_category_id,
    siteId: small ? null : r.site_id,
    unitId: r.unit_id,
    lineId: r.line_id,
    leadUnitId: r.lead_unit_id,
    clock: running && {
      kind: running.kind,
      due: told(sight, running.due),
      originalDue: told(sight, running.originalDue),
      from: submitted,
      paused: running.paused,
    },
    text,
    withheld: text === null ? (content ? (sight.why ?? 'sealed') : 'sealed') : null,
    confidentiality: r.confidentiality as RequestRow['confidentiality'],
    channel: r.channel as RequestRow['channel'],
    returns: r.returns,
    nudges: r.nudges,
    reopens: r.reopens,
    caseId: r.case_id,
    caseSize: reader === 'requester' ? 1 : caseSize,
    handler: reader === 'requester' || reader === 'program' ? null : r.handler_label,
    silentlyAccepted: r.silently_accepted,
    asked: r.asked,
    version: r.version,
  };
}

/** Kinds whose text a requester may read: what is said to them, not how the desk talks about it. */
const publicKinds = new Set([
  'submitted',
  'registered',
  'dispatched',
  'accepted',
  'contacted',
  'progress',
  'handled',
  'answered',
  'solved',
  'not_solved',
  'said_solved',
  'rated',
  'nudged',
  'message',
  'reply',
  'notice',
  'reopened',
  'extension_approved',
  'suspension_approved',
  'resumed',
  'closed_unreachable',
  'closed_unverified',
  'closed_explained',
  'withdrawn',
  'followup_answer',
  'followup_visit',
  'sealed',
  'arbitrated',
  'deferred',
  'deferral_over',
  'objected',
  'handed_over',
  'panel_called',
  'panel_outcome',
  'taken_over',
  'handed_back',
]);
/** Kinds whose words are the desk's own: the requester learns that it happened, not what was written. */
const deskWords = new Set(['dispatched', 'arbitrated', 'taken_over', 'handed_back']);

export function mayReadEntry(reader: Reader, entry: ThreadLine): boolean {
  if (entry.audience === 'verifiers') return reader === 'verifier' || reader === 'panel' || reader === 'requester';
  if (reader === 'requester' || reader === 'program')
    return entry.audience === 'everyone' && publicKinds.has(entry.kind);
  return true;
}

/**
 * Words for who verifies only (rules 3): why somebody withdrew, and what they said to a caller. Whoever did the work, leads
 * them or wrote it down could have pressed for the one and would hold the other against them.
 */
const inTrust = (entry: ThreadLine): boolean =>
  entry.kind === 'withdrawn' || (entry.kind === 'not_solved' && entry.side === 'staff' && entry.original);
const trusted: ReadonlySet<Reader> = new Set(['requester', 'verifier', 'panel']);

function withoutStaff({ askedBy: _askedBy, role: _role, ...data }: ThreadEntry['data']): ThreadEntry['data'] {
  return data;
}

/** Of codes and figures, those that tell neither what it is about nor, where the place would give the person away, where. */
const plainData = new Set([
  'line',
  'unit',
  'priority',
  'returns',
  'reopens',
  'nudges',
  'upward',
  'until',
  'onTime',
  'to',
  'ring',
  'reason',
  'channel',
  'outcome',
  'clock',
  'minutes',
  'tells',
  'role',
  'about',
  'given',
  'yes',
  'no',
  'missing',
  'proposedLine',
  'proposedUnit',
  'byLine',
  'byUnit',
]);

function dataFor(reader: Reader, sight: Sight, placeHidden: boolean, data: ThreadEntry['data']): ThreadEntry['data'] {
  // Which of the staff asked for more time is the desk's business.
  if (reader === 'requester') return withoutStaff(data);
  return Object.fromEntries(
    Object.entries(data).filter(([name]) => (sight.detail || plainData.has(name)) && !(placeHidden && name === 'site')),
  );
}

function entryView(
  dir: Directory,
  actor: Actor,
  reader: Reader,
  sight: Sight,
  placeHidden: boolean,
  entry: ThreadLine,
  files: Map<string, ThreadEntry['files'][number]>,
): ThreadEntry {
  const own = entry.side === 'requester';
  const line = dir.lines.get(entry.line_id ?? 0);
  const words =
    reader === 'requester'
      ? !deskWords.has(entry.kind)
      : entry.original || (reader === 'panel' && entry.audience === 'verifiers')
        ? sight.original
        : sight.detail && (!own || sight.original || reader !== 'overseer');
  const hideOwn = own && entry.original && !sight.original;
  const who = own
    ? sight.identity
      ? entry.who
      : null
    : reader === 'requester'
      ? line
        ? actor.locale === 'en'
          ? line.en
          : line.zh
        : null
      : entry.who && calledFor(actor, entry.who);
  return {
    id: entry.id,
    at: !sight.exactTime && own ? dayOf(entry.at, dir.group.timezone) : entry.at.toISOString(),
    kind: entry.kind as ThreadEntry['kind'],
    who,
    side: own ? (reader === 'requester' ? 'me' : 'requester') : (entry.side as 'staff' | 'system'),
    text: words && !hideOwn && (trusted.has(reader) || !inTrust(entry)) ? entry.text : null,
    data: dataFor(reader, sight, placeHidden, entry.data as ThreadEntry['data']),
    files:
      words && sight.detail && !(own && !sight.original)
        ? entry.file_ids.map((id) => files.get(id)).filter((file) => file !== undefined)
        : [],
  };
}

/** Stands in a thread for whoever put a rule in force that dispatched by itself; shown in the reader's language. */
export const byDispatchRule = 'dispatch_rule';
const programs: Record<string, readonly [zh: string, en: string]> = {
  [byDispatchRule]: ['规则派单', 'A dispatch rule'],
};
/** A name as this reader reads it: people as they are called, a program by its word. */
export const calledFor = (actor: Actor, who: string): string => programs[who]?.[actor.locale === 'en' ? 1 : 0] ?? who;

/** What waits for a decision is asked for requests in hand; the handler's words are read as in the thread. */
function askFor(reader: Reader, sight: Sight, r: RequestRecord, ask: RequestThread['ask']): RequestThread['ask'] {
  if (!ask || reader === 'requester' || reader === 'program' || !inHand(r)) return null;
  return sight.detail ? ask : { ...ask, reason: '' };
}

export interface ThreadParts {
  content: ThreadContent | undefined;
  entries: ThreadLine[];
  files: Map<string, ThreadEntry['files'][number]>;
  /** All requests of its case, itself too. */
  siblings: CaseRequest[];
  work: Work | null;
  ask: RequestThread['ask'];
  suspendedMinutes: number;
  /** Its standing entry in the ledger of dissatisfaction. */
  dissatisfaction: RequestThread['dissatisfaction'];
}

export function threadView(
  dir: Directory,
  actor: Actor,
  reader: Reader,
  r: RequestRecord,
  parts: ThreadParts,
  now: Date,
): RequestThread {
  const sight = sightOf(reader, r);
  // Of what was moved to a sealed line a stub is left: nothing can be done with it (rules 5).
  const { can, cannot } = parts.content
    ? abilities(actor, reader, r, parts.work, parts.siblings, relapseDays(dir, r.category_id), now)
    : { can: nothing, cannot: {} };
  const row = rowView(dir, reader, r, parts.content, parts.siblings.length);
  const entries = parts.entries
    .filter((entry) => mayReadEntry(reader, entry))
    .map((entry) => entryView(dir, actor, reader, sight, hidesSite(dir, sight, r.site_id), entry, parts.files));
  const verifierOrOwner = reader === 'requester' || reader === 'verifier';
  return {
    ...row,
    entries,
    can,
    cannot,
    requester:
      sight.identity || reader === 'requester'
        ? {
            label: parts.content?.requester_label ?? null,
            // A thread never shows the requester's own number back (rules 7).
            callback: reader === 'requester' ? null : (parts.content?.callback ?? null),
            own: reader === 'requester',
          }
        : null,
    point: sight.original ? (parts.content?.point ?? null) : null,
    summary: sight.summary && reader !== 'requester' ? (parts.content?.summary ?? null) : null,
    dues: {
      triage: told(sight, r.triage_due),
      contact: told(sight, r.contact_due),
      // The staff's own aim; the requester is told the promise only.
      inner: reader === 'requester' || reader === 'program' || !r.inner_due ? null : told(sight, r.inner_due),
      resolve: told(sight, r.resolve_due),
      resolveNow: told(sight, r.resolve_now),
      contactedAt: iso(r.contacted_at),
      handledAt: iso(r.handled_at),
    },
    aboutLineId: reader === 'dispatcher' ? r.about_line_id : null,
    aboutUnitId: reader === 'dispatcher' ? r.about_unit_id : null,
    ask: askFor(reader, sight, r, parts.ask),
    suspendedMinutes: parts.suspendedMinutes,
    siblings:
      reader === 'requester'
        ? []
        : parts.siblings
            .filter((sibling) => sibling.id !== r.id)
            .map(({ id, number, state }) => ({ id, number, state: state as RequestThread['state'] })),
    rating:
      verifierOrOwner && r.rating_result !== null
        ? { result: r.rating_result, speed: r.rating_speed, attitude: r.rating_attitude }
        : null,
    promise: told(sight, r.promise_at),
    dissatisfaction: parts.dissatisfaction && {
      ...parts.dissatisfaction,
      // The number of a file about them is the desk's; what is decided is told in the thread.
      ...(reader === 'requester' ? { entryId: null } : { mayObject: false }),
    },
    suggestedLineId: dir.categories.get(r.category_id)?.lineId ?? null,
    suggestion: null,
    parts: [],
    takeover: null,
  };
}
