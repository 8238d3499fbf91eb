/** Front door of the journal's readers. */
export { type EntryRow, entriesBetween } from './queries.ts';
export { catchUp, type Reader } from './readers.ts';
