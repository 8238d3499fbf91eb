import type { WarmthMeasure, WarmthWeek } from '../../../contract/watch.ts';
import { isTime, rounded, useFigures } from './figures.ts';
import { WarmthChart } from './warmth-chart.tsx';
import { useT } from './words.ts';

/** One measure of one place: what it says in words, the line, and the figures, each of which opens its records. */
export function WarmthCard({
  measure,
  weeks,
  onOpen,
}: {
  measure: WarmthMeasure;
  weeks: readonly WarmthWeek[];
  onOpen: (week: number) => void;
}) {
  const t = useT();
  const figures = useFigures();
  const last = weeks.findLast(({ drift }) => drift !== null);
  const drift = last?.drift;
  const verdict =
    drift?.byFifth && drift.outside ? 'both' : drift?.outside ? 'outside' : drift?.byFifth ? 'fifth' : 'steady';
  const bound = drift && {
    held: String(Math.round(drift.held)),
    bound: measure === 'attitude' ? drift.bound.toFixed(2) : String(Math.round(drift.bound)),
  };
  const titleOf = (one: WarmthWeek) =>
    [
      t('week', { n: one.week }),
      one.low !== null &&
        t('interval', {
          low: rounded(measure, one.low),
          high: one.high === null ? t('beyond') : rounded(measure, one.high),
        }),
      one.minutes !== null && figures.span(one.minutes),
      one.open > 0 && t('stillOpen', { n: one.open }),
      one.provisional && t('provisionalMeans'),
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <section className="wa-card" aria-labelledby={`wa-${measure}`} data-worse={verdict !== 'steady' || undefined}>
      <h2 id={`wa-${measure}`}>{t(`m_${measure}`)}</h2>
      <p className="soft small">{t(`means_${measure}`)}</p>
      <p>
        {drift && last ? (
          <>
            {verdict !== 'steady' && (
              <span className={drift.grey ? 'tag' : 'tag near'}>
                {t(verdict === 'fifth' ? 'mayBeChance' : 'alarms')}
              </span>
            )}{' '}
            {t(`said_${verdict}`, {
              from: last.week - 1,
              to: last.week,
              value: figures.long(measure, drift.value),
              base: figures.long(measure, drift.baseValue),
            })}{' '}
            {drift.grey && t('said_grey')}
          </>
        ) : (
          t('said_none')
        )}
      </p>
      {bound && (
        <p className="softer small">
          {t(isTime(measure) ? 'held_times' : measure === 'attitude' ? 'held_marks' : 'held_share', bound)}
        </p>
      )}
      <WarmthChart measure={measure} weeks={weeks} />
      <div className="wa-scroll">
        <table className="wa-weeks">
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">{t('figureRow')}</span>
              </th>
              {weeks.map(({ week }) => (
                <th key={week} scope="col">
                  {t('weekShort', { n: week })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t('figureRow')}</th>
              {weeks.map((one) => (
                <td key={one.week} title={titleOf(one)}>
                  {one.value === null ? (
                    <span className="softer">{one.n === 0 ? '–' : t('few')}</span>
                  ) : (
                    <button
                      type="button"
                      className={one.n !== null && one.n < 30 ? 'linkish grey' : 'linkish'}
                      aria-label={`${figures.long(measure, one.value)}, ${t('openRecords', { week: one.week, measure: t(`m_${measure}`), n: one.n ?? 0 })}${one.provisional ? `, ${t('provisional')}` : ''}`}
                      onClick={() => onOpen(one.week)}
                    >
                      {figures.short(measure, one.value)}
                    </button>
                  )}
                  {one.provisional && <sup title={t('provisionalMeans')}>*</sup>}
                </td>
              ))}
            </tr>
            <tr className="softer">
              <th scope="row">{t('countRow')}</th>
              {weeks.map((one) => (
                <td key={one.week}>{one.n === null ? t('few') : one.n}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}
