/** What the head of the desk changes: always from a moment on, never what was promised before. */
import { uuidv7 } from 'uuidv7';
import { type clockEndpoints, tellsLevels } from '../../../contract/clocks.ts';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import { roleFor } from '../../platform/actor.ts';
import { badField } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Directory } from '../organization/index.ts';
import type { Span } from './calendars.ts';
import type { ClockDraft } from './draft.ts';
import { forgetTimetable, read } from './held.ts';
import { datesBetween } from './holidays.ts';
import * as queries from './queries.ts';
import type { Level, Timetable } from './timetable.ts';
import { dateOf, dayNumber } from './zone.ts';

type Input<K extends keyof typeof clockEndpoints> = ParsedOf<(typeof clockEndpoints)[K]>;
type Week = readonly (readonly Span[])[] | null;

const minute = 60_000;
/** A page that lay open for a moment still means "now". */
const graceMs = 5 * minute;
/** No holiday lasts longer; a slip of the year would make a thousand rows. */
const mostDates = 60;

/** From when it holds. @throws too_early naming the field: what was promised is not changed afterwards */
function fromWhen({ now }: Context, from: string | undefined): Date {
  if (from === undefined) return now;
  const at = new Date(from);
  if (at.getTime() < now.getTime() - graceMs) throw badField('from', 'in_the_past');
  return at < now ? now : at;
}

const by = ({ actor }: Context): queries.SetBy => ({ set_by: actor.accountId, set_by_label: actor.label });

/** @returns the timetable as it lies in the database; whoever else changes it waits */
async function locked({ tx }: Context): Promise<Timetable> {
  await queries.lockClocks(tx);
  return read(tx);
}

async function note(
  { tx, actor, now }: Context,
  action: string,
  figures: Record<string, number | string | boolean | null>,
): Promise<void> {
  forgetTimetable();
  await append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, 'clocks.manage'),
    action: `clocks.${action}`,
    recordKind: 'clocks',
    recordId: uuidv7(),
    class: 'audit',
    figures,
  });
}

function checkSpans(field: string, spans: readonly Span[]): void {
  let last = -1;
  for (const [from, to] of spans) {
    if (from >= to || from < last) throw badField(field, 'bad_spans');
    last = to;
  }
}

function checkWeek(week: Week): void {
  if (!week) return;
  for (const [i, spans] of week.entries()) checkSpans(`week.${i}`, spans);
  if (week.every((spans) => spans.length === 0)) throw badField('week', 'no_working_time');
}

const hoursOf = (week: Week): number | null =>
  week?.flat().reduce((sum, [from, to]) => sum + (to - from) / 60, 0) ?? null;

function checkLevel({ triageMinutes, contactMinutes, innerMinutes, resolveMinutes }: Level): void {
  if (innerMinutes > resolveMinutes) throw badField('innerMinutes', 'after_promise');
  if (contactMinutes > resolveMinutes) throw badField('contactMinutes', 'after_promise');
  if (triageMinutes > contactMinutes) throw badField('triageMinutes', 'after_contact');
}

type Days = Pick<Input<'addDays'>, 'fromDate' | 'toDate' | 'working' | 'spans'>;

function checkDays({ fromDate, toDate, working, spans }: Days): { first: number; last: number } {
  const [first, last] = [dayNumber(fromDate), dayNumber(toDate)];
  if (first === null) throw badField('fromDate', 'bad_format');
  if (last === null) throw badField('toDate', 'bad_format');
  if (last < first) throw badField('toDate', 'before_first');
  if (last - first >= mostDates) throw badField('toDate', 'too_many_days', { most: mostDates });
  if (spans) checkSpans('spans', spans);
  if (working && spans?.length === 0) throw badField('spans', 'no_working_time');
  return { first, last };
}

/** The same faults before anything is set: a preview of what could not be set would mislead. */
export function checkDraft(table: Timetable, draft: ClockDraft): void {
  if (draft.kind === 'level') checkLevel(draft);
  if (draft.kind === 'week') checkWeek(draft.week);
  if (draft.kind === 'days') checkDays(draft);
  if (draft.kind === 'week' || draft.kind === 'days') calendarOf(table, draft.calendarId);
  if (draft.kind === 'use' && draft.calendarId !== null) calendarOf(table, draft.calendarId);
}

export async function setLevel(context: Context, input: Input<'setLevel'>): Promise<void> {
  checkLevel(input);
  const { priority, triageMinutes, contactMinutes, innerMinutes, resolveMinutes } = input;
  const from = fromWhen(context, input.from);
  await queries.lockClocks(context.tx);
  await queries.insertLevel(context.tx, {
    ...by(context),
    priority,
    triage_minutes: triageMinutes,
    contact_minutes: contactMinutes,
    inner_minutes: innerMinutes,
    resolve_minutes: resolveMinutes,
    effective_from: from,
    set_at: context.now,
  });
  await note(context, 'level_set', {
    priority,
    triageMinutes,
    contactMinutes,
    innerMinutes,
    resolveMinutes,
    from: from.toISOString(),
  });
}

