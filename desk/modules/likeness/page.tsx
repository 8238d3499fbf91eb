import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { likenessEndpoints as api } from '../../../contract/likeness.ts';
import { call } from '../../app/api.ts';
import { Empty } from '../../kit/empty.tsx';
import { useKey } from '../../kit/keys.ts';
import { Problem } from '../../kit/problem.tsx';
import './likeness.css';
import { TopicCard } from './topic-card.tsx';
import { useT } from './words.ts';

/** Hot topics within sight, hottest first. */
export default function TopicsPage() {
  const t = useT();
  const navigate = useNavigate();
  const { open: openId } = useSearch({ strict: false }) as { open?: string };
  const topics = useQuery({
    queryKey: ['topics', 'list'],
    queryFn: ({ signal }) => call(api.topics, {}, { signal }),
    refetchInterval: 60_000,
  });
  const all = topics.data?.topics ?? [];
  const show = (id: string | undefined) =>
    void navigate({ to: '/topics', search: (id ? { open: id } : {}) as never, replace: true });
  const move = (by: 1 | -1) => {
    const at = all.findIndex(({ id }) => id === openId);
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (!next) return;
    show(next.id);
    document.getElementById(`topic-${next.id}`)?.scrollIntoView({ block: 'nearest' });
  };
  useKey('j', () => move(1), { hint: t('next') });
  useKey('k', () => move(-1), { hint: t('before') });
  if (topics.error && !topics.data)
    return <Problem title={t('loadFailed')} error={topics.error} onRetry={() => topics.refetch()} />;
  return (
    <div className="ht-page" aria-busy={topics.isPending || undefined}>
      <header className="ht-head">
        <h1>{t('topics')}</h1>
        <p className="soft small">{t('topicsLead')}</p>
      </header>
      {topics.data && all.length === 0 && <Empty title={t('none')}>{t('noneHow')}</Empty>}
      <ol className="ht-list">
        {all.map((topic) => (
          <TopicCard
            key={topic.id}
            topic={topic}
            open={topic.id === openId}
            onOpen={() => show(topic.id === openId ? undefined : topic.id)}
          />
        ))}
      </ol>
    </div>
  );
}
