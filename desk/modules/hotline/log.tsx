import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { hotlineEndpoints as api, type callOutcomes, callViews } from '../../../contract/hotline.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Glyph } from '../../kit/glyph.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { TextField } from '../../kit/text-field.tsx';
import './hotline.css';
import { useT } from './room-words.ts';

type Figures = OutputOf<typeof api.figures>;
/** Which calls the list shows: those behind the figure that was pressed. */
interface Behind {
  view: (typeof callViews)[number];
  /** The day or the worst 24 hours; without them all that the figures count. */
  from?: string;
  to?: string;
  hour?: number;
  outcome?: (typeof callOutcomes)[number];
}
type Open = (behind: Behind) => void;
const dayMs = 86_400_000;
const dayFrom = (from: string) => ({ from, to: new Date(Date.parse(from) + dayMs).toISOString() });

/** A number that opens the calls it counts. */
function Count({ n, of, onOpen }: { n: number; of: string; onOpen: () => void }) {
  return n === 0 ? (
    0
  ) : (
    <button type="button" className="hl-count" aria-label={`${of} ${n}`} onClick={onOpen}>
      {n}
    </button>
  );
}

/** Offered and answered in time, one row of a table: a bar and the two numbers it is made of. */
function Share({
  name,
  offered,
  inTime,
  onOpen,
}: {
  name: string;
  offered: number;
  inTime: number;
  onOpen: (view: 'all' | 'in_time') => void;
}) {
  const format = useFormat();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="hl-barcell" aria-hidden="true">
        <span className="hl-track">
          <span style={{ width: offered === 0 ? 0 : `${(100 * inTime) / offered}%` }} />
        </span>
      </td>
      <td className="num">
        {offered === 0 ? (
          '–'
        ) : (
          <>
            <Count n={inTime} of={name} onOpen={() => onOpen('in_time')} /> /{' '}
            <Count n={offered} of={name} onOpen={() => onOpen('all')} />
          </>
        )}
      </td>
      <td className="num soft">{offered < 10 ? '' : format.percent(inTime / offered, 1)}</td>
    </tr>
  );
}

