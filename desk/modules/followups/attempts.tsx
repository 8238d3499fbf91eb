import type { ReactNode } from 'react';
import type { attemptChannels, attemptOutcomes, CallSheet } from '../../../contract/followups.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Later } from './later.tsx';
import { Conditions } from './side.tsx';
import { useT } from './words.ts';

type Outcome = (typeof attemptOutcomes)[number];
type Channel = (typeof attemptChannels)[number];
export interface Attempt {
  channel: Channel;
  outcome: Outcome;
  appointment?: string;
}

/** One way in which it did not come to an answer, with its key. */
export interface Way extends Attempt {
  key: string;
}

/** What may be recorded when the person was not reached. */
export const ways: readonly Way[] = [
  { key: 'N', outcome: 'no_answer', channel: 'phone' },
  { key: 'B', outcome: 'busy', channel: 'phone' },
  { key: 'W', outcome: 'wrong_number', channel: 'phone' },
  { key: 'C', outcome: 'cut_off', channel: 'phone' },
  { key: 'G', outcome: 'asked_later', channel: 'phone' },
  { key: 'R', outcome: 'refused', channel: 'phone' },
  { key: 'P', outcome: 'notice_sent', channel: 'thread' },
];

export type Asking = 'asked_later' | 'refused' | 'notice_sent' | 'unreachable' | null;
export const asksFirst = (outcome: Outcome): outcome is 'asked_later' | 'refused' | 'notice_sent' =>
  outcome === 'asked_later' || outcome === 'refused' || outcome === 'notice_sent';

interface Props {
  sheet: CallSheet;
  busy: boolean;
  offered: readonly Way[];
  missing: string | null;
  asking: Asking;
  setAsking: (asking: Asking) => void;
  /** Asks once more where the act cannot be taken back, else records. */
  onTake: (way: Way) => void;
  onRecord: (attempt: Attempt) => void;
  onUnreachable: () => void;
  onComplete: () => void;
}

/** The bottom bar: complete and freeze, or record that it did not come to that. */
export function Acts({
  sheet,
  busy,
  offered,
  missing,
  asking,
  setAsking,
  onTake,
  onRecord,
  onUnreachable,
  onComplete,
}: Props) {
  const t = useT();
  const close = () => setAsking(null);
  return (
    <footer className="acts fu-acts">
      <Button
        kind="main"
        disabled={missing !== null || busy}
        title={t('savedHint')}
        onClick={onComplete}
        keys={['Ctrl', 'Enter']}
      >
        {t('complete')}
      </Button>
      <span className="soft small fu-missing" role="status" title={missing ?? undefined}>
        {missing ?? t('allAsked')}
      </span>
      <fieldset className="fu-ways" aria-label={t('attemptsGroup')}>
        {offered.map((way) => (
          <Button key={way.outcome} disabled={busy} keys={[way.key]} onClick={() => onTake(way)}>
            {t(way.outcome)}
          </Button>
        ))}
        {sheet.mayCloseUnreachable && (
          <Button disabled={busy} keys={['U']} onClick={() => setAsking('unreachable')}>
            {t('unreachable')}
          </Button>
        )}
      </fieldset>
      <Later
        open={asking === 'asked_later'}
        busy={busy}
        onClose={close}
        onAgree={(appointment) => onRecord({ channel: 'phone', outcome: 'asked_later', appointment })}
      />
      <Confirm
        open={asking === 'refused'}
        busy={busy}
        name="refused"
        onClose={close}
        onSave={() => onRecord({ channel: 'phone', outcome: 'refused' })}
      />
      <Confirm
        open={asking === 'notice_sent'}
        busy={busy}
        name="notice"
        onClose={close}
        onSave={() => onRecord({ channel: 'thread', outcome: 'notice_sent' })}
      />
      <Confirm open={asking === 'unreachable'} busy={busy} name="unreachable" onClose={close} onSave={onUnreachable}>
        <Conditions sheet={sheet} />
      </Confirm>
    </footer>
  );
}

interface ConfirmProps {
  open: boolean;
  busy: boolean;
  name: 'refused' | 'notice' | 'unreachable';
  onClose: () => void;
  onSave: () => void;
  children?: ReactNode;
}

function Confirm({ open, busy, name, onClose, onSave, children }: ConfirmProps) {
  const t = useT();
  return (
    <Dialog open={open} title={t(`${name}Title`)} onClose={onClose}>
      <p>{t(`${name}Text`)}</p>
      {children}
      <div className="dialog-acts">
        <Button kind="main" disabled={busy} onClick={onSave}>
          {t(name === 'unreachable' ? 'unreachable' : `${name}Save`)}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </Dialog>
  );
}
