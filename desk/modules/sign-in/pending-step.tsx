import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { accessEndpoints, type Me } from '../../../contract/access.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useProblemText } from '../../app/problems.ts';
import { useSession } from '../../app/session.tsx';
import { Button, Field, Notice, Problem } from '../../kit/index.ts';
import { useT } from './words.ts';

/** What must be done before the desk opens: a new password, a second factor set up, or its code. */
export function PendingStep({ me, pending }: { me: Me; pending: NonNullable<Me['pending']> }) {
  const t = useT();
  const { leave } = useSession();
  return (
    <>
      <p className="small soft">
        {me.label} · {me.login}{' '}
        <button type="button" className="linkish" onClick={() => void leave()}>
          {t('other')}
        </button>
      </p>
      {pending === 'password' && <NewPassword />}
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

function NewPassword() {
  const t = useT();
  const { enter } = useSession();
  const problem = useProblemText();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [shown, setShown] = useState(false);
  const change = useAct(accessEndpoints.changePassword, { onDone: enter });
  const differs = shown && next !== again;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShown(true);
    if (next === again) change.mutate({ current, next });
  };
  return (
    <form onSubmit={submit}>
      <h2>{t('changeTitle')}</h2>
      <p className="soft">{t('changeLead')}</p>
      <Field label={t('current')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="password"
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('next')} hint={t('nextHint')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="password"
            autoComplete="new-password"
            minLength={10}
            required
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('again')} fault={differs ? t('notSame') : undefined}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="password"
            autoComplete="new-password"
            required
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
        )}
      </Field>
      {change.error && (
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
      <Field label={t('code')}>
        {(control) => (
          <input
            {...control}
            className="input sign-in-code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            required
            value={code}
            onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
          />
        )}
      </Field>
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
