import type { CallRow } from '../../../contract/followups.ts';
import { useT } from './words.ts';

/** When this person is best rung, and how that is known. */
export function BestTime({ row, short = false }: { row: Pick<CallRow, 'bestTime'>; short?: boolean }) {
  const t = useT();
  const { from, to, why, n, now } = row.bestTime;
  const hours = from === to ? from : `${from}–${to}`;
  const reason = t(`best_${why}`, { n });
  return (
    <span className={now ? 'fu-best good' : 'fu-best softer'} title={reason}>
      {now && <span aria-hidden="true">● </span>}
      {t(now ? 'bestNow' : 'bestAt', { hours })}
      {short ? <span className="sr-only">{reason}</span> : <span className="soft"> · {reason}</span>}
    </span>
  );
}
