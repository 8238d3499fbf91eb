/**
 * Front door of `followups`: the draw anybody verifies, the pure rules of reaching people, and bulk rows for whoever makes a
 * history without commands.
 */

export { provideDeciders, type Told, whenAnswered } from './answered.ts';
export { tellAppointment } from './appointments.ts';
export { independenceOf } from './calls.ts';
export { dayAfter, dayIn } from './days/calendar.ts';
export { commitmentOf, drawKey, type FrameLine, frameDigest, isDrawnAgain, ratesRecord } from './days/draw.ts';
export { resultEntries } from './days/drawing.ts';
export { frameReader } from './days/framing.ts';
export { type DayRecord, type FrameRecord, insertDays, insertRates } from './days/queries.ts';
export { certainly, planText, type RatePlan, stratumCode, type Timing } from './days/rates.ts';
export { commitEntry, frameEntries } from './days/turning.ts';
export { type DayCheck, verifyDay } from './days/verifying.ts';
export { dayWords } from './days/words.ts';
export {
  type AnswerRecord,
  type AttemptRecord,
  type CallRecord,
  type ClosureCall,
  closureCallsAbout,
  insertHandover,
  insertHistory,
  planCalls,
  replaceVisitRule,
  type VisitRecord,
} from './queries.ts';
export { channelsLeft, reach } from './reaching.ts';
export { visitTimes } from './visiting.ts';
