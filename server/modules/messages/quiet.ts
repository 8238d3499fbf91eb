import type { MessageLevel, PersonalKind, Preference } from '../../../contract/messages.ts';

const minute = 60_000;
const dayMinutes = 1440;

/** Day (YYYY-MM-DD) and minute of the day in a zone. */
export function localTime(at: Date, timezone: string): { day: string; minutes: number } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)!.value;
  return {
    day: `${of('year')}-${of('month')}-${of('day')}`,
    minutes: Number(of('hour')) * 60 + Number(of('minute')),
  };
}

/** Minutes until the quiet hours end; 0 outside them. Equal ends mean none. */
export function quietFor({ quietFrom, quietTo }: Preference, minutes: number): number {
  if (quietFrom === quietTo) return 0;
  const within =
    quietFrom < quietTo ? minutes >= quietFrom && minutes < quietTo : minutes >= quietFrom || minutes < quietTo;
  return within ? (quietTo - minutes + dayMinutes) % dayMinutes : 0;
}

/**
 * On which of a person's channels a message goes out, and when. In quiet hours: urgent goes through; important waits for the
 * digest, or for the morning where there is no digest or it goes to no mailbox; information waits for the morning.
 */
export function planFor(
  level: MessageLevel,
  preference: Preference,
  reachable: readonly PersonalKind[],
  at: Date,
  timezone: string,
): { kind: PersonalKind; notBefore: Date }[] {
  const quiet = level === 'urgent' ? 0 : quietFor(preference, localTime(at, timezone).minutes);
  const digested = preference.digestHour !== null && reachable.includes('email');
  if (quiet > 0 && level === 'important' && digested) return [];
  return preference.channels[level]
    .filter((kind) => reachable.includes(kind))
    .map((kind) => ({ kind, notBefore: new Date(at.getTime() + quiet * minute) }));
}
