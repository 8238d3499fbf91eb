/** Front door of `requests`: a person's need and its verdict. Whoever works on needs comes through here. */
/** Pure rules and bulk rows, for whoever makes a history without commands (the demo world). */
export { runningClock, silentAfterMinutes, submissionTime, zoneOffset } from './clocks.ts';
export {
  closeWithoutVerdict,
  confirm,
  deny,
  nudge,
  provideObjection,
  type Reopening,
  raised,
  whenConfirmed,
  whenRated,
  whenReopened,
  whenWithdrawn,
} from './closing.ts';
export { codeHmac } from './codes.ts';
export {
  type ContactRecord,
  contactOfOperator,
  dropForgottenContacts,
  insertContact,
  outcomesOfContacts,
  requestsOfCaller,
  setContactOutcome,
} from './contacts/queries.ts';
export { openCursors } from './cursors.ts';
export { noteDevice } from './devices.ts';
export { duesAnew, reckon, reckonAt } from './dues.ts';
export { exportable } from './export.ts';
export { fileForProgram } from './filing.ts';
export { insertHistory } from './history/queries.ts';
export {
  ImportDesk,
  type ImportFault,
  type ImportPlan,
  importFaultWords,
  isSealed,
  noteImport,
  type Prepared,
  storeImported,
} from './import.ts';
export { applyMapping, guessMapping, importFields } from './importColumns.ts';
export { numberDay } from './intake.ts';
export {
  isOpenRequest,
  mayMove as mayMoveRequest,
  move as moveRequest,
  notInThisState,
} from './lifecycle.ts';
export type { Scope } from './lists/queries.ts';
export { rowsAs, rowViews, scopesOf } from './lists.ts';
export {
  askedBefore,
  askedBetween,
  askedThere,
  askersInConfidence,
  type CourseRow,
  comparable,
  coursesOf,
  deniedSince,
  leftNumbers,
  listOutside,
  loadOfLines,
  mixSince,
  movedSince,
  oftenReopened,
  openAt,
  openAtPost,
  openWords,
  recentAt,
  requestsOfCases,
} from './looks/queries.ts';
export {
  caseDue,
  dispatchesOutside,
  hidesSite,
  inHand,
  isSmallSite,
  mayApprove,
  mayArbitrate,
  mayConfirm,
  mayDeny,
  mayDispatch,
  mayHandle,
  mayJoin,
  mayNudge,
  postKey,
  type Reader,
  readerAt,
  readerOf,
  relapseDays,
  type Sight,
  sightOf,
} from './policy.ts';
export {
  answerersOf,
  contentOf,
  type EntryRecord,
  entriesOf,
  firstInHand,
  lastSpoken,
  lockRequest,
  lockRequestsOfCase,
  patchRequest,
  type RequestPatch,
  type RequestRecord,
  readRequestsOfCase,
  requestById,
  requestByNumber,
  requestsByIds,
  silentHandled,
  type WarningRecord,
  wholeTextsOf,
} from './queries.ts';
export { contentKept, mirrorsOfCases, tallyRequests } from './reconciling/queries.ts';
export { reckonBothSides, reconcile } from './reconciling.ts';
export { entryOf, journalEntryOf, type Trace, trace } from './record.ts';
export { registerFound } from './registering.ts';
export { provideServiceLevels } from './serviceLevels.ts';
export { calledSolvedByOthers, handledWithin } from './silence/queries.ts';
export { provideAudience } from './streams.ts';
export { aboutRequest, tellOneLevelUp } from './telling.ts';
export { addToThread, provideDissatisfaction, provideWork, readRequest, threadOf } from './thread.ts';
export { checkVersion, setFacts, whenFactsChanged, whenSealed } from './triage.ts';
export { canVerifyClosure, independence } from './verification.ts';
export { byDispatchRule, calledFor, told, toldDay } from './view.ts';
export { provideWarningChains, type SpokenStep, withChain } from './warningChains.ts';
export { warnDue } from './warnings.ts';
