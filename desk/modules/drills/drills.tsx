import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { drillEndpoints as api } from '../../../contract/drills.ts';
import { call } from '../../app/api.ts';
import { Empty, Problem } from '../../kit/index.ts';
import { DrillRows } from './drill-rows.tsx';
import { Tabs } from './tabs.tsx';
import { useT } from './words.ts';

const views = ['open', 'to_assess', 'mine', 'closed'] as const;
const viewWords = { open: 'allOpen', to_assess: 'toAssess', mine: 'mine', closed: 'closedView' } as const;

/** Drills: planned, running, waiting for the observer's word, closed. */
export default function DrillsPage() {
  const t = useT();
  const navigate = useNavigate();
  const { view = 'open' } = useSearch({ strict: false }) as { view?: (typeof views)[number] };
  const { data, error, refetch } = useQuery({
    queryKey: ['drills', 'list', view],
    queryFn: () => call(api.drills, { view }),
    placeholderData: keepPreviousData,
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  return (
    <div className="rd-page">
      <Tabs />
      <header className="rd-head">
        <h1>{t('tab_drills')}</h1>
        <div className="rd-views">
          {views.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === view}
              onClick={() => void navigate({ to: '/readiness/drills', search: { view: one } as never, replace: true })}
            >
              {t(viewWords[one])} <span className="soft">{data?.counts[one] ?? ''}</span>
            </button>
          ))}
        </div>
      </header>
      {data && data.drills.length === 0 ? (
        <Empty title={t('noDrills')}>{t('noDrillsHow')}</Empty>
      ) : (
        data && <DrillRows drills={data.drills} />
      )}
    </div>
  );
}
