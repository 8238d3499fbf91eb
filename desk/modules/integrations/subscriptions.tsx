import { useState } from 'react';
import { webhookEndpoints as api, type Subscription } from '../../../contract/webhooks.ts';
import { useAct } from '../../app/act.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { notify } from '../../kit/notify.tsx';
import { Confirm } from '../access/confirm.tsx';
import { Once } from '../access/once.tsx';
import type { Shown } from './delivery-log.tsx';
import { SubscriptionForm } from './subscription-form.tsx';
import { useT } from './words.ts';

/** Who is told of events, and how that fares. */
export function Subscriptions({
  subscriptions,
  onOpen,
}: {
  subscriptions: Subscription[];
  onOpen: (shown: Shown) => void;
}) {
  const t = useT();
  const format = useFormat();
  const [editing, setEditing] = useState<Subscription | 'new' | null>(null);
  const [asking, setAsking] = useState<{ what: 'renew' | 'end'; one: Subscription } | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const refreshes = [['webhooks']];
  const test = useAct(api.test, { refreshes, onDone: () => notify.good(t('testSent')), onFail: notify.problem });
  const renew = useAct(api.renewSecret, {
    refreshes,
    onDone: (answer) => {
      setSecret(answer.secret);
      setAsking(null);
    },
    onFail: notify.problem,
  });
  const end = useAct(api.end, {
    refreshes,
    onDone: () => {
      if (asking) notify.good(t('ended', { name: asking.one.name }));
      setAsking(null);
    },
    onFail: notify.problem,
  });
  const add = (
    <Button kind="main" onClick={() => setEditing('new')}>
      {t('add')}
    </Button>
  );
  const standing = (one: Subscription): string | null =>
    one.stoppedBecause
      ? t(`stopped_${one.stoppedBecause}`)
      : one.failingSince
        ? t('failing', { at: format.moment(one.failingSince) })
        : null;
  return (
    <section className="ig-part" aria-label={t('hooks')}>
      <div className="ig-head">
        <h2>{t('hooks')}</h2>
        {subscriptions.length > 0 && add}
      </div>
      <p className="soft small">{t('hooksLead')}</p>
      {subscriptions.length === 0 && (
        <Empty title={t('none')} act={add}>
          {t('noneHow')}
        </Empty>
      )}
      <ul className="ig-list">
        {subscriptions.map((one) => (
          <li key={one.id}>
            <div>
              <b>{one.name}</b> {!one.enabled && <span className="tag">{t('off')}</span>}
              <p className="soft small">{one.url}</p>
              <p className="soft small">
                {t('lastDay')}
                {(['sent', 'dead', 'waiting'] as const).map((state) => (
                  <span key={state}>
                    {' · '}
                    <button type="button" className="linkish" onClick={() => onOpen({ state, subscriptionId: one.id })}>
                      {t(`health_${state}`, { n: one[state] })}
                    </button>
                  </span>
                ))}
                {one.oldSecretUntil && ` · ${t('oldSecret', { at: format.moment(one.oldSecretUntil) })}`}
              </p>
              {standing(one) && <p className="over small">{standing(one)}</p>}
            </div>
            <span className="ig-acts">
              <Button small busy={test.isPending} onClick={() => test.mutate({ id: one.id })}>
                {t('sendTest')}
              </Button>
              <Button small onClick={() => setEditing(one)}>
                {t('edit')}
              </Button>
              <Button small onClick={() => setAsking({ what: 'renew', one })}>
                {t('renew')}
              </Button>
              <Button small kind="plain" onClick={() => setAsking({ what: 'end', one })}>
                {t('end')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {editing && (
        <SubscriptionForm
          subscription={editing === 'new' ? null : editing}
          onSecret={setSecret}
          onClose={() => setEditing(null)}
        />
      )}
      <Confirm
        open={asking !== null}
        busy={renew.isPending || end.isPending}
        title={asking ? t(asking.what === 'renew' ? 'renewTitle' : 'endTitle', { name: asking.one.name }) : ''}
        text={asking ? t(asking.what === 'renew' ? 'renewText' : 'endText') : ''}
        act={asking ? t(asking.what) : ''}
        onAct={() => {
          if (asking?.what === 'renew') renew.mutate({ id: asking.one.id, version: asking.one.version });
          if (asking?.what === 'end') end.mutate({ id: asking.one.id });
        }}
        onClose={() => setAsking(null)}
      />
      <Once secret={secret} title={t('onceTitle')} text={t('onceText')} onClose={() => setSecret(null)} />
    </section>
  );
}
