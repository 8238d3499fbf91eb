import type { MeasureState } from '../../../contract/measures.ts';

/** What happens to a measure in its window. `lapse` and `end` are done by time and by the plan, all else by people. */
export type Move = 'do' | 'say_cannot' | 'lapse' | 'end' | 'refuse_in_time' | 'refuse_late';

const table: Record<Move, { from: readonly MeasureState[]; to: MeasureState }> = {
  // Late too: it stays late for ever, but it is done. Who could not and then could has done it.
  do: { from: ['open', 'lapsed', 'cannot'], to: 'done' },
  say_cannot: { from: ['open', 'lapsed'], to: 'cannot' },
  lapse: { from: ['open'], to: 'lapsed' },
  end: { from: ['open'], to: 'ended' },
  // Somebody outside did not agree with the evidence.
  refuse_in_time: { from: ['done'], to: 'open' },
  refuse_late: { from: ['done'], to: 'lapsed' },
};

export const allows = (move: Move, from: string): boolean => table[move].from.includes(from as MeasureState);
export const stateAfter = (move: Move): MeasureState => table[move].to;
