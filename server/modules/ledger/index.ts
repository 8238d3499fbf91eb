/** Front door of `ledger`: who is not content, and the ways out (不满意台账). */

export { redoneTwice } from './escalating.ts';
export {
  type EntryRecord,
  insertHistory,
  type LedgerHistory,
  type MeasureRecord,
  tallyEntries,
} from './queries.ts';
export { followedActions, followRequests } from './repeats.ts';
export { askHandedOver, deferralsOver, patienceDays, returnDeferred, seatAnew, waitingPanels } from './sweeps.ts';
