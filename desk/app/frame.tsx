import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { KeyHints } from '../kit/key-hints.tsx';
import { Notices } from '../kit/notify.tsx';
import { Problem } from '../kit/problem.tsx';
import { DirectoryProvider, useLoadedDirectory } from './directory.ts';
import { useLiveUpdates } from './live.ts';
import { modules } from './modules.ts';
import { Rail } from './rail.tsx';
import { may, useSession } from './session.tsx';
import { TimezoneContext } from './timezone.ts';
import { TopBar } from './top-bar.tsx';
import { defineWords, useWords } from './words.ts';

const words = defineWords({
  skip: ['跳到正文', 'Skip to content'],
  title: ['最后一米', 'Last Metre'],
  none: ['没有这一页', 'No such page'],
  noneHow: ['左边是您的工作。', 'Your work is on the left.'],
});

/** The desk for somebody who is signed in: bar, rail, page. */
function SignedInFrame() {
  const { directory, error, retry } = useLoadedDirectory();
  const t = useWords(words);
  useLiveUpdates(true);
  if (!directory)
    return error ? <Problem error={error} onRetry={() => void retry()} /> : <div className="frame" aria-busy="true" />;
  return (
    <DirectoryProvider value={directory}>
      <TimezoneContext.Provider value={directory.group.timezone}>
        <a className="skip" href="#page">
          {t('skip')}
        </a>
        <div className="frame">
          <TopBar />
          <Rail />
          <main className="page" id="page" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
        <KeyHints />
        <Notices />
      </TimezoneContext.Provider>
    </DirectoryProvider>
  );
}

export function Frame() {
  const { me, loading, error, retry } = useSession();
  const { pathname, href } = useLocation();
  const t = useWords(words);
  useEffect(() => {
    document.title = t('title');
  }, [t]);
  if (loading) return <div className="frame" aria-busy="true" />;
  if (error && !me) return <Problem error={error} onRetry={retry} />;
  if (pathname === '/sign-in') return <Outlet />;
  if (!me || me.pending) return <Navigate to="/sign-in" search={href === '/' ? {} : { back: href }} replace />;
  return <SignedInFrame />;
}

/** Where a person lands: their day's work, or the phone page for somebody who only asks. */
export function FirstPage() {
  const { me } = useSession();
  const first = me && modules.find((module) => module.rail && may(me, module.permission));
  useEffect(() => {
    if (me && !first) window.location.replace('/p/');
  }, [me, first]);
  return first ? <Navigate to={first.route} search={first.search ?? {}} replace /> : null;
}

export function NoSuchPage() {
  const t = useWords(words);
  return (
    <div className="empty">
      <b>{t('none')}</b>
      <p>{t('noneHow')}</p>
    </div>
  );
}
