import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { stageNowEndpoints } from '../../contract/stage-now.ts';
import { Glyph } from '../kit/glyph.tsx';
import { call } from './api.ts';
import { Bell } from './bell.tsx';
import { useDirectory } from './directory.ts';
import { useFormat } from './format.ts';
import { useLiveConnection } from './live.ts';
import { now, useNow } from './now.ts';
import { SearchBox } from './search-box.tsx';
import { useMay } from './session.tsx';
import { WhoMenu } from './who-menu.tsx';
import { defineWords, nameIn, useLocale, useWords } from './words.ts';

const words = defineWords({
  mark: ['最后一米', 'Last Metre'],
  day: ['第 {n} 天', 'day {n}'],
  demo: ['演示', 'Demo'],
  demoWhy: ['演示环境：单位、人和事都是虚构的', 'A demo: units, people and events are invented'],
  live: ['实时', 'Live'],
  lost: ['断开，正在重连', 'Reconnecting'],
});

/** Shape beside the stage word, so that it never stands by colour alone. */
const stageShapes: Record<string, 'square' | 'triangle' | 'diamond' | 'circle'> = {
  S0: 'circle',
  S1: 'triangle',
  S2: 'triangle',
  S3: 'square',
  S4: 'square',
  S5: 'diamond',
  S6: 'circle',
};

/** Which stage is in force where this person belongs; a switch is here as soon as it is signed, or at its hour. */
function Stage() {
  const { stage: atFirst } = useDirectory();
  const t = useWords(words);
  const language = useLocale();
  const mayRead = useMay()('stages.read');
  const { data } = useQuery({
    queryKey: ['stage'],
    queryFn: () => call(stageNowEndpoints.now, {}),
    refetchInterval: ({ state }) =>
      state.data?.next ? Math.min(Math.max(Date.parse(state.data.next.at) - now(), 0) + 500, 3_600_000) : 3_600_000,
  });
  const stage = data ? data.stage : atFirst;
  if (!stage) return null;
  const shown = (
    <>
      <Glyph name={stageShapes[stage.code] ?? 'square'} />
      <b>{nameIn(stage, language)}</b>
      <span className="soft wide">{t('day', { n: stage.day })}</span>
    </>
  );
  return mayRead ? (
    <Link className="stage" to="/stages">
      {shown}
    </Link>
  ) : (
    <span className="stage">{shown}</span>
  );
}

function LiveClock() {
  const t = useWords(words);
  const format = useFormat();
  const connected = useLiveConnection();
  const at = useNow(1_000);
  return (
    <span className={connected ? 'live' : 'live lost'}>
      <Glyph name={connected ? 'dot' : 'ring'} />
      <span className="sr-only" role="status">
        {connected ? t('live') : t('lost')}
      </span>
      <span className="wide" aria-hidden="true">
        {connected ? t('live') : t('lost')} {format.clockWithSeconds(at)}
      </span>
    </span>
  );
}

export function TopBar() {
  const { group } = useDirectory();
  const t = useWords(words);
  const mayRead = useMay()('requests.read');
  return (
    <header className="top">
      <Link className="mark" to="/">
        {t('mark')}
      </Link>
      <Stage />
      {group.demo && (
        <span className="tag" title={t('demoWhy')}>
          {t('demo')}
        </span>
      )}
      <span className="grow" />
      {mayRead && <SearchBox />}
      <LiveClock />
      <Bell />
      <WhoMenu />
    </header>
  );
}
