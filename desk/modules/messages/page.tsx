import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageEndpoints as api } from '../../../contract/messages.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { useKey } from '../../kit/keys.ts';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { Switch } from '../../kit/switch.tsx';
import { MessageRow } from './message-row.tsx';
import './messages.css';
import { Places } from './places.tsx';
import { useT } from './words.ts';

const views = ['unread', 'confirm', 'all'] as const;
type View = (typeof views)[number];
const emptyOf = { unread: 'emptyUnread', confirm: 'emptyConfirm', all: 'emptyAll' } as const;

/** What somebody was told: newest first, each leading to its record. */
export default function MessagesPage() {
  const t = useT();
  const [view, setView] = useState<View>('unread');
  const [openId, setOpenId] = useState<string | null>(null);
  const list = useInfiniteQuery({
    queryKey: ['messages', 'inbox', view],
    queryFn: ({ pageParam }) => call(api.inbox, { view, after: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const read = useAct(api.open, { refreshes: [['messages']], onFail: notify.problem });
  const all = list.data?.pages.flatMap(({ messages }) => messages) ?? [];
  const counts = list.data?.pages[0]?.counts;
  const unread = all.filter(({ openedAt }) => openedAt === null).map(({ id }) => id);
  const open = all.find(({ id }) => id === openId) ?? all[0];
  const move = (by: 1 | -1) => {
    const at = open ? all.indexOf(open) : 0;
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (!next) return;
    setOpenId(next.id);
    document.getElementById(`message-${next.id}`)?.focus();
  };
  useKey('j', () => move(1), { hint: t('next') });
  useKey('k', () => move(-1), { hint: t('before') });
  if (list.error && !list.data)
    return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  return (
    <div className="ms-page" aria-busy={list.isPending || undefined}>
      <header className="ms-head">
        <div>
          <h1>{t('title')}</h1>
          <p className="soft small">{t('lead')}</p>
        </div>
        <Places at="inbox" />
        <Switch
          label={t('views')}
          options={views}
          value={view}
          word={(each) => (
            <>
              {t(each)}
              {each !== 'all' && counts && <span>{each === 'unread' ? counts.unread : counts.toConfirm}</span>}
            </>
          )}
          onChange={setView}
        />
        {unread.length > 0 && (
          <Button small busy={read.isPending} onClick={() => read.mutate({ ids: unread.slice(0, 200) })}>
            {t('readAll')}
          </Button>
        )}
      </header>
      {list.data && all.length === 0 && <Empty title={t(emptyOf[view])}>{t('emptyHow')}</Empty>}
      <ol className="ms-list">
        {all.map((message) => (
          <MessageRow
            key={message.id}
            message={message}
            onOpen={() => message.openedAt === null && read.mutate({ ids: [message.id] })}
          />
        ))}
      </ol>
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </div>
  );
}
