export type QuickTime = 'inAnHour' | 'thisEvening' | 'tomorrowMorning' | 'tomorrowNoon';

const named: { name: QuickTime; days: number; clock: string }[] = [
  { name: 'thisEvening', days: 0, clock: '18:30' },
  { name: 'tomorrowMorning', days: 1, clock: '09:00' },
  { name: 'tomorrowNoon', days: 1, clock: '13:00' },
];

/**
 * Times people usually name, without those already past. `local` and `instant` say and read the clock of the group's
 * time zone.
 */
export function quickTimes(
  now: number,
  local: (at: number) => string,
  instant: (local: string) => string,
): { name: QuickTime; at: string }[] {
  const later = named.map(({ name, days, clock }) => ({
    name,
    at: instant(`${local(now + days * 86_400_000).slice(0, 10)}T${clock}`),
  }));
  return [{ name: 'inAnHour' as const, at: new Date(now + 3_600_000).toISOString() }, ...later].filter(
    ({ at }) => Date.parse(at) > now,
  );
}
