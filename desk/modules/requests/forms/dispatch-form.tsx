import { useMemo } from 'react';
import { caseEndpoints } from '../../../../contract/cases.ts';
import { useDirectory } from '../../../app/directory.ts';
import { Button, Field, LinePicker, Notice, OrgPicker, TextField, useDraft } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import { needsSummary } from '../acts.ts';
import { Choices } from './choices.tsx';
import { FormFrame, type FormProps, useFormAct, written } from './form-act.tsx';

interface Draft {
  lineId: number | null;
  where: 'headOffice' | 'unit' | 'otherUnit';
  unitId: number | null;
  note: string;
}

const units = ['unit'] as const;

/** To a line, at head office or in a unit; the category's line is suggested until somebody decides. */
export function DispatchForm({ thread, onDone, onCancel, onSwitch }: FormProps) {
  const t = useActWords();
  const directory = useDirectory();
  const arbitrating = thread.can.arbitrate && !thread.can.dispatch;
  const suggested = thread.suggestedLineId === thread.aboutLineId ? null : thread.suggestedLineId;
  const empty = useMemo<Draft>(() => ({ lineId: suggested, where: 'headOffice', unitId: null, note: '' }), [suggested]);
  const [draft, change, drop] = useDraft<Draft>(`dispatch.${thread.id}`, empty);
  const unitId = draft.where === 'unit' ? thread.unitId : draft.where === 'otherUnit' ? draft.unitId : null;
  const finished = () => {
    drop();
    onDone();
  };
  const said = arbitrating
    ? t('done_arbitrate', { number: thread.number })
    : t('done_dispatch', { number: thread.number, line: directory.lineName(draft.lineId) });
  const dispatching = useFormAct(caseEndpoints.dispatch, thread, { said, onDone: finished });
  const arbitration = useFormAct(caseEndpoints.arbitrate, thread, { said, onDone: finished });
  const act = arbitrating ? arbitration : dispatching;
  const about = [directory.lineName(thread.aboutLineId), directory.nameOf(thread.aboutUnitId)]
    .filter(Boolean)
    .join(t('comma'));
  const wheres =
    thread.unitId && thread.unitId !== thread.aboutUnitId
      ? (['headOffice', 'unit', 'otherUnit'] as const)
      : (['headOffice', 'otherUnit'] as const);
  const summaryMissing = needsSummary(thread);
  const send = () => {
    const to = { id: thread.id, version: act.read, lineId: draft.lineId!, unitId };
    if (arbitrating) arbitration.mutate({ ...to, note: draft.note.trim() });
    else dispatching.mutate({ ...to, note: draft.note.trim() || undefined });
  };
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t(arbitrating ? 'act_arbitrate' : 'act_dispatch')}
      missing={[
        draft.lineId === null && t('line'),
        draft.where === 'otherUnit' && draft.unitId === null && t('unit'),
        arbitrating && !written(draft.note) && t('noteNeeded'),
        summaryMissing && t('summaryShort'),
      ]}
      onSend={send}
      onCancel={onCancel}
    >
      {arbitrating && <Notice kind="near">{t('arbitrateLead')}</Notice>}
      {about && <Notice>{t('avoids', { who: about })}</Notice>}
      {summaryMissing && (
        <Notice kind="seal">
          {t('summaryFirst')}{' '}
          <Button small onClick={() => onSwitch('writeSummary')}>
            {t('act_writeSummary')}
          </Button>
        </Notice>
      )}
      <div className="form-columns">
        <Field label={t('line')}>
          {(control) => (
            <LinePicker
              id={control.id}
              label={t('line')}
              value={draft.lineId}
              except={thread.aboutLineId ? [thread.aboutLineId] : []}
              onChange={(lineId) => change({ lineId })}
            />
          )}
        </Field>
        <Choices
          label={t('where')}
          value={draft.where}
          options={wheres}
          word={(where) => (where === 'unit' ? directory.nameOf(thread.unitId) : t(where))}
          onChange={(where) => change({ where })}
        />
      </div>
      {draft.where === 'otherUnit' && (
        <Field label={t('unit')}>
          {(control) => (
            <OrgPicker
              id={control.id}
              kinds={units}
              label={t('unit')}
              value={draft.unitId}
              onChange={(next) => change({ unitId: next })}
            />
          )}
        </Field>
      )}
      <TextField
        label={t(arbitrating ? 'noteNeeded' : 'note')}
        maxLength={500}
        value={draft.note}
        onChange={(note) => change({ note })}
      />
    </FormFrame>
  );
}
