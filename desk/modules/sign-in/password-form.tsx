import { type FormEvent, useState } from 'react';
import { accessEndpoints, type Me } from '../../../contract/access.ts';
import { useAct } from '../../app/act.ts';
import { ProblemError } from '../../app/api.ts';
import { useProblemText } from '../../app/problems.ts';
import { Button, Notice, TextField } from '../../kit/index.ts';
import { useT } from './words.ts';

/** A new password in place of the present one. Every other device of the person is signed out. */
export function PasswordForm({ onDone }: { onDone: (me: Me) => void }) {
  const t = useT();
  const problem = useProblemText();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [shown, setShown] = useState(false);
  const change = useAct(accessEndpoints.changePassword, {
    onDone: (me) => {
      setCurrent('');
      setNext('');
      setAgain('');
      setShown(false);
      onDone(me);
    },
  });
  const field = change.error instanceof ProblemError ? change.error.fields[0]?.field : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShown(true);
    if (next === again) change.mutate({ current, next });
  };
  return (
    <form onSubmit={submit}>
      <TextField
        label={t('current')}
        fault={field === 'current' ? t('currentWrong') : undefined}
        line={{ type: 'password', autoComplete: 'current-password', required: true }}
        value={current}
        onChange={setCurrent}
      />
      <TextField
        label={t('next')}
        hint={t('nextHint')}
        fault={field === 'next' ? problem(change.error) : undefined}
        line={{ type: 'password', autoComplete: 'new-password', minLength: 10, required: true }}
        value={next}
        onChange={setNext}
      />
      <TextField
        label={t('again')}
        fault={shown && next !== again ? t('notSame') : undefined}
        line={{ type: 'password', autoComplete: 'new-password', required: true }}
        value={again}
        onChange={setAgain}
      />
      {change.error && field !== 'current' && field !== 'next' && (
        <Notice kind="over" alert>
          {problem(change.error)}
        </Notice>
      )}
      <Button kind="main" submit busy={change.isPending}>
        {t('change')}
      </Button>
    </form>
  );
}
