/**
 * The days of follow-up in memory: as `followups/days`, with the same entries in the journal, so that every day of the demo
 * can be drawn again by anybody. Through the story everybody silent is called: whom a smaller share would draw follows from
 * where the closing of a frame stands in the whole journal, which is known only when all has been told. Whose call is made
 * once more is drawn then, day after day. From tomorrow on the published share is smaller, and the program draws.
 */
import {
  certainly,
  commitEntry,
  commitmentOf,
  type DayRecord,
  dayAfter,
  dayIn,
  drawKey,
  type FrameRecord,
  frameDigest,
  frameEntries,
  isDrawnAgain,
  planText,
  type RatePlan,
  ratesRecord,
  resultEntries,
  stratumCode,
  type Timing,
} from '../../modules/followups/index.ts';
import { sha256 } from '../../platform/crypto.ts';
import { canonical, type JournalEntry } from '../../platform/journal.ts';
import { leaf } from '../../platform/merkle.ts';
import { day as dayMs, firstDay, hour, minute } from './calendar.ts';
import { type Line, lineOf, type StoryDay } from './frames.ts';
import { type Call, type Ledger, type Need, write } from './ledger.ts';
import type { Life, Scheduler } from './scheduler.ts';

/** Published in the story: everybody at first; a sample by strata from tomorrow on. */
function plansOf(ledger: Ledger): { plan: RatePlan; at: Date }[] {
  const { calendar } = ledger;
  const dayOf = dayIn(calendar.zone);
  const begins = calendar.d0 + firstDay * dayMs;
  return [
    { at: new Date(begins + 10 * hour), plan: { ...firstPlan, from: dayOf(new Date(begins + dayMs)) } },
    {
      // In the morning of the day before.
      at: new Date(midnightOf(calendar.now) - 14 * hour),
      plan: {
        from: dayAfter(dayOf(new Date(calendar.now))),
        base: 5500,
        again: 300,
        lines: [
          { category: null, priority: null, timing: 'late', share: 10_000 },
          { category: 'C', priority: null, timing: null, share: 9000 },
          { category: null, priority: 'high', timing: null, share: 7000 },
        ],
      },
    },
  ];
}

const midnightOf = (now: number): number => Math.floor((now + 8 * hour) / dayMs) * dayMs - 8 * hour;

/** The plan every installation begins with, by its migration. */
export const firstPlan: RatePlan = { from: '2000-01-01', base: 10_000, again: 300, lines: [] };

/** Why a silent need is called once the day of their own is over. */
export function drawnFor(ledger: Ledger, need: Need, now: number): { day: StoryDay | null; reason: string } {
  const found = lineOf(ledger, need);
  const framed = found?.line.framed;
  if (!found || !framed) return { day: null, reason: 'silent' };
  const { day, line } = found;
  line.disposedAt = now;
  const mandatory = framed.mandatory ?? (need.row.said_by_other ? 'said_by_other' : null);
  line.disposed = mandatory !== null ? 'mandatory' : 'drawn';
  return { day, reason: mandatory ?? 'drawn' };
}

/** The follow-up lead publishes each plan before its first day. */
export function publishRates(ledger: Ledger): void {
  for (const { plan, at } of plansOf(ledger)) {
    if (at.getTime() > ledger.calendar.now) continue;
    const lead = ledger.cast.byLogin.get('fu00')!;
    write(ledger, {
      at,
      actorId: lead.accountId,
      role: 'followup_lead',
      action: 'followups.rates_set',
      recordKind: 'followup_rates',
      recordId: ratesRecord,
      class: 'normal',
      figures: { from: plan.from, plan: planText(plan) },
    });
    ledger.rates.push({ plan, at, by: lead });
  }
}

