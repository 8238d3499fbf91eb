import { Link, useLocation } from '@tanstack/react-router';
import type { Permission } from '../../../contract/permissions.ts';
import { useMay } from '../../app/session.tsx';
import { useCurrentInSight } from '../../kit/in-sight.ts';
import { useT } from './words.ts';

const tabs: readonly {
  route: string;
  word: 'tab_calls' | 'tab_handover' | 'tab_days' | 'tab_again' | 'tab_scripts' | 'tab_rates' | 'tab_visits';
  may: readonly Permission[];
}[] = [
  { route: '/followups', word: 'tab_calls', may: ['followups.call'] },
  { route: '/followups/handover', word: 'tab_handover', may: ['followups.call'] },
  { route: '/followups/days', word: 'tab_days', may: ['followups.call', 'journal.read'] },
  { route: '/followups/rates', word: 'tab_rates', may: ['followups.call', 'journal.read'] },
  { route: '/followups/again', word: 'tab_again', may: ['followups.plan'] },
  { route: '/followups/scripts', word: 'tab_scripts', may: ['followups.call'] },
  { route: '/followups/visits', word: 'tab_visits', may: ['followups.call'] },
];

/** The pages of follow-up, those this person may open. */
export function FollowupTabs() {
  const t = useT();
  const may = useMay();
  const { pathname } = useLocation();
  const row = useCurrentInSight<HTMLElement>(pathname);
  return (
    <nav className="fu-tabs" ref={row} aria-label={t('title')}>
      {tabs
        .filter((tab) => tab.may.some((permission) => may(permission)))
        .map((tab) => (
          <Link
            key={tab.route}
            to={tab.route}
            activeOptions={{ exact: true }}
            activeProps={{}}
            aria-current={pathname === tab.route ? 'page' : undefined}
          >
            {t(tab.word)}
          </Link>
        ))}
    </nav>
  );
}
