import { clockEndpoints as api } from '../../../contract/clocks.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { priorities } from '../../../contract/organization.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import { directory } from '../organization/index.ts';
import { allStages } from '../stages/index.ts';
import { addCalendar, addDays, removeDays, setLevel, setUse, setWarnings, setWeek } from './changing.ts';
import { read } from './held.ts';
import { provideClocksEffect } from './stage-effect.ts';
import { firstLevel, type Timetable } from './timetable.ts';
import { dateOf } from './zone.ts';

type Overview = OutputOf<typeof api.overview>;

const done = { done: true as const };

/** Versions with those in force at their front and those to come behind; what was before is not shown. */
function standing<T extends { from: Date }>(versions: readonly T[], now: Date): { current: T | null; upcoming: T[] } {
  const past = versions.filter((one) => one.from <= now);
  return { current: past.at(-1) ?? null, upcoming: versions.filter((one) => one.from > now) };
}

function calendarView(calendar: Timetable['calendars'][number], now: Date): Overview['calendars'][number] {
  const { current, upcoming } = standing(calendar.weeks, now);
  const week = (one: Timetable['calendars'][number]['weeks'][number]): Overview['calendars'][number]['week'] =>
    one.week?.map((spans) => spans.map(([from, to]) => [from, to] as [number, number])) ?? null;
  return {
    id: calendar.id,
    code: calendar.code,
    zh: calendar.zh,
    en: calendar.en,
    week: current && week(current),
    from: current?.from.toISOString() ?? null,
    upcoming: upcoming.map((one) => ({ week: week(one), from: one.from.toISOString(), by: one.by })),
    days: calendar.days
      .filter((one) => one.until === null)
      .sort((a, b) => a.day - b.day)
      .map((one) => ({
        id: one.id,
        date: dateOf(one.day),
        working: one.working,
        spans: one.spans?.map(([from, to]) => [from, to] as [number, number]) ?? null,
        zh: one.zh,
        en: one.en,
        from: one.from.toISOString(),
      })),
  };
}

export function mountClocks(desk: Desk): void {
  provideClocksEffect();
  serve(desk, api.overview, async ({ tx, now }) => {
    const dir = await directory(tx);
    const table = await read(tx);
    const stages = await allStages(tx);
    return {
      levels: priorities.flatMap((priority) => {
        const sla = dir.sla.get(priority);
        if (!sla) return [];
        const { current, upcoming } = standing(
          table.levels.filter((one) => one.priority === priority),
          now,
        );
        return [
          {
            priority,
            current: current
              ? { ...current, from: current.from.toISOString() }
              : { ...firstLevel(priority, sla), from: null, by: null },
            upcoming: upcoming.map((one) => ({ ...one, from: one.from.toISOString() })),
          },
        ];
      }),
      calendars: table.calendars.map((calendar) => calendarView(calendar, now)),
      stages: stages.map(({ code, zh, en, working_time }) => ({ code, zh, en, workingTime: working_time })),
      uses: table.uses.map((use) => ({ ...use, from: use.from.toISOString() })),
      warnings: table.steps
        .filter((step) => step.until === null)
        .map(({ priority, clock, afterMinutes, tells }) => ({ priority, clock, afterMinutes, tells })),
    };
  });
  serve(desk, api.setLevel, async (context, input) => {
    await setLevel(context, input);
    return done;
  });
  serve(desk, api.addCalendar, async (context, input) => ({ id: await addCalendar(context, input) }));
  serve(desk, api.setWeek, async (context, input) => {
    await setWeek(context, input);
    return done;
  });
  serve(desk, api.addDays, async (context, input) => ({ added: await addDays(context, input) }));
  serve(desk, api.removeDays, async (context, input) => {
    await removeDays(context, input);
    return done;
  });
  serve(desk, api.setUse, async (context, input) => {
    await setUse(context, await directory(context.tx), await allStages(context.tx), input);
    return done;
  });
  serve(desk, api.setWarnings, async (context, input) => {
    await setWarnings(context, input);
    return done;
  });
}
