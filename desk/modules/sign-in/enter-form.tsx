import { type FormEvent, useState } from 'react';
import { accessEndpoints } from '../../../contract/access.ts';
import { useAct } from '../../app/act.ts';
import { useProblemText } from '../../app/problems.ts';
import { useSession } from '../../app/session.tsx';
import { Button, Notice, TextField } from '../../kit/index.ts';
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
      <TextField
        label={t('login')}
        line={{ autoComplete: 'username', autoCapitalize: 'none', required: true }}
        value={login}
        onChange={setLogin}
      />
      <TextField
        label={t('password')}
        line={{ type: 'password', autoComplete: 'current-password', required: true }}
        value={password}
        onChange={setPassword}
      />
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
