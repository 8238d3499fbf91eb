import { useState } from 'react';
import { dutyEndpoints as api, type PersonState, personStates, statusReasons } from '../../../contract/duty.ts';
import { useAct } from '../../app/act.ts';
import { randomId } from '../../app/identifier.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { notify } from '../../kit/notify.tsx';
import { SelectField } from '../../kit/select-field.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { type Say, useT } from './words.ts';

export const stateWord = (t: Say, state: PersonState | null): string =>
  state === null ? t('unsaid') : state === 'at_home' ? t('at_home_state') : t(state);

/** Says where somebody is: on duty, at home, returning. Never why in terms of health. */
export function StatusForm({
  accountId,
  name,
  onClose,
}: {
  accountId: string | null;
  name: string;
  onClose: () => void;
}) {
  const t = useT();
  const [id] = useState(randomId);
  const [state, setState] = useState<PersonState>('on_duty');
  const [reason, setReason] = useState<(typeof statusReasons)[number]>('assigned');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const save = useAct(api.setStatus, {
    refreshes: [['duty']],
    onDone: () => {
      notify.good(t('saved'));
      onClose();
    },
    onFail: notify.problem,
  });
  return (
    <Dialog open title={`${t('setStatus')} · ${name}`} onClose={onClose}>
      <form
        className="du-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!save.isPending)
            save.mutate({ id, accountId, state, reason, from: from || undefined, to: to || undefined });
        }}
      >
        <fieldset className="choices" aria-label={t('state')}>
          {personStates.map((one) => (
            <label key={one}>
              <input type="radio" name="du-state" checked={state === one} onChange={() => setState(one)} />
              {stateWord(t, one)}
            </label>
          ))}
        </fieldset>
        <SelectField
          label={t('reason')}
          hint={t('noHealth')}
          value={reason}
          options={statusReasons}
          word={(one) => t(`reason_${one}`)}
          onChange={setReason}
        />
        <div className="du-two">
          <TextField label={t('from')} value={from} line={{ type: 'date' }} onChange={setFrom} />
          <TextField label={t('to')} value={to} line={{ type: 'date' }} onChange={setTo} />
        </div>
        <Button kind="main" submit busy={save.isPending}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  );
}
