import { useEffect, useState } from 'preact/hooks';
import { faultText } from '../../app/faults.ts';
import { useWords } from '../../app/words.ts';
import { Wrong } from '../../kit/frame.tsx';
import { type Hold, newsBySms } from './following.ts';

/** Whether one is told by SMS when something happens: only where the group does it and a number was left. */
export function News({ hold }: { hold: Hold }) {
  const words = useWords();
  const [stands, setStands] = useState<{ available: boolean; agreed: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  useEffect(() => {
    // Without an answer nothing is offered: the thread itself tells everything.
    newsBySms(hold).then(setStands, () => {});
  }, [hold]);
  if (!stands?.available && !stands?.agreed) return null;
  async function choose(agree: boolean): Promise<void> {
    if (busy) return;
    setBusy(true);
    setFault('');
    try {
      setStands(await newsBySms(hold, agree));
    } catch (reason) {
      setFault(faultText(reason, words));
    }
    setBusy(false);
  }
  return (
    <>
      <label class="option">
        <input
          type="checkbox"
          checked={stands.agreed}
          aria-disabled={busy}
          onChange={(event) => void choose(event.currentTarget.checked)}
        />
        <span>
          <b>{words.newsBySms}</b>
          <small>{words.newsBySmsNote}</small>
        </span>
      </label>
      {fault && <Wrong>{fault}</Wrong>}
    </>
  );
}
