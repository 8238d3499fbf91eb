/** Front door of `outreach`: somebody goes or rings before being asked. For whoever makes a history without commands. */
export { tellOverdue } from './alarming.ts';
export { insertTouches, type NeedRecord, redateRhythms, type TouchRecord } from './queries.ts';
export { remindOfPlaces } from './reminding.ts';
export { checkOutreach, type OutreachCheck } from './verifying.ts';
