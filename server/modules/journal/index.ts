/** Front door of the journal's readers. */
export { entriesBetween } from './queries.ts';
export { catchUp } from './readers.ts';
