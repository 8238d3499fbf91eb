import { useEffect } from 'preact/hooks';
import type { OutputOf } from '../../../contract/endpoint.ts';
import type { stageNowEndpoints } from '../../../contract/stage-now.ts';
import { call } from '../../app/api.ts';
import { changedStage } from '../../app/live.ts';
import { stored } from '../../app/stored.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { moment } from '../../kit/clock.tsx';

type StageNow = OutputOf<typeof stageNowEndpoints.now>;

/** Of the signed-in person's place, as last heard. */
const known = stored<StageNow | null>(null);

/** Which stage holds where this person belongs, and the next one where it is signed; a switch is here as it happens. */
export function StageLine() {
  const words = useWords();
  const now = useStored(known);
  const changed = useStored(changedStage);
  const at = now?.next?.at;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when a switch was heard of
  useEffect(() => {
    const look = () =>
      void call<StageNow>('/api/stages/now')
        .then(known.set)
        .catch(() => {});
    look();
    const left = at ? Date.parse(at) - Date.now() : 0;
    // A day at most: a longer wait is asked about on the way.
    const timer = setTimeout(look, left > 0 ? Math.min(left + 500, 86_400_000) : 3_600_000);
    return () => clearTimeout(timer);
  }, [changed, at]);
  if (!now?.stage) return null;
  return (
    <p class="small dim">
      {words.stageDay(words.pick(now.stage), now.stage.day)}
      {now.next && ` · ${words.stageNext(words.pick(now.next.stage), moment(now.next.at, words))}`}
    </p>
  );
}
