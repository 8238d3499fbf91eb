import { useLocation, useNavigate } from '@tanstack/react-router';
import { useT } from './words.ts';

const tabs = [
  ['/stages', 'tab_now'],
  ['/stages/preview', 'tab_preview'],
  ['/stages/history', 'tab_history'],
] as const;

export function StageTabs() {
  const t = useT();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <nav className="views" aria-label={t('title')}>
      {tabs.map(([route, word]) => (
        <button
          key={route}
          type="button"
          aria-current={pathname === route ? 'page' : undefined}
          onClick={() => void navigate({ to: route })}
        >
          {t(word)}
        </button>
      ))}
    </nav>
  );
}
