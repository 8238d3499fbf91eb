/** Front door of `reports`: what sites and units report. For timers, and for whoever makes a history without commands. */
export { instantOf as instantOfDay, isDueOn, nextDay } from './calendar.ts';
export { type Content as ReportContent, ordinaryOf } from './filing.ts';
export { formsInUse } from './forms.ts';
export {
  type ApprovalRecord,
  crewsOf,
  type FilingRecord,
  insertConcepts,
  insertCrews,
  insertForm,
  insertFormVersion,
  insertHistory,
  officesOf,
  saveOffices,
  takeConcept,
  type VersionRecord,
} from './queries.ts';
export { escalateSilent, lockOver, noticeSilent, openDay } from './sweeps.ts';
