import { useQuery } from '@tanstack/react-query';
import { accessEndpoints as api } from '../../../contract/access.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { useSession } from '../../app/session.tsx';
import { Button } from '../../kit/button.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { PasswordForm } from '../sign-in/password-form.tsx';
import './access.css';
import { deviceOf } from './device.ts';
import { useT } from './words.ts';

/** Where I am signed in; each may be ended. */
export default function SessionsPage() {
  const t = useT();
  const format = useFormat();
  const { enter } = useSession();
  const list = useQuery({ queryKey: ['sessions'], queryFn: () => call(api.sessions, {}) });
  const nameOf = (device: string): string => {
    const { browser, system } = deviceOf(device);
    return browser && system ? t('deviceOn', { browser, system }) : (browser ?? system ?? device);
  };
  const end = useAct(api.revokeSession, {
    refreshes: [['sessions']],
    onDone: () => notify.good(t('sessionEnded')),
    onFail: notify.problem,
  });
  if (list.error && !list.data)
    return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  const sessions = list.data?.sessions ?? [];
  return (
    <div className="ac-single">
      <header>
        <h1>{t('sessions')}</h1>
        <p className="soft small">{t('sessionsLead')}</p>
      </header>
      <ul className="ac-cards">
        {sessions.map((session) => (
          <li key={session.id}>
            <div>
              <b title={session.device}>{nameOf(session.device)}</b>{' '}
              {session.current && <span className="tag good">{t('thisDevice')}</span>}
              <p className="soft small">
                {t('since')} {format.moment(session.createdAt)} · {t('lastUsed')} {format.moment(session.lastSeenAt)}
              </p>
            </div>
            {!session.current && (
              <Button busy={end.isPending} onClick={() => end.mutate({ id: session.id })}>
                {t('endSession')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length === 1 && <p className="soft">{t('onlyThis')}</p>}
      <section className="ac-password">
        <h2>{t('changePassword')}</h2>
        <p className="soft small">{t('changePasswordLead')}</p>
        <PasswordForm
          onDone={(me) => {
            notify.good(t('passwordChanged'));
            if (me.pending) enter(me);
            else void list.refetch();
          }}
        />
      </section>
    </div>
  );
}
