import type { SealedLine } from '../../../contract/triage.ts';
import type { Guess } from './model.ts';

/**
 * From how much probability on sealed categories together the desk says that words may belong to a sealed line. Low: the
 * hint costs a glance, a missed one leaves what should not be stored (rules 5).
 */
export const sealedHint = 0.25;

/** @param classOf the record class of a category code. Kept nowhere: that a need may be of the mind is itself private. */
export function sealedLineOf(
  guesses: readonly Guess[],
  classOf: (code: string) => string | undefined,
): SealedLine | null {
  let care = 0;
  let oversight = 0;
  for (const { label, p } of guesses) {
    const recordClass = classOf(label);
    if (recordClass === 'psych') care += p;
    if (recordClass === 'discipline') oversight += p;
  }
  if (care + oversight < sealedHint) return null;
  return care >= oversight ? 'care' : 'oversight';
}
