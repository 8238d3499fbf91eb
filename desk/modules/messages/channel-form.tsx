import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import {
  messageEndpoints as api,
  type Channel,
  type ChannelKind,
  type ChannelSettings,
  channelKinds,
  type MessageLevel,
  messageLevels,
} from '../../../contract/messages.ts';
import { useAct } from '../../app/act.ts';
import { faultsIn, useProblemText } from '../../app/problems.ts';
import { isStale } from '../../app/queries.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/draft.ts';
import { Field } from '../../kit/field.tsx';
import { LinePicker } from '../../kit/line-picker.tsx';
import { Notice } from '../../kit/notice.tsx';
import { notify } from '../../kit/notify.tsx';
import { OrgPicker } from '../../kit/org-picker.tsx';
import { SelectField } from '../../kit/select-field.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useT } from './channel-words.ts';

const places = ['unit', 'site'] as const;
const encryptions = ['tls', 'starttls', 'none'] as const;
const bodyKinds = ['json', 'form'] as const;
/** What the three kinds of group chat let through in a minute, and what a gateway usually does. */
const usualPace: Record<ChannelKind, number> = { email: 60, sms: 60, wecom: 18, dingtalk: 18, feishu: 90 };
const usualSettings: Record<ChannelKind, ChannelSettings> = {
  email: { port: 465, encryption: 'tls' },
  sms: { bodyKind: 'json', bodyTemplate: '{"mobile":"{to}","content":"{text}","id":"{id}"}' },
  wecom: {},
  dingtalk: {},
  feishu: {},
};

interface Draft {
  kind: ChannelKind;
  name: string;
  enabled: boolean;
  settings: ChannelSettings;
  perMinute: number;
  leastLevel: MessageLevel;
  nodeId: number | null;
  lineId: number | null;
  /** The version that was read when the first thing was changed: what somebody else saved since is not overwritten. */
  version?: number;
}

/** What is secret is kept apart and only while the form is open: never in the draft that the tab remembers. */
interface Secrets {
  password: string;
  url: string;
  signingKey: string;
}

const storedOf = (channel: Channel | null): Draft =>
  channel
    ? {
        kind: channel.kind,
        name: channel.name,
        enabled: channel.enabled,
        settings: channel.settings,
        perMinute: channel.perMinute,
        leastLevel: channel.leastLevel,
        nodeId: channel.nodeId,
        lineId: channel.lineId,
        version: channel.version,
      }
    : {
        kind: 'email',
        name: '',
        enabled: true,
        settings: usualSettings.email,
        perMinute: usualPace.email,
        leastLevel: 'important',
        nodeId: null,
        lineId: null,
      };

/**
 * Sets up a channel, or changes one; a secret left empty stays as it is. What is typed, but for the secrets, is kept until
 * it is saved or given up.
 */
