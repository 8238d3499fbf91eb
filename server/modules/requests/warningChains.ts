import type { Told } from '../../../contract/clocks.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Directory } from '../organization/index.ts';

/** A step of whoever warns: a clock of its priority, or the chain that the dispatch catalogue names. */
export interface SpokenStep {
  id: string;
  /** Minutes after the due time; negative before it. */
  afterMinutes: number;
  tells: Told;
}

export interface ChainAsked {
  categoryId: number;
  /** Site, unit or group where it was asked. */
  nodeId: number;
  /** When the request counts as submitted. */
  at: Date;
}

type Chains = (tx: Tx, dir: Directory, asked: ChainAsked) => Promise<readonly SpokenStep[]>;
let chains: Chains = async () => [];

/** `catalogue` says here whom it names for late work; `requests` stays below it. */
export function provideWarningChains(read: Chains): void {
  chains = read;
}

/** Whom lateness tells by the catalogue, earliest first; empty where it names nobody. */
export const warningChain: Chains = (tx, dir, asked) => chains(tx, dir, asked);

/**
 * Steps of the clock of the work once the catalogue names who is told of lateness (decision 25): its chain stands in place of
 * the steps after the due time, those before it stay. A request raised above its category's own priority keeps its steps
 * too, each addressee told at the earlier of both: a catalogue never makes an urgent need wait. Pure.
 */
export function withChain(
  usual: readonly SpokenStep[],
  chain: readonly SpokenStep[],
  raised: boolean,
): readonly SpokenStep[] {
  if (chain.length === 0) return usual;
  const early = usual.filter((step) => step.afterMinutes < 0);
  const late = [...(raised ? usual.filter((step) => step.afterMinutes >= 0) : []), ...chain].sort(
    (a, b) => a.afterMinutes - b.afterMinutes,
  );
  return [...early, ...late.filter((step, i) => late.findIndex((one) => one.tells === step.tells) === i)];
}
