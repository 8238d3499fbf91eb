/**
 * Why a clock shows what it shows, as lines a person can read. Pure: what is stored of a request and what happened to it
 * in, codes with their values out; the words are the interface's.
 */
import type { ClockLine, ExplainedClock, explainedClocks } from '../../../contract/clocks.ts';
import { type Calendar, dateOf, skippedBetween } from '../clocks/index.ts';
import type { Reckoned } from './dues.ts';
import type { RequestRecord, ThreadLine } from './queries.ts';

type Kind = (typeof explainedClocks)[number];
type Values = ClockLine['values'];

/** A line with what decides how much of it a reader may know. */
export interface Line {
  at: Date | null;
  /** Done by the requester: of a confidential one only the day is told (rules 6). */
  own: boolean;
  code: ClockLine['code'];
  values: Values;
}
export interface Explained extends Omit<ExplainedClock, 'due' | 'originalDue' | 'stoppedAt' | 'lines'> {
  due: Date;
  originalDue: Date;
  stoppedAt: Date | null;
  lines: Line[];
}

export interface ClockFacts {
  r: RequestRecord;
  /** The level and the calendar its dues come from; null where they were set otherwise (an import, an older version). */
  reckoned: (Reckoned & { priority: string }) | null;
  stage: { zh: string; en: string } | null;
  /** What happened, in order, as far as the reader may know it. */
  entries: ThreadLine[];
  now: Date;
}

const minute = 60_000;
const minutesBetween = (from: Date, to: Date): number => Math.round((to.getTime() - from.getTime()) / minute);

function begun({ r, entries }: ClockFacts): Line[] {
  const line = (code: Line['code'], values: Values = {}): Line => ({ at: r.submitted_at, own: true, code, values });
  const first = entries.find((entry) => entry.kind === 'submitted' || entry.kind === 'registered');
  const earlier = minutesBetween(r.submitted_at, r.received_at);
  const refused = (first?.data as { deviceTimeRefused?: boolean } | undefined)?.deviceTimeRefused;
  return [
    earlier > 0 && r.channel !== 'import' ? line('asked_offline', { minutes: earlier }) : line('asked'),
    ...(refused ? [line('device_refused')] : []),
  ];
}

function calendarLines(facts: ClockFacts, calendar: Calendar, due: Date): Line[] {
  const { r, stage, reckoned } = facts;
  const line = (code: Line['code'], values: Values = {}): Line => ({ at: null, own: false, code, values });
  const stageValues = { stageZh: stage?.zh ?? null, stageEn: stage?.en ?? null };
  if (!reckoned!.priority.startsWith('normal')) return [line('urgent_always')];
  if (!calendar.week) return [line('round_the_clock', stageValues)];
  const skipped = skippedBetween(r.submitted_at, due, calendar);
  return [
    line('calendar', { zh: calendar.zh, en: calendar.en, ...stageValues }),
    ...(skipped.nights > 0 ? [line('nights', { n: skipped.nights })] : []),
    ...(skipped.restDays > 0 ? [line('rest_days', { n: skipped.restDays })] : []),
    ...skipped.holidays.map(({ zh, en, from, to }) =>
      line('holiday', { zh, en, from: dateOf(from), to: dateOf(to), n: to - from + 1 }),
    ),
    ...skipped.makeUpDays.map(({ zh, en, day }) => line('make_up', { zh, en, from: dateOf(day) })),
  ];
}

const saying: Record<Kind, Line['code']> = {
  triage: 'allowed',
  contact: 'allowed',
  resolve: 'allowed',
  inner: 'aim',
  promise: 'told_you',
};

function reasons(facts: ClockFacts, kind: Kind, due: Date): Line[] {
  const { reckoned } = facts;
  const line = (code: Line['code'], values: Values = {}): Line => ({ at: null, own: false, code, values });
  const last = kind === 'promise' ? 'resolve' : kind;
  if (!reckoned || reckoned.dues[last].getTime() !== due.getTime()) return [line('set_otherwise')];
  const { level, calendar, priority } = reckoned;
  const minutes = level[`${last}Minutes`];
  return [line(saying[kind], { minutes, priority }), ...calendarLines(facts, calendar, due)];
}

/** Which happenings are told of a clock: those that move it, stop it, or that one might think did. */
const told: Record<Kind, ReadonlySet<string>> = {
  triage: new Set(['facts_changed', 'returned', 'taken_back', 'nudged', 'dispatched', 'arbitrated', 'joined']),
  contact: new Set(['facts_changed', 'accepted', 'silently_accepted', 'returned', 'nudged']),
  inner: new Set(['facts_changed', 'accepted', 'silently_accepted', 'returned', 'not_solved']),
  resolve: new Set([
    'facts_changed',
    'accepted',
    'silently_accepted',
    'returned',
    'taken_back',
    'nudged',
    'ask_refused',
    'suspension_approved',
    'resumed',
    'extension_approved',
    'not_solved',
  ]),
  promise: new Set(['accepted', 'nudged', 'suspension_approved', 'resumed', 'extension_approved', 'not_solved']),
};