export function ChannelForm({ channel, onClose }: { channel: Channel | null; onClose: () => void }) {
  const t = useT();
  const problem = useProblemText();
  const cache = useQueryClient();
  const stored = useMemo<Draft>(() => storedOf(channel), [channel]);
  const [draft, keepDraft, drop] = useDraft<Draft>(`channel.${channel?.id ?? 'new'}`, stored);
  const [secrets, setSecrets] = useState<Secrets>({ password: '', url: '', signingKey: '' });
  const leave = () => {
    drop();
    onClose();
  };
  const save = useAct(api.saveChannel, {
    refreshes: [['channels']],
    onDone: ({ name }) => {
      notify.good(t('savedChannel', { name }));
      leave();
    },
    onFail: (error) => {
      if (isStale(error)) void cache.invalidateQueries({ queryKey: ['channels'] });
    },
  });
  const change = (part: Partial<Draft>) => keepDraft({ version: draft.version, ...part });
  const set = (part: Partial<ChannelSettings>) => change({ settings: { ...draft.settings, ...part } });
  const keep = (part: Partial<Secrets>) => setSecrets({ ...secrets, ...part });
  const faults = faultsIn(save.error);
  const { kind, settings } = draft;
  const secretHint = (has: boolean | undefined) => (has ? t('secretKept') : undefined);
  const submit = () =>
    save.mutate({
      ...(channel ? { id: channel.id } : {}),
      ...draft,
      name: draft.name.trim(),
      ...(secrets.password ? { password: secrets.password } : {}),
      ...(secrets.url ? { url: secrets.url.trim() } : {}),
      ...(secrets.signingKey ? { signingKey: secrets.signingKey.trim() } : {}),
    });
  return (
    <Dialog open title={channel ? t('editTitle', { name: channel.name }) : t('add')} onClose={onClose}>
      <form
        className="ms-form ms-channel-form"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <SelectField
          label={t('kind')}
          disabled={channel !== null}
          value={kind}
          options={channelKinds}
          word={(each) => t(each)}
          onChange={(next) => change({ kind: next, settings: usualSettings[next], perMinute: usualPace[next] })}
        />
        <TextField
          label={t('name')}
          fault={faults.name}
          maxLength={60}
          value={draft.name}
          onChange={(name) => change({ name })}
        />
        {kind === 'email' && (
          <>
            <div className="ms-pair">
              <TextField
                label={t('host')}
                fault={faults['settings.host']}
                maxLength={200}
                value={settings.host ?? ''}
                onChange={(host) => set({ host })}
              />
              <TextField
                label={t('port')}
                fault={faults['settings.port']}
                line={{ type: 'number', min: 1, max: 65535 }}
                value={String(settings.port ?? '')}
                onChange={(port) => set({ port: Number(port) || undefined })}
              />
            </div>
            <SelectField
              label={t('encryption')}
              value={settings.encryption}
              options={encryptions}
              word={(each) => t(each)}
              onChange={(encryption) => set({ encryption })}
            />
            <TextField
              label={t('from')}
              fault={faults['settings.from']}
              maxLength={200}
              value={settings.from ?? ''}
              onChange={(from) => set({ from })}
            />
            <TextField
              label={t('user')}
              maxLength={200}
              value={settings.user ?? ''}
              onChange={(user) => set({ user })}
            />
            <TextField
              label={t('password')}
              hint={secretHint(channel?.has.password)}
              fault={faults.password}
              line={{ type: 'password', autoComplete: 'new-password' }}
              maxLength={500}
              value={secrets.password}
              onChange={(password) => keep({ password })}
            />
          </>
        )}
        {kind !== 'email' && (
          <>
            <TextField
              label={t('url')}
              hint={channel?.has.url ? t('urlKept', { host: channel.host ?? '' }) : t('urlHint')}
              fault={faults.url}
              line={{ type: 'password', autoComplete: 'off' }}
              maxLength={1000}
              value={secrets.url}
              onChange={(url) => keep({ url })}
            />
            {kind !== 'wecom' && (
              <TextField
                label={t('signingKey')}
                hint={secretHint(channel?.has.signingKey)}
                fault={faults.signingKey}
                line={{ type: 'password', autoComplete: 'off' }}
                maxLength={500}
                value={secrets.signingKey}
                onChange={(signingKey) => keep({ signingKey })}
              />
            )}
            <label className="check">
              <input
                type="checkbox"
                checked={settings.allowPrivate ?? false}
                onChange={(event) => set({ allowPrivate: event.target.checked })}
              />
              {t('allowPrivate')}
            </label>
          </>
        )}
        {kind === 'sms' && (
          <>
            <SelectField
              label={t('bodyKind')}
              value={settings.bodyKind}
              options={bodyKinds}
              word={(each) => (each === 'json' ? 'JSON' : 'application/x-www-form-urlencoded')}
              onChange={(bodyKind) => set({ bodyKind })}
            />
            <TextField
              label={t('bodyTemplate')}
              hint={t('bodyTemplateHint')}
              fault={faults['settings.bodyTemplate']}
              rows={3}
              maxLength={2000}
              value={settings.bodyTemplate ?? ''}
              onChange={(bodyTemplate) => set({ bodyTemplate })}
            />
            <TextField
              label={t('acceptedWhen')}
              hint={t('acceptedWhenHint')}
              maxLength={100}
              value={settings.acceptedWhen ?? ''}
              onChange={(acceptedWhen) => set({ acceptedWhen })}
            />
            <label className="check">
              <input
                type="checkbox"
                checked={settings.requesters ?? false}
                onChange={(event) => set({ requesters: event.target.checked })}
              />
              {t('requesters')}
            </label>
          </>
        )}
        {kind !== 'email' && kind !== 'sms' && (
          <>
            <SelectField
              label={t('leastLevel')}
              value={draft.leastLevel}
              options={messageLevels}
              word={(each) => t(`from_${each}`)}
              onChange={(leastLevel) => change({ leastLevel })}
            />
            <Field label={t('place')} hint={t('placeHint')}>
              {({ id }) => (
                <OrgPicker
                  id={id}
                  label={t('place')}
                  placeholder={t('wholeGroup')}
                  kinds={places}
                  clearable
                  value={draft.nodeId}
                  onChange={(nodeId) => change({ nodeId })}
                />
              )}
            </Field>
            <Field label={t('line')}>
              {({ id }) => (
                <LinePicker
                  id={id}
                  label={t('line')}
                  placeholder={t('everyLine')}
                  clearable
                  value={draft.lineId}
                  onChange={(lineId) => change({ lineId })}
                />
              )}
            </Field>
          </>
        )}
        <TextField
          label={t('perMinute')}
          fault={faults.perMinute}
          line={{ type: 'number', min: 1, max: 600 }}
          value={String(draft.perMinute)}
          onChange={(n) => change({ perMinute: Number(n) })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={draft.enabled}
            onChange={(event) => change({ enabled: event.target.checked })}
          />
          {t('enabled')}
        </label>
        {save.error && (
          <Notice kind="near" alert>
            {problem(save.error)}
          </Notice>
        )}
        <div className="dialog-acts">
          <Button kind="main" submit busy={save.isPending}>
            {t('save')}
          </Button>
          <Button onClick={leave}>{t('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
