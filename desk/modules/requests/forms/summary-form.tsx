import { useMemo } from 'react';
import { requestEndpoints } from '../../../../contract/requests.ts';
import { Notice, TextField } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import { revealing } from '../revealing.ts';
import { FormFrame, type FormProps, useDraftedAct, written } from './form-act.tsx';

/** The 转办摘要 beside the original: what handlers see instead of a confidential requester's words (rules 6). */
export function SummaryForm(props: FormProps) {
  const { thread, onCancel } = props;
  const t = useActWords();
  const empty = useMemo(() => ({ summary: thread.summary ?? '' }), [thread.summary]);
  const { draft, change, act } = useDraftedAct(requestEndpoints.writeSummary, props, {
    keptAs: `summary.${thread.id}`,
    empty,
    said: t('done_writeSummary'),
  });
  const found = revealing(draft.summary, thread.text, thread.requester?.label ?? null);
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('save')}
      missing={[!written(draft.summary) && t('summaryShort')]}
      onSend={() => act.mutate({ id: thread.id, version: act.read, summary: draft.summary.trim() })}
      onCancel={onCancel}
    >
      <div className="form-columns">
        <div className="field">
          <span className="label">{t('original')}</span>
          <blockquote className="original">{thread.text}</blockquote>
        </div>
        <TextField
          label={t('summary')}
          hint={t('summaryHint')}
          rows={4}
          maxLength={2000}
          value={draft.summary}
          onChange={(summary) => change({ summary })}
        />
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
