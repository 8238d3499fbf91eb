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

// No text has these control characters: with them begin the keys of where a request is and how it stands.
const siteMark = 1;
const unitMark = 2;
const lineMark = 3;
const registrarMark = 4;
const openMark = 5;
const pair = (first: number, second: number): number => (first << 16) | (second & 0xffff);

/**
 * A place, a line's post or who took it down, as a key among the words. What does not fit into 16 bits shares one: that
 * costs a look and no mistake.
 */
export const siteKey = (siteId: number): number => pair(siteMark, siteId);
export const unitKey = (unitId: number): number => pair(unitMark, unitId);
/** @param unitId null: the line at head office */
export const lineKey = (lineId: number, unitId: number | null): number =>
  pair(lineMark, lineId * 1_009 + (unitId ?? 0));
export const registrarKey = (accountId: string): number =>
  pair(registrarMark, Number.parseInt(accountId.slice(-4), 16));
/** Of what is not closed. */
export const openKey = pair(openMark, 0);

/** Of a request what it is searched by. */
export interface Searchable {
  text: string;
  submitted_at: Date;
  site_id: number | null;
  unit_id: number | null;
  line_id: number | null;
  lead_unit_id: number | null;
  registrar_id: string | null;
  open: boolean | null;
}

/** All keys of a text, not yet turned. */
export function keysOfText(text: string): Set<number> {
  const keys = new Set<number>();
  for (const run of fold(text).match(/\S+/g) ?? [])
    for (let i = 0; i < run.length; i++) {
      keys.add(run.charCodeAt(i));
      if (i + 1 < run.length) keys.add(pair(run.charCodeAt(i), run.charCodeAt(i + 1)));
    }
  return keys;
}

/** As stored: the words of one request, where it is and how it stands, turned by its time. */
export function keysOf(r: Searchable): number[] {
  const keys = keysOfText(r.text);
  if (r.site_id !== null) keys.add(siteKey(r.site_id));
  if (r.unit_id !== null) keys.add(unitKey(r.unit_id));
  if (r.line_id !== null) keys.add(lineKey(r.line_id, r.lead_unit_id));
  if (r.registrar_id !== null) keys.add(registrarKey(r.registrar_id));
  if (r.open) keys.add(openKey);
  const turn = periodOf(r.submitted_at) * spread;
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
/** In SQL: the period of a moment; as `periodOf`. */
export const periodOfMoment = (at: string): string => `floor(extract(epoch from ${at}) / ${periodMs / 1000})::int`;
/** In SQL: the moments a period begins and ends. */
export const begins = (period: string): string => `to_timestamp(${period}::bigint * ${periodMs / 1000})`;
