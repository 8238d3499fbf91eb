import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { outreachEndpoints as api, touchFindings, touchKinds } from '../../../contract/outreach.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { useCurrentInSight } from '../../kit/in-sight.ts';
import { Problem } from '../../kit/problem.tsx';
import { StateGlyph } from '../../kit/state-glyph.tsx';
import { usePlaceOf } from './place-of.ts';
import './outreach.css';
import { Rhythms } from './rhythms.tsx';
import { useT } from './words.ts';

type Figures = OutputOf<typeof api.share>;
type Figure = Figures['all'];

const tabs = ['found', 'asked', 'notCounted', 'touches', 'late', 'places', 'rhythm'] as const;
type Tab = (typeof tabs)[number];
type Finding = (typeof touchFindings)[number];
interface Search {
  show?: Tab;
  days?: number;
  unit?: number;
  /** Of the touches: only those that ended so. */
  found?: Finding;
}
/** What one list is asked for: the period of the figure and the unit chosen in its table. */
interface Asked {
  from: string;
  to: string;
  unitId: number | undefined;
}

/** One decimal place always, so that figures stand under each other. */
const tenths = (share: number): string => (share * 100).toFixed(1);

function ShareCell({ figure }: { figure: Figure }) {
  const t = useT();
  if (figure.share === null || figure.interval === null) return <span className="small soft">{t('few')}</span>;
  const [low, high] = figure.interval;
  return (
    <span className="or-share">
      <b>{t('percent', { n: tenths(figure.share) })}</b>
      <span className="or-bar" aria-hidden="true">
        <span style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
        <i style={{ left: `${figure.share * 100}%` }} />
      </span>
      <span className="small soft">{t('intervalOnly', { low: tenths(low), high: tenths(high) })}</span>
    </span>
  );
}

function Numbers({ figures, onOpen }: { figures: Figures; onOpen: (show: Tab, found?: Finding) => void }) {
  const t = useT();
  const { all, late, places } = figures;
  return (
    <dl className="or-numbers">
      <div>
        <dt>{t('share')}</dt>
        <dd>
          <button type="button" className="or-figure" onClick={() => onOpen('found')}>
            {all.share === null ? all.found : t('percent', { n: tenths(all.share) })}
          </button>
        </dd>
        <dd className="or-under small soft">
          <span className="nowrap">
            {t('ofAsked', { found: all.found })}{' '}
            <button type="button" className="or-count" onClick={() => onOpen('asked')}>
              {all.all}
            </button>
          </span>
          <span className="nowrap">
            {all.interval ? t('interval', { low: tenths(all.interval[0]), high: tenths(all.interval[1]) }) : t('few')}
          </span>
        </dd>
      </div>
      <div>
        <dt>{t('notCounted')}</dt>
        <dd>
          <button type="button" className="or-figure" onClick={() => onOpen('notCounted')}>
            {all.notCounted}
          </button>
        </dd>
        <dd className="or-under small soft">{t('notCountedMeans')}</dd>
      </div>
      <div>
        <dt>{t('touchesMade')}</dt>
        <dd>
          <button type="button" className="or-figure" onClick={() => onOpen('touches')}>
            {all.touches}
          </button>
        </dd>
        <dd className="or-under small soft">
          {touchFindings.map((found) => (
            <span key={found} className="nowrap">
              {t(found)}{' '}
              <button type="button" className="or-count" onClick={() => onOpen('touches', found)}>
                {all[found]}
              </button>
            </span>
          ))}
        </dd>
      </div>
      <div>
        <dt>{t('latePlaces')}</dt>
        <dd>
          <button type="button" className="or-figure" onClick={() => onOpen('late')}>
            {late}
          </button>
        </dd>
        <dd className="or-under small soft">
          <span className="nowrap">
            {t('ofPlaces')}{' '}
            <button type="button" className="or-count" onClick={() => onOpen('places')}>
              {places}
            </button>
          </span>
        </dd>
      </div>
    </dl>
  );
}

