import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageEndpoints as api, type Channel, deliveryReasons } from '../../../contract/messages.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, say, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Notice } from '../../kit/notice.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { ChannelForm } from './channel-form.tsx';
import { useT } from './channel-words.ts';
import { Deliveries, type Shown } from './deliveries.tsx';
import './messages.css';

/** Sends one test and says how it went; the address is not kept. */
function TestDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const t = useT();
  const language = useLocale();
  const [to, setTo] = useState('');
  const personal = channel.kind === 'email' || channel.kind === 'sms';
  const test = useAct(api.testChannel, { onFail: notify.problem });
  const reason = test.data?.reason;
  return (
    <Dialog open title={t('testTitle', { name: channel.name })} onClose={onClose}>
      <form
        className="ms-form"
        onSubmit={(event) => {
          event.preventDefault();
          test.mutate({ id: channel.id, ...(personal ? { to: to.trim() } : {}) });
        }}
      >
        {personal && (
          <TextField
            label={t(channel.kind === 'email' ? 'testMail' : 'testNumber')}
            hint={t('testHint')}
            line={{ required: true }}
            maxLength={200}
            value={to}
            onChange={setTo}
          />
        )}
        {test.data && (
          <Notice kind={test.data.sent ? 'good' : 'near'} alert>
            {test.data.sent
              ? t('testSent')
              : t('testFailed', {
                  why:
                    reason && reason in deliveryReasons
                      ? say(deliveryReasons[reason as keyof typeof deliveryReasons], language)
                      : (reason ?? ''),
                  answer: test.data.answer,
                })}
          </Notice>
        )}
        <div className="dialog-acts">
          <Button kind="main" submit busy={test.isPending}>
            {t('testSend')}
          </Button>
          <Button onClick={onClose}>{t('close')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function ChannelCard({
  channel,
  onEdit,
  onTest,
  onOpen,
}: {
  channel: Channel;
  onEdit: () => void;
  onTest: () => void;
  onOpen: (shown: Shown) => void;
}) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const language = useLocale();
  const { settings, kind } = channel;
  const group = kind !== 'email' && kind !== 'sms';
  const line = channel.lineId === null ? null : directory.lines.find(({ id }) => id === channel.lineId);
  return (
    <li className="ms-channel" data-off={!channel.enabled || undefined}>
      <div>
        <b>{channel.name}</b> <span className="tag">{t(kind)}</span>{' '}
        {!channel.enabled && <span className="tag">{t('off')}</span>}
        {channel.fromEnvironment && <span className="tag">{t('byEnvironment')}</span>}
        <p className="soft small">
          {kind === 'email' ? `${settings.host}:${settings.port} · ${t(settings.encryption ?? 'none')}` : channel.host}
          {group &&
            ` · ${t(`from_${channel.leastLevel}`)} · ${channel.nodeId === null ? t('wholeGroup') : directory.nameOf(channel.nodeId)}${line ? ` · ${nameIn(line, language)}` : ''}`}
          {' · '}
          {t('pace', { n: channel.perMinute })}
        </p>
        <p className={channel.dead > 0 ? 'over small' : 'soft small'}>
          {t('lastDay')}
          {(['sent', 'waiting', 'dead'] as const).map((state) => (
            <span key={state}>
              {' · '}
              <button type="button" className="linkish" onClick={() => onOpen({ state, channelId: channel.id })}>
                {t(`health_${state}`, { n: channel[state] })}
              </button>
            </span>
          ))}
          {channel.lastSentAt && ` · ${t('lastSent', { at: format.moment(channel.lastSentAt) })}`}
        </p>
      </div>
      <Button small onClick={onTest}>
        {t('test')}
      </Button>
      {!channel.fromEnvironment && (
        <Button small onClick={onEdit}>
          {t('edit')}
        </Button>
      )}
    </li>
  );
}

/** Ways out of the house: mail, SMS and group chats, how they fare, and what was given up. */
export default function ChannelsPage() {
  const t = useT();
  const [editing, setEditing] = useState<Channel | 'new' | null>(null);
  const [shown, open] = useState<Shown>({ state: 'dead' });
  const [testing, setTesting] = useState<Channel | null>(null);
  const list = useQuery({ queryKey: ['channels'], queryFn: () => call(api.channels, {}), refetchInterval: 30_000 });
  if (list.error && !list.data)
    return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  const channels = list.data?.channels ?? [];
  const add = (
    <Button kind="main" onClick={() => setEditing('new')}>
      {t('add')}
    </Button>
  );
  return (
    <div className="ms-page" aria-busy={list.isPending || undefined}>
      <header className="ms-head">
        <div>
          <h1>{t('title')}</h1>
          <p className="soft small">{t('lead')}</p>
        </div>
        {channels.length > 0 && add}
      </header>
      {list.data && channels.length === 0 && (
        <Empty title={t('empty')} act={add}>
          {t('emptyHow')}
        </Empty>
      )}
      <ul className="ms-list">
        {channels.map((channel) => (
          <ChannelCard
            key={channel.id}
            channel={channel}
            onEdit={() => setEditing(channel)}
            onTest={() => setTesting(channel)}
            onOpen={open}
          />
        ))}
      </ul>
      {channels.length > 0 && <Deliveries channels={channels} shown={shown} onChange={open} />}
      {editing && (
        <ChannelForm
          key={editing === 'new' ? 'new' : editing.id}
          channel={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
      {testing && <TestDialog channel={testing} onClose={() => setTesting(null)} />}
    </div>
  );
}
