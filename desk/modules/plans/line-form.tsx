import { useState } from 'react';
import {
  planEndpoints as api,
  evidenceKinds,
  type LineContent,
  levelsOf,
  type PlanFile,
  type PlanLine,
  planNatures,
  planPhases,
} from '../../../contract/plans.ts';
import { useAct } from '../../app/act.ts';
import { ProblemError } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { randomId } from '../../app/identifier.ts';
import { faultsIn } from '../../app/problems.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Field, Notice, notify, TextField, useDraft, useKey } from '../../kit/index.ts';
import { Picker } from '../../kit/picker.tsx';
import { SelectField } from '../../kit/select-field.tsx';
import { useSayField } from './fields.ts';
import { frequencies, frequencyIn } from './frequency.ts';
import { usePlanWords } from './words.ts';

export const contentOf = (line: PlanLine): LineContent => ({
  level: line.level,
  zh: line.zh,
  en: line.en,
  who: line.who,
  ownerId: line.ownerId,
  place: line.place,
  how: line.how,
  workLineId: line.workLineId,
  phase: line.phase,
  nature: line.nature,
  frequency: line.frequency,
  evidence: line.evidence,
  evidenceCount: line.evidenceCount,
  red: line.red,
  clause: line.clause,
});

const blank = (kind: PlanFile['kind']): LineContent => ({
  level: levelsOf[kind][0]!,
  zh: '',
  en: '',
  who: '',
  ownerId: null,
  place: '',
  how: '',
  workLineId: null,
  phase: 'during',
  nature: 'service',
  frequency: 'daily',
  evidence: 'record',
  evidenceCount: 1,
  red: false,
  clause: '',
});

/** Fields of a line by the column they are said by; texts can stand side by side, of the others one has to be chosen. */
const fields = {
  zh: 'zh',
  en: 'en',
  who: 'who',
  place: 'place',
  how: 'how',
  clause: 'clause',
  frequency: 'frequency',
  phase: 'phase',
  nature: 'nature',
  evidence: 'evidence',
  evidenceCount: 'evidence_count',
  workLineId: 'work_line_id',
  level: 'level',
  red: 'red',
  ownerId: 'owner_id',
} as const satisfies Record<keyof LineContent, string>;
const texts: readonly string[] = ['zh', 'en', 'who', 'place', 'how', 'clause'];

/** Both wordings of a line that two people changed at once: neither is lost, the second to save chooses or keeps both. */
function Clash({
  theirs,
  ours,
  nameOf,
  onTake,
}: {
  theirs: PlanLine;
  ours: LineContent;
  nameOf: (accountId: string | null) => string;
  onTake: (part: Partial<LineContent>) => void;
}) {
  const t = usePlanWords();
  const say = useSayField();
  const differing = (Object.keys(fields) as (keyof LineContent)[]).filter((field) => theirs[field] !== ours[field]);
  const said = (field: keyof LineContent, line: LineContent): string =>
    field === 'ownerId' ? nameOf(line.ownerId) : say.value(fields[field], String(line[field] ?? ''));
  return (
    <Notice kind="near" alert>
      {t('stale', { who: theirs.changedBy ?? t('somebody') })}
      <div className="pl-clash">
        {differing.map((field) => (
          <div key={field}>
            <b>{say.name(fields[field])}</b>
            <span>
              <span className="small soft">{t('theirs')}</span>
              <br />
              {said(field, theirs)}
            </span>
            <span>
              <span className="small soft">{t('ours')}</span>
              <br />
              {said(field, ours)}
            </span>
            <span className="pl-acts">
              <Button small onClick={() => onTake({ [field]: theirs[field] })}>
                {t('useTheirs')}
              </Button>
              {texts.includes(field) && (
                <Button small onClick={() => onTake({ [field]: `${theirs[field]}；${ours[field]}` })}>
                  {t('both')}
                </Button>
              )}
            </span>
          </div>
        ))}
      </div>
    </Notice>
  );
}

