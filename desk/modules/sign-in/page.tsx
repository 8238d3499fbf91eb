import { Navigate, useLocation } from '@tanstack/react-router';
import { useSession } from '../../app/session.tsx';
import { chooseLocaleHere, useLocale } from '../../app/words.ts';
import { DemoAccounts, useDemoAccounts } from './demo-accounts.tsx';
import { EnterForm } from './enter-form.tsx';
import { PendingStep } from './pending-step.tsx';
import './sign-in.css';
import { useT } from './words.ts';

/** An address of this desk to go back to; anything else leads to the first page. */
function backOf(search: unknown): string {
  const back = (search as { back?: unknown }).back;
  return typeof back === 'string' && back.startsWith('/') && !back.startsWith('//') ? back : '/';
}

export default function SignIn() {
  const t = useT();
  const language = useLocale();
  const { me } = useSession();
  const { search } = useLocation();
  const accounts = useDemoAccounts();
  if (me && !me.pending) return <Navigate to={backOf(search)} replace />;
  if (accounts === null) return <main className="sign-in" aria-busy="true" />;
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <header>
          <h1>{t('mark')}</h1>
          <p className="soft">{t('line')}</p>
          <button
            type="button"
            className="linkish"
            lang={language === 'en' ? 'zh-CN' : 'en'}
            onClick={() => chooseLocaleHere(language === 'en' ? 'zh-CN' : 'en')}
          >
            {t('language')}
          </button>
        </header>
        {me?.pending ? <PendingStep me={me} pending={me.pending} /> : <EnterForm />}
      </div>
      {!me && <DemoAccounts accounts={accounts} />}
    </main>
  );
}
