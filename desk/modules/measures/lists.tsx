import { useQuery } from '@tanstack/react-query';
import { measureEndpoints as api } from '../../../contract/measures.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { randomId } from '../../app/identifier.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Empty, notify, Problem } from '../../kit/index.ts';
import { MeasureRow } from './marks.tsx';
import { useT } from './words.ts';

const refetchInterval = 30_000;

/** What lapsed and nobody did since: red lines first, with whom to ring. */
export function Lapses() {
  const t = useT();
  const query = useQuery({ queryKey: ['measures', 'lapses'], queryFn: () => call(api.lapses, {}), refetchInterval });
  if (query.error && !query.data)
    return <Problem title={t('loadFailed')} error={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) return <div className="page-waiting" aria-busy="true" />;
  const { rows, total } = query.data;
  if (rows.length === 0) return <Empty title={t('noneLapses')} />;
  return (
    <section className="me-panel" aria-label={t('tab_lapses')}>
      <span className="small soft">
        {rows.length < total ? t('cutAt', { n: rows.length, all: total }) : t('total', { n: total })}
      </span>
      <ul className="me-list">
        {rows.map(({ due, ring, daysRunning }) => (
          <MeasureRow key={due.id} due={due}>
            <span className="me-side small">
              {daysRunning > 1 && <span className="tag over">{t('running', { n: daysRunning })}</span>}
              {ring.map(({ name, number }) => (
                <a key={name} className="link" href={`tel:${number}`}>
                  {t('ring', { name, number: number ?? '' })}
                </a>
              ))}
            </span>
          </MeasureRow>
        ))}
      </ul>
    </section>
  );
}

/** Who says it cannot be done and has no answer, longest first. */
export function Cannots() {
  const t = useT();
  const query = useQuery({ queryKey: ['measures', 'cannots'], queryFn: () => call(api.cannots, {}), refetchInterval });
  if (query.error && !query.data)
    return <Problem title={t('loadFailed')} error={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) return <div className="page-waiting" aria-busy="true" />;
  if (query.data.rows.length === 0) return <Empty title={t('noneCannots')}>{t('noneCannotsHow')}</Empty>;
  return (
    <section className="me-panel" aria-label={t('tab_cannots')}>
      <ul className="me-list">
        {query.data.rows.map((due) => (
          <MeasureRow key={due.id} due={due} />
        ))}
      </ul>
    </section>
  );
}

/** Today's draw of what was done, to be looked at with its evidence. */
export function Sample() {
  const t = useT();
  const query = useQuery({ queryKey: ['measures', 'sample'], queryFn: () => call(api.sample, {}), refetchInterval });
  if (query.error && !query.data)
    return <Problem title={t('loadFailed')} error={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) return <div className="page-waiting" aria-busy="true" />;
  return (
    <>
      <p className="soft small">{t('sampleLead', { n: query.data.checkedToday })}</p>
      {query.data.rows.length === 0 ? (
        <Empty title={t('noneSample')}>{t('noneSampleHow')}</Empty>
      ) : (
        <section className="me-panel" aria-label={t('tab_sample')}>
          <ul className="me-list">
            {query.data.rows.map((due) => (
              <MeasureRow key={due.id} due={due} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** What this person answers for today; late ones first. */
export function Mine() {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const query = useQuery({ queryKey: ['measures', 'mine'], queryFn: () => call(api.mine, {}), refetchInterval });
  const happened = useAct(api.happened, {
    refreshes: [['measures']],
    onDone: ({ due }) => notify.good(t('happenedDone', { at: format.moment(due) })),
    onFail: notify.problem,
  });
  if (query.error && !query.data)
    return <Problem title={t('loadFailed')} error={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) return <div className="page-waiting" aria-busy="true" />;
  const { rows, events, asOf, day } = query.data;
  const order = ['lapsed', 'open', 'cannot', 'done'];
  const shown = rows
    .filter((one) => one.from <= asOf && (one.day <= day || one.state !== 'done' || one.doneAt! >= one.from))
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.due.localeCompare(b.due));
  return (
    <>
      {shown.length === 0 ? (
        <Empty title={t('noneMine')}>{t('noneMineHow')}</Empty>
      ) : (
        <section className="me-panel" aria-label={t('tab_mine')}>
          <ul className="me-list">
            {shown.map((due) => (
              <MeasureRow key={due.id} due={due} />
            ))}
          </ul>
        </section>
      )}
      {events.length > 0 && (
        <section className="me-panel" aria-labelledby="me-events">
          <h2 id="me-events">{t('events')}</h2>
          <p className="small soft">{t('eventsHow')}</p>
          <ul className="me-list">
            {events.map((event) => (
              <li key={event.lineId} className="me-row">
                <span className="small soft">{t('within', { n: event.minutes })}</span>
                <span className="me-what">
                  <span className="cut">
                    {nameIn(event.title, language)} {event.red && <span className="tag over">{t('red')}</span>}
                  </span>
                  <span className="small soft cut">{event.where}</span>
                </span>
                <span />
                <Button
                  busy={happened.isPending}
                  aria-label={`${t('happened')} ${nameIn(event.title, language)}`}
                  onClick={() => happened.mutate({ id: event.lineId, occurrenceId: randomId() })}
                >
                  {t('happened')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
