import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { RequestRow } from '../../../contract/requests.ts';
import { useDirectory } from '../../app/directory.ts';
import { DeadlineClock, Glyph, StateGlyph } from '../../kit/index.ts';
import { useT } from './words.ts';

/** Small facts about a request that change what one does next. */
export function Tags({ row }: { row: RequestRow }) {
  const t = useT();
  return (
    <>
      {row.returns > 0 && <span className="tag">{t('returns', { n: row.returns })}</span>}
      {row.reopens > 0 && <span className="tag">{t('reopens', { n: row.reopens })}</span>}
      {row.nudges > 0 && <span className={row.nudges >= 3 ? 'tag near' : 'tag'}>{t('nudges', { n: row.nudges })}</span>}
      {row.caseSize > 1 && <span className="tag">{t('together', { n: row.caseSize })}</span>}
      {row.asked && <span className="tag info">{t('asked')}</span>}
      {row.silentlyAccepted && (
        <span className="tag" title={t('silentWhy')}>
          {t('silent')}
        </span>
      )}
      {(row.priority === 'urgent' || row.priority === 'high') && (
        <span className="tag strong">{t(`priority_${row.priority}`)}</span>
      )}
    </>
  );
}

/** The requester's words, or the lock and the rule that withholds them. */
export function Excerpt({ row }: { row: Pick<RequestRow, 'text' | 'withheld' | 'confidentiality'> }) {
  const t = useT();
  if (row.text === null) {
    return (
      <span className="withheld">
        <Glyph name="lock" className="seal" />
        <span className="cut soft">{t.or(`withheld_${row.withheld}`, t('withheld_sealed'))}</span>
      </span>
    );
  }
  return <span className="cut">{row.text.replace(/\s+/g, ' ')}</span>;
}

interface Props {
  row: RequestRow;
  selected: boolean;
  picked: boolean;
  index: number;
  onSelect: (id: string) => void;
  onOpen: (id: string) => void;
}

export const QueueRow = memo(function QueueRow({ row, selected, picked, index, onSelect, onOpen }: Props) {
  const t = useT();
  const directory = useDirectory();
  const category = directory.category(row.categoryId);
  const suggestion = row.lineId === null ? directory.lineName(category?.lineId) : '';
  const place = directory.nameOf(row.siteId ?? row.unitId);
  const [, day, serial] = row.number.split('-');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys move over all rows and are bound once on the page
    <div
      role="row"
      className="queue-row"
      aria-rowindex={index}
      aria-selected={selected}
      data-picked={picked || undefined}
      data-row={row.id}
      tabIndex={selected ? 0 : -1}
      onClick={() => onSelect(row.id)}
      onDoubleClick={() => onOpen(row.id)}
    >
      <span role="gridcell" className="cell-due">
        {row.clock ? (
          <DeadlineClock due={row.clock.due} from={row.clock.from} paused={row.clock.paused} />
        ) : (
          <span className="softer">{t('noClock')}</span>
        )}
      </span>
      <span role="gridcell" className="cell-number small softer">
        <Link to="/requests/$id" params={{ id: row.id } as never} tabIndex={-1} title={row.number}>
          {day?.slice(2)}-<span className="soft">{serial}</span>
        </Link>
      </span>
      <span role="gridcell" className="cut" title={directory.categoryName(row.categoryId)}>
        {directory.categoryName(row.categoryId)}
      </span>
      <span role="gridcell" className="cut" title={place}>
        {place}
      </span>
      <span role="gridcell" className="cell-text">
        <Excerpt row={row} />
        <span className="grow" />
        <Tags row={row} />
      </span>
      <span role="gridcell">
        <StateGlyph state={row.state} work={row.work} />
      </span>
      <span role="gridcell" className="cut">
        {row.lineId !== null ? (
          directory.lineName(row.lineId)
        ) : (
          <span className="suggestion" title={t('suggested')}>
            {suggestion}
          </span>
        )}
      </span>
    </div>
  );
});
