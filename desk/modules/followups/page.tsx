import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { followupEndpoints as api } from '../../../contract/followups.ts';
import { call } from '../../app/api.ts';
import { useNow } from '../../app/now.ts';
import { useKey } from '../../kit/keys.ts';
import { Problem } from '../../kit/problem.tsx';
import { CallList } from './call-list.tsx';
import { grouped, nextAfter, walk } from './grouping.ts';
import { type After, Sheet } from './sheet.tsx';
import { FollowupTabs } from './tabs.tsx';
import './followups.css';
import { useT } from './words.ts';

const openKey = 'lastmetre.followup.open';

/** A call that another page leads to. */
const callIn = (search: string): string | null => new URLSearchParams(search).get('call')?.replaceAll('"', '') || null;

/** The call list and the sheet of the call that is open; one completed call opens the next. */
export default function FollowupsPage() {
  const t = useT();
  const [openId, setOpenId] = useState<string | null>(() => callIn(location.search) ?? sessionStorage.getItem(openKey));
  /** The call in hand at this moment, for answers that come when another one may have been opened. */
  const inHand = useRef(openId);
  const [talkingId, setTalkingId] = useState<string | null>(null);
  const now = useNow(30_000);
  const list = useInfiniteQuery({
    queryKey: ['followups', 'list'],
    queryFn: ({ pageParam }) => call(api.list, { after: pageParam || undefined }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 30_000,
  });
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
    inHand.current = id;
    setOpenId(id);
  }, []);
  const gone = (id: string): After => {
    if (inHand.current !== id) return 'elsewhere';
    const next = nextAfter(order, id);
    open(next);
    return next ? 'next' : 'last';
  };
  const move = (by: 1 | -1) => {
    const at = order.findIndex((row) => row.id === openId);
    const next = order[Math.min(Math.max(at + by, 0), order.length - 1)];
    if (!next) return;
    open(next.id);
    document.querySelector(`[data-call="${next.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  useKey('j', () => move(1), { hint: t('keyNext') });
  useKey('k', () => move(-1), { hint: t('keyBefore') });

  if (list.error && !list.data)
    return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  return (
    <>
      <FollowupTabs />
      <div className="fu-page" data-open={openId !== null || undefined}>
        <CallList
          groups={groups}
          today={today}
          openId={openId}
          onOpen={open}
          more={list.hasNextPage ? () => list.fetchNextPage() : null}
        />
        {openId ? (
          <Sheet id={openId} today={today} onTalking={setTalkingId} onGone={gone} onBack={() => open(null)} />
        ) : (
          <p className="fu-choose soft">{order.length > 0 ? t('chooseCall') : ''}</p>
        )}
      </div>
    </>
  );
}
