import { useMemo, useState } from 'react';
import { drillEndpoints as api, type DrillFile, stepVerdicts } from '../../../contract/drills.ts';
import { useAct } from '../../app/act.ts';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { Button, LinePicker, notify, TextField, useDraft } from '../../kit/index.ts';
import { useSaid } from './contingency.tsx';
import { useT } from './words.ts';

type Verdict = (typeof stepVerdicts)[number];

interface Finding {
  text: string;
  criterion: string;
  lineId: number | null;
  dueOn: string;
}

interface Draft {
  steps: { n: number; verdict: Verdict; remark: string }[];
  words: string;
  findings: Finding[];
}

/** What the watch allows to be said of a step. */
function allowed(drill: DrillFile, i: number): readonly Verdict[] {
  const mark = drill.marks[i]!;
  if (!mark.reachedAt) return ['not_reached', 'late'];
  const minute = (Date.parse(mark.reachedAt) - Date.parse(drill.startedAt!)) / 60_000;
  return minute <= mark.within ? stepVerdicts : ['late', 'not_reached'];
}

/** The observer's word: step by step, in all, and what is to be mended. */
export function Assess({ drill }: { drill: DrillFile }) {
  const t = useT();
  const format = useFormat();
  const said = useSaid();
  const empty = useMemo<Draft>(
    () => ({
      steps: drill.marks.map((one, i) => ({ n: one.n, verdict: allowed(drill, i)[0]!, remark: '' })),
      words: '',
      findings: [],
    }),
    [drill],
  );
  const [draft, change, drop] = useDraft<Draft>(`assess.${drill.id}`, empty);
  const [complained, setComplained] = useState(false);
  const assess = useAct(api.assessDrill, {
    refreshes: [['drills']],
    onFail: notify.problem,
    onDone: () => {
      drop();
      notify.good(t('saved'));
    },
  });
  const step = (n: number, part: Partial<Draft['steps'][number]>): void =>
    change({ steps: draft.steps.map((one) => (one.n === n ? { ...one, ...part } : one)) });
  const finding = (i: number, part: Partial<Finding>): void =>
    change({ findings: draft.findings.map((one, n) => (n === i ? { ...one, ...part } : one)) });
  const lacksRemark = (one: Draft['steps'][number]): boolean =>
    one.verdict !== 'in_time' && one.remark.trim().length < 2;
  const right =
    draft.words.trim().length >= 2 &&
    !draft.steps.some(lacksRemark) &&
    draft.findings.every((one) => one.text.trim().length >= 2 && one.criterion.trim().length >= 2 && one.dueOn);
  const fault = (bad: boolean): string | undefined => (complained && bad ? t('needed') : undefined);
  const inDays = (days: number): string => format.local(now() + days * 86_400_000).slice(0, 10);
  return (
    <form
      className="rd-card rd-form"
      aria-label={t('assess')}
      onSubmit={(event) => {
        event.preventDefault();
        setComplained(true);
        if (right && !assess.isPending) assess.mutate({ id: drill.id, version: drill.version, ...draft });
      }}
    >
      <h2>{t('assess')}</h2>
      <p className="small soft">{t('assessLead')}</p>
      {draft.steps.map((one, i) => (
        <fieldset key={one.n} className="rd-edit" aria-label={t('stepN', { n: one.n })}>
          <span>
            {t('stepN', { n: one.n })} · {said(drill.plan.steps[i]!.what)}
          </span>
          <div className="choices">
            {allowed(drill, i).map((verdict) => (
              <label key={verdict}>
                <input
                  type="radio"
                  name={`rd-step-${one.n}`}
                  checked={one.verdict === verdict}
                  onChange={() => step(one.n, { verdict })}
                />
                {t(verdict === 'late' ? 'v_late' : verdict)}
              </label>
            ))}
          </div>
          {one.verdict !== 'in_time' && (
            <TextField
              label={t('remark')}
              value={one.remark}
              maxLength={200}
              fault={fault(lacksRemark(one))}
              onChange={(remark) => step(one.n, { remark })}
            />
          )}
        </fieldset>
      ))}
      <TextField
        label={t('assessment')}
        rows={3}
        maxLength={1000}
        value={draft.words}
        fault={fault(draft.words.trim().length < 2)}
        onChange={(words) => change({ words })}
      />
      <h3>{t('findings')}</h3>
      <p className="small soft">{t('becomesTask')}</p>
      {draft.findings.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a finding has no name before it is sent
        <fieldset key={i} className="rd-edit" aria-label={`${t('findings')} ${i + 1}`}>
          <TextField
            label={t('findingText')}
            value={one.text}
            maxLength={120}
            fault={fault(one.text.trim().length < 2)}
            onChange={(text) => finding(i, { text })}
          />
          <TextField
            label={t('criterion')}
            value={one.criterion}
            maxLength={300}
            fault={fault(one.criterion.trim().length < 2)}
            onChange={(criterion) => finding(i, { criterion })}
          />
          <div className="rd-pair">
            <div className="field">
              <span className="label">{t('line')}</span>
              <LinePicker
                clearable
                label={t('line')}
                value={one.lineId}
                onChange={(lineId) => finding(i, { lineId })}
              />
            </div>
            <TextField
              label={t('dueOn')}
              value={one.dueOn}
              line={{ type: 'date', required: true }}
              onChange={(dueOn) => finding(i, { dueOn })}
            />
          </div>
          <span>
            <Button small kind="plain" onClick={() => change({ findings: draft.findings.filter((_, n) => n !== i) })}>
              {t('cancel')}
            </Button>
          </span>
        </fieldset>
      ))}
      {draft.findings.length < 10 && (
        <span>
          <Button
            small
            onClick={() =>
              change({ findings: [...draft.findings, { text: '', criterion: '', lineId: null, dueOn: inDays(7) }] })
            }
          >
            {t('addFinding')}
          </Button>
        </span>
      )}
      <div className="dialog-acts">
        <Button submit kind="main" busy={assess.isPending}>
          {t('sendAssessment')}
        </Button>
      </div>
    </form>
  );
}
