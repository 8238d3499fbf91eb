import { caseEndpoints, solutionClasses } from '../../../../contract/cases.ts';
import { requestEndpoints } from '../../../../contract/requests.ts';
import type { StoredFile } from '../../../app/api.ts';
import { Notice, TextField } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import { usePartWords } from '../part-words.ts';
import { isOpenPart, usePartName } from '../parts.tsx';
import { Choices } from './choices.tsx';
import { FormFrame, type FormProps, useDraftedAct, written } from './form-act.tsx';
import { AccountFields, longest, useMissingProof } from './work-fields.tsx';

const noReason = { reason: '' };

export function TakeBackForm(props: FormProps) {
  const { thread, onCancel } = props;
  const t = useActWords();
  const { draft, change, act } = useDraftedAct(caseEndpoints.takeBack, props, {
    keptAs: `takeBack.${thread.id}`,
    empty: noReason,
    said: t('done_takeBack', { number: thread.number }),
  });
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('act_takeBack')}
      missing={[!written(draft.reason) && t('reason')]}
      onSend={() => act.mutate({ id: thread.caseId!, reason: draft.reason.trim() })}
      onCancel={onCancel}
    >
      <TextField
        label={t('takeBackWhy')}
        maxLength={500}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
    </FormFrame>
  );
}

const noProgress = { text: '', contacted: false, files: [] as readonly StoredFile[] };

export function ProgressForm(props: FormProps) {
  const { thread, onCancel } = props;
  const t = useActWords();
  const { draft, change, act } = useDraftedAct(caseEndpoints.progress, props, {
    keptAs: `progress.${thread.id}`,
    empty: noProgress,
    said: t('done_progress'),
  });
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('act_progress')}
      missing={[!written(draft.text) && t('inWords')]}
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
      <AccountFields
        label={t('progressText')}
        draft={draft}
        change={change}
        contacted={{ yes: draft.contacted, onChange: (contacted) => change({ contacted }) }}
      />
    </FormFrame>
  );
}

const nothingHandled = {
  solution: null as (typeof solutionClasses)[number] | null,
  text: '',
  files: [] as readonly StoredFile[],
  partsWhy: '',
};

export function HandledForm(props: FormProps) {
  const { thread, onCancel } = props;
  const t = useActWords();
  const { draft, change, act } = useDraftedAct(caseEndpoints.handled, props, {
    keptAs: `handled.${thread.id}`,
    empty: nothingHandled,
    said: t('done_handle'),
  });
  const proof = useMissingProof(draft);
  const parts = usePartWords();
  const nameOfPart = usePartName();
  const openParts = thread.parts.filter(isOpenPart);
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('act_handle')}
      missing={[
        draft.solution === null && t('solution'),
        !written(draft.text) && t('inWords'),
        proof,
        openParts.length > 0 && !written(draft.partsWhy) && parts('openPartsWhy'),
      ]}
      note={t('enough', { n: draft.files.length })}
      onSend={() =>
        act.mutate({
          id: thread.caseId!,
          solution: draft.solution!,
          text: draft.text.trim(),
          fileIds: draft.files.map((file) => file.id),
          partsWhy: openParts.length > 0 ? draft.partsWhy.trim() : undefined,
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
      <AccountFields label={t('handledText')} hint={t('handledHint')} draft={draft} change={change} />
      {openParts.length > 0 && (
        <>
          <Notice kind="near">
            <b>{parts('openParts', { n: openParts.length, which: openParts.map(nameOfPart).join(parts('comma')) })}</b>{' '}
            {parts('openPartsHow')}
          </Notice>
          <TextField
            label={parts('openPartsWhy')}
            maxLength={500}
            value={draft.partsWhy}
            onChange={(partsWhy) => change({ partsWhy })}
          />
        </>
      )}
    </FormFrame>
  );
}

const noMessage = { text: '' };

export function MessageForm(props: FormProps) {
  const { thread, onCancel } = props;
  const t = useActWords();
  const { draft, change, act } = useDraftedAct(requestEndpoints.message, props, {
    keptAs: `message.${thread.id}`,
    empty: noMessage,
    said: t('done_message'),
  });
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('send')}
      missing={[!written(draft.text) && t('messageText')]}
      onSend={() => act.mutate({ id: thread.id, text: draft.text.trim() })}
      onCancel={onCancel}
    >
      <TextField
        label={t('messageText')}
        hint={t('messageHint')}
        rows={3}
        maxLength={longest}
        value={draft.text}
        onChange={(text) => change({ text })}
      />
    </FormFrame>
  );
}
