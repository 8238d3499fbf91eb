import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { webhookEndpoints as api, type EventType, eventTypes, type Subscription } from '../../../contract/webhooks.ts';
import { useAct } from '../../app/act.ts';
import { faultsIn, useProblemText } from '../../app/problems.ts';
import { isStale } from '../../app/queries.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/draft.ts';
import { Notice } from '../../kit/notice.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useT } from './words.ts';

interface Props {
  /** Null for a new one. */
  subscription: Subscription | null;
  onSecret: (secret: string) => void;
  onClose: () => void;
}

/** Sets up a subscription, or changes one; its secret stays. What is typed is kept until it is saved or given up. */
export function SubscriptionForm({ subscription, onSecret, onClose }: Props) {
  const t = useT();
  const problem = useProblemText();
  const cache = useQueryClient();
  const stored = useMemo(
    () => ({
      name: subscription?.name ?? '',
      url: subscription?.url ?? '',
      types: subscription?.types ?? [...eventTypes],
      allowPrivate: subscription?.allowPrivate ?? false,
      enabled: subscription?.enabled ?? true,
      read: subscription?.version,
    }),
    [subscription],
  );
  const [kept, keep, drop] = useDraft(`webhook.${subscription?.id ?? 'new'}`, stored);
  const { read, ...draft } = kept;
  // The version that was read when the first thing was changed: what another administrator saved since is not overwritten.
  const change = (part: Partial<typeof draft>): void => keep({ ...part, read });
  const leave = (): void => {
    drop();
    onClose();
  };
  const save = useAct(api.save, {
    refreshes: [['webhooks']],
    onDone: ({ secret }) => {
      if (secret) onSecret(secret);
      leave();
    },
    onFail: (error) => {
      if (isStale(error)) void cache.invalidateQueries({ queryKey: ['webhooks'] });
    },
  });
  const faults = faultsIn(save.error);
  const toggle = (type: EventType, on: boolean): void =>
    change({ types: eventTypes.filter((each) => (each === type ? on : draft.types.includes(each))) });
  return (
    <Dialog open title={subscription ? t('edit') : t('add')} onClose={onClose}>
      <form
        className="ig-form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({
            ...draft,
            name: draft.name.trim(),
            ...(subscription ? { id: subscription.id, version: read } : {}),
          });
        }}
      >
        <TextField
          label={t('name')}
          hint={t('nameHint')}
          fault={faults.name}
          maxLength={60}
          value={draft.name}
          onChange={(name) => change({ name })}
        />
        <TextField
          label={t('url')}
          hint={t('urlHint')}
          fault={faults.url}
          maxLength={1000}
          line={{ inputMode: 'url' }}
          value={draft.url}
          onChange={(url) => change({ url })}
        />
        <fieldset className="field">
          <legend className="small soft">{t('types')}</legend>
          <div className="ig-types">
            {eventTypes.map((type) => (
              <label key={type} className="check">
                <input
                  type="checkbox"
                  checked={draft.types.includes(type)}
                  onChange={(event) => toggle(type, event.target.checked)}
                />
                {t.or(type.slice(type.lastIndexOf('.') + 1), type)}
              </label>
            ))}
          </div>
        </fieldset>
        <label className="check">
          <input
            type="checkbox"
            checked={draft.allowPrivate}
            onChange={(event) => change({ allowPrivate: event.target.checked })}
          />
          {t('allowPrivate')}
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={draft.enabled}
            onChange={(event) => change({ enabled: event.target.checked })}
          />
          {t('enabled')}
        </label>
        {save.error && Object.keys(faults).length === 0 && (
          <Notice kind="near" alert>
            {problem(save.error)}
          </Notice>
        )}
        {faults.types && (
          <p className="fault" role="alert">
            {faults.types}
          </p>
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
