import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { measureEndpoints as api } from '../../../contract/measures.ts';
import { call } from '../../app/api.ts';
import { useMay } from '../../app/session.tsx';
import { Board, type BoardSearch } from './board.tsx';
import { Cannots, Lapses, Mine, Sample } from './lists.tsx';
import './measures.css';
import { useT } from './words.ts';

const tabs = ['board', 'mine', 'lapses', 'cannots', 'sample'] as const;
type Tab = (typeof tabs)[number];
type Search = BoardSearch & { show?: Tab };

/** Measures as work: today's board, what lapsed and whom to ring, who cannot and waits, what is drawn to be checked. */
export default function MeasuresPage() {
  const t = useT();
  const may = useMay();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Search;
  const works = may('measures.work');
  const checks = may('measures.check');
  const offered = tabs.filter((tab) => (tab === 'mine' ? works : tab === 'sample' ? checks : true));
  // Who only does measures begins with their own; who watches begins with the board.
  const usual: Tab = works && !checks ? 'mine' : 'board';
  const show = search.show && offered.includes(search.show) ? search.show : usual;
  const counts = useQuery({
    queryKey: ['measures', 'board', undefined],
    queryFn: () => call(api.board, {}),
    refetchInterval: 30_000,
  }).data;
  const go = (next: Search): void => void navigate({ to: '/measures', search: next as never });
  const many: Partial<Record<Tab, number | undefined>> = {
    lapses: counts?.lapsedNow,
    cannots: counts?.unanswered,
    sample: counts?.toCheck,
  };
  return (
    <div className="me-page">
      <header>
        <h1>{t('title')}</h1>
        <p className="soft small">{t('lead')}</p>
      </header>
      <nav className="views" aria-label={t('views')}>
        {offered.map((tab) => (
          <button
            key={tab}
            type="button"
            aria-current={tab === show ? 'page' : undefined}
            onClick={() => go({ show: tab })}
          >
            {t(`tab_${tab}`)}
            {many[tab] !== undefined && <span>{many[tab]}</span>}
          </button>
        ))}
      </nav>
      {show === 'board' && <Board search={search} onSearch={(next) => go({ ...next, show: 'board' })} />}
      {show === 'mine' && <Mine />}
      {show === 'lapses' && <Lapses />}
      {show === 'cannots' && <Cannots />}
      {show === 'sample' && <Sample />}
    </div>
  );
}
