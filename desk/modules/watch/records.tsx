import { Link } from '@tanstack/react-router';
import type { WatchRecord } from '../../../contract/watch.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Dialog, Problem, StateGlyph } from '../../kit/index.ts';
import { useT } from './words.ts';

interface Found {
  rows: readonly WatchRecord[];
  kept: number | null;
  more: boolean;
}

/** The records behind a figure. Whoever may read the request opens it; a follow-up lead opens the call. */
export function Records({
  title,
  figure,
  found,
  error,
  onRetry,
  onClose,
  note,
  tell,
}: {
  title: string;
  /** What the column of figures is. */
  figure: string;
  found: Found | undefined;
  error: unknown;
  onRetry: () => void;
  onClose: () => void;
  note?: string;
  tell: (row: WatchRecord) => string;
}) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const number = (row: WatchRecord) =>
    row.opens ? (
      <Link className="link" to="/requests/$id" params={{ id: row.requestId } as never}>
        {row.number}
      </Link>
    ) : row.callId ? (
      <Link className="link" to="/followups" search={{ call: row.callId } as never}>
        {row.number}
      </Link>
    ) : (
      row.number
    );
  return (
    <Dialog open wide title={title} onClose={onClose}>
      {error && !found ? <Problem title={t('loadFailed')} error={error} onRetry={onRetry} /> : null}
      {!found && !error && <div className="page-waiting" aria-busy="true" />}
      {found && (
        <>
          {note && <p className="soft small">{note}</p>}
          {found.rows.length === 0 && <p className="soft">{t('recordsNone')}</p>}
          {found.kept !== 0 && (
            <p className="soft small">{found.kept === null ? t('keptFew') : t('kept', { n: found.kept })}</p>
          )}
          {found.more && <p className="soft small">{t('more')}</p>}
          {found.rows.length > 0 && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by keyboard
            <section className="wa-records" aria-label={title} tabIndex={0}>
              <table className="wa-table">
                <thead>
                  <tr>
                    <th scope="col">{t('col_number')}</th>
                    <th scope="col" className="n">
                      {figure}
                    </th>
                    <th scope="col">{t('col_state')}</th>
                    <th scope="col">{t('col_day')}</th>
                    <th scope="col">{t('col_category')}</th>
                    <th scope="col">{t('col_place')}</th>
                    <th scope="col">{t('col_line')}</th>
                  </tr>
                </thead>
                <tbody>
                  {found.rows.map((row) => (
                    <tr key={row.requestId}>
                      <td>{number(row)}</td>
                      <td className="n">{tell(row)}</td>
                      <td>
                        <StateGlyph state={row.state} work={row.work} />
                      </td>
                      <td>{format.day(row.day)}</td>
                      <td>{directory.categoryName(row.categoryId)}</td>
                      <td>{directory.nameOf(row.siteId ?? row.unitId)}</td>
                      <td>{directory.lineName(row.lineId)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
        </>
      )}
    </Dialog>
  );
}
