import { hash } from './copies.ts';
import { rarity } from './features.ts';
import type { Meaning } from './meaning.ts';

/** Characters no word explains that are kept, at most: so that words the vocabulary lacks find each other too. */
const mostRest = 12;

/** What people say of everything: too common to be what a topic is about. */
const general = new Set(
  'short change danger when how where what whether why who suggest praise patient borrow teach install open move delay nobody want noreply'
    .split(' ')
    .map((name) => `troubles/${name}`),
);

/** Names of what a text is about, a topic may bear one of them: `things/power`, `troubles/chill`. */
export const subjectsOf = (m: Meaning): string[] =>
  [...m.things.map((one) => `things/${one}`), ...m.troubles.map((one) => `troubles/${one}`)].filter(
    (name) => !general.has(name),
  );

/** A name as it lies in the index. */
export const termOf = hash;

/** Everything a text may be found by, and how rare each is where people write such texts. */
export function weighedTermsOf(m: Meaning): Map<number, number> {
  const weights = new Map<number, number>();
  const add = (kind: string, counted: string, names: readonly string[]): void => {
    for (const name of names) weights.set(termOf(`${kind}/${name}`), rarity(`${counted}/${name}`));
  };
  add('things', 't', m.things);
  add('troubles', 'p', m.troubles);
  add('rest', 'k', m.rest.slice(0, mostRest));
  return weights;
}
export const termsOf = (m: Meaning): number[] => [...weighedTermsOf(m).keys()];

/** How likely two texts tell of one need at first sight: what they share by its rarity, against how much the other says. */
export const firstSight = (asked: ReadonlyMap<number, number>, other: readonly number[]): number =>
  other.reduce((sum, term) => sum + (asked.get(term) ?? 0), 0) / Math.sqrt(other.length + 1);
