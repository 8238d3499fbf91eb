import { useState } from 'react';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { quickTimes } from './times.ts';
import { useT } from './words.ts';

interface Props {
  open: boolean;
  busy: boolean;
  onClose: () => void;
  onAgree: (appointment: string) => void;
}

/** When the person asked to be rung again. */
export function Later({ open, busy, onClose, onAgree }: Props) {
  const t = useT();
  const format = useFormat();
  const [at, setAt] = useState('');
  const [past, setPast] = useState(false);
  const agree = (appointment: string) => {
    if (Date.parse(appointment) <= now()) setPast(true);
    else onAgree(appointment);
  };
  return (
    <Dialog open={open} title={t('laterTitle')} onClose={onClose}>
      <div className="choices">
        {quickTimes(now(), format.local, format.instant).map((quick) => (
          <Button key={quick.name} disabled={busy} onClick={() => agree(quick.at)}>
            {t(quick.name)}
          </Button>
        ))}
      </div>
      <div className="field">
        <label htmlFor="fu-later">{t('laterAt')}</label>
        <input
          id="fu-later"
          className="input"
          type="datetime-local"
          min={format.local(now())}
          value={at}
          aria-invalid={past || undefined}
          aria-describedby={past ? 'fu-later-fault' : undefined}
          onChange={(event) => {
            setAt(event.target.value);
            setPast(false);
          }}
        />
        {past && (
          <p id="fu-later-fault" className="fault" role="alert">
            {t('laterPast')}
          </p>
        )}
      </div>
      <div className="dialog-acts">
        <Button kind="main" disabled={at === '' || busy} onClick={() => agree(format.instant(at))}>
          {t('laterSave')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </Dialog>
  );
}
