import { useLocation, useNavigate } from '@tanstack/react-router';
import './lessons.css';
import { useT } from './words.ts';

const tabs = [
  ['/lessons', 'tab_reviews'],
  ['/lessons/all', 'tab_list'],
] as const;

/** Looks back by stage and unit; lessons by what they say. */
export function Tabs() {
  const t = useT();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <nav className="views ls-tabs" aria-label={t('title')}>
      {tabs.map(([route, word]) => (
        <button
          key={route}
          type="button"
          aria-current={(route === '/lessons') === (pathname === '/lessons') ? 'page' : undefined}
          onClick={() => void navigate({ to: route })}
        >
          {t(word)}
        </button>
      ))}
    </nav>
  );
}
