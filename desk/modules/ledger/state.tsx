import type { LedgerRow } from '../../../contract/ledger.ts';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { Glyph, type GlyphName } from '../../kit/index.ts';
import { useT } from './words.ts';

const glyphs: Record<LedgerRow['state'], GlyphName> = {
  open: 'again',
  deferred: 'pause',
  handed_over: 'quarter',
  judging: 'diamond',
  closed: 'dash',
};

/** Where an entry stands, by shape and word. The ✓ is for what the person called solved. */
export function LedgerState({ row }: { row: LedgerRow }) {
  const t = useT();
  const format = useFormat();
  const redone = row.exit === 'redone';
  const word = row.exit
    ? t(`exit_${row.exit}`)
    : row.pending
      ? t(`pending_${row.pending}`)
      : t(`state_${row.state}`, { until: row.until ? format.day(row.until) : '' });
  return (
    <span className={redone ? 'state confirmed' : 'state soft'} title={word}>
      <Glyph name={redone ? 'done' : row.pending ? 'triangle' : glyphs[row.state]} />
      <span className="cut">{word}</span>
    </span>
  );
}

/** Days on the ledger, whole ones. */
export const daysOf = (row: Pick<LedgerRow, 'openedAt' | 'closedAt'>): number =>
  Math.max(0, Math.floor(((row.closedAt ? Date.parse(row.closedAt) : now()) - Date.parse(row.openedAt)) / 86_400_000));
