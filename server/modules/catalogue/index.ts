/** Front door of `catalogue`: who owns what, where, and how much each line has in hand. */
export { differencesOf, noteChoice } from './choices.ts';
export { forgetEditions, postsNow } from './held.ts';
export { forgetLoad, type Load, lineLoads } from './load.ts';
export { type ChoiceRecord, decideEdition, insertChoices, insertEdition, insertItems, setLimit } from './queries.ts';
export { type Item, indexItems, resolve } from './resolving.ts';
export { chainOf, propose, suggestFor } from './suggesting.ts';
