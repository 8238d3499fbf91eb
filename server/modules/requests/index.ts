/** Front door of `requests`: a person's need and its verdict. Whoever works on needs comes through here. */
export { silentAfterMinutes, zoneOffset } from './clocks.ts';
export { closeWithoutVerdict, confirm, deny, nudge, whenReopened, whenWithdrawn } from './closing.ts';
export { prepareCreation, refuseSealed, storeCreation } from './intake.ts';
export { mayMove as requestMayMove, move as moveRequest } from './lifecycle.ts';
export { dispatchesOutside, mayApprove, mayHandle, readerOf, sightOf, smallSite } from './policy.ts';
export {
  contentOf,
  dropForgottenContacts,
  entriesOf,
  insertContact,
  lockRequest,
  lockRequestsOfCase,
  noteStaffDevice,
  patchRequest,
  type RequestPatch,
  type RequestRecord,
  requestById,
  requestsByIds,
  requestsOfCaller,
  requestsOfCase,
  setContactOutcome,
  silentHandled,
} from './queries.ts';
export { type Trace, trace } from './record.ts';
export { answerAtOnce, checkVersion } from './triage.ts';
export { rowViews } from './lists.ts';
export { canVerifyClosure, independence } from './verification.ts';
export type { Work } from './policy.ts';
export { provideWork } from './thread.ts';
export { noteDevice } from './devices.ts';
export { applyMapping, guessMapping, importFields, type ImportField, type Mapping } from './importColumns.ts';
export { ImportDesk, type ImportFault, importFaultWords, type ImportPlan, isSealed, noteImport, type Prepared, storeImported } from './import.ts';
/** Pure rules and bulk rows, for whoever makes a history without commands (the demo world). */
export { addWorkingMinutes, duesOf, runningClock } from './clocks.ts';
export { codeHmac } from './codes.ts';
export { numberDay } from './intake.ts';
export { type ContactRecord, type ContentRecord, type EntryRecord, insertHistory, mirrorsOfCases, tallyRequests } from './queries.ts';
export { exportable } from './export.ts';