const codeOf: Record<string, Line['code']> = {
  arbitrated: 'dispatched',
  joined: 'dispatched',
  ask_refused: 'refused',
  suspension_approved: 'paused',
  extension_approved: 'extended',
  not_solved: 'reopened',
};

function happened(entry: ThreadLine, kind: Kind): Line {
  const data = entry.data as Values;
  const pick = (...names: string[]): Values =>
    Object.fromEntries(names.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]]])));
  const decided = { who: entry.who, ...pick('until', 'role') };
  const values: Record<string, Values> = {
    facts_changed: pick('priority'),
    returned: { ...pick('returns'), clock: kind },
    taken_back: { clock: kind },
    nudged: pick('nudges'),
    suspension_approved: decided,
    extension_approved: decided,
    ask_refused: { who: entry.who },
    not_solved: pick('priority'),
  };
  return {
    at: entry.at,
    own: entry.side === 'requester',
    code: codeOf[entry.kind] ?? (entry.kind as Line['code']),
    values: values[entry.kind] ?? {},
  };
}

/** The end of a clock, as its last line. */
function ended(facts: ClockFacts, kind: Kind): { stoppedAt: Date | null; line: Line | null } {
  const { r } = facts;
  const stop = (at: Date, code: Line['code']) => ({
    stoppedAt: at,
    line: { at, own: code === 'closed', code, values: {} },
  });
  if (kind === 'triage' && r.dispatched_at && r.work !== 'new' && r.work !== 'returned')
    // The dispatch stands among what happened already.
    return { stoppedAt: r.dispatched_at, line: null };
  if (kind === 'contact' && r.contacted_at) return stop(r.contacted_at, 'contacted');
  if (r.handled_at) return stop(r.handled_at, 'handled');
  if (r.closed_at) return stop(r.closed_at, 'closed');
  return { stoppedAt: null, line: null };
}

/** Nudges are told once, with their number: ten of them change no more than one. */
function withoutRepeats(lines: Line[]): Line[] {
  const last = lines.findLast((line) => line.code === 'nudged');
  return lines.filter((line) => line.code !== 'nudged' || line === last);
}

function explainOne(facts: ClockFacts, kind: Kind, originalDue: Date, due: Date): Explained {
  const { stoppedAt, line } = ended(facts, kind);
  const until = kind === 'triage' || kind === 'contact' ? stoppedAt : null;
  const events = facts.entries
    .filter((entry) => told[kind].has(entry.kind) && (!until || entry.at <= until))
    .map((entry) => happened(entry, kind));
  const lines = [...begun(facts), ...reasons(facts, kind, originalDue), ...withoutRepeats(events)];
  if (line) lines.push(line);
  return {
    kind,
    due,
    originalDue,
    stoppedAt,
    met: stoppedAt ? stoppedAt <= originalDue : facts.now > originalDue ? false : null,
    lines,
  };
}

/** All clocks of a request; `inner` is missing where none was set. */
export function explain(facts: ClockFacts): Explained[] {
  const { r } = facts;
  return [
    explainOne(facts, 'triage', r.triage_due, r.triage_due),
    explainOne(facts, 'contact', r.contact_due, r.contact_due),
    ...(r.inner_due ? [explainOne(facts, 'inner', r.inner_due, r.inner_due)] : []),
    explainOne(facts, 'resolve', r.resolve_due, r.resolve_now),
    explainOne(facts, 'promise', r.resolve_due, r.promise_at),
  ];
}

/** Minutes it stood suspended by now, and their share of the time since the submission (0 to 1). */
export function pausedOf({ r, entries, now }: Pick<ClockFacts, 'r' | 'entries' | 'now'>): {
  pausedMinutes: number;
  pausedShare: number;
} {
  const end = r.handled_at ?? r.closed_at ?? now;
  const paused = entries
    .filter((entry) => entry.kind === 'suspension_approved')
    .reduce((sum, entry) => {
      const until = new Date(String((entry.data as Values).until));
      return sum + Math.max(0, Math.min(until.getTime(), end.getTime()) - entry.at.getTime());
    }, 0);
  const whole = Math.max(end.getTime() - r.submitted_at.getTime(), minute);
  return { pausedMinutes: Math.round(paused / minute), pausedShare: Math.min(1, paused / whole) };
}
