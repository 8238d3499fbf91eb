import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { likenessEndpoints as api } from '../../../contract/likeness.ts';
import { call } from '../../app/api.ts';
import { Empty } from '../../kit/empty.tsx';
import { useKey } from '../../kit/keys.ts';
import { Problem } from '../../kit/problem.tsx';
import './likeness.css';
import { isCooled, TopicCard } from './topic-card.tsx';
import type { Topic } from './topic-name.ts';
import { useT } from './words.ts';

const shownDays = 30;

function List({
  topics,
  openId,
  onShow,
}: {
  topics: readonly Topic[];
  openId: string | undefined;
  onShow: (id: string | undefined) => void;
}) {
  return (
    <ol className="ht-list">
      {topics.map((topic) => (
        <TopicCard
          key={topic.id}
          topic={topic}
          open={topic.id === openId}
          onOpen={() => onShow(topic.id === openId ? undefined : topic.id)}
        />
      ))}
    </ol>
  );
}

/** Hot topics within sight, hottest first. */
export default function TopicsPage() {
  const t = useT();
  const navigate = useNavigate();
  const { open: openId } = useSearch({ strict: false }) as { open?: string };
  const topics = useQuery({
    queryKey: ['topics', 'list'],
    queryFn: ({ signal }) => call(api.topics, { days: shownDays }, { signal }),
    refetchInterval: 60_000,
  });
  const all = topics.data?.topics ?? [];
  const hot = all.filter((one) => !isCooled(one));
  const cooled = all.filter(isCooled);
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
      {topics.data && hot.length === 0 && <Empty title={t('none')}>{t('noneHow')}</Empty>}
      <List topics={hot} openId={openId} onShow={show} />
      {cooled.length > 0 && <h2 className="ht-part">{t('cooledPart', { n: shownDays })}</h2>}
      <List topics={cooled} openId={openId} onShow={show} />
    </div>
  );
}