function SurgePanel() {
  const t = useT();
  const format = useFormat();
  const rule = useQuery({ queryKey: ['hotline', 'surge-rule'], queryFn: () => call(api.surgeRule, {}) });
  const [typed, setTyped] = useState<{ waiting?: string; answered?: string; minutes?: string }>({});
  const act = { refreshes: [['hotline']], onFail: notify.problem };
  const surge = useAct(api.surge, act);
  const save = useAct(api.setSurgeRule, {
    ...act,
    onDone: () => {
      setTyped({});
      notify.good(t('saved'));
    },
  });
  if (!rule.data) return null;
  const { mostWaiting, leastAnswered, promiseMinutes, history } = rule.data;
  const on = history[0]?.until === null;
  const waiting = typed.waiting ?? mostWaiting?.toString() ?? '';
  const answered = typed.answered ?? (leastAnswered === null ? '' : String(Math.round(leastAnswered * 100)));
  const minutes = typed.minutes ?? String(promiseMinutes);
  const whole = (text: string, least: number, most: number): boolean =>
    /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
  const right =
    (waiting === '' || whole(waiting, 1, 999)) &&
    (answered === '' || whole(answered, 5, 100)) &&
    whole(minutes, 5, 1440);
  return (
    <section className="hl-panel">
      <h2 className="row">
        {t('surge')}
        <span className="grow" />
        <Button kind={on ? undefined : 'main'} busy={surge.isPending} onClick={() => surge.mutate({ on: !on })}>
          {t(on ? 'surgeStop' : 'surgeStart')}
        </Button>
      </h2>
      <form
        className="hl-rule"
        onSubmit={(event) => {
          event.preventDefault();
          if (right)
            save.mutate({
              mostWaiting: waiting === '' ? null : Number(waiting),
              leastAnswered: answered === '' ? null : Number(answered) / 100,
              promiseMinutes: Number(minutes),
            });
        }}
      >
        <h3>{t('rule')}</h3>
        <TextField
          label={t('mostWaiting')}
          value={waiting}
          line={{ inputMode: 'numeric' }}
          onChange={(text) => setTyped({ ...typed, waiting: text })}
        />
        <TextField
          label={t('leastAnswered')}
          value={answered}
          line={{ inputMode: 'numeric' }}
          onChange={(text) => setTyped({ ...typed, answered: text })}
        />
        <TextField
          label={t('promiseMinutes')}
          value={minutes}
          line={{ inputMode: 'numeric' }}
          onChange={(text) => setTyped({ ...typed, minutes: text })}
        />
        <Button submit busy={save.isPending} disabled={!right || Object.keys(typed).length === 0}>
          {t('save')}
        </Button>
      </form>
      <ul className="small soft">
        {history.slice(0, 5).map((one) => (
          <li key={one.since}>
            {format.moment(one.since)} – {one.until ? format.moment(one.until) : ''} {t(`surgeWhy_${one.why}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Log({ since, behind, onChange }: { since: string; behind: Behind; onChange: Open }) {
  const t = useT();
  const format = useFormat();
  const place = useRef<HTMLElement>(null);
  const first = useRef(behind);
  const { view, from = since, to, hour, outcome } = behind;
  // A figure far above was pressed: the list comes to the reader.
  useEffect(() => {
    if (behind !== first.current) place.current?.scrollIntoView({ block: 'start' });
  }, [behind]);
  const list = useInfiniteQuery({
    queryKey: ['hotline', 'calls', view, from, to, hour, outcome],
    queryFn: ({ pageParam }) => call(api.calls, { view, from, to, hour, outcome, after: pageParam || undefined }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const calls = list.data?.pages.flatMap((page) => page.calls) ?? [];
  const narrowed = [
    behind.from && (to ? `${format.moment(behind.from)} – ${format.moment(to)}` : format.moment(behind.from)),
    hour !== undefined && t('hour', { n: hour }),
    outcome && t(outcome),
  ].filter((one): one is string => Boolean(one));
  return (
    <section className="hl-panel" ref={place} aria-label={t('log')}>
      <div className="hl-views">
        {callViews.map((one) => (
          <button
            key={one}
            type="button"
            className="hl-view"
            aria-pressed={one === view}
            onClick={() => onChange({ ...behind, view: one })}
          >
            {t(one === 'all' ? 'all' : `view_${one}`)}
          </button>
        ))}
        <span className="grow" />
        {narrowed.length > 0 && (
          <button type="button" className="chip on" onClick={() => onChange({ view })}>
            {narrowed.join(' · ')} <Glyph name="cross" />
            <span className="sr-only">{t('allAgain')}</span>
          </button>
        )}
      </div>
      {list.data && calls.length === 0 ? (
        <Empty title={t('noCalls')}>{t('noCallsHow')}</Empty>
      ) : (
        <div className="hl-scroll">
          <table className="hl-table">
            <thead>
              <tr>
                <th scope="col">{t('when')}</th>
                <th scope="col" className="num">
                  {t('waited')}
                </th>
                <th scope="col">{t('who')}</th>
                <th scope="col">{t('outcome')}</th>
                <th scope="col">{t('back')}</th>
              </tr>
            </thead>
            <tbody>
              {calls.map((one) => (
                <tr key={one.id}>
                  <td>{format.moment(one.offeredAt)}</td>
                  <td className={one.waited > 15 || !one.answeredAt ? 'num hl-late' : 'num'}>
                    {t('seconds', { n: Math.round(one.waited) })}
                  </td>
                  <td>{one.answeredAt ? [one.seat, one.operator].filter(Boolean).join(' · ') : t('givenUp')}</td>
                  <td>{one.outcome ? t.or(one.outcome, one.outcome) : one.endedAt ? '' : t('running')}</td>
                  <td>{one.callback ? t(`cb_${one.callback}`) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasNextPage && (
        <Button kind="plain" busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}

function Numbers({ figures, onOpen }: { figures: Figures; onOpen: Open }) {
  const t = useT();
  const format = useFormat();
  const { all, worstDay, outcomes, aim } = figures;
  const count = (n: number, of: string, behind: Behind): ReactNode => (
    <Count n={n} of={of} onOpen={() => onOpen(behind)} />
  );
  const short = all.offered > 0 && all.inTime / all.offered < aim;
  return (
    <>
      <dl className="hl-numbers-row">
        <div>
          <dt>{t('offeredCalls')}</dt>
          <dd>{count(all.offered, t('offeredCalls'), { view: 'all' })}</dd>
        </div>
        <div>
          <dt>{t('answered')}</dt>
          <dd>
            {count(all.answered, t('answered'), { view: 'answered' })}{' '}
            <span className="soft small">{all.offered > 0 && format.percent(all.answered / all.offered, 1)}</span>
          </dd>
        </div>
        <div>
          <dt>{t('inTime')}</dt>
          <dd className={short ? 'hl-late' : undefined}>
            {count(all.inTime, t('inTime'), { view: 'in_time' })}{' '}
            <span className="small">{all.offered > 0 && format.percent(all.inTime / all.offered, 1)}</span>
          </dd>
          <dd className="hl-aim">{t('aim', { aim: format.percent(aim) })}</dd>
        </div>
        <div>
          <dt>{t('givenUp')}</dt>
          <dd>{count(all.givenUp, t('givenUp'), { view: 'given_up' })}</dd>
        </div>
        <div>
          <dt>{t('wait')}</dt>
          <dd>
            {all.waitP50 ?? '–'} / {t('seconds', { n: all.waitP90 ?? '–' })}
          </dd>
        </div>
        <div>
          <dt>{t('worst')}</dt>
          <dd className="hl-plain">
            {worstDay ? (
              <>
                {t('worstFrom', { at: format.moment(worstDay.from) })}{' '}
                {count(worstDay.inTime, t('worst'), { view: 'in_time', ...dayFrom(worstDay.from) })} /{' '}
                {count(worstDay.offered, t('worst'), { view: 'all', ...dayFrom(worstDay.from) })}
              </>
            ) : (
              t('worstNone')
            )}
          </dd>
        </div>
      </dl>
      <p className="soft small">
        {t('outcomes')}
        {Object.entries(outcomes).map(([outcome, n]) => (
          <span key={outcome}>
            {' · '}
            {t.or(outcome, outcome)}{' '}
            {count(n, t.or(outcome, outcome), { view: 'all', outcome: outcome as Behind['outcome'] })}
          </span>
        ))}
      </p>
    </>
  );
}

/** The lead's page: how calls were answered, from the first ring; every figure opens to its calls. */
export default function HotlineLogPage() {
  const t = useT();
  const format = useFormat();
  const [days, setDays] = useState(7);
  const [behind, open] = useState<Behind>({ view: 'all' });
  const found = useQuery({
    queryKey: ['hotline', 'figures', days],
    queryFn: () => call(api.figures, { days }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <div className="page-waiting" aria-busy="true" />;
  // A day that was opened may lie outside the days now asked for.
  const choose = (n: number) => {
    setDays(n);
    open({ view: behind.view });
  };
  return (
    <div className="hl-logpage">
      <header className="row">
        <h1>{t('log')}</h1>
        {[1, 7, 30, 90].map((n) => (
          <button key={n} type="button" className="hl-view" aria-pressed={n === days} onClick={() => choose(n)}>
            {t('days', { n })}
          </button>
        ))}
      </header>
      <Numbers figures={found.data} onOpen={open} />
      <div className="hl-two">
        <section className="hl-panel">
          <h2>
            {t('byHour')} · {t('inTime')}
          </h2>
          <table className="hl-table hl-bars">
            <tbody>
              {found.data.byHour.map((one) => (
                <Share
                  key={one.hour}
                  name={t('hour', { n: one.hour })}
                  offered={one.offered}
                  inTime={one.inTime}
                  onOpen={(view) => open({ view, hour: one.hour })}
                />
              ))}
            </tbody>
          </table>
        </section>
        <div className="hl-column">
          <SurgePanel />
          {days > 1 && (
            <section className="hl-panel">
              <h2>
                {t('byDay')} · {t('inTime')}
              </h2>
              <table className="hl-table hl-bars">
                <tbody>
                  {found.data.byDay
                    .toReversed()
                    .slice(0, 31)
                    .map((one) => (
                      <Share
                        key={one.from}
                        name={format.day(one.from)}
                        offered={one.offered}
                        inTime={one.inTime}
                        onOpen={(view) => open({ view, ...dayFrom(one.from) })}
                      />
                    ))}
                </tbody>
              </table>
            </section>
          )}
        </div>
      </div>
      <Log since={found.data.from} behind={behind} onChange={open} />
    </div>
  );
}
