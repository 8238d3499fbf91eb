import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { accessEndpoints } from '../../../contract/access.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import type { Role } from '../../../contract/permissions.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useProblemText } from '../../app/problems.ts';
import { useSession } from '../../app/session.tsx';
import { useLocale } from '../../app/words.ts';
import { Notice } from '../../kit/index.ts';
import { useT } from './words.ts';

type Account = OutputOf<typeof accessEndpoints.demoAccounts>['accounts'][number];

/** The order in which one need passes through people's hands. */
const story: readonly Role[] = [
  'worker',
  'operator',
  'dispatcher',
  'handler',
  'followup_caller',
  'followup_lead',
  'panel',
  'dispatcher_lead',
  'site_officer',
  'unit_liaison',
  'unit_leader',
  'support_group',
  'group_leader',
  'sysadmin',
  'secadmin',
  'auditor',
];
const shownPerRole = 3;

function RoleRow({
  role,
  accounts,
  onEnter,
  busy,
}: {
  role: Role;
  accounts: readonly Account[];
  onEnter: (login: string) => void;
  busy: boolean;
}) {
  const t = useT();
  const [all, setAll] = useState(false);
  const shown = all ? accounts : accounts.slice(0, shownPerRole);
  return (
    <li>
      <div>
        <b>{t.or(role, role)}</b>
        <p className="small soft">{t.or(`${role}_story`, '')}</p>
      </div>
      <div className="demo-people">
        {shown.map((account) => (
          <button
            key={account.login}
            type="button"
            className="btn"
            disabled={busy}
            onClick={() => onEnter(account.login)}
          >
            <span className="cut">{account.label}</span>
            <span className="small softer cut">{account.place}</span>
          </button>
        ))}
        {accounts.length > shown.length && (
          <button type="button" className="linkish small" onClick={() => setAll(true)}>
            {t('more', { n: accounts.length - shown.length })}
          </button>
        )}
      </div>
    </li>
  );
}

/** Under which role a person stands: of those they hold, the one that fewest others can show. */
function standingUnder(accounts: readonly Account[]): (account: Account) => Role | undefined {
  const holders = (role: Role) => accounts.filter((account) => account.roles.includes(role)).length;
  return ({ roles }) => story.filter((role) => roles.includes(role)).sort((a, b) => holders(a) - holders(b))[0];
}

/** Asked for before the page is shown, so that nothing moves after its first paint. */
export function useDemoAccounts(): readonly Account[] | null {
  const language = useLocale();
  const list = useQuery({
    queryKey: ['demo-accounts', language],
    queryFn: () => call(accessEndpoints.demoAccounts, {}),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    placeholderData: keepPreviousData,
  });
  if (list.isPending) return null;
  return list.data?.accounts ?? [];
}

/** People of the demo, in the order of the story; nothing where this is no demo. */
export function DemoAccounts({ accounts }: { accounts: readonly Account[] }) {
  const t = useT();
  const { enter } = useSession();
  const problem = useProblemText();
  const signIn = useAct(accessEndpoints.demoSignIn, { onDone: enter });
  if (accounts.length === 0) return null;
  const roleOf = standingUnder(accounts);
  const roles = story.filter((role) => accounts.some((account) => roleOf(account) === role));
  return (
    <section className="demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('demoTitle')}</h2>
      <p className="soft">{t('demoLead')}</p>
      {signIn.error && (
        <Notice kind="over" alert>
          {problem(signIn.error)}
        </Notice>
      )}
      <ol>
        {roles.map((role) => (
          <RoleRow
            key={role}
            role={role}
            accounts={accounts.filter((account) => roleOf(account) === role)}
            busy={signIn.isPending}
            onEnter={(login) => signIn.mutate({ login })}
          />
        ))}
      </ol>
      <p className="small softer">{t('demoNote')}</p>
    </section>
  );
}
