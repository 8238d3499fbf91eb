import { useEffect, useState } from 'preact/hooks';
import type { accessEndpoints, Me } from '../../../contract/access.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { call } from '../../app/api.ts';
import { faultText } from '../../app/faults.ts';
import { go } from '../../app/route.ts';
import { changePassword, enterCode, me, signIn, signInAsDemo, signOut } from '../../app/session.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { Back, Bar, Dock, Section, Wrong } from '../../kit/frame.tsx';

type Demo = OutputOf<(typeof accessEndpoints)['demoAccounts']>['accounts'];
interface FieldParts {
  id: string;
  label: string;
  hint?: string;
  secret?: boolean;
  autocomplete: string;
  value: string;
  onInput(value: string): void;
}

function Field({ id, label, hint, secret, autocomplete, value, onInput }: FieldParts) {
  const parts = { id, class: 'input', autocomplete, value };
  const typed = (event: { currentTarget: HTMLInputElement }) => onInput(event.currentTarget.value);
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
        {hint && <small>{hint}</small>}
      </label>
      {secret ? (
        <input {...parts} type="password" onInput={typed} />
      ) : (
        <input {...parts} type="text" autocapitalize="none" onInput={typed} />
      )}
    </div>
  );
}

function SignedIn({ label }: { label: string }) {
  const words = useWords();
  const [fault, setFault] = useState('');
  return (
    <>
      <Bar title={label} />
      <main>
        {fault && <Wrong>{fault}</Wrong>}
        <button
          type="button"
          class="button full"
          onClick={() =>
            void signOut()
              .then(() => go('/', 'replace'))
              .catch((reason) => setFault(faultText(reason, words)))
          }
        >
          {words.signOut}
        </button>
      </main>
      <Dock>
        <Back to="/" />
      </Dock>
    </>
  );
}

export function SignIn() {
  const words = useWords();
  const account = useStored(me);
  const [step, setStep] = useState<Me['pending']>(null);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [next, setNext] = useState('');
  const [code, setCode] = useState('');
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const [demo, setDemo] = useState<Demo>([]);

  useEffect(() => {
    call<{ accounts: Demo }>('/api/public/demo-accounts')
      .then(({ accounts }) => setDemo(accounts))
      .catch(() => {});
  }, []);

  async function enter(work: () => Promise<Me>): Promise<void> {
    if (busy) return;
    setBusy(true);
    setFault('');
    try {
      const { pending } = await work();
      setStep(pending);
      if (pending === null) go('/', 'replace');
    } catch (reason) {
      setFault(faultText(reason, words));
    }
    setBusy(false);
  }

  if (account) return <SignedIn label={account.label} />;
  return (
    <form
      class="page"
      onSubmit={(event) => {
        event.preventDefault();
        if (step === 'code') void enter(() => enterCode(code.trim()));
        else if (step === 'password') void enter(() => changePassword(password, next));
        else void enter(() => signIn(login.trim(), password));
      }}
    >
      <Bar title={words.signInTitle} line={words.signInWhy} />
      <main>
        {step === null && (
          <>
            <Field id="login" label={words.login} autocomplete="username" value={login} onInput={setLogin} />
            <Field
              id="password"
              label={words.password}
              secret
              autocomplete="current-password"
              value={password}
              onInput={setPassword}
            />
          </>
        )}
        {step === 'code' && (
          <Field
            id="code"
            label={words.secondFactor}
            hint={words.secondFactorWhy}
            autocomplete="one-time-code"
            value={code}
            onInput={setCode}
          />
        )}
        {step === 'password' && (
          <>
            <p>{words.mustChange}</p>
            <Field
              id="next"
              label={words.newPassword}
              secret
              autocomplete="new-password"
              value={next}
              onInput={setNext}
            />
          </>
        )}
        {step === 'enrol' && <p>{words.enrol}</p>}
        {fault && <Wrong>{fault}</Wrong>}
        {step === null && demo.length > 0 && (
          <>
            <Section title={words.demoAccounts} />
            <ul class="card rows found">
              {demo.map((one) => (
                <li key={one.login}>
                  <button type="button" onClick={() => void enter(() => signInAsDemo(one.login))}>
                    <b>{one.label}</b>
                    <small>{one.place}</small>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </main>
      <Dock>
        <Back to="/" />
        {step !== 'enrol' && (
          <button type="submit" class="button go" aria-disabled={busy}>
            {busy ? words.loading : step === null ? words.signIn : words.confirm}
          </button>
        )}
      </Dock>
    </form>
  );
}
