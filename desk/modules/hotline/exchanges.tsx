import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hotlineEndpoints as api } from '../../../contract/hotline.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { TextField } from '../../kit/text-field.tsx';
import './hotline.css';
import { useT } from './room-words.ts';

/** Telephone exchanges that may tell of calls; a secret is shown once. */
export default function ExchangesPage() {
  const t = useT();
  const format = useFormat();
  const [name, setName] = useState('');
  const [shown, setShown] = useState<{ address: string; secret: string } | null>(null);
  const list = useQuery({ queryKey: ['exchanges'], queryFn: () => call(api.exchanges, {}) });
  const act = { refreshes: [['exchanges']], onFail: notify.problem };
  const add = useAct(api.addExchange, {
    ...act,
    onDone: (made) => {
      setShown(made);
      setName('');
    },
  });
  const renew = useAct(api.renewExchange, { ...act, onDone: setShown });
  const end = useAct(api.endExchange, act);
  if (list.error && !list.data)
    return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  return (
    <div className="hl-logpage">
      <header>
        <h1>{t('exchanges')}</h1>
        <p className="soft small">{t('exchangesLead')}</p>
      </header>
      {shown && (
        <div className="hl-panel" role="status">
          <p>{t('onceOnly')}</p>
          <code className="hl-secret">{shown.address}</code>
          <code className="hl-secret">{shown.secret}</code>
        </div>
      )}
      <ul className="hl-callbacks">
        {list.data?.exchanges.map((one) => (
          <li key={one.id}>
            <div>
              <b>{one.name}</b>{' '}
              <span className="soft small">
                {one.lastHeardAt ? t('lastHeard', { at: format.moment(one.lastHeardAt) }) : t('neverHeard')}
              </span>
            </div>
            {one.ended ? (
              <span className="soft">{t('ended')}</span>
            ) : (
              <span className="row">
                <Button small busy={renew.isPending} onClick={() => renew.mutate({ id: one.id })}>
                  {t('renew')}
                </Button>
                <Button small kind="plain" busy={end.isPending} onClick={() => end.mutate({ id: one.id })}>
                  {t('endIt')}
                </Button>
              </span>
            )}
          </li>
        ))}
        {list.data?.exchanges.length === 0 && <li className="soft">{t('none')}</li>}
      </ul>
      <form
        className="hl-offer"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim().length > 1) add.mutate({ name: name.trim() });
        }}
      >
        <TextField label={t('exchangeName')} value={name} maxLength={60} onChange={setName} />
        <Button submit kind="main" busy={add.isPending} disabled={name.trim().length < 2}>
          {t('addExchange')}
        </Button>
      </form>
    </div>
  );
}