/** A line being written; what was typed is kept until it is stored, whatever somebody else does meanwhile. */
export function LineForm({ plan, line, onClose }: { plan: PlanFile; line: PlanLine | null; onClose: () => void }) {
  const t = usePlanWords();
  const directory = useDirectory();
  const language = useLocale();
  const [start] = useState(() => ({
    content: line ? contentOf(line) : blank(plan.kind),
    key: line?.key ?? randomId(),
  }));
  const [typed, change, drop] = useDraft<LineContent>(`plan.${plan.id}.${line?.key ?? 'new'}`, start.content);
  const [version, setVersion] = useState(line?.version ?? 0);
  const [theirs, setTheirs] = useState<PlanLine | null>(null);
  const done = (): void => {
    drop();
    notify.good(t('saved'));
    onClose();
  };
  const onFail = (error: Error): void => {
    if (error instanceof ProblemError && error.code === 'stale' && error.current) {
      const current = error.current as PlanLine;
      setTheirs(current);
      setVersion(current.version);
    } else notify.problem(error);
  };
  const add = useAct(api.addLine, { refreshes: [['plans']], onDone: done, onFail });
  const put = useAct(api.changeLine, { refreshes: [['plans']], onDone: done, onFail });
  const busy = add.isPending || put.isPending;
  const faults = { ...faultsIn(add.error), ...faultsIn(put.error) };
  const save = (): void => {
    if (busy || typed.zh.trim() === '') return;
    if (line) put.mutate({ id: plan.id, key: line.key, version, line: typed });
    else add.mutate({ id: plan.id, key: start.key, line: typed });
  };
  useKey('mod+Enter', save, { hint: t('save'), inFields: true });
  useKey('Escape', onClose, { hint: t('cancel'), inFields: true });
  // Whoever answered for it before stays to be chosen, though they work elsewhere now.
  const known = [line, theirs].flatMap((one) =>
    one?.ownerId && one.owner && !plan.people.some(({ id }) => id === one.ownerId)
      ? [{ id: one.ownerId, label: one.owner }]
      : [],
  );
  const people = [...plan.people, ...known];
  const nameOf = (accountId: string | null): string => people.find(({ id }) => id === accountId)?.label ?? '—';
  const owner = people.findIndex(({ id }) => id === typed.ownerId);
  const red = line?.red === true && line.inherited;
  return (
    <form
      className="pl-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {theirs && <Clash theirs={theirs} ours={typed} nameOf={nameOf} onTake={change} />}
      <div className="pl-two">
        <TextField
          label={t('measure')}
          maxLength={200}
          value={typed.zh}
          fault={faults['line.zh']}
          onChange={(zh) => change({ zh })}
        />
        <TextField label={t('measureEn')} maxLength={300} value={typed.en} onChange={(en) => change({ en })} />
      </div>
      <div className="pl-three">
        <TextField label={t('who')} maxLength={80} value={typed.who} onChange={(who) => change({ who })} />
        <TextField label={t('where')} maxLength={120} value={typed.place} onChange={(place) => change({ place })} />
        <SelectField
          label={t('when')}
          value={typed.frequency}
          options={
            (frequencies as readonly string[]).includes(typed.frequency)
              ? frequencies
              : [typed.frequency, ...frequencies]
          }
          word={(one) => frequencyIn(t, one)}
          onChange={(frequency) => change({ frequency })}
        />
      </div>
      <TextField label={t('how')} rows={2} maxLength={600} value={typed.how} onChange={(how) => change({ how })} />
      <div className="pl-four">
        <SelectField
          label={t('phase')}
          value={typed.phase}
          options={planPhases}
          word={(one) => t(one)}
          onChange={(phase) => change({ phase })}
        />
        <SelectField
          label={t('nature')}
          value={typed.nature}
          options={planNatures}
          word={(one) => t(one)}
          onChange={(nature) => change({ nature })}
        />
        <SelectField
          label={t('evidence')}
          value={typed.evidence}
          options={evidenceKinds}
          word={(one) => t(one)}
          onChange={(evidence) => change({ evidence })}
        />
        <TextField
          label={t('clause')}
          maxLength={120}
          value={typed.clause}
          fault={faults['line.clause']}
          onChange={(clause) => change({ clause })}
        />
      </div>
      <div className="pl-four">
        <Field label={t('workLine')}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={typed.workLineId ?? ''}
              onChange={(event) =>
                change({ workLineId: event.target.value === '' ? null : Number(event.target.value) })
              }
            >
              <option value="">{t('noLine')}</option>
              {directory.lines.map((one) => (
                <option key={one.id} value={one.id}>
                  {nameIn(one, language)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {levelsOf[plan.kind].length > 1 && (
          <SelectField
            label={t('level')}
            value={typed.level}
            options={levelsOf[plan.kind]}
            word={(one) => t(`l_${one}`)}
            onChange={(level) => change({ level })}
          />
        )}
        <div className="field">
          <span className="label">{t('owner')}</span>
          <Picker
            label={t('owner')}
            choices={people.map(({ label }, i) => ({ id: i, code: '', name: label, also: label }))}
            value={owner < 0 ? null : owner}
            clearable
            onChange={(i) => change({ ownerId: i === null ? null : people[i]!.id })}
          />
          {faults['line.ownerId'] && <p className="fault">{faults['line.ownerId']}</p>}
        </div>
        <TextField
          label={t('evidenceCount')}
          maxLength={2}
          line={{ inputMode: 'numeric' }}
          value={String(typed.evidenceCount)}
          onChange={(text) =>
            change({ evidenceCount: Math.min(50, Math.max(1, Number(text.replace(/\D/g, '')) || 1)) })
          }
        />
        <label className="check">
          <input
            type="checkbox"
            checked={typed.red}
            disabled={red}
            onChange={(event) => change({ red: event.target.checked })}
          />
          {t('redLine')} {red && <span className="small soft">{t('redStays')}</span>}
        </label>
      </div>
      <div className="pl-acts">
        <Button kind="main" submit busy={busy} keys={['Ctrl', 'Enter']}>
          {t('save')}
        </Button>
        <Button
          onClick={() => {
            drop();
            onClose();
          }}
        >
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
