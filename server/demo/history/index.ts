/** Front door of the demo history: 135 days of requests, each with its whole life. */
export { type HistoryOptions, loadHistory } from './load.ts';
export { showProgress } from './progress.ts';
export { type Truth, truthOf } from './truth.ts';
