import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useNow } from '../../app/now.ts';
import type { Account } from './account-panel.tsx';
import { useRoleWords } from './roles.ts';
import { useT } from './words.ts';

interface Props {
  accounts: readonly Account[];
  openId: string | null;
  onOpen: (id: string) => void;
}

function State({ account }: { account: Account }) {
  const t = useT();
  const format = useFormat();
  const now = useNow(30_000);
  if (account.disabled) return <span className="tag over">{t('disabled')}</span>;
  if (account.lockedUntil && Date.parse(account.lockedUntil) > now) {
    return <span className="tag near">{t('locked', { at: format.clock(account.lockedUntil) })}</span>;
  }
  return <span className="soft">{t('active')}</span>;
}

export function AccountTable({ accounts, openId, onOpen }: Props) {
  const t = useT();
  const role = useRoleWords();
  const format = useFormat();
  const directory = useDirectory();
  return (
    <table className="ac-table">
      <thead>
        <tr>
          <th>{t('label')}</th>
          <th className="ac-login">{t('login')}</th>
          <th className="ac-home">{t('home')}</th>
          <th>{t('rights')}</th>
          <th className="ac-state">{t('state')}</th>
          <th className="ac-seen">{t('lastSeen')}</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => {
          const roles = [...new Set(account.grants.map((grant) => role.or(grant.role, grant.role)))].join(t('comma'));
          return (
            <tr key={account.id} data-account={account.id} data-open={account.id === openId || undefined}>
              <td>
                <button
                  type="button"
                  className="ac-pick"
                  aria-current={account.id === openId ? 'true' : undefined}
                  onClick={() => onOpen(account.id)}
                >
                  {account.label}
                </button>
              </td>
              <td className="soft">{account.login}</td>
              <td className="soft" title={directory.nameOf(account.homeNodeId)}>
                {directory.nameOf(account.homeNodeId)}
              </td>
              <td title={roles}>{roles || <span className="softer">{t('noGrants')}</span>}</td>
              <td>
                <State account={account} />
              </td>
              <td className="soft">{account.lastSeenAt ? format.moment(account.lastSeenAt) : t('never')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
