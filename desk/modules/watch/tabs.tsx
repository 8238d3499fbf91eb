import { useLocation, useNavigate } from '@tanstack/react-router';
import { useT } from './words.ts';

const tabs = [
  ['/watch', 'tab_warmth'],
  ['/watch/equity', 'tab_equity'],
] as const;

/** Both watches; the place that is looked at goes along. */
export function WatchTabs() {
  const t = useT();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const { node } = search as Record<string, unknown>;
  return (
    <nav className="views wa-tabsrow" aria-label={t('title')}>
      {tabs.map(([route, word]) => (
        <button
          key={route}
          type="button"
          aria-current={pathname === route ? 'page' : undefined}
          onClick={() => void navigate({ to: route, search: { node } as never })}
        >
          {t(word)}
        </button>
      ))}
    </nav>
  );
}
