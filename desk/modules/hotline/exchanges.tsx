import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hotlineEndpoints as api } from '../../../contract/hotline.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { TextField } from '../../kit/text-field.tsx';
import './hotline.css';
import { Confirm } from '../access/confirm.tsx';
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
  const [asking, setAsking] = useState<{ what: 'renew' | 'end'; one: { id: string; name: string } } | null>(null);
  const renew = useAct(api.renewExchange, {
    ...act,
    onDone: (made) => {
      setShown(made);
      setAsking(null);
    },
  });
  const end = useAct(api.endExchange, { ...act, onDone: () => setAsking(null) });
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
                <Button small busy={renew.isPending} onClick={() => setAsking({ what: 'renew', one })}>
                  {t('renew')}
                </Button>
                <Button small kind="plain" busy={end.isPending} onClick={() => setAsking({ what: 'end', one })}>
                  {t('endIt')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {list.data?.exchanges.length === 0 && (
        <div className="hl-none">
          <Empty title={t('none')}>{t('noneHow')}</Empty>
        </div>
      )}
      <Confirm
        open={asking !== null}
        busy={renew.isPending || end.isPending}
        title={asking ? t(asking.what === 'renew' ? 'renewTitle' : 'endTitle', { name: asking.one.name }) : ''}
        text={asking ? t(asking.what === 'renew' ? 'renewText' : 'endText') : ''}
        act={asking ? t(asking.what === 'renew' ? 'renew' : 'endIt') : ''}
        onAct={() => {
          if (asking?.what === 'renew') renew.mutate({ id: asking.one.id });
          if (asking?.what === 'end') end.mutate({ id: asking.one.id });
        }}
        onClose={() => setAsking(null)}
      />
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
