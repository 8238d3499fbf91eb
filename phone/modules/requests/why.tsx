import { useState } from 'preact/hooks';
import type { ClockLine, ClockLog } from '../../../contract/clocks.ts';
import { faultText } from '../../app/faults.ts';
import { useWords, type Words } from '../../app/words.ts';
import { moment } from '../../kit/clock.tsx';
import { type Hold, loadClocks } from './following.ts';

function sentence({ code, values: v }: ClockLine, words: Words): string {
  const { why } = words;
  const text = (name: string) => String(v[name] ?? '');
  const named = text(why.nameIn);
  switch (code) {
    case 'told_you':
      return why.told(Number(v.minutes));
    case 'calendar':
      return why.calendar(named);
    case 'nights':
      return why.nights(Number(v.n));
    case 'rest_days':
      return why.restDays(Number(v.n));
    case 'holiday':
      return why.holiday(named, Number(v.n));
    case 'nudged':
      return why.nudged(Number(v.nudges));
    case 'paused':
    case 'extended':
      return why[code](moment(text('until'), words));
    case 'asked':
    case 'asked_offline':
    case 'device_refused':
    case 'urgent_always':
    case 'round_the_clock':
    case 'accepted':
    case 'resumed':
    case 'reopened':
    case 'handled':
    case 'set_otherwise':
      return why[code];
    default:
      return '';
  }
}

/** "Why this time?", asked for on a tap: what was promised, what was skipped, what did not move it. */
export function WhyThisTime({ hold }: { hold: Hold }) {
  const words = useWords();
  const [log, setLog] = useState<ClockLog>();
  const [fault, setFault] = useState('');
  const [open, setOpen] = useState(false);
  async function toggle(): Promise<void> {
    setOpen(!open);
    if (open) return;
    setFault('');
    try {
      setLog(await loadClocks(hold));
    } catch (reason) {
      setFault(faultText(reason, words));
    }
  }
  const promise = log?.clocks[0];
  return (
    <>
      <button type="button" class="link" aria-expanded={open} onClick={() => void toggle()}>
        {words.why.ask}
      </button>
      {open && (
        <ul class="small dim" aria-busy={!log && !fault}>
          {fault && <li>{fault}</li>}
          {promise && <li>{words.why.promised(moment(promise.due, words))}</li>}
          {promise?.lines
            .map((line) => sentence(line, words))
            .filter(Boolean)
            .map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one answer never move
              <li key={i}>{line}</li>
            ))}
        </ul>
      )}
    </>
  );
}
