import { useMemo } from 'react';
import { requestEndpoints } from '../../../../contract/requests.ts';
import { Field, Notice, useDraft } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import { revealing } from '../revealing.ts';
import { FormFrame, type FormProps, useFormAct } from './form-act.tsx';

/** The 转办摘要 beside the original: what handlers see instead of a confidential requester's words (rules 6). */
export function SummaryForm({ thread, onDone, onCancel }: FormProps) {
  const t = useActWords();
  const empty = useMemo(() => ({ summary: thread.summary ?? '' }), [thread.summary]);
  const [draft, change, drop] = useDraft(`summary.${thread.id}`, empty);
  const act = useFormAct(requestEndpoints.writeSummary, thread, {
    said: t('done_writeSummary'),
    onDone: () => {
      drop();
      onDone();
    },
  });
  const found = revealing(draft.summary, thread.text, thread.requester?.label ?? null);
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('save')}
      ready={draft.summary.trim().length >= 2}
      onSend={() => act.mutate({ id: thread.id, version: thread.version, summary: draft.summary.trim() })}
      onCancel={onCancel}
    >
      <div className="form-columns">
        <div className="field">
          <span className="label">{t('original')}</span>
          <blockquote className="original">{thread.text}</blockquote>
        </div>
        <Field label={t('summary')} hint={t('summaryHint')}>
          {(control) => (
            <textarea
              {...control}
              className="input"
              rows={4}
              maxLength={2000}
              value={draft.summary}
              onChange={(event) => change({ summary: event.target.value })}
            />
          )}
        </Field>
      </div>
      <div aria-live="polite">
        {found.length > 0 && (
          <Notice kind="near">
            {t('reveals', {
              what: found.map((each) => t(`reveal_${each.kind}`, { found: each.found })).join(t('comma')),
            })}
          </Notice>
        )}
      </div>
    </FormFrame>
  );
}