function Units({
  figures,
  unit,
  onOpen,
}: {
  figures: Figures;
  unit?: number;
  onOpen: (unit: number, show: Tab, found?: Finding) => void;
}) {
  const t = useT();
  const directory = useDirectory();
  return (
    <div className="or-scroll">
      <table className="or-table cards">
        <thead>
          <tr>
            <th scope="col">{t('unit')}</th>
            <th scope="col">{t('shareCol')}</th>
            <th scope="col" className="num">
              {t('tab_found')}
            </th>
            <th scope="col" className="num">
              {t('notCounted')}
            </th>
            <th scope="col" className="num">
              {t('touchesMade')}
            </th>
            <th scope="col" className="num">
              {t('nothing')}
            </th>
            <th scope="col" className="num">
              {t('latePlaces')}
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.units.map((one) => {
            const open = (show: Tab, text: string | number, found?: Finding) => (
              <button type="button" className="linkish" onClick={() => onOpen(one.unitId, show, found)}>
                {text}
              </button>
            );
            return (
              <tr key={one.unitId} aria-current={one.unitId === unit || undefined}>
                <th scope="row" className="lead">
                  {directory.nameOf(one.unitId)}
                </th>
                <td className="across">
                  <ShareCell figure={one} />
                </td>
                <td className="num" data-label={t('tab_found')}>
                  <span>
                    {open('found', one.found)} / {open('asked', one.all)}
                  </span>
                </td>
                <td className="num" data-label={t('notCounted')}>
                  {open('notCounted', one.notCounted)}
                </td>
                <td className="num" data-label={t('touchesMade')}>
                  {open('touches', one.touches)}
                </td>
                <td className="num" data-label={t('nothing')}>
                  {open('touches', one.nothing, 'nothing')}
                </td>
                <td className="num" data-label={t('latePlaces')}>
                  <span>
                    {open('late', one.late)} / {open('places', one.places)}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Needs({ asked, counted }: { asked: Asked; counted: 'yes' | 'no' | 'all' }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const list = useQuery({
    queryKey: ['outreach', 'needs', asked, counted],
    queryFn: () => call(api.needs, { ...asked, counted }),
    placeholderData: keepPreviousData,
  });
  if (list.error && !list.data)
    return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  if (!list.data) return null;
  const { rows, total, hidden } = list.data;
  if (total === 0)
    return counted === 'yes' ? (
      <Empty title={t('noneFound')}>{t('noneFoundHow')}</Empty>
    ) : (
      <Empty title={t(counted === 'all' ? 'noneAsked' : 'noneNotCounted')} />
    );
  return (
    <>
      <ul className="or-rows">
        {rows.map(({ request, touchId, touchPosition, requestPosition, why }) => (
          <li key={request.id} className="or-row">
            <StateGlyph state={request.state} work={request.work} />
            <Link className="linkish" to="/requests/$id" params={{ id: request.id } as never}>
              {request.number}
            </Link>
            <span className="cut">
              {request.text ?? directory.categoryName(request.categoryId)}
              <span className="small soft">
                {' '}
                · {directory.nameOf(request.siteId ?? request.unitId)} ·{' '}
                {request.dayOnly ? format.day(request.submittedAt) : format.moment(request.submittedAt)}
              </span>
            </span>
            <span className="small soft or-proof">
              {why
                ? t(`why_${why}`)
                : touchPosition !== null &&
                  requestPosition !== null &&
                  t('order', { touch: touchPosition, request: requestPosition })}
            </span>
            {touchId && (
              <Link className="linkish small" to="/outreach/$id" params={{ id: touchId } as never}>
                {t('toTouch')}
              </Link>
            )}
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className="small soft">{t('hidden', { n: hidden })}</p>}
      {total > rows.length + hidden && <p className="small soft">{t('cut', { n: rows.length + hidden })}</p>}
    </>
  );
}

function Touches({
  asked,
  found,
  onFound,
}: {
  asked: Asked;
  found: Finding | undefined;
  onFound: (found: Finding | undefined) => void;
}) {
  const t = useT();
  const format = useFormat();
  const placeOf = usePlaceOf();
  const [kind, setKind] = useState<(typeof touchKinds)[number] | ''>('');
  const list = useInfiniteQuery({
    queryKey: ['outreach', 'touches', asked, kind, found],
    queryFn: ({ pageParam }) =>
      call(api.touches, {
        ...asked,
        kind: kind || undefined,
        found,
        after: pageParam || undefined,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  if (list.error && !list.data)
    return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  const touches = list.data?.pages.flatMap((page) => page.touches) ?? [];
  return (
    <>
      <div className="row or-filters">
        <select
          className="input"
          aria-label={t('kind')}
          value={kind}
          onChange={(event) => setKind(event.target.value as typeof kind)}
        >
          <option value="">{t('allKinds')}</option>
          {touchKinds.map((one) => (
            <option key={one} value={one}>
              {t(one)}
            </option>
          ))}
        </select>
        <select
          className="input"
          aria-label={t('result')}
          value={found ?? ''}
          onChange={(event) => onFound((event.target.value || undefined) as typeof found)}
        >
          <option value="">{t('allResults')}</option>
          {touchFindings.map((one) => (
            <option key={one} value={one}>
              {t(one)}
            </option>
          ))}
        </select>
      </div>
      {list.data && touches.length === 0 ? (
        <Empty title={t('noneTouches')}>{t('noneTouchesHow')}</Empty>
      ) : (
        <ul className="or-rows">
          {touches.map((one) => (
            <li key={one.id} className="or-row">
              <span className={one.found === 'need' ? 'tag good' : 'tag'}>{t(one.found ?? 'openTouch')}</span>
              <Link className="linkish" to="/outreach/$id" params={{ id: one.id } as never}>
                {one.beganAt ? format.moment(one.beganAt) : format.date(one.day)}
              </Link>
              <span className="cut">
                {t(one.kind)} · {placeOf(one)}
                <span className="small soft"> · {one.by ?? t.or(one.role, one.role)}</span>
                {one.words && <span className="small soft"> · {one.words}</span>}
              </span>
              {one.minutes !== null && <span className="small soft">{t('minutes', { n: one.minutes })}</span>}
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button kind="plain" busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

/** Places that are late, or all that have a rhythm. */
function Places({ unitId, all }: { unitId: number | undefined; all: boolean }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const list = useQuery({
    queryKey: ['outreach', 'late', unitId, all],
    queryFn: () => call(api.late, { unitId, all: all ? 'yes' : 'no' }),
  });
  if (list.error && !list.data)
    return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  if (!list.data) return null;
  if (list.data.rows.length === 0) return <Empty title={t(all ? 'noPlaces' : 'noneLate')} />;
  return (
    <ul className="or-rows">
      {list.data.rows.map((one) => (
        <li key={`${one.siteId}/${one.kind}`} className="or-row">
          <span className={one.state === 'overdue' ? 'tag over' : one.state === 'today' ? 'tag near' : 'tag'}>
            {one.state === 'overdue'
              ? t('overdue', { n: one.daysLate })
              : t(one.state, { day: format.date(one.dueDay) })}
          </span>
          <span className="cut">
            {directory.nameOf(one.siteId)}{' '}
            <span className="small soft">{directory.nameOf(directory.unitOf(one.siteId)?.id)}</span>
          </span>
          <span className="small soft">
            {t(one.kind)} · {t('every', { n: one.everyDays })}
            {one.lastDay && ` · ${t('last', { day: format.date(one.lastDay) })}`}
            {one.running && ` · ${t('running', { who: one.running })}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Needs found before they were asked: the share, by unit, and what every number of it is made of. */
export default function SharePage() {
  const t = useT();
  const directory = useDirectory();
  const format = useFormat();
  const navigate = useNavigate();
  const { show = 'found', days = 28, unit, found: asFound } = useSearch({ strict: false }) as Search;
  const found = touchFindings.find((one) => one === asFound);
  const records = useRef<HTMLElement>(null);
  const go = (next: Search): void =>
    void navigate({ to: '/outreach/share', search: { show, days, unit, found, ...next } as never, replace: true });
  /** A figure above shows its records below, where they may be out of sight. */
  const open = (next: Search): void => {
    go({ found: undefined, ...next });
    records.current?.scrollIntoView({ block: 'nearest' });
  };
  const to = format.local(Date.now()).slice(0, 10);
  const from = new Date(Date.parse(`${to}T00:00:00Z`) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  const figures = useQuery({
    queryKey: ['outreach', 'share', from, to],
    queryFn: () => call(api.share, { from, to }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  const row = useCurrentInSight<HTMLElement>(`${show} ${figures.data !== undefined}`);
  if (figures.error && !figures.data)
    return <Problem title={t('loadFailed')} error={figures.error} onRetry={() => figures.refetch()} />;
  if (!figures.data) return null;
  const asked: Asked = { from, to, unitId: unit };
  return (
    <div className="or-page">
      <header>
        <h1 className="row">
          {t('shareTitle')}
          <span className="small soft">{t('period', { from: format.date(from), to: format.date(to) })}</span>
          <span className="grow" />
          <span className="nowrap">
            {[7, 28, 90].map((n) => (
              <button
                key={n}
                type="button"
                className="or-days"
                aria-pressed={n === days}
                onClick={() => go({ days: n })}
              >
                {t('days', { n })}
              </button>
            ))}
          </span>
        </h1>
        <p className="soft small">{t('shareLead')}</p>
      </header>
      <Numbers figures={figures.data} onOpen={(next, only) => open({ show: next, unit: undefined, found: only })} />
      {figures.data.units.length > 1 && (
        <Units
          figures={figures.data}
          unit={unit}
          onOpen={(unitId, next, only) => open({ unit: unitId, show: next, found: only })}
        />
      )}
      <section className="or-panel" ref={records} aria-label={t('records')}>
        <nav className="views" ref={row} aria-label={t('records')}>
          {tabs.map((tab) => (
            <button
              key={tab}
              type="button"
              aria-current={tab === show ? 'page' : undefined}
              onClick={() => go({ show: tab })}
            >
              {t(`tab_${tab}`)}
            </button>
          ))}
        </nav>
        {unit !== undefined && show !== 'rhythm' && (
          <p>
            <button type="button" className="chip on" onClick={() => go({ unit: undefined })}>
              {directory.nameOf(unit)} ×
            </button>
          </p>
        )}
        {show === 'found' && <Needs asked={asked} counted="yes" />}
        {show === 'asked' && <Needs asked={asked} counted="all" />}
        {show === 'notCounted' && <Needs asked={asked} counted="no" />}
        {show === 'touches' && <Touches asked={asked} found={found} onFound={(only) => go({ found: only })} />}
        {(show === 'late' || show === 'places') && <Places unitId={unit} all={show === 'places'} />}
        {show === 'rhythm' && <Rhythms />}
      </section>
    </div>
  );
}
