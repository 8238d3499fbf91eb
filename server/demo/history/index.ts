/** Front door of the demo history: 135 days of requests, each with its whole life. */
export { loadHistory } from './load.ts';
export { showProgress } from './progress.ts';
