import { useState } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { messageEndpoints as api, type PersonalKind } from '../../../contract/messages.ts';
import { useAct } from '../../app/act.ts';
import { useFormat } from '../../app/format.ts';
import { useProblemText } from '../../app/problems.ts';
import { Button } from '../../kit/button.tsx';
import { Glyph } from '../../kit/glyph.tsx';
import { notify } from '../../kit/notify.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useT } from './words.ts';

type Address = OutputOf<typeof api.preferences>['addresses'][number];

/** One's mailbox or phone number: given, confirmed by the code that is sent there, taken back. */
export function AddressForm({
  kind,
  address,
  available,
}: {
  kind: PersonalKind;
  address: Address | null;
  available: boolean;
}) {
  const t = useT();
  const format = useFormat();
  const problem = useProblemText();
  const [typed, setTyped] = useState('');
  const [code, setCode] = useState('');
  const refreshes = [['messages', 'preferences']];
  const give = useAct(api.giveAddress, { refreshes, onDone: () => notify.good(t('codeSent')) });
  const confirm = useAct(api.confirmAddress, {
    refreshes,
    onDone: () => {
      setTyped('');
      setCode('');
      notify.good(t('addressConfirmed'));
    },
  });
  const drop = useAct(api.dropAddress, { refreshes, onFail: notify.problem });
  if (!available && !address) return <p className="soft">{t('notAvailable', { kind: t(kind) })}</p>;
  if (address?.confirmed)
    return (
      <p className="ms-address">
        <Glyph name="done" /> {t(kind)} <b>{address.shown}</b>{' '}
        <Button small busy={drop.isPending} onClick={() => drop.mutate({ kind })}>
          {t('takeBack')}
        </Button>
      </p>
    );
  return (
    <>
      <form
        className="ms-confirm"
        onSubmit={(event) => {
          event.preventDefault();
          give.mutate({ kind, address: typed.trim() });
        }}
      >
        <TextField
          label={t(kind === 'email' ? 'emailAddress' : 'smsNumber')}
          fault={give.error ? problem(give.error) : undefined}
          line={{
            type: kind === 'email' ? 'email' : 'tel',
            autoComplete: kind === 'email' ? 'email' : 'tel',
            required: true,
          }}
          maxLength={200}
          value={typed}
          onChange={setTyped}
        />
        <Button submit busy={give.isPending}>
          {t('sendCode')}
        </Button>
      </form>
      {address?.codeDiesAt && (
        <form
          className="ms-confirm"
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate({ kind, code: code.trim() });
          }}
        >
          <TextField
            label={t('code')}
            hint={t('codeHint', { shown: address.shown, at: format.clock(address.codeDiesAt) })}
            fault={confirm.error ? problem(confirm.error) : undefined}
            line={{ inputMode: 'numeric', autoComplete: 'one-time-code', pattern: '\\d{6}', required: true }}
            maxLength={6}
            value={code}
            onChange={setCode}
          />
          <Button kind="main" submit busy={confirm.isPending}>
            {t('confirmCode')}
          </Button>
        </form>
      )}
    </>
  );
}
