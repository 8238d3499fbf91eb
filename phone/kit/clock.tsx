import { useEffect, useState } from 'preact/hooks';
import type { RequestRow } from '../../contract/requests.ts';
import { trueNow } from '../app/device-clock.ts';
import { directory } from '../app/directory.ts';
import { dayTime, shortTime, timeLeft } from '../app/times.ts';
import { useWords, type Words } from '../app/words.ts';

/** The time, anew every half minute. */
export function useNow(): Date {
  const [now, setNow] = useState(trueNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(trueNow()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function zone(): string {
  return directory.get()?.group.timezone ?? 'Asia/Shanghai';
}

/** A moment in the group's time zone. */
export function moment(iso: string, words: Words, now = trueNow()): string {
  return dayTime(iso, now, zone(), words);
}

const round = 2 * Math.PI * 9;

/** Time left as a ring and a word; paused while suspended. */
export function Clock({ clock }: { clock: NonNullable<RequestRow['clock']> }) {
  const words = useWords();
  const now = useNow();
  if (clock.paused) return <span class="clock">{words.clockPaused}</span>;
  const { text, tone, left } = timeLeft(clock.from, clock.due, now, words);
  return (
    <span class={`clock ${tone}`}>
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <circle cx="12" cy="12" r="9" />
        <circle class="rest" cx="12" cy="12" r="9" stroke-dasharray={`${(round * left) / 100} ${round}`} />
      </svg>
      {text}
    </span>
  );
}

/** By when, with the first due struck through if it was moved. */
export function DueLine({ clock }: { clock: NonNullable<RequestRow['clock']> }) {
  const words = useWords();
  const now = useNow();
  const at = (iso: string) => shortTime(iso, now, zone(), words);
  const moved = clock.due !== clock.originalDue;
  return (
    <>
      {moved && (
        <>
          <del>{at(clock.originalDue)}</del> →{' '}
        </>
      )}
      {words.clockBy[clock.kind](at(clock.due))}
      {moved && `。${words.clockStill}`}
    </>
  );
}
