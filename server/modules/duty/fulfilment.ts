import type { Tx } from '../../platform/transaction.ts';
import type { Wording } from './wording.ts';

/** One thing a person had to do, and what became of it. */
export interface DutyItem {
  /** Unique within its source. */
  key: string;
  what: Wording;
  dueAt: Date;
  doneAt: Date | null;
  /** `late`: not done by `dueAt`, whether done since or not; `delegated`: another did it, or has it, in their place. */
  state: 'due' | 'done' | 'late' | 'delegated';
  /** Page of the desk that shows the record. */
  route?: string;
}

export interface DutyListSource {
  key: string;
  words: Wording;
  /** What was or is due of this person in [from, to). */
  items(tx: Tx, accountId: string, from: Date, to: Date): Promise<DutyItem[]>;
}

const sources = new Map<string, DutyListSource>();

/** A module says what its people have to do; a second registration under the same key takes the place of the first. */
export function provideDutyList(source: DutyListSource): void {
  sources.set(source.key, source);
}

export const dutyListSources = (): DutyListSource[] => [...sources.values()];
