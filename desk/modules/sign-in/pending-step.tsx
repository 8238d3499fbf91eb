import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { accessEndpoints, type Me } from '../../../contract/access.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useProblemText } from '../../app/problems.ts';
import { useSession } from '../../app/session.tsx';
import { Button, Notice, Problem, TextField } from '../../kit/index.ts';
import { PasswordForm } from './password-form.tsx';
import { useT } from './words.ts';

/** What must be done before the desk opens: a new password, a second factor set up, or its code. */
export function PendingStep({ me, pending }: { me: Me; pending: NonNullable<Me['pending']> }) {
  const t = useT();
  const { enter, leave } = useSession();
  const problem = useProblemText();
  const [notLeft, setNotLeft] = useState<unknown>(null);
  return (
    <>
      <p className="small soft">
        {me.label} · {me.login}{' '}
        <button type="button" className="linkish" onClick={() => void leave().catch(setNotLeft)}>
          {t('other')}
        </button>
      </p>
      {notLeft !== null && (
        <Notice kind="over" alert>
          {problem(notLeft)}
        </Notice>
      )}
      {pending === 'password' && (
        <>
          <h2>{t('changeTitle')}</h2>
          <p className="soft">{t('changeLead')}</p>
          <PasswordForm onDone={enter} />
        </>
      )}
      {pending === 'enrol' && <Enrolment />}
      {pending === 'code' && (
        <>
          <h2>{t('codeTitle')}</h2>
          <p className="soft">{t('codeLead')}</p>
          <CodeForm />
        </>
      )}
    </>
  );
}

function Enrolment() {
  const t = useT();
  const begun = useQuery({
    queryKey: ['enrolment'],
    queryFn: () => call(accessEndpoints.enrol, {}),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  if (begun.error) return <Problem error={begun.error} onRetry={begun.refetch} />;
  return (
    <>
      <h2>{t('enrolTitle')}</h2>
      <p className="soft">{t('enrolLead')}</p>
      <div className="sign-in-qr">
        {begun.data && <img src={begun.data.qr} alt={t('qr')} width={176} height={176} />}
      </div>
      {begun.data && (
        <p className="small soft">
          {t('secret')}
          <code>{begun.data.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
        </p>
      )}
      <CodeForm />
    </>
  );
}

function CodeForm() {
  const t = useT();
  const { enter } = useSession();
  const problem = useProblemText();
  const [code, setCode] = useState('');
  const send = useAct(accessEndpoints.secondFactor, { onDone: enter, onFail: () => setCode('') });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.length === 6) send.mutate({ code });
  };
  return (
    <form onSubmit={submit}>
      <TextField
        label={t('code')}
        line={{ className: 'sign-in-code', inputMode: 'numeric', autoComplete: 'one-time-code', required: true }}
        maxLength={6}
        value={code}
        onChange={(typed) => setCode(typed.replace(/\D/g, ''))}
      />
      {send.error && (
        <Notice kind="over" alert>
          {problem(send.error)}
        </Notice>
      )}
      <Button kind="main" submit busy={send.isPending}>
        {t('goOn')}
      </Button>
    </form>
  );
}
