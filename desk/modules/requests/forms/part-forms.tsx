import { useState } from 'react';
import { partEndpoints } from '../../../../contract/parts.ts';
import type { StoredFile } from '../../../app/api.ts';
import { useDirectory } from '../../../app/directory.ts';
import { useFormat } from '../../../app/format.ts';
import { now } from '../../../app/now.ts';
import { Field, LinePicker, OrgPicker, TextField } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import { partInHand } from '../my-part.ts';
import { usePartWords } from '../part-words.ts';
import { isOpenPart, usePartName } from '../parts.tsx';
import { Choices } from './choices.tsx';
import { FormFrame, type FormProps, useDraftedAct, written } from './form-act.tsx';
import { AccountFields, longest, useMissingProof } from './work-fields.tsx';

const units = ['unit'] as const;

interface AskDraft {
  lineId: number | null;
  where: 'headOffice' | 'unit' | 'otherUnit';
  unitId: number | null;
  task: string;
  due: string;
}
const noAsk: AskDraft = { lineId: null, where: 'headOffice', unitId: null, task: '', due: '' };

/** The lead asks another line for a part, with a due time of its own. */
export function AskPartForm(props: FormProps) {
  const { thread, onCancel } = props;
  const t = usePartWords();
  const acts = useActWords();
  const directory = useDirectory();
  const format = useFormat();
  const { draft, change, act } = useDraftedAct(partEndpoints.askPart, props, {
    keptAs: `askPart.${thread.id}`,
    empty: noAsk,
    said: t('asked'),
  });
  const unitId = draft.where === 'unit' ? thread.unitId : draft.where === 'otherUnit' ? draft.unitId : null;
  const due = draft.due ? format.instant(draft.due) : null;
  const whole = Date.parse(thread.dues.resolveNow);
  const fault =
    due === null
      ? undefined
      : Date.parse(due) <= now()
        ? t('partDuePast')
        : whole > now() && Date.parse(due) > whole
          ? t('partDueLate', { due: format.moment(thread.dues.resolveNow) })
          : undefined;
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={acts('act_askPart')}
      missing={[
        draft.lineId === null && t('coLine'),
        draft.where === 'otherUnit' && draft.unitId === null && acts('unit'),
        !written(draft.task) && t('task'),
        fault !== undefined && t('partDue'),
      ]}
      onSend={() =>
        act.mutate({
          id: thread.caseId!,
          lineId: draft.lineId!,
          unitId,
          task: draft.task.trim(),
          due: due ?? undefined,
        })
      }
      onCancel={onCancel}
    >
      <div className="form-columns">
        <Field label={t('coLine')}>
          {(control) => (
            <LinePicker
              id={control.id}
              label={t('coLine')}
              value={draft.lineId}
              except={thread.lineId === null ? [] : [thread.lineId]}
              onChange={(lineId) => change({ lineId })}
            />
          )}
        </Field>
        <Choices
          label={t('coWhere')}
          value={draft.where}
          options={
            thread.unitId ? (['headOffice', 'unit', 'otherUnit'] as const) : (['headOffice', 'otherUnit'] as const)
          }
          word={(where) => (where === 'unit' ? directory.nameOf(thread.unitId) : acts(where))}
          onChange={(where) => change({ where })}
        />
      </div>
      {draft.where === 'otherUnit' && (
        <Field label={acts('unit')}>
          {(control) => (
            <OrgPicker
              id={control.id}
              kinds={units}
              label={acts('unit')}
              value={draft.unitId}
              onChange={(next) => change({ unitId: next })}
            />
          )}
        </Field>
      )}
      <TextField
        label={t('task')}
        hint={t('taskHint')}
        rows={2}
        maxLength={longest}
        value={draft.task}
        onChange={(task) => change({ task })}
      />
      <TextField
        label={t('partDue')}
        hint={t('partDueHint')}
        fault={fault}
        line={{ type: 'datetime-local' }}
        value={draft.due}
        onChange={(next) => change({ due: next })}
      />
    </FormFrame>
  );
}

