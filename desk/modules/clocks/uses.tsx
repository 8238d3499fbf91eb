import { useMemo, useState } from 'react';
import { clockEndpoints as api } from '../../../contract/clocks.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { useAct } from '../../app/act.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Dialog, Field, notify, OrgPicker, useDraft } from '../../kit/index.ts';
import { ChangeForm, FromField, useSaved } from './form.tsx';
import { useT } from './words.ts';

type Overview = OutputOf<typeof api.overview>;
type Stage = Overview['stages'][number];
type Use = Overview['uses'][number];

const units = ['unit'] as const;
const inherit = '';

interface Editing {
  stage: Stage;
  /** Null = everywhere; undefined = a unit still to be chosen. */
  unitId: number | null | undefined;
  calendarId: number | null;
}

function UseForm({ editing, overview, onClose }: { editing: Editing; overview: Overview; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const directory = useDirectory();
  const saved = useSaved();
  const choosing = editing.unitId === undefined;
  const stored = useMemo(
    () => ({ unitId: editing.unitId ?? null, calendarId: editing.calendarId, from: '' }),
    [editing],
  );
  const place = choosing ? 'unit' : (editing.unitId ?? 'everywhere');
  const [{ unitId, calendarId, from }, change, drop] = useDraft(`clocks.use.${editing.stage.code}.${place}`, stored);
  const leave = () => {
    drop();
    onClose();
  };
  const save = useAct(api.setUse, {
    refreshes: [['clocks']],
    onDone: (_, input) => {
      notify.good(saved(input.from));
      leave();
    },
  });
  const input = { stage: editing.stage.code, unitId, calendarId };
  return (
    <Dialog
      open
      title={`${nameIn(editing.stage, language)} · ${editing.unitId ? directory.nameOf(editing.unitId) : choosing ? t('unitOwn') : t('everywhere')}`}
      onClose={onClose}
    >
      <ChangeForm
        ready={!choosing || unitId !== null}
        draft={choosing && unitId === null ? null : { kind: 'use', ...input }}
        busy={save.isPending}
        error={save.error}
        onSave={() => save.mutate({ ...input, from: from ? format.instant(from) : undefined })}
        onCancel={leave}
      >
        {choosing && (
          <Field label={t('unit')}>
            {(control) => (
              <OrgPicker
                id={control.id}
                kinds={units}
                label={t('unit')}
                value={unitId}
                onChange={(next) => change({ unitId: next })}
              />
            )}
          </Field>
        )}
        <Field label={t('uses')}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={calendarId ?? inherit}
              onChange={(event) =>
                change({ calendarId: event.target.value === inherit ? null : Number(event.target.value) })
              }
            >
              <option value={inherit}>
                {choosing || editing.unitId
                  ? t('asStage')
                  : t('asSetUp', { what: setUp(editing.stage, overview, language) })}
              </option>
              {overview.calendars.map((one) => (
                <option key={one.id} value={one.id}>
                  {nameIn(one, language)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <FromField value={from} onChange={(next) => change({ from: next })} />
      </ChangeForm>
    </Dialog>
  );
}

/** The calendar a stage was set up with. */
function setUp(stage: Stage, { calendars }: Overview, language: 'zh-CN' | 'en'): string {
  const found = calendars.find((one) => one.code === (stage.workingTime ? 'office' : 'always'));
  return found ? nameIn(found, language) : '';
}

/** The one in force now, and those to come, of one stage and place. */
function versions(uses: readonly Use[], stage: string, unitId: number | null): { current: Use | null; coming: Use[] } {
  const mine = uses.filter((one) => one.stage === stage && one.unitId === unitId);
  const at = now();
  return {
    current: mine.findLast((one) => Date.parse(one.from) <= at) ?? null,
    coming: mine.filter((one) => Date.parse(one.from) > at),
  };
}

/** Which calendar each stage counts by, and units with one of their own. */
export function Uses({ overview }: { overview: Overview }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const directory = useDirectory();
  const [editing, setEditing] = useState<Editing | null>(null);
  const calendarName = (id: number | null) => {
    const found = overview.calendars.find((one) => one.id === id);
    return found ? nameIn(found, language) : '';
  };
  const row = (stage: Stage, unitId: number | null, first: boolean) => {
    const { current, coming } = versions(overview.uses, stage.code, unitId);
    const calendarId = current?.calendarId ?? null;
    return (
      <tr key={`${stage.code} ${unitId}`}>
        <td>{first && <b>{nameIn(stage, language)}</b>}</td>
        <td>{unitId === null ? t('everywhere') : directory.nameOf(unitId)}</td>
        <td>
          {calendarId !== null
            ? calendarName(calendarId)
            : unitId === null
              ? setUp(stage, overview, language)
              : t('asStage')}
          {coming.map((one) => (
            <p key={one.from} className="small near">
              {t('upcoming', {
                at: format.moment(one.from),
                what: one.calendarId === null ? t('asStage') : calendarName(one.calendarId),
              })}
            </p>
          ))}
        </td>
        <td className="act">
          <Button
            small
            aria-label={`${t('change')} ${nameIn(stage, language)} ${unitId === null ? '' : directory.nameOf(unitId)}`}
            onClick={() => setEditing({ stage, unitId, calendarId })}
          >
            {t('change')}
          </Button>
          {unitId === null && (
            <Button small kind="plain" onClick={() => setEditing({ stage, unitId: undefined, calendarId: null })}>
              {t('addUnit')}
            </Button>
          )}
        </td>
      </tr>
    );
  };
  return (
    <>
      <p className="small soft">{t('usesNote')}</p>
      <table className="ck-table">
        <thead>
          <tr>
            <th>{t('stage')}</th>
            <th>{t('unit')}</th>
            <th>{t('uses')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {overview.stages.flatMap((stage) => {
            const own = [
              ...new Set(overview.uses.filter((one) => one.stage === stage.code).map((one) => one.unitId)),
            ].filter((id) => id !== null);
            return [row(stage, null, true), ...own.map((unitId) => row(stage, unitId, false))];
          })}
        </tbody>
      </table>
      {editing && <UseForm editing={editing} overview={overview} onClose={() => setEditing(null)} />}
    </>
  );
}
