import { useQuery } from '@tanstack/react-query';
import { reportEndpoints as api } from '../../../contract/reports.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Problem } from '../../kit/problem.tsx';
import { useT } from './words.ts';

const marks = { on_time: '✓', late: '◔', silent: '✗', waiting: '·' } as const;

/** The last fourteen days, place by place; a column opens its day. */
export function Matrix({ form, onDay }: { form: string; onDay: (day: string) => void }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const { data, error, refetch } = useQuery({
    queryKey: ['reports', 'matrix', form],
    queryFn: () => call(api.matrix, { form }),
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!data) return null;
  return (
    <div className="rp-panel">
      <p className="rp-bar rp-legend small soft">
        {(['on_time', 'late', 'silent', 'waiting'] as const).map((each) => (
          <span key={each}>
            {marks[each]} {t(each)}
          </span>
        ))}
        <span>* {t('amended')}</span>
      </p>
      <table className="rp-table rp-matrix">
        <thead>
          <tr>
            <th scope="col">{t('place')}</th>
            {data.days.map((day) => (
              <th key={day} scope="col">
                <button
                  type="button"
                  className="linkish small"
                  aria-label={`${Number(day.slice(8))} · ${format.date(day)}`}
                  onClick={() => onDay(day)}
                >
                  {Number(day.slice(8))}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.nodeId}>
              <th scope="row">{directory.nameOf(row.nodeId)}</th>
              {row.cells.map((cell, i) => (
                <td key={data.days[i]}>
                  {cell && (
                    <span
                      className="rp-cell"
                      data-timing={cell.timing}
                      title={`${t(cell.timing)}${cell.heads === null ? '' : ` · ${cell.heads}`}`}
                    >
                      {marks[cell.timing]}
                      {cell.amended && '*'}
                      <span className="sr-only">{t(cell.timing)}</span>
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
