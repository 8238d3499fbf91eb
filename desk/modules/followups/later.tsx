import { useState } from 'react';
import { Button, Dialog } from '../../kit/index.ts';
import { localInput, quickTimes } from './times.ts';
import { useT } from './words.ts';

interface Props {
  open: boolean;
  onClose: () => void;
  onAgree: (appointment: string) => void;
}

/** When the person asked to be rung again. */
export function Later({ open, onClose, onAgree }: Props) {
  const t = useT();
  const [at, setAt] = useState('');
  const [fault, setFault] = useState(false);
  const agree = (value: string) => {
    const moment = new Date(value);
    if (Number.isNaN(moment.getTime()) || moment.getTime() <= Date.now()) return setFault(true);
    setFault(false);
    onAgree(moment.toISOString());
  };
  return (
    <Dialog open={open} title={t('laterTitle')} onClose={onClose}>
      <div className="fu-quick">
        {quickTimes(new Date()).map(({ name, at: moment }) => (
          <Button key={name} onClick={() => agree(moment.toISOString())}>
            {t(name)}
          </Button>
        ))}
      </div>
      <label className="fu-laterat" htmlFor="fu-later">
        {t('laterAt')}
        <input
          id="fu-later"
          type="datetime-local"
          min={localInput(new Date())}
          value={at}
          aria-invalid={fault || undefined}
          aria-describedby="fu-later-fault"
          onChange={(event) => {
            setAt(event.target.value);
            setFault(false);
          }}
        />
      </label>
      <p id="fu-later-fault" className="fu-fault" role="alert">
        {fault ? t('laterPast') : ''}
      </p>
      <div className="fu-dialogacts">
        <Button kind="main" disabled={at === ''} onClick={() => agree(at)}>
          {t('laterSave')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </Dialog>
  );
}
