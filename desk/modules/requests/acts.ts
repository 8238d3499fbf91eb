import type { Abilities, RequestThread } from '../../../contract/requests.ts';

/** Acts of the desk on one request, in the order in which they are offered. Each is an ability the server grants or not. */
export const acts = [
  { name: 'decideAsk', key: 'v' },
  { name: 'arbitrate', key: 'd' },
  { name: 'dispatch', key: 'd' },
  { name: 'accept', key: 's' },
  { name: 'handle', key: 'h' },
  { name: 'progress', key: 'p' },
  { name: 'writeSummary', key: 'w' },
  { name: 'answer', key: 'a' },
  { name: 'setFacts', key: 'c' },
  { name: 'join', key: 'm' },
  { name: 'takeBack', key: 'b' },
  { name: 'askExtension', key: 'e' },
  { name: 'askSuspension', key: 'w' },
  { name: 'return', key: 'r' },
  { name: 'acceptPart', key: 'i' },
  { name: 'finishPart', key: 'f' },
  { name: 'progressPart', key: 'g' },
  { name: 'askPart', key: 'o' },
  { name: 'handBack', key: 'q' },
  { name: 'message', key: 'n' },
  { name: 'moveToSealed', key: 'y' },
] as const satisfies readonly { name: keyof Abilities; key: string }[];

export type Act = (typeof acts)[number]['name'];

export function actsOf(thread: Pick<RequestThread, 'can'>): readonly (typeof acts)[number][] {
  return acts.filter((act) => thread.can[act.name]);
}

/** A confidential request goes nowhere before its 转办摘要 is written (rules 6). */
export const needsSummary = (thread: Pick<RequestThread, 'can' | 'confidentiality' | 'summary'>): boolean =>
  thread.confidentiality === 'confidential' && thread.can.writeSummary && !thread.summary;

const first: readonly Act[] = ['decideAsk', 'arbitrate', 'dispatch', 'accept', 'acceptPart', 'handle', 'finishPart'];

/** The act the page puts first; a message or a correction is never it. */
export function mainAct(thread: Pick<RequestThread, 'can' | 'confidentiality' | 'summary'>): Act | null {
  const found = first.find((act) => thread.can[act]) ?? null;
  return (found === 'dispatch' || found === 'arbitrate') && needsSummary(thread) ? 'writeSummary' : found;
}
