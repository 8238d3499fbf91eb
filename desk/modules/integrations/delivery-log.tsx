import { useInfiniteQuery } from '@tanstack/react-query';
import { webhookEndpoints as api, attemptReasons, type Subscription } from '../../../contract/webhooks.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { say, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Log } from '../../kit/log.tsx';
import { notify } from '../../kit/notify.tsx';
import { useT } from './words.ts';

const states = ['all', 'waiting', 'sent', 'dead', 'dropped'] as const;

/** Which deliveries the log shows: those behind the figure that was pressed. */
export interface Shown {
  state: (typeof states)[number];
  subscriptionId?: string;
}

/** What went out, what waits and what was given up: which state of which request, to whom, and what came back. */
export function DeliveryLog({
  subscriptions,
  shown,
  onChange,
}: {
  subscriptions: Subscription[];
  shown: Shown;
  onChange: (shown: Shown) => void;
}) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const { state, subscriptionId } = shown;
  const list = useInfiniteQuery({
    queryKey: ['webhooks', 'log', state, subscriptionId],
    queryFn: ({ pageParam }) =>
      call(api.deliveries, { state: state === 'all' ? undefined : state, subscriptionId, after: pageParam, limit: 20 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 5_000,
  });
  const again = useAct(api.resend, {
    refreshes: [['webhooks']],
    onDone: () => notify.good(t('againDone')),
    onFail: notify.problem,
  });
  const all = list.data?.pages.flatMap(({ deliveries }) => deliveries) ?? [];
  if (subscriptions.length === 0 && state === 'all' && all.length === 0) return null;
  const nameOf = new Map(subscriptions.map(({ id, name }) => [id, name]));
  return (
    <Log
      label={t('log')}
      states={states}
      state={state}
      word={(each) => t(each === 'all' ? 'all' : `state_${each}`)}
      onState={(next) => onChange({ ...shown, state: next })}
      only={
        subscriptionId === undefined
          ? undefined
          : {
              name: nameOf.get(subscriptionId) ?? t('off'),
              leave: t('everyTarget'),
              onLeave: () => onChange({ state }),
            }
      }
      query={list}
      rows={list.data && all}
      empty={t('noLog')}
      row={(one) => (
        <li key={one.id} className="ig-delivery">
          <time className="soft small" dateTime={one.createdAt} title={format.full(one.createdAt)}>
            {format.moment(one.createdAt)}
          </time>
          <span>{nameOf.get(one.subscriptionId) ?? t('off')}</span>
          <span>
            {one.position === null ? '' : `${one.subject} · `}
            {t.or(one.type.slice(one.type.lastIndexOf('.') + 1), one.type)}
            {one.position !== null && <span className="soft small"> #{one.position}</span>}
          </span>
          <span className="soft small">
            {t(`state_${one.state}`)} · {t('attempts', { n: one.attempts })}
            {one.status !== null && ` · ${one.status}`}
            {one.reason &&
              ` · ${one.reason in attemptReasons ? say(attemptReasons[one.reason as 'gone'], language) : one.reason}`}
            {one.nextAt && one.attempts > 0 && ` · ${t('next', { at: format.moment(one.nextAt) })}`}
          </span>
          {['sent', 'dead', 'dropped'].includes(one.state) &&
          one.reason !== 'withdrawn' &&
          nameOf.has(one.subscriptionId) ? (
            <Button small busy={again.isPending} onClick={() => again.mutate({ id: one.id })}>
              {t('again')}
            </Button>
          ) : (
            <span />
          )}
        </li>
      )}
    />
  );
}
