import { useInfiniteQuery } from '@tanstack/react-query';
import {
  messageEndpoints as api,
  type Channel,
  type Delivery,
  deliveryReasons,
  messageWords,
} from '../../../contract/messages.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { say, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Log } from '../../kit/log.tsx';
import { notify } from '../../kit/notify.tsx';
import { useT } from './channel-words.ts';

const states = ['dead', 'waiting', 'sent', 'dropped'] as const;

/** Which deliveries the log shows: those behind the figure that was pressed. */
export interface Shown {
  state: (typeof states)[number];
  channelId?: number;
}

/** What went out, what waits and what was given up: to whom, never what was said. */
export function Deliveries({
  channels,
  shown,
  onChange,
}: {
  channels: Channel[];
  shown: Shown;
  onChange: (shown: Shown) => void;
}) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const { state, channelId } = shown;
  const list = useInfiniteQuery({
    queryKey: ['channels', 'deliveries', state, channelId],
    queryFn: ({ pageParam }) => call(api.deliveries, { state, channelId, after: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 30_000,
  });
  const again = useAct(api.sendAgain, {
    refreshes: [['channels']],
    onDone: ({ waiting }) => notify.good(t('againDone', { n: waiting })),
    onFail: notify.problem,
  });
  const all = list.data?.pages.flatMap(({ deliveries }) => deliveries) ?? [];
  const nameOf = new Map(channels.map(({ id, name }) => [id, name]));
  const reasonOf = ({ reason, answer }: Delivery): string =>
    [
      reason && reason in deliveryReasons
        ? say(deliveryReasons[reason as keyof typeof deliveryReasons], language)
        : reason,
      answer,
    ]
      .filter(Boolean)
      .join(' · ');
  // What it was about, without its number: the sentence's record is left out.
  const about = ({ kind, purpose }: Delivery): string =>
    kind && purpose !== 'chase'
      ? say(messageWords[kind], language, { label: '…', nudges: '…', silent: '…', at: '…' })
      : t(purpose);
  return (
    <Log
      label={t('log')}
      states={states}
      state={state}
      word={(each) => t(each)}
      onState={(next) => onChange({ ...shown, state: next })}
      only={
        channelId === undefined
          ? undefined
          : { name: nameOf.get(channelId) ?? '', leave: t('everyChannel'), onLeave: () => onChange({ state }) }
      }
      act={
        state === 'dead' &&
        all.length > 0 && (
          <Button
            small
            busy={again.isPending}
            onClick={() => again.mutate({ ids: all.slice(0, 200).map(({ id }) => id) })}
          >
            {t('againAll', { n: Math.min(all.length, 200) })}
          </Button>
        )
      }
      query={list}
      rows={list.data && all}
      empty={t(`none_${state}`)}
      row={(one) => (
        <li key={one.id} className="ms-delivery">
          <time className="soft small" dateTime={one.createdAt} title={format.full(one.createdAt)}>
            {format.moment(one.createdAt)}
          </time>
          <span>{nameOf.get(one.channelId)}</span>
          <span>{one.to ?? (one.purpose === 'requester' ? t('aRequester') : t('aGroup'))}</span>
          <span className="soft small">
            {about(one)}
            {one.reason && <span className="ms-why">{reasonOf(one)}</span>}
          </span>
          <span className="soft small">{t('attempts', { n: one.attempts })}</span>
          {one.state === 'dead' && (
            <Button small busy={again.isPending} onClick={() => again.mutate({ ids: [one.id] })}>
              {t('again')}
            </Button>
          )}
        </li>
      )}
    />
  );
}