/** Each midnight: the frame of the day that is over, and the commitment of the one that begins. */
export function* turnOfDays(ledger: Ledger, scheduler: Scheduler, seed: number): Life {
  const { calendar } = ledger;
  const dayOf = dayIn(calendar.zone);
  const plans = plansOf(ledger);
  for (let midnight = calendar.d0 + firstDay * dayMs; ; midnight += dayMs) {
    yield midnight;
    const at = new Date(scheduler.time());
    const name = dayOf(at);
    const before = ledger.days.get(dayAfter(name, -1));
    if (before) {
      closeDay(ledger, before, at);
      scheduler.start(midnight + dayMs + 10 * minute, freezing(ledger, scheduler, before, midnight));
    }
    const plan = plans.filter((one) => one.plan.from <= name && one.at.getTime() < midnight).at(-1)?.plan ?? firstPlan;
    const secret = sha256(`follow-up of the story ${seed} ${name}`);
    ledger.days.set(name, {
      day: name,
      secret,
      committedAt: at,
      plan,
      lines: new Map(),
      closedAt: null,
      closing: null,
      results: new Map(),
      root: null,
      frozenAt: null,
    });
    write(ledger, commitEntry(name, at, commitmentOf(secret), planText(plan), false));
  }
}

function closeDay(ledger: Ledger, day: StoryDay, at: Date): void {
  const { dir } = ledger;
  for (const line of day.lines.values()) {
    const r = line.need.row;
    const timing: Timing =
      line.exit === 'withdrawn' ? 'withdrawn' : line.at <= r.resolve_due.getTime() ? 'on_time' : 'late';
    line.framed = {
      request: r.id,
      stratum: stratumCode({
        category: dir.categories.get(r.first_category_id)?.code ?? '?',
        priority: r.priority,
        timing,
      }),
      mandatory: certainly({
        exit: line.exit,
        priority: r.priority,
        confidentiality: r.confidentiality,
        reopens: line.reopens,
        categoryCode: dir.categories.get(r.category_id)?.code ?? '?',
        saidByOther: r.said_by_other,
      }),
      categoryId: r.first_category_id,
      priority: r.priority,
      onTime: timing === 'withdrawn' ? null : timing === 'on_time',
    };
  }
  const entries = frameEntries(
    day.day,
    at,
    [...day.lines.values()].map((line) => line.framed!),
  );
  for (const entry of entries) write(ledger, entry);
  day.closedAt = at;
  day.closing = entries.at(-1)!;
}

/** Frozen when everybody was decided and every call is done, at the latest eight days after the day. */
function* freezing(ledger: Ledger, scheduler: Scheduler, day: StoryDay, end: number): Life {
  for (;;) {
    const now = scheduler.time();
    const lines = [...day.lines.values()];
    const open = lines.some((line) => line.call && line.call.row.done_at === null);
    if (!open || now >= end + 8 * dayMs) break;
    yield now + hour;
  }
  const at = new Date(scheduler.time());
  day.frozenAt = at;
  const lines = [...day.lines.values()]
    .sort((a, b) => (a.need.row.id < b.need.row.id ? -1 : 1))
    .map((line) => resultOf(line, at));
  for (const entry of resultEntries(day.day, at, day.secret, lines)) {
    write(ledger, entry);
    if (entry.action === 'followups.result') day.results.set(String(entry.figures!.request), entry);
  }
}

const answered = (call: Call): string => call.answer?.answer ?? 'cancelled';

function outcomeOf(line: Line, at: Date): string | null {
  const { call } = line;
  if (!call) return line.disposed === 'drawn' || line.disposed === 'mandatory' ? 'gone' : null;
  if (call.row.done_at === null || call.row.done_at > at) return 'open';
  return call.row.outcome === 'answered' ? answered(call) : call.row.outcome;
}

function resultOf(line: Line, at: Date) {
  const disposed = line.own ?? line.disposed ?? disposeLate(line);
  const outcome = line.own ? null : outcomeOf(line, at);
  return {
    request: line.need.row.id,
    stratum: line.framed!.stratum,
    mandatory: line.framed!.mandatory !== null || disposed === 'mandatory',
    disposed,
    outcome,
    again:
      line.call !== null &&
      line.need.calls.some((call) => call.row.first_call_id === line.call!.row.id && call.row.reason === 'again'),
  };
}

