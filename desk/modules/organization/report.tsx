import { useFormat } from '../../app/format.ts';
import { Notice } from '../../kit/notice.tsx';
import { type ImportReport, totalsOf } from './checking.ts';
import { useT } from './words.ts';

const figures = ['rows', 'adds', 'changes', 'same', 'bad'] as const;
const mostShown = 200;

/** What the workbook would change, sheet by sheet. */
export function Summary({ report }: { report: ImportReport }) {
  const t = useT();
  const format = useFormat();
  const totals = totalsOf(report);
  const name = (sheet: string) => t.or(`sheet_${sheet}`, sheet);
  return (
    <table className="or-table">
      <thead>
        <tr>
          <th>{t('sheet')}</th>
          {figures.map((figure) => (
            <th key={figure} className="num">
              {t(figure)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.summary.map((sheet) => (
          <tr key={sheet.sheet}>
            <td>{name(sheet.sheet)}</td>
            {figures.map((figure) => (
              <td key={figure} className={figure === 'bad' && sheet.bad > 0 ? 'num over' : 'num'}>
                {format.count(sheet[figure])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('total')}</th>
          {figures.map((figure) => (
            <td key={figure} className="num">
              <b>{format.count(totals[figure])}</b>
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}

/** Every cell that needs mending, and the workbook with these cells marked. */
export function Problems({ report }: { report: ImportReport }) {
  const t = useT();
  if (report.problems.length === 0) return null;
  const left = report.problems.length - mostShown;
  return (
    <section className="or-problems" aria-label={t('problems', { n: report.problems.length })}>
      <Notice kind="over">
        <b>{t('problems', { n: report.problems.length })}</b> {t('problemsHow')}{' '}
        {report.rejectedFileUrl && (
          <a className="link" href={report.rejectedFileUrl} download>
            {t('marked')}
          </a>
        )}
      </Notice>
      <table className="or-table">
        <thead>
          <tr>
            <th className="or-sheet">{t('sheet')}</th>
            <th className="num or-row">{t('row')}</th>
            <th className="or-column">{t('column')}</th>
            <th>{t('what')}</th>
          </tr>
        </thead>
        <tbody>
          {report.problems.slice(0, mostShown).map((problem) => (
            <tr key={`${problem.sheet} ${problem.row} ${problem.column} ${problem.message}`}>
              <td>{t.or(`sheet_${problem.sheet}`, problem.sheet)}</td>
              <td className="num">{problem.row}</td>
              <td>{problem.column}</td>
              <td className="or-message">{problem.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p className="soft small">{t('moreProblems', { n: left })}</p>}
    </section>
  );
}
