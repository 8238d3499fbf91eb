/** Front door of `triage`: what a message is about, suggested and decided. */
export type { CategoryWords } from './tree.ts';
