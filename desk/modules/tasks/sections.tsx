import { Link, useLocation } from '@tanstack/react-router';
import { useT } from './words.ts';

const sections = [
  { to: '/tasks', word: 'tasks' },
  { to: '/directives', word: 'directives' },
  { to: '/problems', word: 'problems' },
] as const;

/** What belongs together: tasks, the directives they carry out, the hard problems they are part of. */
export function Sections() {
  const t = useT();
  const { pathname } = useLocation();
  return (
    <nav className="ta-sections" aria-label={t('sections')}>
      {sections.map(({ to, word }) => (
        <Link key={to} to={to} aria-current={pathname.startsWith(to) ? 'page' : undefined} activeProps={{}}>
          {t(word)}
        </Link>
      ))}
    </nav>
  );
}
