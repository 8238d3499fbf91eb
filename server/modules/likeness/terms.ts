import { hash } from './copies.ts';
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

/** Everything a text may be found by. */
export const termsOf = (m: Meaning): number[] => [
  ...new Set(
    [
      ...m.things.map((one) => `things/${one}`),
      ...m.troubles.map((one) => `troubles/${one}`),
      ...m.rest.slice(0, mostRest).map((one) => `rest/${one}`),
    ].map(termOf),
  ),
];
