import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  watchEndpoints as api,
  type EquityMeasure,
  type EquityPair,
  type EquitySide,
  equityMeasures,
  equityPairs,
  equitySides,
  type GapRow,
  type WatchRecord,
} from '../../../contract/watch.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { Empty, Problem } from '../../kit/index.ts';
import { GapTrend } from './gap-trend.tsx';
import { PlaceChoice, usePlace } from './place.tsx';
import { Records } from './records.tsx';
import { WatchTabs } from './tabs.tsx';
import './watch.css';
import { useT } from './words.ts';

interface Opened {
  nodeId: number;
  week: number;
  pair: EquityPair;
  side: EquitySide;
  measure: EquityMeasure;
}

/** Where more is worse. */
const moreIsWorse = (measure: EquityMeasure): boolean => measure === 'time';

function SideRecords({ of, onClose }: { of: Opened; onClose: () => void }) {
  const t = useT();
  const may = useMay();
  const directory = useDirectory();
  const { data, error, refetch } = useQuery({
    queryKey: ['watch', 'equity-records', of],
    queryFn: () => call(api.equityRecords, of),
  });
  const { pair, side, measure } = of;
  const tell = (row: WatchRecord) => {
    if (row.value === null) return '–';
    if (measure === 'attitude') return String(row.value);
    if (measure === 'time') return row.open ? t('stillWaiting') : t('percent', { n: Math.round(row.value) });
    return t(row.value > 0 ? 'yes' : 'no');
  };
  return (
    <Records
      title={t('recordsTitle', {
        place: `${directory.nameOf(of.nodeId)} · ${t(`side_${pair}_${side}`)}`,
        week: of.week,
        measure: t(`e_${measure}`),
      })}
      figure={t(`e_${measure}`)}
      found={data}
      error={error}
      onRetry={refetch}
      onClose={onClose}
      note={measure === 'attitude' && !may('followups.call') ? t('marksKept') : undefined}
      tell={tell}
    />
  );
}

