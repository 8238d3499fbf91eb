import { useMemo, useState } from 'react';
import { clockEndpoints as api, type ClockKind, tellsLevels } from '../../../contract/clocks.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { priorities } from '../../../contract/organization.ts';
import { useAct } from '../../app/act.ts';
import { useFormat } from '../../app/format.ts';
import { Button, Dialog, Glyph, notify, useDraft } from '../../kit/index.ts';
import { ChangeForm, useSaved } from './form.tsx';
import { useT } from './words.ts';

type Step = OutputOf<typeof api.overview>['warnings'][number];
type Priority = Step['priority'];
const clocks = ['triage', 'contact', 'resolve'] as const;

interface Row {
  key: number;
  when: 'before' | 'after';
  minutes: string;
  tells: Step['tells'];
}

function StepsForm({
  priority,
  clock,
  steps,
  onClose,
}: {
  priority: Priority;
  clock: ClockKind;
  steps: readonly Step[];
  onClose: () => void;
}) {
  const t = useT();
  const saved = useSaved();
  const stored = useMemo(
    () => ({
      rows: steps.map(
        (step, key): Row => ({
          key,
          when: step.afterMinutes < 0 ? 'before' : 'after',
          minutes: String(Math.abs(step.afterMinutes)),
          tells: step.tells,
        }),
      ),
    }),
    [steps],
  );
  const [{ rows }, keep, drop] = useDraft(`clocks.warnings.${priority}.${clock}`, stored);
  const setRows = (next: Row[]) => keep({ rows: next });
  const leave = () => {
    drop();
    onClose();
  };
  const save = useAct(api.setWarnings, {
    refreshes: [['clocks']],
    onDone: () => {
      notify.good(saved(undefined));
      leave();
    },
  });
  const change = (key: number, part: Partial<Row>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const whole = rows.every((row) => /^\d+$/.test(row.minutes) && (row.when === 'after' || Number(row.minutes) > 0));
  const typed = rows.map((row) => ({
    afterMinutes: row.when === 'before' ? -Number(row.minutes) : Number(row.minutes),
    tells: row.tells,
  }));
  return (
    <ChangeForm
      ready={whole}
      busy={save.isPending}
      error={save.error}
      onSave={() => save.mutate({ priority, clock, steps: typed })}
      onCancel={leave}
    >
      <ul className="ck-steps">
        {rows.map((row) => (
          <li key={row.key} className="row">
            <select
              className="input"
              aria-label={t('when')}
              value={row.when}
              onChange={(event) => change(row.key, { when: event.target.value as 'before' })}
            >
              <option value="before">{t('before')}</option>
              <option value="after">{t('after')}</option>
            </select>
            <input
              className="input"
              inputMode="numeric"
              aria-label={t('minutes')}
              value={row.minutes}
              onChange={(event) => change(row.key, { minutes: event.target.value.trim() })}
            />
            <select
              className="input"
              aria-label={t('tells')}
              value={row.tells}
              onChange={(event) => change(row.key, { tells: event.target.value as 'line' })}
            >
              {tellsLevels.map((each) => (
                <option key={each} value={each}>
                  {t(`tells_${each}`)}
                </option>
              ))}
            </select>
            <button
              type="button"
              className="icon-btn"
              aria-label={t('removeStep')}
              onClick={() => setRows(rows.filter((other) => other !== row))}
            >
              <Glyph name="cross" />
            </button>
          </li>
        ))}
      </ul>
      {rows.length < 8 && (
        <Button
          small
          onClick={() => {
            const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
            setRows([...rows, { key, when: 'after', minutes: '0', tells: 'group_leader' }]);
          }}
        >
          {t('addStep')}
        </Button>
      )}
    </ChangeForm>
  );
}

/** When whom is told that a clock is near or past. */
export function Warnings({ steps }: { steps: readonly Step[] }) {
  const t = useT();
  const format = useFormat();
  const [editing, setEditing] = useState<{ priority: Priority; clock: ClockKind } | null>(null);
  const of = (priority: Priority, clock: ClockKind) =>
    steps
      .filter((step) => step.priority === priority && step.clock === clock)
      .sort((a, b) => a.afterMinutes - b.afterMinutes);
  const when = (minutes: number) =>
    minutes === 0
      ? t('step_at')
      : t(minutes < 0 ? 'step_before' : 'step_after', { span: format.span(Math.abs(minutes) * 60_000) });
  return (
    <>
      <p className="small soft">{t('warningsNote')}</p>
      <table className="ck-table ck-ladder">
        <thead>
          <tr>
            <th>{t('priority')}</th>
            {clocks.map((clock) => (
              <th key={clock}>{t(`clock_${clock}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {priorities.map((priority) => (
            <tr key={priority}>
              <td>
                <b>{t(priority)}</b>
              </td>
              {clocks.map((clock) => (
                <td key={clock}>
                  <button
                    type="button"
                    className="ck-cell"
                    aria-label={t('editSteps', { priority: t(priority), clock: t(`clock_${clock}`) })}
                    onClick={() => setEditing({ priority, clock })}
                  >
                    {of(priority, clock).length === 0 && <span className="softer">{t('noSteps')}</span>}
                    {of(priority, clock).map((step) => (
                      <span key={step.afterMinutes} className="ck-step">
                        <span className={step.afterMinutes < 0 ? 'soft' : ''}>{when(step.afterMinutes)}</span>
                        <b>{t(`tells_${step.tells}`)}</b>
                      </span>
                    ))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {editing && (
        <Dialog
          open
          title={t('editSteps', { priority: t(editing.priority), clock: t(`clock_${editing.clock}`) })}
          onClose={() => setEditing(null)}
        >
          <StepsForm {...editing} steps={of(editing.priority, editing.clock)} onClose={() => setEditing(null)} />
        </Dialog>
      )}
    </>
  );
}
