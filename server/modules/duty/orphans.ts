import type { Tx } from '../../platform/transaction.ts';
import type { Wording } from './wording.ts';

/** A piece of ground nobody answers for (domain row 18). */
export interface Orphan {
  kind: 'site' | 'line' | 'measure' | 'unit';
  label: Wording;
  /** Page of the desk where it is mended. */
  route?: string;
}

export interface OrphanSource {
  key: string;
  words: Wording;
  /** All under this node at this moment, in the order of the organisation. */
  find(tx: Tx, scope: { nodeId: number }, at: Date): Promise<Orphan[]>;
}

const sources = new Map<string, OrphanSource>();

/** A module says which of its ground nobody answers for; a second registration under a key takes the place of the first. */
export function provideOrphans(source: OrphanSource): void {
  sources.set(source.key, source);
}

export const orphanSources = (): OrphanSource[] => [...sources.values()];
