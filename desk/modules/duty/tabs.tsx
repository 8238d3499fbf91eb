import { useNavigate } from '@tanstack/react-router';
import { may, useMe } from '../../app/session.tsx';
import { useT } from './words.ts';

const tabs = [
  { key: 'now', to: '/duty' },
  { key: 'teams', to: '/duty/teams' },
  { key: 'people', to: '/duty/people' },
  { key: 'orphans', to: '/duty/orphans' },
] as const;
export type Tab = (typeof tabs)[number]['key'];

/** The pages of duty; people and delegation are for those who plan or lead. */
export function Tabs({ at }: { at: Tab }) {
  const t = useT();
  const me = useMe();
  const navigate = useNavigate();
  return (
    <nav className="views" aria-label={t('title')}>
      {tabs
        .filter((tab) => tab.key !== 'people' || may(me, 'duty.plan'))
        .map((tab) => (
          <button
            key={tab.key}
            type="button"
            aria-current={tab.key === at ? 'page' : undefined}
            onClick={() => void navigate({ to: tab.to })}
          >
            {t(`tab_${tab.key}`)}
          </button>
        ))}
    </nav>
  );
}
