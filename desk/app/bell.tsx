import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { messageEndpoints as api } from '../../contract/messages.ts';
import { Glyph } from '../kit/glyph.tsx';
import { call } from './api.ts';
import { defineWords, useWords } from './words.ts';

const words = defineWords({
  messages: ['消息', 'Messages'],
  unread: ['消息，{n} 条未读，{c} 条待确认', 'Messages, {n} unread, {c} to confirm'],
});

/** How many messages wait; the live stream makes the count anew, and once a minute it asks by itself. */
export function Bell() {
  const t = useWords(words);
  const { data } = useQuery({
    queryKey: ['messages', 'counts'],
    queryFn: () => call(api.messageCounts, {}),
    refetchInterval: 60_000,
  });
  const waiting = data?.waiting ?? 0;
  return (
    <Link
      className="bell"
      to="/messages"
      aria-label={t('unread', { n: data?.unread ?? 0, c: data?.toConfirm ?? 0 })}
      title={t('messages')}
      data-some={waiting > 0 || undefined}
    >
      <Glyph name="bell" />
      <span className="bell-count" aria-hidden="true">
        {waiting > 99 ? '99+' : waiting}
      </span>
    </Link>
  );
}
