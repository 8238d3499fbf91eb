import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { planEndpoints as api, coverStates } from '../../../contract/plans.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Glyph, Problem } from '../../kit/index.ts';
import { Copies } from './copies.tsx';
import { coverGlyphs, coverWords } from './marks.tsx';
import './plans.css';
import { usePlanWords } from './words.ts';

type Coverage = OutputOf<typeof api.coverage>;
const hour = 3_600_000;
const width = 320;
const height = 96;
const left = 30;
const foot = 18;

/** How coverage came back: hours since the switch to the right, sites upward; the upright line stands at 24 hours. */
function Curve({ data }: { data: Coverage }) {
  const t = usePlanWords();
  const { curve, sites, asOf } = data;
  if (curve.length === 0 || sites === 0) return null;
  const since = new Date(curve[0]!.at).getTime();
  const until = Math.max(24 * hour, Math.min(new Date(asOf).getTime() - since, 30 * hour));
  const x = (at: number) => left + (Math.min(at - since, until) / until) * (width - left - 4);
  const y = (n: number) => 6 + (1 - n / sites) * (height - foot - 6);
  const steps = curve.flatMap((point, i) => {
    const at = new Date(point.at).getTime();
    return i === 0 ? [`${x(at)},${y(0)}`] : [`${x(at)},${y(curve[i - 1]!.covered)}`, `${x(at)},${y(point.covered)}`];
  });
  steps.push(`${x(new Date(asOf).getTime())},${y(curve.at(-1)!.covered)}`);
  const mark = x(since + 24 * hour);
  return (
    <section className="panel pl-curve" aria-labelledby="pl-curve">
      <h2 id="pl-curve">{t('curve')}</h2>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t('curveLabel', {
          h: Math.round((new Date(asOf).getTime() - since) / hour),
          n: curve.at(-1)!.covered,
        })}
      >
        <line className="axis" x1={left} x2={width - 4} y1={y(sites)} y2={y(sites)} strokeDasharray="2 3" />
        <line className="axis" x1={left} x2={width - 4} y1={y(0)} y2={y(0)} />
        <line className="limit" x1={mark} x2={mark} y1={2} y2={y(0)} />
        <text x={left - 4} y={y(sites) + 4} textAnchor="end">
          {sites}
        </text>
        <text x={left - 4} y={y(0) + 4} textAnchor="end">
          0
        </text>
        <text x={left} y={height - 3}>
          0 h
        </text>
        <text x={mark} y={height - 3} textAnchor="end">
          24 h
        </text>
        <polyline points={steps.join(' ')} />
      </svg>
    </section>
  );
}

/** Unit by site: which sites have measures of their own in force for the stage in force. Every cell opens its set. */
export default function CoveragePage() {
  const t = usePlanWords();
  const format = useFormat();
  const directory = useDirectory();
  const { data, error, refetch } = useQuery({
    queryKey: ['plans', 'coverage'],
    queryFn: () => call(api.coverage, {}),
    refetchInterval: 60_000,
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!data) return <div className="page-waiting" aria-busy="true" />;
  const asOf = new Date(data.asOf).getTime();
  // The stage that began last is the one that has to come back.
  const since = Math.max(...data.rows.map((row) => new Date(row.since).getTime()));
  const due = since + 24 * hour;
  const missing = data.sites - data.covered;
  return (
    <div className="pl-page">
      <header className="pl-head">
        <h1>{t('coverageTitle')}</h1>
        <p className="pl-big">
          <b>
            {data.covered}/{data.sites}
          </b>{' '}
          {data.rows.length > 0 && (
            <span className="soft">{t('sinceSwitch', { span: format.span(asOf - since) })}</span>
          )}{' '}
          {missing === 0 ? (
            <span className="state good">
              <Glyph name="tick" /> {t('allBack')}
            </span>
          ) : data.late > 0 ? (
            <span className="state over">
              <Glyph name="square" /> {t('overdue', { n: data.late })}
            </span>
          ) : (
            <span className="state near">
              <Glyph name="triangle" /> {t('within', { at: format.moment(new Date(due).toISOString()), n: data.sites })}
            </span>
          )}
        </p>
        <p className="small soft">{t('coverageLead')}</p>
      </header>
      <div className="pl-columns">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keyboard */}
        <section className="panel pl-scroll" aria-label={t('coverageTitle')} tabIndex={0}>
          <table className="pl-matrix">
            <thead>
              <tr>
                <th scope="col">{t('unit')}</th>
                <th scope="col">{t('unitPlan')}</th>
                <th scope="col" className="num">
                  {t('covered')}
                </th>
                <th scope="col">{t('sites')}</th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row) => (
                <tr key={row.unitId}>
                  <th scope="row">
                    {directory.nameOf(row.unitId)} <span className="small soft">{row.stage}</span>
                  </th>
                  <td>
                    {row.unitPlanId ? (
                      <Link
                        className={`pl-cell ${row.unitPlan}`}
                        to="/plans/$id"
                        params={{ id: row.unitPlanId } as never}
                        aria-label={`${t('unit_plan')} ${t(coverWords[row.unitPlan])}`}
                        title={t(coverWords[row.unitPlan])}
                      >
                        <Glyph name={coverGlyphs[row.unitPlan]} />
                      </Link>
                    ) : (
                      <span className="pl-cell none" title={t('none')}>
                        <Glyph name="dash" />
                      </span>
                    )}
                  </td>
                  <td className={row.late > 0 ? 'num over' : 'num'}>
                    {row.covered}/{row.sites}
                  </td>
                  <td>
                    <span className="pl-cells">
                      {row.cells.map((cell) => {
                        const site = directory.node(cell.siteId);
                        const label = t('openSet', {
                          site: `${site?.code ?? ''} ${directory.nameOf(cell.siteId)}`,
                          state: t(coverWords[cell.state]),
                        });
                        const inside = (
                          <>
                            <Glyph name={coverGlyphs[cell.state]} />
                            <span aria-hidden="true">{site?.code.slice(-2)}</span>
                          </>
                        );
                        return cell.planId ? (
                          <Link
                            key={cell.siteId}
                            className={`pl-cell ${cell.state}`}
                            to="/plans/$id"
                            params={{ id: cell.planId } as never}
                            aria-label={label}
                            title={label}
                          >
                            {inside}
                          </Link>
                        ) : (
                          <span
                            key={cell.siteId}
                            className={`pl-cell ${cell.state}`}
                            title={label}
                            role="img"
                            aria-label={label}
                          >
                            {inside}
                          </span>
                        );
                      })}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="pl-legend small soft">
            {coverStates.map((state) => (
              <span key={state}>
                <span className={`pl-cell ${state}`}>
                  <Glyph name={coverGlyphs[state]} />
                </span>{' '}
                {t(coverWords[state])}
              </span>
            ))}
          </p>
        </section>
        <div className="pl-side">
          <Curve data={data} />
          <Copies />
        </div>
      </div>
    </div>
  );
}
