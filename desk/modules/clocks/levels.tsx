import { useMemo, useState } from 'react';
import { clockEndpoints as api } from '../../../contract/clocks.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { useAct } from '../../app/act.ts';
import { useFormat } from '../../app/format.ts';
import { Button, Dialog, Field, notify, useDraft } from '../../kit/index.ts';
import { ChangeForm, FromField, useSaved } from './form.tsx';
import { useT } from './words.ts';

type Level = OutputOf<typeof api.overview>['levels'][number];
const times = ['triageMinutes', 'contactMinutes', 'innerMinutes', 'resolveMinutes'] as const;

function LevelForm({ level, onClose }: { level: Level; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const saved = useSaved();
  const stored = useMemo(
    () => ({
      triageMinutes: String(level.current.triageMinutes),
      contactMinutes: String(level.current.contactMinutes),
      innerMinutes: String(level.current.innerMinutes),
      resolveMinutes: String(level.current.resolveMinutes),
      from: '',
    }),
    [level],
  );
  const [typed, change, drop] = useDraft(`clocks.level.${level.priority}`, stored);
  const { from } = typed;
  const leave = () => {
    drop();
    onClose();
  };
  const save = useAct(api.setLevel, {
    refreshes: [['clocks']],
    onDone: (_, input) => {
      notify.good(saved(input.from));
      leave();
    },
  });
  const whole = times.every((each) => /^\d+$/.test(typed[each]) && Number(typed[each]) > 0);
  const values = {
    priority: level.priority,
    triageMinutes: Number(typed.triageMinutes),
    contactMinutes: Number(typed.contactMinutes),
    innerMinutes: Number(typed.innerMinutes),
    resolveMinutes: Number(typed.resolveMinutes),
  };
  return (
    <ChangeForm
      ready={whole}
      draft={whole ? { kind: 'level', ...values } : null}
      busy={save.isPending}
      error={save.error}
      onSave={() => save.mutate({ ...values, from: from ? format.instant(from) : undefined })}
      onCancel={leave}
    >
      <div className="ck-fields">
        {times.map((each) => (
          <Field
            key={each}
            label={t('inMinutes', { what: t(each) })}
            hint={
              /^\d+$/.test(typed[each])
                ? `${format.hours(Number(typed[each]))}${
                    each === 'innerMinutes'
                      ? ` · ${t('innerHint')}`
                      : each === 'resolveMinutes'
                        ? ` · ${t('promiseHint')}`
                        : ''
                  }`
                : undefined
            }
          >
            {(control) => (
              <input
                {...control}
                className="input"
                inputMode="numeric"
                value={typed[each]}
                onChange={(event) => change({ [each]: event.target.value.trim() })}
              />
            )}
          </Field>
        ))}
      </div>
      <FromField value={from} onChange={(next) => change({ from: next })} />
    </ChangeForm>
  );
}

/** What is promised for each priority, and what the staff aims at. */
export function Levels({ levels }: { levels: readonly Level[] }) {
  const t = useT();
  const format = useFormat();
  const [editing, setEditing] = useState<Level | null>(null);
  const span = (minutes: number) => format.hours(minutes);
  return (
    <>
      <table className="ck-table cards">
        <thead>
          <tr>
            <th>{t('priority')}</th>
            {times.map((each) => (
              <th key={each} className="num">
                {t(each)}
              </th>
            ))}
            <th>{t('since')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {levels.map((level) => (
            <tr key={level.priority}>
              <td className="lead">
                <b>{t(level.priority)}</b>
              </td>
              {times.map((each) => (
                <td key={each} className={each === 'resolveMinutes' ? 'num strong' : 'num'} data-label={t(each)}>
                  {span(level.current[each])}
                </td>
              ))}
              <td className="soft across" data-label={t('since')}>
                <span>
                  {level.current.from ? format.day(level.current.from) : t('setUp')} {level.current.by}
                  {level.upcoming.map((one) => (
                    <p key={one.from} className="small near">
                      {t('upcoming', {
                        at: format.moment(one.from),
                        what: times.map((each) => span(one[each])).join(' / '),
                      })}
                    </p>
                  ))}
                </span>
              </td>
              <td className="act across">
                <Button small aria-label={t('changeOf', { name: t(level.priority) })} onClick={() => setEditing(level)}>
                  {t('change')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {editing && (
        <Dialog open title={t('changeOf', { name: t(editing.priority) })} onClose={() => setEditing(null)}>
          <LevelForm level={editing} onClose={() => setEditing(null)} />
        </Dialog>
      )}
    </>
  );
}
