/** Front door of `hotline`: calls as contacts, what the exchange tells of them, and ringing back. */
export { callsToSettle, settleCall } from './calls.ts';
export { insertCalls } from './queries.ts';
export { watchSurge } from './surges.ts';
