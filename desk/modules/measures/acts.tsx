import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { lackingEvidence } from '../../../contract/measure-evidence.ts';
import { measureEndpoints as api } from '../../../contract/measures.ts';
import { useAct } from '../../app/act.ts';
import type { StoredFile } from '../../app/api.ts';
import { randomId } from '../../app/identifier.ts';
import { Button, LinePicker, notify, TextField, useDraft } from '../../kit/index.ts';
import { Evidence } from '../requests/forms/evidence.tsx';
import { useT } from './words.ts';

export type OneMeasure = OutputOf<typeof api.one>;
export type Act = 'tick' | 'cannot' | 'help' | 'excused' | 'agreed' | 'refused';

interface Draft {
  words: string;
  number: string;
  signer: string;
  lineId: number | null;
  files: readonly StoredFile[];
}

/** One act on a measure in words and evidence. What was typed stays in this tab until it is sent. */
export function ActForm({ measure, act, onClose }: { measure: OneMeasure; act: Act; onClose: () => void }) {
  const t = useT();
  const empty = useMemo<Draft>(
    () => ({ words: '', number: '', signer: '', lineId: measure.workLineId, files: [] }),
    [measure.workLineId],
  );
  const [draft, change, drop] = useDraft<Draft>(`measure.${measure.id}.${act}`, empty);
  // The same form sent twice is the same tick.
  const [markId] = useState(randomId);
  const [complained, setComplained] = useState(false);
  const options = {
    refreshes: [['measures']],
    onDone: () => {
      drop();
      notify.good(t('saved'));
      onClose();
    },
    onFail: notify.problem,
  };
  const tick = useAct(api.tick, options);
  const cannot = useAct(api.cannot, options);
  const answer = useAct(api.answer, options);
  const check = useAct(api.check, options);
  const busy = tick.isPending || cannot.isPending || answer.isPending || check.isPending;
  const words = draft.words.trim();
  const number = draft.number.trim() === '' ? undefined : Number(draft.number);
  const lacking =
    act === 'tick'
      ? lackingEvidence(measure, { words, number, signer: draft.signer, files: draft.files.length })
      : act !== 'agreed' && words.length < 2
        ? ('words' as const)
        : null;
  const fileIds = draft.files.map((file) => file.id);
  const { id, version } = measure;
  const send = (): void => {
    setComplained(true);
    if (lacking || busy) return;
    const said = words || undefined;
    if (act === 'tick')
      tick.mutate({ id, markId, words: said, number, signer: draft.signer.trim() || undefined, fileIds });
    else if (act === 'cannot') cannot.mutate({ id, markId, reason: words, fileIds: fileIds.slice(0, 3) });
    else if (act === 'agreed' || act === 'refused') check.mutate({ id, version, verdict: act, words: said });
    else answer.mutate({ id, version, how: act, words, lineId: draft.lineId ?? undefined });
  };
  const fault = (field: typeof lacking) => (complained && lacking === field && field ? t(`lack_${field}`) : undefined);
  return (
    <form
      className="me-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {act === 'tick' && measure.evidence === 'count' && (
        <TextField
          label={t('number')}
          value={draft.number}
          fault={fault('number')}
          maxLength={7}
          line={{ inputMode: 'numeric' }}
          onChange={(next) => change({ number: next })}
        />
      )}
      {act === 'tick' && measure.evidence === 'sign' && (
        <TextField
          label={t('signer')}
          value={draft.signer}
          fault={fault('signer')}
          maxLength={60}
          onChange={(signer) => change({ signer })}
        />
      )}
      <TextField
        label={t(`words_${act}`)}
        rows={3}
        maxLength={1000}
        value={draft.words}
        fault={fault('words')}
        onChange={(next) => change({ words: next })}
      />
      {act === 'help' && (
        <div className="field">
          <span className="label">{t('toLine')}</span>
          <LinePicker label={t('toLine')} value={draft.lineId} onChange={(lineId) => change({ lineId })} />
          <p className="hint">{t('helpIs')}</p>
        </div>
      )}
      {act === 'refused' && <p className="hint">{t('refusedIs')}</p>}
      {(act === 'tick' || act === 'cannot') && (
        <>
          <Evidence files={draft.files} onChange={(files) => change({ files })} />
          {fault('fileIds') && (
            <p className="fault" role="alert">
              {fault('fileIds')}
            </p>
          )}
        </>
      )}
      <div className="dialog-acts">
        <Button kind="main" submit busy={busy}>
          {t('send')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
