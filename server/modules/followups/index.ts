/** Front door of `followups`: the pure rules of reaching people and bulk rows, for whoever makes a history without commands. */
export { scriptVersion } from './module.ts';
export { type AnswerRecord, type AttemptRecord, type CallRecord, insertHistory } from './queries.ts';
export { channelsLeft, reach } from './reaching.ts';
