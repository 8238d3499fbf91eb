/** Front door of the journal's readers. */
export {
  type EntryRow,
  entriesBetween,
  entriesOfRecords,
  exitsBetween,
  makeCursor,
  moveCursor,
  sealOver,
} from './queries.ts';
export { catchUp, type Reader } from './readers.ts';
