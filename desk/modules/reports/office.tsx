import { useState } from 'react';
import { reportEndpoints as api } from '../../../contract/reports.ts';
import { useAct } from '../../app/act.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { notify } from '../../kit/notify.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useT } from './words.ts';

/** The telephone of a site's office: rung by whoever reads it, kept by its officers and the unit's liaison. */
export function Office({
  nodeId,
  place,
  phone,
  keeps,
}: {
  nodeId: number;
  place: string;
  phone: string | null;
  keeps: boolean;
}) {
  const t = useT();
  const [typed, setTyped] = useState<string | null>(null);
  const save = useAct(api.setOffice, {
    refreshes: [['reports']],
    onDone: () => {
      notify.good(t('officeSaved'));
      setTyped(null);
    },
    onFail: notify.problem,
  });
  return (
    <>
      {phone ? (
        <a className="rp-tel" href={`tel:${phone}`} aria-label={t('ring', { phone })}>
          {phone}
        </a>
      ) : (
        <span className="small soft">{t('noPhone')}</span>
      )}
      {keeps && (
        <button
          type="button"
          className="linkish small"
          aria-label={`${t('officeChange')} ${place}`}
          onClick={() => setTyped(phone ?? '')}
        >
          {t('officeChange')}
        </button>
      )}
      {typed !== null && (
        <Dialog open title={t('officeTitle', { place })} onClose={() => setTyped(null)}>
          <form
            className="rp-forms"
            onSubmit={(event) => {
              event.preventDefault();
              save.mutate({ siteId: nodeId, phone: typed });
            }}
          >
            <TextField
              label={t('officePhone')}
              hint={t('officeHow')}
              value={typed}
              maxLength={20}
              line={{ inputMode: 'tel' }}
              fault={save.error ? t('officeFault') : undefined}
              onChange={setTyped}
            />
            <Button kind="main" submit busy={save.isPending} disabled={typed.trim() === ''}>
              {t('save_')}
            </Button>
          </form>
        </Dialog>
      )}
    </>
  );
}
