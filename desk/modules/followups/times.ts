export type QuickTime = 'inAnHour' | 'thisEvening' | 'tomorrowMorning' | 'tomorrowNoon';

const on = (day: Date, days: number, hour: number, minute: number): Date =>
  new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hour, minute);

/** Times people usually name, without those already past. */
export function quickTimes(now: Date): { name: QuickTime; at: Date }[] {
  const times: { name: QuickTime; at: Date }[] = [
    { name: 'inAnHour', at: new Date(now.getTime() + 3_600_000) },
    { name: 'thisEvening', at: on(now, 0, 18, 30) },
    { name: 'tomorrowMorning', at: on(now, 1, 9, 0) },
    { name: 'tomorrowNoon', at: on(now, 1, 13, 0) },
  ];
  return times.filter(({ at }) => at > now);
}

/** A moment as `datetime-local` writes it. */
export function localInput(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