export async function addCalendar(context: Context, { code, zh, en, week }: Input<'addCalendar'>): Promise<number> {
  checkWeek(week);
  const table = await locked(context);
  if (table.calendars.some((one) => one.code === code)) throw badField('code', 'taken');
  const { id } = await queries.insertCalendar(context.tx, { code, zh, en });
  await queries.insertWeek(context.tx, {
    ...by(context),
    calendar_id: id,
    effective_from: context.now,
    week,
    set_at: context.now,
  });
  await note(context, 'calendar_added', { calendar: code, weeklyHours: hoursOf(week) });
  return id;
}

function calendarOf(table: Timetable, id: number): Timetable['calendars'][number] {
  const found = table.calendars.find((one) => one.id === id);
  if (!found) throw badField('calendarId', 'unknown_calendar');
  return found;
}

export async function setWeek(context: Context, { calendarId, week, from }: Input<'setWeek'>): Promise<void> {
  checkWeek(week);
  const at = fromWhen(context, from);
  const calendar = calendarOf(await locked(context), calendarId);
  // What stands for "round the clock" is what urgent and high run by: it has no hours.
  if (calendar.code === 'always') throw badField('calendarId', 'bad_choice');
  await queries.insertWeek(context.tx, {
    ...by(context),
    calendar_id: calendarId,
    effective_from: at,
    week,
    set_at: context.now,
  });
  await note(context, 'week_set', { calendar: calendar.code, weeklyHours: hoursOf(week), from: at.toISOString() });
}

export async function addDays(context: Context, input: Input<'addDays'>): Promise<number> {
  const { calendarId, fromDate, toDate, working, spans, zh, en } = input;
  const { first, last } = checkDays(input);
  const calendar = calendarOf(await locked(context), calendarId);
  if (calendar.weeks.at(-1)?.week === null) throw badField('calendarId', 'never_closed');
  const dates = datesBetween(fromDate, toDate);
  const taken = calendar.days.find((one) => one.until === null && one.day >= first && one.day <= last);
  if (taken) throw badField('fromDate', 'date_taken', { date: dateOf(taken.day) });
  await queries.insertDays(
    context.tx,
    dates.map((date) => ({
      ...by(context),
      calendar_id: calendarId,
      date,
      working,
      spans: working ? spans : null,
      zh,
      en,
      effective_from: context.now,
    })),
  );
  await note(context, 'days_added', { calendar: calendar.code, from: fromDate, to: toDate, working, name: zh });
  return dates.length;
}

export async function removeDays(context: Context, { calendarId, ids }: Input<'removeDays'>): Promise<void> {
  const calendar = calendarOf(await locked(context), calendarId);
  const ended = await queries.endDays(context.tx, calendarId, ids, context.now);
  if (ended.length === 0) throw badField('ids', 'bad_choice');
  const dates = ended.map((one) => one.date).sort();
  await note(context, 'days_removed', { calendar: calendar.code, from: dates[0]!, to: dates.at(-1)!, n: dates.length });
}

export async function setUse(
  context: Context,
  dir: Directory,
  stages: readonly { code: string }[],
  { stage, unitId, calendarId, from }: Input<'setUse'>,
): Promise<void> {
  if (!stages.some((one) => one.code === stage)) throw badField('stage', 'bad_choice');
  if (unitId !== null && dir.nodes.get(unitId)?.kind !== 'unit') throw badField('unitId', 'unknown_unit');
  const at = fromWhen(context, from);
  const table = await locked(context);
  const calendar = calendarId === null ? null : calendarOf(table, calendarId).code;
  await queries.insertUse(context.tx, {
    ...by(context),
    stage_code: stage,
    unit_id: unitId,
    calendar_id: calendarId,
    effective_from: at,
    set_at: context.now,
  });
  await note(context, 'use_set', { stage, unit: unitId, calendar, from: at.toISOString() });
}

type StepsChanged = (context: Context, priority: string) => Promise<void>;
const reactions = new Map<string, StepsChanged>();

/** Modules further out join here: what they have reckoned with the old steps is reckoned anew. */
export function whenStepsChanged(module: string, react: StepsChanged): void {
  reactions.set(module, react);
}

/** @throws not_higher, twice_at_once naming the step: after the due time each further step goes a level higher */
export async function setWarnings(
  context: Context,
  { priority, clock, steps: given }: Input<'setWarnings'>,
): Promise<void> {
  const steps = [...given].sort((a, b) => a.afterMinutes - b.afterMinutes);
  let level = -1;
  steps.forEach((step, i) => {
    if (steps[i - 1]?.afterMinutes === step.afterMinutes)
      throw badField('steps', 'twice_at_once', { n: step.afterMinutes });
    if (step.afterMinutes < 0) return;
    const next = tellsLevels.indexOf(step.tells);
    if (next <= level) throw badField('steps', 'not_higher', { n: step.afterMinutes });
    level = next;
  });
  const { tx, now } = context;
  await queries.lockClocks(tx);
  await queries.endSteps(tx, priority, clock, now);
  await queries.insertSteps(
    tx,
    steps.map((step) => ({
      priority,
      clock,
      after_minutes: step.afterMinutes,
      tells: step.tells,
      effective_from: now,
    })),
  );
  await note(context, 'warnings_set', {
    priority,
    clock,
    steps: steps.map((step) => `${step.afterMinutes}:${step.tells}`).join(' '),
  });
  for (const react of reactions.values()) await react(context, priority);
}
