import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { likenessEndpoints as api } from '../../../contract/likeness.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { StateGlyph } from '../../kit/state-glyph.tsx';
import { type Topic, useTopicName } from './topic-name.ts';
import { useT } from './words.ts';

const shownFrom = 0.5;

/** Nobody has spoken of it lately beyond what is usual. */
export const isCooled = (topic: Topic): boolean => topic.heat < shownFrom;

/** Seven days as bars; the figures stand in its name. */
function Trend({ values }: { values: readonly number[] }) {
  const t = useT();
  const most = Math.max(1, ...values);
  return (
    <svg
      className="ht-trend"
      viewBox="0 0 56 20"
      role="img"
      aria-label={`${t('trend')}${t('colon')}${values.join(t('comma'))}`}
    >
      {values.map((value, i) => {
        const height = Math.max(1, (value / most) * 20);
        // Days have no other name than their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is fixed
        return <rect key={i} x={i * 8} y={20 - height} width={6} height={height} />;
      })}
    </svg>
  );
}

/** One hot topic: how hot, where, since when; opened, its requests and what can be done with them together. */
export function TopicCard({ topic, open, onOpen }: { topic: Topic; open: boolean; onOpen: () => void }) {
  const t = useT();
  const format = useFormat();
  const nameOf = useTopicName();
  return (
    <li className="ht-card" id={`topic-${topic.id}`} data-open={open || undefined}>
      <div className="ht-heat" title={t('heatHow')}>
        <span className="small softer">{t('heat')}</span>
        <b>{isCooled(topic) ? '—' : topic.heat.toFixed(1)}</b>
        <Trend values={topic.trend} />
      </div>
      <button type="button" className="ht-name" aria-expanded={open} onClick={onOpen}>
        {nameOf(topic)}
      </button>
      <p className="ht-facts small soft">
        <span>{t('people', { n: topic.people })}</span>
        <span>{t('requests', { n: topic.requests, open: topic.open })}</span>
        {topic.siteId === null && <span>{t('sites', { n: topic.siteIds.length })}</span>}
        <span>{t('usual', { n: topic.usual })}</span>
        <span>{t('since', { from: format.moment(topic.firstAt), last: format.moment(topic.lastAt) })}</span>
        {isCooled(topic) && <span className="tag">{t('cooled')}</span>}
        {topic.groupCaseId && <span className="tag info">{t('groupCase')}</span>}
      </p>
      {open && <Opened topic={topic} />}
    </li>
  );
}

function Opened({ topic }: { topic: Topic }) {
  const t = useT();
  const directory = useDirectory();
  const mayDispatch = useMay()('cases.dispatch');
  const [asking, setAsking] = useState(false);
  const list = useQuery({
    queryKey: ['topics', 'one', topic.id],
    queryFn: ({ signal }) => call(api.topic, { id: topic.id }, { signal }),
  });
  const gather = useAct(api.gather, {
    refreshes: [['topics'], ['requests'], ['request'], ['alike']],
    onDone: ({ joined, left }) => {
      setAsking(false);
      const out = left.map((one) => `${one.number} ${t(`left_${one.why}`)}`).join(t('comma'));
      notify.good(
        [t('done_gather', { n: joined.length }), out && t('left', { list: out })].filter(Boolean).join(t('stop')),
      );
    },
    onFail: notify.problem,
  });
  if (list.error && !list.data)
    return <Problem title={t('listFailed')} error={list.error} onRetry={() => list.refetch()} />;
  const rows = list.data?.rows ?? [];
  const waiting = rows.filter(
    (row) => row.caseId === null && isOpen(row.state) && ['new', 'returned'].includes(row.work),
  );
  const worked = rows.find((row) => row.caseId !== null && row.caseId === topic.groupCaseId);
  const lineId = worked?.lineId ?? directory.category(topic.categoryId)?.lineId ?? null;
  return (
    <div className="ht-more" aria-busy={list.isPending || undefined}>
      {mayDispatch && list.data && (
        <p className="row">
          {waiting.length > 0 && lineId !== null ? (
            <Button kind="main" small busy={gather.isPending} onClick={() => setAsking(true)}>
              {t(topic.groupCaseId ? 'gatherMore' : 'gather', { n: waiting.length })}
            </Button>
          ) : (
            <span className="small softer">{t('nothingWaits')}</span>
          )}
        </p>
      )}
      <ol>
        {rows.map((row) => (
          <li key={row.id}>
            <Link className="link" to="/requests/$id" params={{ id: row.id } as never}>
              {row.number}
            </Link>
            <StateGlyph state={row.state} work={row.work} />
            <p>{row.text}</p>
          </li>
        ))}
      </ol>
      {asking && (
        <Dialog open title={t('gatherTitle')} onClose={() => setAsking(false)}>
          <p>{t('gatherLead', { n: waiting.length, line: directory.lineName(lineId) })}</p>
          <div className="row">
            <Button
              kind="main"
              busy={gather.isPending}
              onClick={() =>
                gather.mutate({ id: topic.id, requests: waiting.map(({ id, version }) => ({ id, version })) })
              }
            >
              {t('confirm')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('cancel')}</Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

const isOpen = (state: string): boolean => ['received', 'in_work', 'reopened'].includes(state);
