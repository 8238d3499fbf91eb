import { useState } from 'react';
import type { RequestThread } from '../../../contract/requests.ts';
import { Button } from '../../kit/index.ts';
import { useActWords } from './act-words.ts';
import { type Act, actsOf, mainAct } from './acts.ts';

/** The only acts this person may take now, and quietly why an expected one is missing. */
export function ActBar({
  thread,
  open,
  busy,
  onAct,
}: {
  thread: RequestThread;
  open: Act | null;
  busy: boolean;
  onAct: (act: Act) => void;
}) {
  const t = useActWords();
  const [why, setWhy] = useState(false);
  const main = mainAct(thread);
  const offered = actsOf(thread);
  const reasons = Object.entries(thread.cannot);
  const names = reasons
    .filter(([ability]) => ability !== 'close')
    .map(([ability]) => t.or(`cannot_${ability}`, ability));
  return (
    <>
      {[...offered]
        .sort((a, b) => Number(b.name === main) - Number(a.name === main))
        .map((act) => (
          <Button
            key={act.name}
            kind={act.name === main && open === null ? 'main' : undefined}
            keys={[act.key.toUpperCase()]}
            busy={busy && act.name === 'accept'}
            aria-pressed={open === act.name ? true : undefined}
            onClick={() => onAct(act.name)}
          >
            {t(`act_${act.name}`)}
          </Button>
        ))}
      {offered.length === 0 && <span className="soft">{t('nothingToDo')}</span>}
      <span className="grow" />
      {thread.cannot.close && (
        <span className="small soft">{t.or(`why_${thread.cannot.close}`, thread.cannot.close)}</span>
      )}
      {names.length > 0 && !why && (
        <button type="button" className="linkish small" onClick={() => setWhy(true)}>
          {t('whyNot', { which: names.join(t('comma')) })}
        </button>
      )}
      {why && (
        <p className="why-not" role="status">
          {reasons
            .filter(([ability]) => ability !== 'close')
            .map(([ability, code]) => `${t.or(`cannot_${ability}`, ability)}${t('colon')}${t.or(`why_${code}`, code)}`)
            .join(' · ')}
        </p>
      )}
    </>
  );
}
