import { Link } from '@tanstack/react-router';
import { type MouseEvent, memo } from 'react';
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
      {row.priority === 'urgent' && <span className="tag strong">{t('priority_urgent')}</span>}
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
  onSelect: (id: string) => void;
  onOpen: (id: string) => void;
}

/** One request on one line. Its link covers the line, so that a click selects, a second opens and Ctrl opens a tab. */
export const QueueRow = memo(function QueueRow({ row, selected, onSelect, onOpen }: Props) {
  const t = useT();
  const directory = useDirectory();
  const category = directory.category(row.categoryId);
  const suggestion = row.lineId === null ? directory.lineName(category?.lineId) : '';
  const place = directory.nameOf(row.siteId ?? row.unitId);
  const [, day, serial] = row.number.split('-');
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.detail === 0) return;
    event.preventDefault();
    if (event.detail > 1) onOpen(row.id);
    else onSelect(row.id);
  };
  return (
    <>
      <span className="cell-due">
        {row.clock ? (
          <DeadlineClock due={row.clock.due} from={row.clock.from} paused={row.clock.paused} />
        ) : (
          <span className="softer">{t('noClock')}</span>
        )}
      </span>
      <span className="cell-number small softer">
        <Link
          className="row-link"
          to="/requests/$id"
          params={{ id: row.id } as never}
          tabIndex={selected ? 0 : -1}
          aria-current={selected || undefined}
          onClick={follow}
        >
          {day?.slice(2)}-<span className="soft">{serial}</span>
        </Link>
      </span>
      <span className="cell-category cut">{directory.categoryName(row.categoryId)}</span>
      <span className="cell-site cut">{place}</span>
      <span className="cell-text">
        <Excerpt row={row} />
        <span className="grow" />
        <Tags row={row} />
      </span>
      <span className="cell-state cut">
        <StateGlyph state={row.state} work={row.work} />
      </span>
      <span className="cell-line cut">
        {row.lineId !== null ? (
          directory.lineName(row.lineId)
        ) : (
          <span className="suggestion" title={t('suggested')}>
            {suggestion}
          </span>
        )}
      </span>
    </>
  );
});