/** Which of several parts of one's own; nothing to choose where there is one and the form is about it. */
function useMyPart(thread: FormProps['thread'], chosen: string | null) {
  const mine = thread.parts.filter((part) => part.mine && isOpenPart(part));
  const [first] = useState(mine[0]?.id);
  return { mine, part: partInHand(mine, chosen, first) };
}

function WhichPart({ mine, part, onChoose }: ReturnType<typeof useMyPart> & { onChoose: (id: string) => void }) {
  const t = usePartWords();
  const name = usePartName();
  if (mine.length === 0 || (mine.length === 1 && part)) return null;
  return (
    <Choices
      label={t('which')}
      value={part?.id ?? null}
      options={mine.map((each) => each.id)}
      word={(id) => name(mine.find((each) => each.id === id)!)}
      onChange={onChoose}
    />
  );
}

const noProgress = { part: null as string | null, text: '', contacted: false, files: [] as readonly StoredFile[] };

export function ProgressPartForm(props: FormProps) {
  const { thread, onCancel } = props;
  const t = usePartWords();
  const acts = useActWords();
  const { draft, change, act } = useDraftedAct(partEndpoints.progressPart, props, {
    keptAs: `progressPart.${thread.id}`,
    empty: noProgress,
    said: t('progressed'),
  });
  const { mine, part } = useMyPart(thread, draft.part);
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={acts('act_progressPart')}
      missing={[!written(draft.text) && acts('inWords'), part === null && t('which')]}
      onSend={() =>
        act.mutate({
          id: part!.id,
          text: draft.text.trim(),
          contacted: draft.contacted,
          fileIds: draft.files.map((file) => file.id),
        })
      }
      onCancel={onCancel}
    >
      <WhichPart mine={mine} part={part} onChoose={(id) => change({ part: id })} />
      <AccountFields
        label={t('progressText')}
        draft={draft}
        change={change}
        contacted={{ yes: draft.contacted, onChange: (contacted) => change({ contacted }) }}
      />
    </FormFrame>
  );
}

const notDone = { part: null as string | null, text: '', files: [] as readonly StoredFile[] };

/** "My part is done": as far as a co-line can go. */
export function FinishPartForm(props: FormProps) {
  const { thread, onCancel } = props;
  const t = usePartWords();
  const acts = useActWords();
  const { draft, change, act } = useDraftedAct(partEndpoints.finishPart, props, {
    keptAs: `finishPart.${thread.id}`,
    empty: notDone,
    said: t('finished'),
  });
  const { mine, part } = useMyPart(thread, draft.part);
  const proof = useMissingProof(draft);
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={acts('act_finishPart')}
      missing={[!written(draft.text) && acts('inWords'), proof, part === null && t('which')]}
      note={acts('enough', { n: draft.files.length })}
      onSend={() => act.mutate({ id: part!.id, text: draft.text.trim(), fileIds: draft.files.map((file) => file.id) })}
      onCancel={onCancel}
    >
      <p className="soft">{t('doneLead')}</p>
      <WhichPart mine={mine} part={part} onChoose={(id) => change({ part: id })} />
      <AccountFields label={t('doneText')} hint={t('doneHint')} draft={draft} change={change} />
    </FormFrame>
  );
}

const noWhy = { why: '' };

/** Back to the line it was taken over from. */
export function HandBackForm(props: FormProps) {
  const { thread, onCancel } = props;
  const t = usePartWords();
  const acts = useActWords();
  const { draft, change, act } = useDraftedAct(partEndpoints.handBack, props, {
    keptAs: `handBack.${thread.id}`,
    empty: noWhy,
    said: t('handedBack', { number: thread.number }),
  });
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={acts('act_handBack')}
      missing={[!written(draft.why) && t('handBackWhy')]}
      onSend={() => act.mutate({ id: thread.caseId!, why: draft.why.trim() })}
      onCancel={onCancel}
    >
      <p className="soft">{t('handBackLead')}</p>
      <TextField label={t('handBackWhy')} maxLength={500} value={draft.why} onChange={(why) => change({ why })} />
    </FormFrame>
  );
}
