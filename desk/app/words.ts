import { useMemo, useSyncExternalStore } from 'react';

export type Locale = 'zh-CN' | 'en';
export type Entry = readonly [zh: string, en: string];
export type Dictionary = Readonly<Record<string, Entry>>;
export type Values = Readonly<Record<string, string | number>>;

/**
 * Says a word of one dictionary in the reader's language; `{name}` in it is filled from `values`, and `{name|one|many}`
 * by the form that goes with the number of that name.
 */
export interface Say<K extends string> {
  (key: K, values?: Values): string;
  /** For a code that comes from the server: its word, or `fallback` where there is none yet. */
  or(key: string, fallback: string, values?: Values): string;
}

const chosenHere = 'lastmetre.locale';
const listeners = new Set<() => void>();

const localeOf = (named: string | null): Locale | null => (named === 'en' || named === 'zh-CN' ? named : null);

/** What was chosen on the sign-in page of this computer; until then what the browser speaks. */
const ofThisComputer = (): Locale =>
  localeOf(localStorage.getItem(chosenHere)) ?? (navigator.language.startsWith('zh') ? 'zh-CN' : 'en');

let current = ofThisComputer();
document.documentElement.lang = current;

export const locale = (): Locale => current;

export function setLocale(next: Locale): void {
  if (next === current) return;
  current = next;
  document.documentElement.lang = next;
  for (const listener of listeners) listener();
}

/** A choice made before anybody is signed in: it is the computer's. */
export function chooseLocaleHere(next: Locale): void {
  localStorage.setItem(chosenHere, next);
  setLocale(next);
}

/** A choice of the person who is signed in: on a shared desk it is theirs and nobody else's. */
export function chooseLocaleOf(personId: string, next: Locale): void {
  localStorage.setItem(`${chosenHere}.${personId}`, next);
  setLocale(next);
}

/** Back to the computer's own language once nobody is signed in. */
export const forgetPersonsLocale = (): void => setLocale(ofThisComputer());

/**
 * The language of somebody who signs in: what they chose on this computer, else English where their account says so
 * (only a choice can have made it so), else the one they have just read the sign-in page in.
 */
export const localeFor = (person: { id: string; locale: Locale }): Locale =>
  localeOf(localStorage.getItem(`${chosenHere}.${person.id}`)) ?? (person.locale === 'en' ? 'en' : ofThisComputer());

export function useLocale(): Locale {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, locale);
}

/** A module's dictionary: `{ key: ['中文', 'English'] }`. */
export function defineWords<const D extends Dictionary>(words: D): D {
  return words;
}

export function say(entry: Entry, language: Locale, values?: Values): string {
  const text = language === 'en' ? entry[1] : entry[0];
  if (!values) return text;
  return text
    .replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (_, name: string, one: string, many: string) =>
      Number(values[name]) === 1 ? one : many,
    )
    .replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** The dictionary in the language of the person at the desk; changes at once when they switch. */
export function useWords<D extends Dictionary>(words: D): Say<keyof D & string> {
  const language = useLocale();
  return useMemo(() => {
    const speak = (key: keyof D & string, values?: Values) => say(words[key]!, language, values);
    const or = (key: string, fallback: string, values?: Values) => {
      const entry = words[key];
      return entry ? say(entry, language, values) : fallback;
    };
    return Object.assign(speak, { or });
  }, [words, language]);
}

/** Picks the name of a thing that carries both languages. */
export function nameIn(thing: { zh: string; en: string }, language: Locale): string {
  return language === 'en' ? thing.en || thing.zh : thing.zh;
}
