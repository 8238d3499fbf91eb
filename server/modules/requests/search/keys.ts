/**
 * What a text is found by, without a dictionary and in any script: every character and every pair of neighbouring ones.
 * A key is one number: both characters side by side in its 32 bits, then turned by the period the text is from. So each
 * stretch of time has posting lists of its own: a search reads the newest and stops as soon as its page is full, and a
 * word half of all texts have costs no more than one that is rare. Pure.
 */

/** Days whose texts share their lists. */
export const periodDays = 8;
const periodMs = periodDays * 86_400_000;
/** Periods until the year 2100 stay below 32 bits. */
const spread = 300_007;

/** Number of the period a moment lies in, counted from 1970. */
export const periodOf = (at: Date): number => Math.floor(at.getTime() / periodMs);

/** As words are compared: full width and letter case do not matter. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

// No text has these two control characters: with them begin the keys of places.
const siteMark = 1;
const unitMark = 2;
const pair = (first: number, second: number): number => (first << 16) | (second & 0xffff);

/** A place, as a key among the words: node ids beyond 16 bits share one, which costs a look and no mistake. */
export const siteKey = (siteId: number): number => pair(siteMark, siteId);
export const unitKey = (unitId: number): number => pair(unitMark, unitId);

/** All keys of a text at its place, not yet turned. */
function keysOfText(text: string): Set<number> {
  const keys = new Set<number>();
  for (const run of fold(text).match(/\S+/g) ?? [])
    for (let i = 0; i < run.length; i++) {
      keys.add(run.charCodeAt(i));
      if (i + 1 < run.length) keys.add(pair(run.charCodeAt(i), run.charCodeAt(i + 1)));
    }
  return keys;
}

/** As stored: the words and the place of one request, turned by its time. */
export function keysOf(text: string, at: Date, siteId: number | null, unitId: number | null): number[] {
  const keys = keysOfText(text);
  if (siteId !== null) keys.add(siteKey(siteId));
  if (unitId !== null) keys.add(unitKey(unitId));
  const turn = periodOf(at) * spread;
  return [...keys].map((key) => key ^ turn);
}

/** What every text with these words has, not turned: the pairs, and the characters that stand alone. */
export function soughtKeys(words: string): number[] {
  const keys = new Set<number>();
  for (const run of fold(words).match(/\S+/g) ?? [])
    if (run.length === 1) keys.add(run.charCodeAt(0));
    else for (let i = 0; i + 1 < run.length; i++) keys.add(pair(run.charCodeAt(i), run.charCodeAt(i + 1)));
  return [...keys];
}

/** In SQL, of a period's number and a key: the key as stored. */
export const turned = (key: string, period: string): string => `${key} # (${period} * ${spread})`;
/** In SQL: the moments a period begins and ends. */
export const begins = (period: string): string => `to_timestamp(${period}::bigint * ${periodMs / 1000})`;
