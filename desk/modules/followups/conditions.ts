import type { CallSheet } from '../../../contract/followups.ts';

export type Condition = 'three' | 'days' | 'channels';

/** What must hold before a call may be closed as unreachable (the server decides; this only shows it). */
export function conditionsOf(sheet: Pick<CallSheet, 'attempts' | 'attemptDays' | 'channelsLeft' | 'history'>): {
  name: Condition;
  holds: boolean;
}[] {
  const tried = new Set(sheet.history.map((attempt) => attempt.channel));
  return [
    { name: 'three', holds: sheet.attempts >= 3 },
    { name: 'days', holds: sheet.attemptDays >= 2 },
    { name: 'channels', holds: sheet.channelsLeft.every((channel) => tried.has(channel)) },
  ];
}
