import { useState } from 'react';
import { accessEndpoints as api } from '../../../contract/access.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { useAct } from '../../app/act.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useMay, useMe } from '../../app/session.tsx';
import { Button } from '../../kit/button.tsx';
import { Glyph } from '../../kit/glyph.tsx';
import { Notice } from '../../kit/notice.tsx';
import { notify } from '../../kit/notify.tsx';
import { Confirm } from './confirm.tsx';
import { GrantForm } from './grant-form.tsx';
import { Once } from './once.tsx';
import { useRoleWords } from './roles.ts';
import { useT } from './words.ts';

export type Account = OutputOf<typeof api.accounts>['accounts'][number];
type Grant = Account['grants'][number];

/** What the system administrator may do with an account. */
function Keeping({ account }: { account: Account }) {
  const t = useT();
  const [asking, setAsking] = useState<'disable' | 'reset' | null>(null);
  const [password, setPassword] = useState<string | null>(null);
  const who = { who: account.label };
  const close = () => setAsking(null);
  const disable = useAct(api.disableAccount, {
    refreshes: [['accounts']],
    onDone: () => {
      close();
      notify.good(t(account.disabled ? 'enabledDone' : 'disabledDone', who));
    },
    onFail: notify.problem,
  });
  const reset = useAct(api.resetPassword, {
    refreshes: [['accounts']],
    onDone: ({ oneTimePassword }) => {
      close();
      setPassword(oneTimePassword);
    },
    onFail: notify.problem,
  });
  return (
    <div className="dialog-acts">
      <Button onClick={() => setAsking('reset')}>{t('reset')}</Button>
      {account.disabled ? (
        <Button busy={disable.isPending} onClick={() => disable.mutate({ id: account.id, disabled: false })}>
          {t('enable')}
        </Button>
      ) : (
        <Button onClick={() => setAsking('disable')}>{t('disable')}</Button>
      )}
      <Confirm
        open={asking === 'disable'}
        busy={disable.isPending}
        title={t('disableTitle', who)}
        text={t('disableText')}
        act={t('disable')}
        onAct={() => disable.mutate({ id: account.id, disabled: true })}
        onClose={close}
      />
      <Confirm
        open={asking === 'reset'}
        busy={reset.isPending}
        title={t('resetTitle', who)}
        text={t('resetText')}
        act={t('reset')}
        onAct={() => reset.mutate({ id: account.id })}
        onClose={close}
      />
      <Once secret={password} title={t('onceTitle')} text={t('onceText', who)} onClose={() => setPassword(null)} />
    </div>
  );
}

function Grants({ account, mayGrant }: { account: Account; mayGrant: boolean }) {
  const t = useT();
  const role = useRoleWords();
  const format = useFormat();
  const directory = useDirectory();
  const [taking, setTaking] = useState<Grant | null>(null);
  const name = (grant: Grant) => role.or(grant.role, grant.role);
  const revoke = useAct(api.revoke, {
    refreshes: [['accounts']],
    onDone: () => {
      if (taking) notify.good(t('revoked', { role: name(taking) }));
      setTaking(null);
    },
    onFail: notify.problem,
  });
  return (
    <section>
      <h3>{t('rights')}</h3>
      {account.grants.length === 0 && <p className="soft">{t('noGrants')}</p>}
      <ul className="ac-grants">
        {account.grants.map((grant) => (
          <li key={grant.id}>
            <div>
              <b>{name(grant)}</b>
              <p className="soft small">
                {[directory.nameOf(grant.nodeId), directory.lineName(grant.lineId)].filter(Boolean).join(' × ')} ·{' '}
                {t('grantedAt', { at: format.moment(grant.grantedAt) })}
              </p>
            </div>
            {mayGrant && (
              <Button small onClick={() => setTaking(grant)}>
                {t('revoke')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Confirm
        open={taking !== null}
        busy={revoke.isPending}
        title={taking ? t('revokeTitle', { role: name(taking) }) : ''}
        text={t('revokeText', { who: account.label })}
        act={t('revoke')}
        onAct={() => taking && revoke.mutate({ id: taking.id })}
        onClose={() => setTaking(null)}
      />
    </section>
  );
}

/** One account: the facts, its roles, and the acts of this administrator. */
export function AccountPanel({ account, onBack }: { account: Account; onBack: () => void }) {
  const t = useT();
  const me = useMe();
  const may = useMay();
  const directory = useDirectory();
  const format = useFormat();
  const own = account.id === me.id;
  const mayGrant = may('grants.manage') && !own;
  const facts: [string, string][] = [
    [t('login'), account.login],
    ...(account.staffNo ? [[t('staffNo'), account.staffNo] as [string, string]] : []),
    [t('home'), directory.nameOf(account.homeNodeId)],
    [t('secondFactor'), t(account.secondFactor ? 'hasSecondFactor' : 'noSecondFactor')],
    [t('lastSeen'), account.lastSeenAt ? format.moment(account.lastSeenAt) : t('never')],
  ];
  return (
    <>
      <header className="ac-panelhead">
        <span className="ac-back">
          <Button small onClick={onBack}>
            <Glyph name="left" />
            {t('back')}
          </Button>
        </span>
        <h2>{account.label}</h2>
        {account.disabled && <span className="tag over">{t('disabled')}</span>}
      </header>
      <dl className="ac-facts">
        {facts.map(([term, said]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{said}</dd>
          </div>
        ))}
      </dl>
      <Grants account={account} mayGrant={mayGrant} />
      {may('accounts.manage') && !own && <Keeping account={account} />}
      {mayGrant && <GrantForm account={account} />}
      {own && <Notice>{t(may('grants.manage') ? 'ownGrant' : 'ownAccount')}</Notice>}
    </>
  );
}
