/** Front door of `watch`: figures of warmth and fairness, reckoned from the records. */
export { reckonAll, reckonNightly } from './reckoning.ts';
export { checkWatch, type WatchCheck } from './verifying.ts';
