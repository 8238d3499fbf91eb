/** Front door of `clocks`: when working time runs, what is promised, when a warning is due. */
export { addWorking, type Calendar, skippedBetween, workingBetween } from './calendars.ts';
export { checkDraft, whenStepsChanged } from './changing.ts';
export { type ClockDraft, withDraft } from './draft.ts';
export { timetable } from './held.ts';
export { type Holiday, loadHolidays } from './holidays.ts';
export {
  type Circumstance,
  calendarFor,
  type Level,
  levelAt,
  type Priority,
  stepsOf,
  type Timetable,
} from './timetable.ts';
export { dateOf, dayNumber, instantAt, localDay, zoneMidnight, zoneOffset } from './zone.ts';
