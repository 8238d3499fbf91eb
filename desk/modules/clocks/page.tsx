import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { clockEndpoints as api } from '../../../contract/clocks.ts';
import { call } from '../../app/api.ts';
import { Problem } from '../../kit/index.ts';
import { Calendars } from './calendars.tsx';
import './clocks.css';
import { Levels } from './levels.tsx';
import { Uses } from './uses.tsx';
import { Warnings } from './warnings.tsx';
import { useT } from './words.ts';

const parts = ['levels', 'calendars', 'uses', 'warnings'] as const;

/** What decides when a request is due and who is told: for whoever leads the desk. */
export default function ClocksPage() {
  const t = useT();
  const navigate = useNavigate();
  const { search } = useLocation();
  const part = parts.find((each) => each === (search as Record<string, unknown>).part) ?? 'levels';
  const query = useQuery({ queryKey: ['clocks'], queryFn: () => call(api.overview, {}) });
  if (query.error && !query.data)
    return <Problem title={t('loadFailed')} error={query.error} onRetry={query.refetch} />;
  const overview = query.data;
  return (
    <div className="ck-page">
      <header>
        <h1>{t('title')}</h1>
        <p className="soft small">{t('lead')}</p>
      </header>
      <nav className="ck-tabs" aria-label={t('parts')}>
        {parts.map((each) => (
          <button
            key={each}
            type="button"
            aria-current={each === part ? 'page' : undefined}
            onClick={() => void navigate({ to: '/clocks', search: { part: each } as never })}
          >
            {t(`part_${each}`)}
          </button>
        ))}
      </nav>
      <div className="ck-body" aria-busy={!overview || undefined}>
        {overview && part === 'levels' && <Levels levels={overview.levels} />}
        {overview && part === 'calendars' && <Calendars calendars={overview.calendars} />}
        {overview && part === 'uses' && <Uses overview={overview} />}
        {overview && part === 'warnings' && <Warnings steps={overview.warnings} />}
      </div>
    </div>
  );
}
