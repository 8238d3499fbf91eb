/** The frames of the days in memory: what was handled or withdrawn, and what the person said on the day of their own. */
import { dayIn, type FrameLine, type RatePlan } from '../../modules/followups/index.ts';
import type { JournalEntry } from '../../platform/journal.ts';
import { day as dayMs } from './calendar.ts';
import type { Call, Ledger, Need } from './ledger.ts';

export interface Line {
  need: Need;
  at: number;
  exit: 'handled' | 'withdrawn';
  reopens: number;
  own: 'own_solved' | 'own_not' | null;
  call: Call | null;
  disposed: 'drawn' | 'mandatory' | null;
  disposedAt: number;
  /** Of the closed frame. */
  framed: (FrameLine & { categoryId: number; priority: string; onTime: boolean | null }) | null;
}

export interface StoryDay {
  day: string;
  secret: Buffer;
  committedAt: Date;
  plan: RatePlan;
  /** Latest line of each request. */
  lines: Map<string, Line>;
  closedAt: Date | null;
  closing: JournalEntry | null;
  /** What was frozen, by request. */
  results: Map<string, JournalEntry>;
  root: Buffer | null;
  frozenAt: Date | null;
}

/** Said to be handled, or withdrawn: it enters the frame of its day; the last time on a day counts. */
export function enterFrame(ledger: Ledger, need: Need, now: Date, exit: Line['exit']): void {
  const day = ledger.days.get(dayIn(ledger.calendar.zone)(now));
  if (!day || day.closedAt) return;
  day.lines.set(need.row.id, {
    need,
    at: now.getTime(),
    exit,
    reopens: need.row.reopens,
    own: null,
    call: null,
    disposed: null,
    disposedAt: 0,
    framed: null,
  });
}

/** The line a need stands in now. */
export function lineOf(ledger: Ledger, need: Need): { day: StoryDay; line: Line } | null {
  let found: { day: StoryDay; line: Line } | null = null;
  for (const day of [...ledger.days.values()].slice(-12)) {
    const line = day.lines.get(need.row.id);
    if (line && (!found || line.at >= found.line.at)) found = { day, line };
  }
  return found;
}

/** The person's own word within a day of their own. */
export function noteOwnWord(ledger: Ledger, need: Need, now: Date, word: 'own_solved' | 'own_not'): void {
  const found = lineOf(ledger, need);
  if (!found || found.line.disposed || now.getTime() >= found.line.at + dayMs) return;
  found.line.own = word;
}
