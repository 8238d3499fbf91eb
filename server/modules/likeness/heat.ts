/** How hot a topic is. Pure. */

/** A request counts half after this many hours. */
export const halfLifeHours = 24;
/** Further back nothing adds to the heat or begins a topic. */
export const windowHours = 72;
/** So many different people, at least, before anything is called a topic. */
export const fewestPeople = 5;
/** And so far above what is usual there. */
export const hotFrom = 3;
/** Days whose requests say what is usual. */
export const usualDays = 28;

const hour = 3_600_000;

/** What is usual without any history: one in twenty days. */
const leastUsual = 0.05;

export interface Saying {
  at: Date;
  /** Who asked: the same for two requests of one person. */
  who: string;
  siteId: number;
}

/** A person counts once, at their newest, however often they ask: a topic cannot be made hot by one. */
function voices(sayings: readonly Saying[], now: Date): number {
  const newest = new Map<string, number>();
  for (const { at, who } of sayings) {
    const age = (now.getTime() - at.getTime()) / hour;
    if (age < 0 || age > windowHours) continue;
    const weight = 0.5 ** (age / halfLifeHours);
    if (weight > (newest.get(who) ?? 0)) newest.set(who, weight);
  }
  return [...newest.values()].reduce((sum, weight) => sum + weight, 0);
}

/**
 * Standard deviations of a Poisson count above what is usual: (v − μ) / √(μ + 1), raised a tenth for each doubling of the
 * sites it is heard from. v: people, each once, halved every 24 hours; μ: what the usual number a day would come to.
 */
export function heatOf(sayings: readonly Saying[], usualPerDay: number, now: Date): number {
  const mean = (Math.max(usualPerDay, leastUsual) * halfLifeHours) / 24 / Math.LN2;
  const sites = new Set(sayings.filter(({ at }) => at <= now).map(({ siteId }) => siteId)).size;
  const spread = 1 + 0.1 * Math.log2(Math.max(1, sites));
  return ((voices(sayings, now) - mean) / Math.sqrt(mean + 1)) * spread;
}

export const peopleOf = (sayings: readonly Saying[]): number => new Set(sayings.map(({ who }) => who)).size;

/** Heat at the end of each of the last `days`, oldest first. */
export const trendOf = (sayings: readonly Saying[], usualPerDay: number, now: Date, days: number): number[] =>
  Array.from({ length: days }, (_, i) =>
    Math.max(0, heatOf(sayings, usualPerDay, new Date(now.getTime() - (days - 1 - i) * 24 * hour))),
  );
