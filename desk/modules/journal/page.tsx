import { useLocation, useNavigate } from '@tanstack/react-router';
import { Entries } from './entries.tsx';
import { Seals } from './seals.tsx';
import { Verification } from './verification.tsx';
import './journal.css';
import { useT } from './words.ts';

const views = ['entries', 'seals'] as const;
export interface JournalFilters {
  view: (typeof views)[number];
  action: string;
  recordId: string;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Filters of the journal, in the address bar. */
function useFilters(): [JournalFilters, (change: Partial<JournalFilters>) => void] {
  const search = useLocation().search as Record<string, unknown>;
  const navigate = useNavigate();
  const filters: JournalFilters = {
    view: search.view === 'seals' ? 'seals' : 'entries',
    action: textOf(search.action),
    recordId: textOf(search.recordId),
  };
  const change = (part: Partial<JournalFilters>) => {
    const next = { ...filters, ...part };
    void navigate({
      to: '/journal',
      search: {
        view: next.view === 'entries' ? undefined : next.view,
        action: next.action || undefined,
        recordId: next.recordId || undefined,
      } as never,
    });
  };
  return [filters, change];
}

/** The auditor's page: what was done, how it is sealed, and whether it still agrees. */
export default function JournalPage() {
  const t = useT();
  const [filters, change] = useFilters();
  return (
    <div className="jo-page">
      <header className="jo-head">
        <div>
          <h1>{t('title')}</h1>
          <p className="soft small">{t('lead')}</p>
        </div>
        <nav className="jo-views" aria-label={t('title')}>
          {views.map((view) => (
            <button
              key={view}
              type="button"
              className="jo-view"
              aria-current={filters.view === view ? 'page' : undefined}
              onClick={() => change({ view })}
            >
              {t(view)}
            </button>
          ))}
        </nav>
      </header>
      <Verification />
      {filters.view === 'entries' ? <Entries filters={filters} onChange={change} /> : <Seals />}
    </div>
  );
}
