import { useMemo } from 'react';
import { caseEndpoints } from '../../../../contract/cases.ts';
import type { Suggestion } from '../../../../contract/joint.ts';
import { useDirectory } from '../../../app/directory.ts';
import { Button, Field, LinePicker, Notice, OrgPicker, TextField, useDraft } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import { needsSummary } from '../acts.ts';
import { usePartWords } from '../part-words.ts';
import { Returns } from '../returns.tsx';
import { Choices } from './choices.tsx';
import { CoLines } from './co-lines.tsx';
import { FormFrame, type FormProps, useFormAct, written } from './form-act.tsx';

interface Draft {
  lineId: number | null;
  where: 'headOffice' | 'unit' | 'otherUnit';
  unitId: number | null;
  note: string;
  coLineIds: readonly number[];
}

const units = ['unit'] as const;

/** A post as the form's choice of place says it. */
const placeOf = (unitId: number | null, ownUnitId: number | null): Pick<Draft, 'where' | 'unitId'> =>
  unitId === null
    ? { where: 'headOffice', unitId: null }
    : unitId === ownUnitId
      ? { where: 'unit', unitId: null }
      : { where: 'otherUnit', unitId };

/** What the suggestion rests on: a line of the catalogue, or only the category's own line. */
function SuggestedBy({ suggestion }: { suggestion: Suggestion }) {
  const t = usePartWords();
  const directory = useDirectory();
  return (
    <p className="small softer">
      <span className="suggestion">
        {[
          directory.lineName(suggestion.lineId),
          directory.nameOf(suggestion.unitId),
          ...suggestion.coLineIds.map((id) => `+ ${directory.lineName(id)}`),
        ]
          .filter(Boolean)
          .join(' ')}
      </span>{' '}
      {suggestion.source === 'category' || suggestion.editionNumber === null
        ? t('gap')
        : t('suggestedByPlace', {
            n: suggestion.editionNumber,
            place: directory.nameOf(suggestion.nodeId),
          })}
    </p>
  );
}

/** The suggested line has more than it can do: its backup is one press away. */
function Backup({
  suggestion,
  backup,
  onTake,
}: {
  suggestion: Suggestion;
  backup: NonNullable<Suggestion['backup']>;
  onTake: (post: { lineId: number; unitId: number | null }) => void;
}) {
  const t = usePartWords();
  const directory = useDirectory();
  const unit = directory.nameOf(suggestion.unitId);
  return (
    <Notice kind="near">
      {t('overloaded', {
        line: directory.lineName(suggestion.lineId),
        where: unit ? ` ${unit} ` : ' ',
        open: backup.open,
        handlers: backup.handlers,
        most: backup.mostPerHandler,
        overdue: backup.overdue,
      })}{' '}
      <Button small onClick={() => onTake(backup)}>
        {t('toBackup', {
          line: [directory.lineName(backup.lineId), directory.nameOf(backup.unitId)].filter(Boolean).join(t('sep')),
        })}
      </Button>
    </Notice>
  );
}

/** To a line, at head office or in a unit; the category's line is suggested until somebody decides. */
export function DispatchForm({ thread, onDone, onCancel, onSwitch }: FormProps) {
  const t = useActWords();
  const directory = useDirectory();
  const arbitrating = thread.can.arbitrate && !thread.can.dispatch;
  const parts = usePartWords();
  const suggested = thread.suggestion;
  const empty = useMemo<Draft>(
    () => ({
      lineId: suggested?.lineId ?? null,
      ...placeOf(suggested?.unitId ?? null, thread.unitId),
      note: '',
      coLineIds: suggested?.coLineIds ?? [],
    }),
    [suggested, thread.unitId],
  );
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
  const coLineIds = draft.coLineIds.filter((id) => id !== draft.lineId && id !== thread.aboutLineId);
  const agrees =
    suggested !== null &&
    suggested.lineId === draft.lineId &&
    suggested.unitId === unitId &&
    suggested.coLineIds.length === coLineIds.length &&
    coLineIds.every((id) => suggested.coLineIds.includes(id));
  const send = () => {
    const to = { id: thread.id, version: act.read, lineId: draft.lineId!, unitId, coLineIds };
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
      note={suggested ? parts(agrees ? 'asSuggested' : 'otherwise') : undefined}
      onSend={send}
      onCancel={onCancel}
    >
      {suggested && <SuggestedBy suggestion={suggested} />}
      {suggested?.backup && (
        <Backup
          suggestion={suggested}
          backup={suggested.backup}
          onTake={({ lineId, unitId: there }) => change({ lineId, ...placeOf(there, thread.unitId) })}
        />
      )}
      {arbitrating && (
        <>
          <Notice kind="near">{t('arbitrateLead')}</Notice>
          <Returns thread={thread} />
        </>
      )}
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
      <CoLines
        value={coLineIds}
        suggested={suggested?.coLineIds ?? []}
        except={[draft.lineId, thread.aboutLineId].filter((id) => id !== null)}
        onChange={(next) => change({ coLineIds: next })}
      />
      <TextField
        label={t(arbitrating ? 'noteNeeded' : 'note')}
        maxLength={500}
        value={draft.note}
        onChange={(note) => change({ note })}
      />
    </FormFrame>
  );
}
