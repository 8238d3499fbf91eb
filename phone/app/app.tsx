import { useEffect } from 'preact/hooks';
import { IconSheet } from '../kit/icon.tsx';
import { Net } from '../kit/net.tsx';
import { SignIn } from '../modules/access/sign-in.tsx';
import { Ask } from '../modules/requests/ask.tsx';
import { Follow, ThreadByCode } from '../modules/requests/follow.tsx';
import { Home } from '../modules/requests/home.tsx';
import { Sent } from '../modules/requests/sent.tsx';
import { ThreadById } from '../modules/requests/thread.tsx';
import { Lazily, later } from './lazily.tsx';
import { startLive } from './live.ts';
import { route } from './route.ts';
import { me } from './session.ts';
import { useStored } from './use-stored.ts';

const measures = later(() => import('../modules/measures/page.tsx'));
const nearMisses = later(() => import('../modules/near-misses/page.tsx'));
const reports = later(() => import('../modules/reports/page.tsx'));

function Page() {
  const { page, rest } = useStored(route);
  const [first = ''] = rest;
  switch (page) {
    case 'ask':
      return <Ask key={first} code={first || undefined} />;
    case 'sent':
      return <Sent key={first} id={first} />;
    case 'r':
      return <ThreadById key={first} id={first} />;
    case 'c':
      return <ThreadByCode key={first} number={first} />;
    case 'measures':
      return <Lazily page={measures} />;
    case 'near-miss':
      return <Lazily page={nearMisses} />;
    case 'follow':
      return <Follow />;
    case 'report':
      return <Lazily page={reports} />;
    case 'sign-in':
      return <SignIn />;
    default:
      return <Home />;
  }
}

export function App() {
  const account = useStored(me)?.id;
  useEffect(() => {
    if (!account) return;
    const stop = new AbortController();
    startLive(stop.signal);
    return () => stop.abort();
  }, [account]);
  return (
    <>
      <IconSheet />
      <Net />
      <Page />
    </>
  );
}
