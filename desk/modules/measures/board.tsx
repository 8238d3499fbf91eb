import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import {
  measureEndpoints as api,
  type MeasureFigures,
  type ShownMeasures,
  shownMeasures,
} from '../../../contract/measures.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button, Empty, Glyph, type GlyphName, Problem } from '../../kit/index.ts';
import { MeasureRow } from './marks.tsx';
import { useT } from './words.ts';

/** What the board is narrowed to and which figure is open. */
export interface BoardSearch {
  day?: string;
  of?: ShownMeasures;
  /** Of the whole unit, or of the group's own. */
  unit?: number | 'group';
  site?: number;
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The most pressing thing of a place decides its mark. */
const worstFirst = ['redLapsed', 'lapsed', 'cannot', 'open', 'late', 'done'] as const;
type Worst = (typeof worstFirst)[number];
const cellGlyphs: Record<Worst, GlyphName> = {
  redLapsed: 'square',
  lapsed: 'square',
  cannot: 'dash',
  open: 'empty',
  late: 'half',
  done: 'tick',
};
const worstOf = (figures: MeasureFigures): Worst => worstFirst.find((one) => figures[one] > 0) ?? 'done';

/** Places on one day: every figure and every mark opens its records. */
export function Board({ search, onSearch }: { search: BoardSearch; onSearch: (next: BoardSearch) => void }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const board = useQuery({
    queryKey: ['measures', 'board', search.day],
    queryFn: () => call(api.board, { day: search.day }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  if (board.error && !board.data)
    return <Problem title={t('loadFailed')} error={board.error} onRetry={() => board.refetch()} />;
  if (!board.data) return <div className="page-waiting" aria-busy="true" />;
  const { day, today, all, units, asOf } = board.data;
  const open = (of: ShownMeasures, unit?: number | 'group', site?: number): void =>
    onSearch({ day: search.day, of, unit, site });
  const columns = ['due', 'done', 'late', 'open', 'lapsed', 'cannot', 'checked'] as const;
  return (
    <>
      <div className="me-days">
        <Button small aria-label={t('dayBefore')} onClick={() => onSearch({ day: dayAfter(day, -1) })}>
          <Glyph name="left" />
        </Button>
        <b>{format.date(day)}</b>
        <Button
          small
          aria-label={t('dayAfter')}
          disabled={day >= dayAfter(today, 1)}
          onClick={() => onSearch({ day: dayAfter(day, 1) === today ? undefined : dayAfter(day, 1) })}
        >
          →
        </Button>
        <span className="small soft">
          {t('asOf', { at: format.moment(asOf) })} · {t('census')}
        </span>
      </div>
      <dl className="me-figures">
        {shownMeasures.map((of) => (
          <div key={of}>
            <dt>{t(of)}</dt>
            <dd>
              <button
                type="button"
                className={`me-figure ${all[of] > 0 && (of === 'lapsed' || of === 'redLapsed') ? 'over' : ''}`}
                aria-pressed={search.of === of && !search.unit && !search.site}
                aria-label={`${t(of)} ${all[of]}`}
                onClick={() => open(of)}
              >
                {all[of]}
              </button>
            </dd>
          </div>
        ))}
      </dl>
      {units.length === 0 ? (
        <Empty title={t('noneBoard')}>{t('noneBoardHow')}</Empty>
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
          <section className="me-scroll" tabIndex={0} aria-label={t('sites')}>
            <table className="me-table">
              <thead>
                <tr>
                  <th scope="col">{t('unit')}</th>
                  {columns.map((of) => (
                    <th key={of} scope="col" className="num">
                      {t(of)}
                    </th>
                  ))}
                  <th scope="col">{t('sites')}</th>
                </tr>
              </thead>
              <tbody>
                {units.map((unit) => (
                  <tr key={unit.unitId ?? 0}>
                    <th scope="row">{unit.unitId === null ? t('group') : directory.nameOf(unit.unitId)}</th>
                    {columns.map((of) => (
                      <Count
                        key={of}
                        n={unit.all[of]}
                        of={of}
                        where={unit.unitId === null ? t('group') : directory.nameOf(unit.unitId)}
                        onOpen={() => open(of, unit.unitId ?? 'group')}
                      />
                    ))}
                    <td>
                      <span className="me-cells">
                        {unit.sites.map(({ siteId, figures }) => {
                          const worst = worstOf(figures);
                          const no = directory.node(siteId)?.code.split('-').at(-1) ?? '';
                          const said = `${no} ${t('cell', { site: directory.nameOf(siteId), ...figures })}`;
                          return (
                            <button
                              key={siteId}
                              type="button"
                              className="me-cell"
                              data-worst={worst}
                              aria-pressed={search.site === siteId}
                              aria-label={said}
                              title={said}
                              onClick={() => open(worst === 'done' ? 'due' : worst, unit.unitId ?? 'group', siteId)}
                            >
                              <Glyph name={cellGlyphs[worst]} />
                              {no}
                            </button>
                          );
                        })}
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <p className="me-legend">
            {t('legend')}
            {worstFirst.map((one) => (
              <span key={one}>
                <i className="me-cell" data-worst={one}>
                  <Glyph name={cellGlyphs[one]} />
                </i>
                {t(one)}
              </span>
            ))}
          </p>
        </>
      )}
      {search.of && <Records day={day} search={search} onClose={() => onSearch({ day: search.day })} />}
    </>
  );
}

function Count({ n, of, where, onOpen }: { n: number; of: ShownMeasures; where: string; onOpen: () => void }) {
  const t = useT();
  return (
    <td className="num">
      <button
        type="button"
        className={n > 0 && of === 'lapsed' ? 'me-count over' : 'me-count'}
        data-zero={n === 0 || undefined}
        aria-label={`${where} ${t(of)} ${n}`}
        onClick={onOpen}
      >
        {n}
      </button>
    </td>
  );
}

function Records({ day, search, onClose }: { day: string; search: BoardSearch; onClose: () => void }) {
  const t = useT();
  const directory = useDirectory();
  const asked = {
    day,
    show: search.of!,
    siteId: search.site,
    ...(search.unit === 'group' ? { level: 'group' as const } : { unitId: search.unit }),
  };
  const records = useQuery({
    queryKey: ['measures', 'records', asked],
    queryFn: () => call(api.records, asked),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  const where = search.unit === 'group' ? t('group') : directory.nameOf(search.site ?? search.unit) || t('allPlaces');
  const panel = useRef<HTMLElement>(null);
  // What was opened stands below the board: it comes into sight, once its rows are there.
  const opened = `${search.of}/${search.unit}/${search.site}/${records.data !== undefined}`;
  useEffect(() => {
    if (opened) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [opened]);
  return (
    <section className="me-panel" aria-labelledby="me-records" ref={panel}>
      <header>
        <h2 id="me-records">{t('recordsOf', { what: `${where} · ${t(search.of!)}` })}</h2>
        {records.data && (
          <span className="small soft">
            {records.data.rows.length < records.data.total
              ? t('cutAt', { n: records.data.rows.length, all: records.data.total })
              : t('total', { n: records.data.total })}
          </span>
        )}
        <button type="button" className="linkish" onClick={onClose}>
          {t('close')}
        </button>
      </header>
      {records.error && !records.data ? (
        <Problem title={t('loadFailed')} error={records.error} onRetry={() => records.refetch()} />
      ) : (
        <ul className="me-list">
          {records.data?.rows.map((due) => (
            <MeasureRow key={due.id} due={due} />
          ))}
          {records.data?.rows.length === 0 && <li className="soft">{t('none')}</li>}
        </ul>
      )}
    </section>
  );
}
