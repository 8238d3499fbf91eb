import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { RequestRecord } from '../requests/index.ts';

/** What a person told a caller, in codes and figures; `from` is the state the request was in when they were asked. */
export interface Told {
  answer: string;
  /** 1 to 5, null where it was not asked or not said. */
  satisfied: number | null;
  /** What the line is told is still missing; what the person said is not for it. */
  forLine?: string | undefined;
  from: string;
}
type Answered = (context: Context, request: RequestRecord, told: Told) => Promise<void>;
const answered = new Map<string, Answered>();

/** Modules further out join here: in the same transaction, after the verdict that follows from the answer. */
export function whenAnswered(module: string, react: Answered): void {
  answered.set(module, react);
}

type Deciders = (tx: Tx, requestId: string) => Promise<string[]>;
const deciders = new Map<string, Deciders>();

/** Modules further out say who proposed or decided something about a request: an approver verifies nothing (rules 3). */
export function provideDeciders(module: string, among: Deciders): void {
  deciders.set(module, among);
}

export async function decidersOf(tx: Tx, requestId: string): Promise<Set<string>> {
  const all = new Set<string>();
  for (const among of deciders.values()) for (const id of await among(tx, requestId)) all.add(id);
  return all;
}

export async function tellAnswered(context: Context, request: RequestRecord, told: Told): Promise<void> {
  for (const react of answered.values()) await react(context, request, told);
}
