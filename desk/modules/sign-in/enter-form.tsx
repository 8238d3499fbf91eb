import { type FormEvent, useState } from 'react';
import { accessEndpoints } from '../../../contract/access.ts';
import { useAct } from '../../app/act.ts';
import { useProblemText } from '../../app/problems.ts';
import { useSession } from '../../app/session.tsx';
import { Button, Field, Notice } from '../../kit/index.ts';
import { useT } from './words.ts';

export function EnterForm() {
  const t = useT();
  const { enter } = useSession();
  const problem = useProblemText();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useAct(accessEndpoints.signIn, { onDone: enter, onFail: () => setPassword('') });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (login.trim() && password) signIn.mutate({ login: login.trim(), password });
  };
  return (
    <form onSubmit={submit}>
      <Field label={t('login')}>
        {(control) => (
          <input
            {...control}
            className="input"
            autoComplete="username"
            autoCapitalize="none"
            required
            value={login}
            onChange={(event) => setLogin(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('password')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {signIn.error && (
        <Notice kind="over" alert>
          {problem(signIn.error)}
        </Notice>
      )}
      <Button kind="main" submit busy={signIn.isPending}>
        {t('enter')}
      </Button>
    </form>
  );
}
