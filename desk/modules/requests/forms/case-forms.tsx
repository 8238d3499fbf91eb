import { useMemo } from 'react';
import { caseEndpoints, returnReasons, solutionClasses } from '../../../../contract/cases.ts';
import { requestEndpoints } from '../../../../contract/requests.ts';
import type { StoredFile } from '../../../app/api.ts';
import { Field, useDraft } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import { Choices } from './choices.tsx';
import { Evidence } from './evidence.tsx';
import { FormFrame, type FormProps, useFormAct } from './form-act.tsx';

const noFiles: readonly StoredFile[] = [];
/** Characters of explanation that stand in for a piece of evidence. */
const enoughWords = 10;

export function TakeBackForm({ thread, onDone, onCancel }: FormProps) {
  const t = useActWords();
  const empty = useMemo(() => ({ reason: '' }), []);
  const [draft, change, drop] = useDraft(`takeBack.${thread.id}`, empty);
  const act = useFormAct(caseEndpoints.takeBack, thread, {
    said: t('done_takeBack', { number: thread.number }),
    onDone: () => {
      drop();
      onDone();
    },
  });
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('act_takeBack')}
      ready={draft.reason.trim().length >= 2}
      onSend={() => act.mutate({ id: thread.caseId!, reason: draft.reason.trim() })}
      onCancel={onCancel}
    >
      <Field label={t('takeBackWhy')}>
        {(control) => (
          <input
            {...control}
            className="input"
            maxLength={500}
            value={draft.reason}
            onChange={(event) => change({ reason: event.target.value })}
          />
        )}
      </Field>
    </FormFrame>
  );
}

export function ProgressForm({ thread, onDone, onCancel }: FormProps) {
  const t = useActWords();
  const empty = useMemo(() => ({ text: '', contacted: false, files: noFiles }), []);
  const [draft, change, drop] = useDraft(`progress.${thread.id}`, empty);
  const act = useFormAct(caseEndpoints.progress, thread, {
    said: t('done_progress'),
    onDone: () => {
      drop();
      onDone();
    },
  });
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('act_progress')}
      ready={draft.text.trim().length >= 2}
      onSend={() =>
        act.mutate({
          id: thread.caseId!,
          text: draft.text.trim(),
          contacted: draft.contacted,
          fileIds: draft.files.map((file) => file.id),
        })
      }
      onCancel={onCancel}
    >
      <Field label={t('progressText')}>
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={3}
            maxLength={2000}
            value={draft.text}
            onChange={(event) => change({ text: event.target.value })}
          />
        )}
      </Field>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.contacted}
          onChange={(event) => change({ contacted: event.target.checked })}
        />
        <span>
          {t('contacted')} <span className="small softer">{t('contactedHint')}</span>
        </span>
      </label>
      <Evidence files={draft.files} onChange={(files) => change({ files })} />
    </FormFrame>
  );
}

export function ReturnForm({ thread, onDone, onCancel }: FormProps) {
  const t = useActWords();
  const empty = useMemo(() => ({ reason: null as (typeof returnReasons)[number] | null, text: '' }), []);
  const [draft, change, drop] = useDraft(`return.${thread.id}`, empty);
  const act = useFormAct(caseEndpoints.return, thread, {
    said: t('done_return', { number: thread.number }),
    onDone: () => {
      drop();
      onDone();
    },
  });
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('act_return')}
      missing={t('returnCount', { n: thread.returns })}
      ready={draft.reason !== null && draft.text.trim().length >= 2}
      onSend={() => act.mutate({ id: thread.caseId!, reason: draft.reason!, text: draft.text.trim() })}
      onCancel={onCancel}
    >
      <Choices
        label={t('reason')}
        value={draft.reason}
        options={returnReasons}
        word={(each) => t(`return_${each}`)}
        onChange={(reason) => change({ reason })}
      />
      <Field label={t('returnText')}>
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

export function HandledForm({ thread, onDone, onCancel }: FormProps) {
  const t = useActWords();
  const empty = useMemo(
    () => ({ solution: null as (typeof solutionClasses)[number] | null, text: '', files: noFiles }),
    [],
  );
  const [draft, change, drop] = useDraft(`handled.${thread.id}`, empty);
  const act = useFormAct(caseEndpoints.handled, thread, {
    said: t('done_handle'),
    onDone: () => {
      drop();
      onDone();
    },
  });
  const words = draft.text.trim().length;
  const enough = words >= 2 && (draft.files.length > 0 || words >= enoughWords);
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('act_handle')}
      missing={enough ? t('enough', { n: draft.files.length }) : t('notEnough')}
      ready={draft.solution !== null && enough}
      onSend={() =>
        act.mutate({
          id: thread.caseId!,
          solution: draft.solution!,
          text: draft.text.trim(),
          fileIds: draft.files.map((file) => file.id),
        })
      }
      onCancel={onCancel}
    >
      <p className="soft">{t('handledLead')}</p>
      <Choices
        label={t('solution')}
        value={draft.solution}
        options={solutionClasses}
        word={(each) => t(`solution_${each}`)}
        onChange={(solution) => change({ solution })}
      />
      <Field label={t('handledText')} hint={t('handledHint')}>
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={3}
            maxLength={2000}
            value={draft.text}
            onChange={(event) => change({ text: event.target.value })}
          />
        )}
      </Field>
      <Evidence files={draft.files} onChange={(files) => change({ files })} />
    </FormFrame>
  );
}

export function MessageForm({ thread, onDone, onCancel }: FormProps) {
  const t = useActWords();
  const empty = useMemo(() => ({ text: '' }), []);
  const [draft, change, drop] = useDraft(`message.${thread.id}`, empty);
  const act = useFormAct(requestEndpoints.message, thread, {
    said: t('done_message'),
    onDone: () => {
      drop();
      onDone();
    },
  });
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('send')}
      ready={draft.text.trim().length >= 2}
      onSend={() => act.mutate({ id: thread.id, text: draft.text.trim() })}
      onCancel={onCancel}
    >
      <Field label={t('messageText')} hint={t('messageHint')}>
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={3}
            maxLength={2000}
            value={draft.text}
            onChange={(event) => change({ text: event.target.value })}
          />
        )}
      </Field>
    </FormFrame>
  );
}
