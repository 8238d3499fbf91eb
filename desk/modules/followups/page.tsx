import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { followupEndpoints as api } from '../../../contract/followups.ts';
import { call } from '../../app/api.ts';
import { Problem } from '../../kit/index.ts';
import { CallList } from './call-list.tsx';
import { grouped, nextAfter, walk } from './grouping.ts';
import { useKeys } from './keys.ts';
import { Sheet } from './sheet.tsx';
import './followups.css';
import { useT } from './words.ts';

const openKey = 'lastmetre.followup.open';

/** The call list and the sheet of the call that is open; one completed call opens the next. */
export default function FollowupsPage() {
  const t = useT();
  const [openId, setOpenId] = useState<string | null>(() => sessionStorage.getItem(openKey));
  const [talkingId, setTalkingId] = useState<string | null>(null);
  const [now, setNow] = useState(Date.now);
  const list = useInfiniteQuery({
    queryKey: ['followups', 'list'],
    queryFn: ({ pageParam }) => call(api.list, { after: pageParam || undefined }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 30_000,
  });
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);

  const groups = useMemo(
    () => grouped(list.data?.pages.flatMap((page) => page.rows) ?? [], talkingId, now),
    [list.data, talkingId, now],
  );
  const order = useMemo(() => walk(groups), [groups]);
  const today = list.data?.pages[0]?.today ?? null;

  const open = useCallback((id: string | null) => {
    if (id) sessionStorage.setItem(openKey, id);
    else sessionStorage.removeItem(openKey);
    setTalkingId(null);
    setOpenId(id);
  }, []);
  const gone = (id: string): boolean => {
    const next = nextAfter(order, id);
    open(next);
    return next !== null;
  };
  useKeys(order.length > 0, (key) => {
    if (key !== 'j' && key !== 'k') return false;
    const at = order.findIndex((row) => row.id === openId);
    const next = order[Math.min(Math.max(at + (key === 'j' ? 1 : -1), 0), order.length - 1)]!;
    open(next.id);
    document.querySelector<HTMLElement>(`[data-call="${next.id}"]`)?.scrollIntoView({ block: 'nearest' });
    return true;
  });

  if (list.error && !list.data) return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  return (
    <div className="fu-page" data-open={openId !== null || undefined}>
      <CallList groups={groups} today={today} openId={openId} onOpen={open} more={list.hasNextPage ? () => list.fetchNextPage() : null} />
      {openId ? (
        <Sheet id={openId} today={today} onTalking={setTalkingId} onGone={gone} onBack={() => open(null)} />
      ) : (
        <p className="fu-choose soft">{order.length > 0 ? t('chooseCall') : ''}</p>
      )}
    </div>
  );
}