/** It left without a word and without a call; the draw is asked all the same. */
function disposeLate(line: Line): 'drawn' | 'mandatory' {
  line.disposed = line.framed!.mandatory !== null ? 'mandatory' : 'drawn';
  return line.disposed;
}

/** The rows of the days as the commands would have left them at the end of the story. */
export function dayRows(
  ledger: Ledger,
  ratesNo: (plan: RatePlan) => number,
  locked: (secret: Buffer) => Buffer,
): { days: DayRecord[]; frames: FrameRecord[] } {
  const now = ledger.calendar.now;
  const days = [...ledger.days.values()];
  return {
    days: days.map((day) => {
      const lines = [...day.lines.values()].flatMap((line) => line.framed ?? []);
      return {
        day: day.day,
        rates_no: ratesNo(day.plan),
        committed_at: day.committedAt,
        commitment: commitmentOf(day.secret),
        late: false,
        secret_locked: day.frozenAt ? null : locked(day.secret),
        secret: day.frozenAt ? day.secret : null,
        closed_at: day.closedAt,
        framed: day.closedAt ? lines.length : null,
        frame_digest: day.closedAt ? frameDigest(lines) : null,
        seal_no: null,
        seal_root: day.root,
        anchored_at: new Date(day.committedAt.getTime() + 5 * minute),
        frozen_at: day.frozenAt,
      };
    }),
    frames: days.flatMap((day) =>
      [...day.lines.values()].map((line): FrameRecord => {
        const decided = day.closedAt !== null && line.at + dayMs <= now;
        const result = decided && line.framed ? resultOf(line, day.frozenAt ?? new Date(now)) : null;
        const callId = result && !line.own ? (line.call?.row.id ?? null) : null;
        return {
          day: day.day,
          request_id: line.need.row.id,
          at: new Date(line.at),
          exit: line.exit,
          unit_id: line.need.row.unit_id,
          site_id: line.need.row.site_id,
          category_id: line.framed?.categoryId ?? null,
          priority: line.framed?.priority ?? null,
          on_time: line.framed?.onTime ?? null,
          mandatory: line.framed?.mandatory ?? null,
          reopens: line.reopens,
          disposed: result?.disposed ?? null,
          disposed_at: result ? new Date(line.disposedAt || line.at + dayMs) : null,
          call_id: callId,
          outcome: day.frozenAt || result?.outcome === 'gone' ? (result?.outcome ?? null) : null,
        };
      }),
    ),
  };
}

/**
 * Once all has been told: where each closed frame stands gives the root of its seal, and with it whose answered call is made
 * once more. A second call comes after the closing that draws it, so one day after the other is enough.
 * @param askAgain makes the second call; returns what it wrote
 */
export function drawSecondCalls(ledger: Ledger, askAgain: (need: Need, first: Call) => JournalEntry[]): void {
  const places = new Map(ledger.journal.map(({ entry }, i) => [entry, i + 1]));
  const added: number[] = [];
  for (const day of ledger.days.values()) {
    if (!day.closing) continue;
    const closedAt = day.closing.at.getTime();
    const position = places.get(day.closing)! + added.filter((at) => at <= closedAt).length;
    day.root = leaf(position, Buffer.from(canonical(day.closing)));
    const key = drawKey(day.secret, day.root);
    for (const { need, call } of day.lines.values()) {
      if (!call?.answer || !isDrawnAgain(key, need.row.id, day.plan.again)) continue;
      for (const entry of askAgain(need, call)) added.push(entry.at.getTime());
      const result = day.results.get(need.row.id);
      if (result) result.figures = { ...result.figures, again: true };
    }
  }
}
