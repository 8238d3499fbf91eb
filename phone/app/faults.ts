import type { Problem } from '../../contract/endpoint.ts';
import { Refusal } from './api.ts';
import type { Words } from './words.ts';

/** What the server said no for, in its own words (they come in the reader's language). */
export function problemText(problem: Problem, words: Words): string {
  return problem.detail || words.fault.server;
}

/** What a failure means to the person: what happened, what was kept, what to do. */
export function faultText(fault: unknown, words: Words): string {
  if (fault instanceof Refusal) return problemText(fault.problem, words);
  return fault instanceof Error && fault.name === 'QuotaExceededError' ? words.phoneFull : words.fault.network;
}

/** The server's words for one field, or nothing. */
export function fieldText(problem: Problem | null | undefined, field: string): string | undefined {
  return problem?.fields?.find((one) => one.field === field)?.message;
}
