import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { accessEndpoints as api } from '../../../contract/access.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { Confirm } from './confirm.tsx';
import { CreateToken } from './create-token.tsx';
import './access.css';
import { useT } from './words.ts';

/** Tokens given to programs; none of them can confirm, rate or follow up. */
export default function TokensPage() {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<{ id: string; name: string } | null>(null);
  const list = useQuery({ queryKey: ['tokens'], queryFn: () => call(api.tokens, {}) });
  const revoke = useAct(api.revokeToken, {
    refreshes: [['tokens']],
    onDone: () => {
      if (revoking) notify.good(t('tokenRevokedDone', { name: revoking.name }));
      setRevoking(null);
    },
    onFail: notify.problem,
  });
  if (list.error && !list.data)
    return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  const tokens = list.data?.tokens ?? [];
  const createButton = (
    <Button kind="main" onClick={() => setCreating(true)}>
      {t('tokenCreate')}
    </Button>
  );
  return (
    <div className="ac-single">
      <header className="row">
        <div className="grow">
          <h1>{t('tokens')}</h1>
          <p className="soft small">{t('tokensLead')}</p>
        </div>
        {tokens.length > 0 && createButton}
      </header>
      {list.data && tokens.length === 0 && (
        <Empty title={t('tokensEmpty')} act={createButton}>
          {t('tokensEmptyHow')}
        </Empty>
      )}
      <ul className="ac-cards">
        {tokens.map((token) => (
          <li key={token.id} data-off={token.revokedAt !== null || undefined}>
            <div>
              <b>{token.name}</b>{' '}
              <span className="soft">{token.scopes.map((scope) => t.or(scope, scope)).join(t('comma'))}</span>
              <p className="soft small">
                {token.siteId ? directory.nameOf(token.siteId) : t('wholeGroup')} · {t('tokenCreated')}{' '}
                {format.moment(token.createdAt)} · {t('tokenUsed')}{' '}
                {token.lastUsedAt ? format.moment(token.lastUsedAt) : t('never')}
              </p>
            </div>
            {token.revokedAt ? (
              <span className="tag">{t('tokenRevoked', { at: format.moment(token.revokedAt) })}</span>
            ) : (
              <Button onClick={() => setRevoking({ id: token.id, name: token.name })}>{t('tokenRevoke')}</Button>
            )}
          </li>
        ))}
      </ul>
      <Confirm
        open={revoking !== null}
        busy={revoke.isPending}
        title={t('tokenRevokeTitle', { name: revoking?.name ?? '' })}
        text={t('tokenRevokeText')}
        act={t('tokenRevoke')}
        onAct={() => revoking && revoke.mutate({ id: revoking.id })}
        onClose={() => setRevoking(null)}
      />
      <CreateToken open={creating} onClose={() => setCreating(false)} />
    </div>
  );
}
