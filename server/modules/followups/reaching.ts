/**
 * Reaching the person (rules 2): `closed_unreachable` needs at least 3 attempts on at least 2 days over every channel
 * the requester left; the thread notice counts as one. Pure.
 */
export interface Attempt {
  at: Date;
  channel: string;
  outcome: string;
}

/** The channels a requester left. Everyone has a thread; a number only where one was given. */
export const channelsLeft = (callback: string | boolean | null): ('phone' | 'thread')[] =>
  callback ? ['phone', 'thread'] : ['thread'];

export function reach(
  attempts: Attempt[],
  channels: readonly string[],
  dayOf: (at: Date) => string,
): { attempts: number; days: number; allChannels: boolean; enough: boolean } {
  // A refusal reached the person; it is an answer of its own, not an attempt that failed.
  const failed = attempts.filter((attempt) => attempt.outcome !== 'refused');
  const days = new Set(failed.map((attempt) => dayOf(attempt.at))).size;
  const allChannels = channels.every((channel) => failed.some((attempt) => attempt.channel === channel));
  return { attempts: failed.length, days, allChannels, enough: failed.length >= 3 && days >= 2 && allChannels };
}
