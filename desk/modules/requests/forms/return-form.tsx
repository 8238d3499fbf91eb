import { caseEndpoints, missingFacts, returnReasons } from '../../../../contract/cases.ts';
import type { StoredFile } from '../../../app/api.ts';
import { useDirectory } from '../../../app/directory.ts';
import { defineWords, useWords } from '../../../app/words.ts';
import { Field, LinePicker, OrgPicker, TextField } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import { Choices } from './choices.tsx';
import { Evidence } from './evidence.tsx';
import { FormFrame, type FormProps, useDraftedAct, written } from './form-act.tsx';
import { useMissingProof } from './work-fields.tsx';

const words = defineWords({
  rightLine: ['应归哪个条线', 'Which line should have it'],
  rightUnit: ['应归哪里', 'Where should it go'],
  headOffice: ['集团总部', 'Head office'],
  unit: ['单位', 'A unit'],
  lacking: ['缺什么', 'What is missing'],
  missing_place: ['地点', 'Where'],
  missing_person: ['找谁', 'Whom to see'],
  missing_quantity: ['数量', 'How many'],
  missing_time: ['时间', 'When'],
  missing_kind: ['具体是什么', 'What exactly'],
  missing_other: ['其他', 'Something else'],
  sameAs: ['与哪一件重复（编号）', 'The number it repeats'],
  clockRuns: ['退单不停钟：原来的期限照走', 'Returning stops no clock: every due stays as it was'],
});

const units = ['unit'] as const;

interface Draft {
  reason: (typeof returnReasons)[number] | null;
  text: string;
  files: readonly StoredFile[];
  lineId: number | null;
  where: 'headOffice' | 'unit' | null;
  unitId: number | null;
  missing: readonly (typeof missingFacts)[number][];
  duplicateOf: string;
}
const empty: Draft = {
  reason: null,
  text: '',
  files: [],
  lineId: null,
  where: null,
  unitId: null,
  missing: [],
  duplicateOf: '',
};

/** Back to the desk: a reason, what it rests on, and whose it is instead. */
export function ReturnForm(props: FormProps) {
  const { thread, onCancel } = props;
  const t = useActWords();
  const say = useWords(words);
  const directory = useDirectory();
  const { draft, change, act } = useDraftedAct<typeof caseEndpoints.return, Draft>(caseEndpoints.return, props, {
    keptAs: `return.${thread.id}`,
    empty,
    said: t('done_return', { number: thread.number }),
  });
  const { reason } = draft;
  const proof = useMissingProof(draft);
  const wheres = thread.leadUnitId === null ? (['unit'] as const) : (['headOffice', 'unit'] as const);
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('act_return')}
      missing={[
        reason === null && t('reason'),
        reason === 'not_our_line' && draft.lineId === null && say('rightLine'),
        reason === 'not_our_unit' &&
          (draft.where === null || (draft.where === 'unit' && draft.unitId === null)) &&
          say('rightUnit'),
        reason === 'needs_facts' && draft.missing.length === 0 && say('lacking'),
        reason === 'duplicate' && !written(draft.duplicateOf) && say('sameAs'),
        !written(draft.text) && t('returnText'),
        proof,
      ]}
      onSend={() =>
        act.mutate({
          id: thread.caseId!,
          reason: reason!,
          text: draft.text.trim(),
          fileIds: draft.files.map((file) => file.id),
          ...(reason === 'not_our_line' ? { lineId: draft.lineId! } : {}),
          ...(reason === 'not_our_unit' ? { unitId: draft.where === 'unit' ? draft.unitId : null } : {}),
          ...(reason === 'needs_facts' ? { missing: [...draft.missing] } : {}),
          ...(reason === 'duplicate' ? { duplicateOf: draft.duplicateOf.trim().toUpperCase() } : {}),
        })
      }
      onCancel={onCancel}
    >
      <p className="soft">
        {t('returnCount', { n: thread.returns })} · {say('clockRuns')}
      </p>
      <Choices
        label={t('reason')}
        value={reason}
        options={returnReasons}
        word={(each) => t(`return_${each}`)}
        onChange={(next) => change({ reason: next })}
      />
      {reason === 'not_our_line' && (
        <Field label={say('rightLine')}>
          {(control) => (
            <LinePicker
              id={control.id}
              label={say('rightLine')}
              value={draft.lineId}
              except={thread.lineId === null ? [] : [thread.lineId]}
              onChange={(lineId) => change({ lineId })}
            />
          )}
        </Field>
      )}
      {reason === 'not_our_unit' && (
        <div className="form-columns">
          <Choices
            label={say('rightUnit')}
            value={draft.where}
            options={wheres}
            word={(each) => say(each)}
            onChange={(where) => change({ where })}
          />
          {draft.where === 'unit' && (
            <Field label={say('unit')} hint={directory.nameOf(draft.unitId ?? undefined) || undefined}>
              {(control) => (
                <OrgPicker
                  id={control.id}
                  kinds={units}
                  label={say('unit')}
                  value={draft.unitId}
                  onChange={(unitId) => change({ unitId })}
                />
              )}
            </Field>
          )}
        </div>
      )}
      {reason === 'needs_facts' && (
        <fieldset className="field">
          <legend className="label small soft">{say('lacking')}</legend>
          <div className="choices">
            {missingFacts.map((each) => (
              <label key={each}>
                <input
                  type="checkbox"
                  checked={draft.missing.includes(each)}
                  onChange={(event) =>
                    change({
                      missing: event.target.checked
                        ? [...draft.missing, each]
                        : draft.missing.filter((other) => other !== each),
                    })
                  }
                />
                {say(`missing_${each}`)}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {reason === 'duplicate' && (
        <TextField
          label={say('sameAs')}
          line={{ placeholder: thread.number }}
          value={draft.duplicateOf}
          onChange={(duplicateOf) => change({ duplicateOf })}
        />
      )}
      <TextField
        label={t('returnText')}
        hint={t('returnHint')}
        rows={2}
        maxLength={2000}
        value={draft.text}
        onChange={(text) => change({ text })}
      />
      <Evidence files={draft.files} onChange={(files) => change({ files })} />
    </FormFrame>
  );
}
