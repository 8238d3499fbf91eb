/** Front door of `triage`: what a message is about, suggested and decided. */
export { type Classifier, openClassifier } from './classifier.ts';
export { insertWords } from './queries.ts';
export type { CategoryWords } from './tree.ts';
