import { useMemo } from 'react';
import { caseEndpoints } from '../../../../contract/cases.ts';
import { useFormat } from '../../../app/format.ts';
import { now } from '../../../app/now.ts';
import { Field, Notice, useDraft } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import { Choices } from './choices.tsx';
import { FormFrame, type FormProps, useFormAct } from './form-act.tsx';

const askReasons = ['waiting_requester', 'policy', 'force_majeure', 'parts', 'other'] as const;

export function AskForm({ thread, kind, onDone, onCancel }: FormProps & { kind: 'extension' | 'suspension' }) {
  const t = useActWords();
  const format = useFormat();
  const empty = useMemo(() => ({ reasonCode: null as (typeof askReasons)[number] | null, text: '', until: '' }), []);
  const [draft, change, drop] = useDraft(`${kind}.${thread.id}`, empty);
  const act = useFormAct(caseEndpoints.ask, thread, {
    said: t('done_askExtension'),
    onDone: () => {
      drop();
      onDone();
    },
  });
  const earliest = kind === 'extension' ? Date.parse(thread.dues.resolveNow) : now();
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t(kind === 'extension' ? 'act_askExtension' : 'act_askSuspension')}
      ready={draft.reasonCode !== null && draft.text.trim().length >= 2 && draft.until !== ''}
      onSend={() =>
        act.mutate({
          id: thread.caseId!,
          kind,
          reasonCode: draft.reasonCode!,
          text: draft.text.trim(),
          until: format.instant(draft.until),
        })
      }
      onCancel={onCancel}
    >
      <div className="form-columns">
        <Choices
          label={t('reason')}
          value={draft.reasonCode}
          options={askReasons}
          word={(each) => t(`ask_${each}`)}
          onChange={(reasonCode) => change({ reasonCode })}
        />
        <Field label={t('until')} hint={t(`${kind}Hint`, { due: format.moment(thread.dues.resolve) })}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="datetime-local"
              min={format.local(earliest)}
              max={kind === 'suspension' ? format.local(now() + 72 * 3_600_000) : undefined}
              value={draft.until}
              onChange={(event) => change({ until: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={t('askText')}>
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={2}
            maxLength={2000}
            value={draft.text}
            onChange={(event) => change({ text: event.target.value })}
          />
        )}
      </Field>
    </FormFrame>
  );
}

export function DecideForm({ thread, onDone, onCancel }: FormProps) {
  const t = useActWords();
  const format = useFormat();
  const empty = useMemo(() => ({ approve: null as 'approve' | 'refuse' | null, text: '' }), []);
  const [draft, change, drop] = useDraft(`decide.${thread.ask?.id}`, empty);
  const act = useFormAct(caseEndpoints.decide, thread, {
    said: t('done_decideAsk'),
    onDone: () => {
      drop();
      onDone();
    },
  });
  const { ask } = thread;
  if (!ask) return null;
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('send')}
      ready={draft.approve !== null}
      onSend={() =>
        act.mutate({ id: ask.id, approve: draft.approve === 'approve', text: draft.text.trim() || undefined })
      }
      onCancel={onCancel}
    >
      <Notice>
        {t(`asked_${ask.kind}`, { who: ask.askedBy, until: format.moment(ask.until) })}
        <p className="soft">{ask.reason}</p>
      </Notice>
      <Choices
        label={t('act_decideAsk')}
        value={draft.approve}
        options={['approve', 'refuse'] as const}
        word={(each) => t(each)}
        onChange={(approve) => change({ approve })}
      />
      <Field label={t('decideText')}>
        {(control) => (
          <input
            {...control}
            className="input"
            maxLength={500}
            value={draft.text}
            onChange={(event) => change({ text: event.target.value })}
          />
        )}
      </Field>
    </FormFrame>
  );
}
