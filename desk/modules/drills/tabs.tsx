import { useLocation, useNavigate } from '@tanstack/react-router';
import './readiness.css';
import { useT } from './words.ts';

const tabs = [
  ['/readiness', 'tab_matrix'],
  ['/readiness/risks', 'tab_risks'],
  ['/readiness/drills', 'tab_drills'],
  ['/readiness/near-misses', 'tab_misses'],
] as const;

/** The four sheets of readiness. */
export function Tabs() {
  const t = useT();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const current = [...tabs].reverse().find(([route]) => pathname === route || pathname.startsWith(`${route}/`));
  return (
    <nav className="views rd-tabs" aria-label={t('title')}>
      {tabs.map(([route, word]) => (
        <button
          key={route}
          type="button"
          aria-current={current?.[0] === route ? 'page' : undefined}
          onClick={() => void navigate({ to: route })}
        >
          {t(word)}
        </button>
      ))}
    </nav>
  );
}
