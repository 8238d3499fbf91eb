/**
 * What has happened so far, in memory: the same rows the commands would have written. Acts change them only through
 * `patch`, `patchCase` and `trace`, which do what `patchRequest`, `patchCase` and `trace` of the modules do.
 */

import type {
  AskRecord,
  AssignmentRecord,
  CasePatch,
  CaseRecord,
  HandRecord,
  PartRecord,
  TakeoverRecord,
} from '../../modules/cases/index.ts';
import type { AnswerRecord, AttemptRecord, CallRecord, RatePlan, VisitRecord } from '../../modules/followups/index.ts';
import type { LedgerHistory } from '../../modules/ledger/index.ts';
import type { Directory } from '../../modules/organization/index.ts';
import type { NeedRecord, TouchRecord } from '../../modules/outreach/index.ts';
import {
  type ContactRecord,
  type EntryRecord,
  entryOf,
  journalEntryOf,
  type RequestPatch,
  type RequestRecord,
  runningClock,
  type Trace,
  type WarningRecord,
} from '../../modules/requests/index.ts';
import type { Actor } from '../../platform/actor.ts';
import type { JournalEntry } from '../../platform/journal.ts';
import type { Random } from '../random.ts';
import type { Calendar } from './calendar.ts';
import type { Cast } from './cast.ts';
import { idAt } from './chance.ts';
import { enterFrame, type StoryDay } from './frames.ts';
import type { Handover } from './handover.ts';

export interface Need {
  /** Name of this need's row of chance; the same on every run of the same day. */
  key: string;
  row: RequestRecord;
  /** Null where it was erased because it belonged to a sealed line. */
  words: {
    text: string;
    point: string | null;
    callback: string | null;
    label: string | null;
    summary: string | null;
  } | null;
  entries: EntryRecord[];
  work: Work | null;
  calls: Call[];
  /** When its next due changed, oldest first, with the clock that ran from then on: what warnings are told from. */
  dues: { at: number; clock: NonNullable<ReturnType<typeof runningClock>> | null; priority: string }[];
  random: Random;
  order: number;
}

export interface Work {
  row: CaseRecord;
  hands: Map<string, HandRecord>;
  assignments: AssignmentRecord[];
  asks: AskRecord[];
  parts: PartRecord[];
  takeovers: TakeoverRecord[];
  needs: Need[];
}

export interface Call {
  row: CallRecord;
  attempts: AttemptRecord[];
  answer: AnswerRecord | null;
  visit: VisitRecord | null;
}

export interface Written {
  entry: JournalEntry;
  /** The need whose words the entry's digest covers. */
  digestOf: Need | null;
  order: number;
}

export interface Ledger {
  dir: Directory;
  cast: Cast;
  calendar: Calendar;
  needs: Need[];
  byKey: Map<string, Need>;
  works: Work[];
  contacts: ContactRecord[];
  /** Extension each contact came from, by contact; stored as a keyed hash only. */
  extensions: Map<string, string>;
  journal: Written[];
  warnings: WarningRecord[];
  /** 不满意台账, told once all lives have come up to now. */
  dissatisfied: LedgerHistory;
  /** Days of follow-up, in their order. */
  days: Map<string, StoryDay>;
  handover: Handover | null;
  rates: { plan: RatePlan; at: Date; by: Actor }[];
  /** Who went or rang before being asked, and what was found on it. */
  outreach: { touches: TouchRecord[]; needs: NeedRecord[] };
}

export const emptyLedger = (dir: Directory, cast: Cast, calendar: Calendar): Ledger => ({
  dir,
  cast,
  calendar,
  needs: [],
  byKey: new Map(),
  works: [],
  contacts: [],
  extensions: new Map(),
  journal: [],
  warnings: [],
  dissatisfied: { entries: [], measures: [], seats: [], votes: [], escalations: [], repeats: [] },
  days: new Map(),
  handover: null,
  rates: [],
  outreach: { touches: [], needs: [] },
});

/** Who does something, when. */
export interface Doing {
  ledger: Ledger;
  actor: Actor;
  now: Date;
}

export const idFor = (need: Need, at: Date): string => idAt(at.getTime(), need.order++, need.random);

export function patch(need: Need, change: RequestPatch): void {
  Object.assign(need.row, change);
  need.row.version += 1;
}

/** The clock that runs now, noted with the moment. */
export function noteDue(need: Need, at: number): void {
  const { row } = need;
  const running = runningClock({
    state: row.state,
    work: row.work,
    triageDue: row.next_due ?? row.triage_due,
    contactDue: row.contact_due,
    resolveDue: row.resolve_due,
    resolveNow: row.resolve_now,
    contactedAt: row.contacted_at,
  });
  const clock = running?.paused ? null : running;
  const last = need.dues.at(-1);
  if (last?.clock?.kind === clock?.kind && last?.clock?.due.getTime() === clock?.due.getTime()) return;
  need.dues.push({ at, clock, priority: row.priority });
}

export function patchCase(work: Work, change: CasePatch): void {
  Object.assign(work.row, change);
  work.row.version += 1;
}

export function write(ledger: Ledger, entry: JournalEntry, digestOf: Need | null = null): void {
  ledger.journal.push({ entry, digestOf, order: ledger.journal.length });
}

export function trace(doing: Doing, needs: Need[], t: Trace): void {
  const { ledger, now } = doing;
  for (const need of needs) {
    // Every act is patched first and traced then: here the clock stands as the act left it.
    noteDue(need, now.getTime());
    need.entries.push({ id: idFor(need, now), ...entryOf(need.row, t, doing) });
    write(ledger, journalEntryOf(need.row, t, doing));
    if (t.to === 'handled' || t.to === 'withdrawn') enterFrame(ledger, need, now, t.to);
  }
}

export const isActive = (need: Need): boolean => ['in_work', 'reopened'].includes(need.row.state);

export function addHand(doing: Doing, work: Work, did: string, lineId: number | null): void {
  const { actor, now } = doing;
  const key = `${actor.accountId}/${did}`;
  if (!work.hands.has(key)) {
    work.hands.set(key, {
      case_id: work.row.id,
      account_id: actor.accountId!,
      did,
      line_id: lineId,
      home_node_id: actor.homeNodeId,
      at: now,
    });
  }
}