function Pair({
  pair,
  week,
  gaps,
  onOpen,
}: {
  pair: EquityPair;
  week: number;
  gaps: readonly GapRow[];
  onOpen: (measure: EquityMeasure, side: EquitySide) => void;
}) {
  const t = useT();
  const value = (measure: EquityMeasure, one: number | null) =>
    one === null ? t('tooFew') : measure === 'attitude' ? one.toFixed(2) : t('percent', { n: Math.round(one) });
  const signed = (measure: EquityMeasure, one: number) => {
    const text = Math.abs(one).toFixed(measure === 'attitude' ? 2 : 1);
    return Number(text) === 0 ? text : `${one > 0 ? '+' : '−'}${text}`;
  };
  const gapText = (measure: EquityMeasure, one: { gap: number; low: number; high: number }) =>
    t('gapText', {
      gap: signed(measure, one.gap),
      low: signed(measure, one.low),
      high: signed(measure, one.high),
    });
  const verdict = (row: GapRow) => {
    if (row.gap === null || row.low === null || row.high === null) return <span className="softer">–</span>;
    if (row.low <= 0 && row.high >= 0) return <span className="soft">{t('noGap')}</span>;
    const worse = row.gap > 0 === moreIsWorse(row.measure);
    return (
      <span className={worse ? 'tag near' : 'tag'}>
        {t(worse ? 'firstWorse' : 'firstBetter', { side: t(`side_${pair}_first`) })}
      </span>
    );
  };
  return (
    <section className="wa-card" aria-labelledby={`wa-${pair}`}>
      <h2 id={`wa-${pair}`}>{t(`pair_${pair}`)}</h2>
      <p className="soft small">{t(`pairMeans_${pair}`)}</p>
      <div className="wa-scroll">
        <table className="wa-table wa-gaps cards">
          <thead>
            <tr>
              <th scope="col">{t('col_measure')}</th>
              <th scope="col">{t('col_verdict')}</th>
              {equitySides.map((side) => (
                <th key={side} scope="col" className="n">
                  {t(`side_${pair}_${side}`)}
                </th>
              ))}
              <th scope="col">{t('col_gap')}</th>
              <th scope="col" title={t('col_likeMeans')}>
                {t('col_like')}
              </th>
              <th scope="col">{t('col_trend')}</th>
            </tr>
          </thead>
          <tbody>
            {equityMeasures.map((measure) => {
              const weeks = gaps.filter((one) => one.pair === pair && one.measure === measure);
              const row = weeks.find((one) => one.week === week);
              if (!row) return null;
              const n = { first: row.firstN, other: row.otherN };
              const figure = { first: row.firstValue, other: row.otherValue };
              return (
                <tr key={measure}>
                  <th scope="row" className="lead" title={t(`eMeans_${measure}`)}>
                    {t(`e_${measure}`)}
                  </th>
                  <td className="across" data-label={t('col_verdict')}>
                    {verdict(row)}
                  </td>
                  {equitySides.map((side) => (
                    <td key={side} className="n across" data-label={t(`side_${pair}_${side}`)}>
                      <span>
                        {figure[side] === null ? (
                          <span className="softer">{value(measure, null)}</span>
                        ) : (
                          <button
                            type="button"
                            className={(n[side] ?? 0) < 30 ? 'linkish grey' : 'linkish'}
                            aria-label={`${value(measure, figure[side])}, ${t('openSide', { side: t(`side_${pair}_${side}`), n: n[side] ?? 0 })}`}
                            onClick={() => onOpen(measure, side)}
                          >
                            {value(measure, figure[side])}
                          </button>
                        )}{' '}
                        <span className="softer small">{n[side] === null ? '' : t('nOf', { n: n[side] })}</span>
                      </span>
                    </td>
                  ))}
                  <td className="across" data-label={t('col_gap')}>
                    {row.gap === null || row.low === null || row.high === null
                      ? '–'
                      : gapText(measure, { gap: row.gap, low: row.low, high: row.high })}
                  </td>
                  <td className="soft across" data-label={t('col_like')}>
                    {row.like ? gapText(measure, row.like) : '–'}
                  </td>
                  <td className="across" data-label={t('col_trend')}>
                    <GapTrend
                      rows={weeks}
                      label={t('trendOf', {
                        measure: t(`e_${measure}`),
                        values: weeks
                          .map(
                            (one) =>
                              `${t('weekShort', { n: one.week })} ${one.gap === null ? '–' : signed(measure, one.gap)}`,
                          )
                          .join(', '),
                      })}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The same for everybody: gaps between hours, employments and sizes of site, with what they rest on. */
export default function EquityPage() {
  const t = useT();
  const format = useFormat();
  const { nodeId, go } = usePlace('/watch/equity');
  const [chosen, setChosen] = useState<number | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['watch', 'equity', nodeId],
    queryFn: () => call(api.equity, { nodeId }),
    placeholderData: (before) => before,
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  const weeks = [...new Set(data?.gaps.map(({ week }) => week) ?? [])].sort((a, b) => b - a);
  const week = weeks.find((one) => one === chosen) ?? weeks[0];
  return (
    <div className="wa-page" aria-busy={isPending || undefined}>
      <WatchTabs />
      <header className="wa-head">
        <h1>{t('tab_equity')}</h1>
        <p className="soft small">{t('equityLead')}</p>
        {data && data.nodeId !== null && (
          <div className="row wa-place">
            <PlaceChoice
              reach={data.reach}
              nodeId={data.nodeId}
              lineId={null}
              lines={false}
              onGo={(node) => go(node)}
            />
            {week !== undefined && (
              <label className="row">
                <span className="small soft">{t('weekTo')}</span>
                <select className="input" value={week} onChange={(event) => setChosen(Number(event.target.value))}>
                  {weeks.map((one) => (
                    <option key={one} value={one}>
                      {t('week', { n: one })}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </div>
        )}
        <p className="softer small">
          {data?.campaign && t('campaign', { week: data.campaign.week })}
          {data?.asOf && ` · ${t('asOf', { at: format.moment(data.asOf) })}`}
        </p>
      </header>
      {data && week === undefined && <Empty title={t('notYet')}>{t('notYetHow')}</Empty>}
      {data &&
        data.nodeId !== null &&
        week !== undefined &&
        equityPairs.map((pair) => (
          <Pair
            key={pair}
            pair={pair}
            week={week}
            gaps={data.gaps}
            onOpen={(measure, side) => setOpened({ nodeId: data.nodeId!, week, pair, measure, side })}
          />
        ))}
      {opened && <SideRecords of={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
