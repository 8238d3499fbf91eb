import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useState } from 'react';
import { caseEndpoints } from '../../../../contract/cases.ts';
import { requestEndpoints } from '../../../../contract/requests.ts';
import { call } from '../../../app/api.ts';
import { StateGlyph, TextField } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import { Excerpt } from '../row.tsx';
import { FormFrame, type FormProps, useFormAct } from './form-act.tsx';

/** Into the case of another request: of the same site and category, or found by its number. */
export function JoinForm({ thread, onDone, onCancel }: FormProps) {
  const t = useActWords();
  const name = useId();
  const [number, setNumber] = useState('');
  const [intoId, setIntoId] = useState<string | null>(null);
  const sought = useDeferredValue(number.trim());
  const nodeId = thread.siteId ?? thread.unitId ?? undefined;
  const found = useQuery({
    queryKey: ['requests', 'near', thread.id, sought],
    queryFn: () =>
      call(
        requestEndpoints.list,
        sought
          ? { view: 'all', search: sought, limit: 10 }
          : { view: 'open', nodeId, categoryId: thread.categoryId, sort: 'newest', limit: 20 },
      ),
  });
  const candidates = (found.data?.rows ?? []).filter(
    (row) => row.id !== thread.id && row.caseId !== null && row.work !== 'handled',
  );
  const act = useFormAct(caseEndpoints.join, thread, { said: t('done_join', { number: thread.number }), onDone });
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('act_join')}
      missing={[intoId === null && t('joinInto')]}
      onSend={() => act.mutate({ id: thread.id, version: act.read, intoRequestId: intoId! })}
      onCancel={onCancel}
    >
      <p className="soft">{t('joinLead')}</p>
      <TextField label={t('joinNumber')} line={{ placeholder: thread.number }} value={number} onChange={setNumber} />
      <fieldset className="field">
        <legend className="small soft">{t('joinInto')}</legend>
        <div className="join-list">
          {candidates.map((row) => (
            <label key={row.id} className="join-row">
              <input type="radio" name={name} checked={intoId === row.id} onChange={() => setIntoId(row.id)} />
              <b>{row.number}</b>
              <StateGlyph state={row.state} work={row.work} />
              <Excerpt row={row} />
            </label>
          ))}
          {found.isSuccess && candidates.length === 0 && <p className="small softer">{t('joinNone')}</p>}
        </div>
      </fieldset>
    </FormFrame>
  );
}
