/** Front door of the journal's readers. */
export {
  type EntryRow,
  entriesBetween,
  entriesOfRecords,
  exitsBetween,
  makeCursor,
  moveCursor,
  newestPosition,
  sealOver,
} from './queries.ts';
export { catchUp, type Reader } from './readers.ts';
