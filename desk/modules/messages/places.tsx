import { Link } from '@tanstack/react-router';
import { useMay } from '../../app/session.tsx';
import { useT } from './words.ts';

/** The pages of messages beside each other. */
export function Places({ at }: { at: 'inbox' | 'asked' | 'preferences' }) {
  const t = useT();
  const may = useMay();
  const pages = [
    { key: 'inbox', to: '/messages', word: t('title') },
    ...(may('messages.chase') ? [{ key: 'asked', to: '/messages/asked', word: t('asked') }] : []),
    { key: 'preferences', to: '/messages/preferences', word: t('preferences') },
  ];
  return (
    <nav className="ms-places" aria-label={t('title')}>
      {pages
        .filter(({ key }) => key !== at)
        .map(({ key, to, word }) => (
          <Link key={key} className="link" to={to}>
            {word}
          </Link>
        ))}
    </nav>
  );
}
