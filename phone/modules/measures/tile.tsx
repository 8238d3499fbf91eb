import { useEffect } from 'preact/hooks';
import { pending } from '../../app/pending.ts';
import { me } from '../../app/session.ts';
import { useStored } from '../../app/use-stored.ts';
import { useNow } from '../../kit/clock.tsx';
import { Icon } from '../../kit/icon.tsx';
import { kept, listNow, refreshMeasures, startMeasures } from './kept.ts';
import './measures.css';
import { useMeasureWords } from './words.ts';

void startMeasures();

/** On the home of whoever answers for a site's measures: how far today has come, and the way in. */
export default function MeasuresTile() {
  const words = useMeasureWords();
  const account = useStored(me)?.id ?? '';
  const list = useStored(kept);
  const items = useStored(pending);
  useNow();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void refreshMeasures(account).catch(() => {});
    };
    look();
    const timer = setInterval(look, 60_000);
    return () => clearInterval(timer);
  }, [account]);
  const today = list && listNow(list, items, account);
  const late = today?.lapsed.length ?? 0;
  const left = (today?.todo.length ?? 0) + late;
  return (
    <a class="card duty" href="#/measures">
      <span class={`state ${late > 0 ? 'over' : today && left === 0 && today.all > 0 ? 'done' : ''}`}>
        <Icon name={late > 0 ? 'warn' : today && left === 0 && today.all > 0 ? 'done' : 'half'} />
        {words.title}
      </span>
      <span class="count">
        {today ? (
          <>
            {words.doneOf} <b>{today.done.length}</b> {words.ofAll(today.all)}
          </>
        ) : (
          ' '
        )}
      </span>
      <span class="small dim">
        {today ? (late > 0 ? words.tileLate(late) : left > 0 ? words.tileTodo(left) : words.allDone) : ' '}
      </span>
      <Icon name="next" />
    </a>
  );
}
