/** Front door of `outreach`: somebody goes or rings before being asked. For whoever makes a history without commands. */
export { insertTouches, type NeedRecord, redateRhythms, type TouchRecord } from './queries.ts';
export { remindOfPlaces } from './reminding.ts';
