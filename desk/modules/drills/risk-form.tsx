import { useMemo, useState } from 'react';
import { drillEndpoints as api, type RiskFile, severities } from '../../../contract/drills.ts';
import { useAct } from '../../app/act.ts';
import { Button, notify, OrgPicker, TextField, useDraft } from '../../kit/index.ts';
import { SelectField } from '../../kit/select-field.tsx';
import { PersonField } from './people.tsx';
import { useT } from './words.ts';

interface Draft {
  nodeId: number | null;
  zh: string;
  en: string;
  severity: (typeof severities)[number];
  ownerId: string | null;
  nextDrillOn: string;
  why: string;
}

const places = ['group', 'unit', 'site'] as const;

/** A risk is put up, or changed; what was typed stays until it is saved or given up. */
export function RiskForm(props: { risk: RiskFile | null; onDone: (id: string) => void; onCancel: () => void }) {
  const { risk, onDone, onCancel } = props;
  const t = useT();
  const empty = useMemo<Draft>(
    () => ({
      nodeId: risk?.nodeId ?? null,
      zh: risk?.zh ?? '',
      en: risk?.en ?? '',
      severity: risk?.severity ?? 'red',
      ownerId: risk?.owner.id ?? null,
      nextDrillOn: risk?.nextDrillOn ?? '',
      why: '',
    }),
    [risk],
  );
  const [draft, change, drop] = useDraft<Draft>(`risk.${risk?.id ?? 'new'}`, empty);
  const [complained, setComplained] = useState(false);
  const saved = (id: string): void => {
    drop();
    notify.good(t('saved'));
    onDone(id);
  };
  const act = { refreshes: [['drills']], onFail: notify.problem };
  const open = useAct(api.openRisk, { ...act, onDone: ({ id }) => saved(id) });
  const edit = useAct(api.changeRisk, { ...act, onDone: (_, { id }) => saved(id) });
  const softer = risk?.severity === 'red' && draft.severity === 'amber';
  const right =
    draft.zh.trim().length >= 2 &&
    draft.nodeId !== null &&
    draft.ownerId !== null &&
    (!softer || draft.why.trim().length >= 2);
  const fault = (bad: boolean): string | undefined => (complained && bad ? t('needed') : undefined);
  const send = (): void => {
    setComplained(true);
    if (!right || open.isPending || edit.isPending) return;
    const given = {
      zh: draft.zh,
      en: draft.en,
      severity: draft.severity,
      ownerId: draft.ownerId!,
      nextDrillOn: draft.nextDrillOn || null,
    };
    if (risk) edit.mutate({ id: risk.id, version: risk.version, ...given, why: draft.why });
    else open.mutate({ nodeId: draft.nodeId!, ...given });
  };
  return (
    <form
      className="rd-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {!risk && (
        <div className="field">
          <span className="label">{t('where')}</span>
          <OrgPicker label={t('where')} kinds={places} value={draft.nodeId} onChange={(nodeId) => change({ nodeId })} />
          {fault(draft.nodeId === null) && <span className="fault">{t('needed')}</span>}
        </div>
      )}
      <TextField
        label={t('zhName')}
        value={draft.zh}
        maxLength={120}
        fault={fault(draft.zh.trim().length < 2)}
        onChange={(zh) => change({ zh })}
      />
      <TextField label={t('enName')} value={draft.en} maxLength={200} onChange={(en) => change({ en })} />
      <SelectField
        label={t('severity')}
        value={draft.severity}
        options={severities}
        word={(one) => t(one)}
        onChange={(severity) => change({ severity })}
      />
      {softer && (
        <TextField
          label={t('whySofter')}
          value={draft.why}
          maxLength={300}
          fault={fault(draft.why.trim().length < 2)}
          onChange={(why) => change({ why })}
        />
      )}
      <PersonField label={t('owner')} value={draft.ownerId} onChange={(ownerId) => change({ ownerId })} />
      {fault(draft.ownerId === null) && <span className="fault over small">{t('needed')}</span>}
      <TextField
        label={t('nextDrill')}
        value={draft.nextDrillOn}
        line={{ type: 'date' }}
        onChange={(nextDrillOn) => change({ nextDrillOn })}
      />
      <div className="dialog-acts">
        <Button submit kind="main" busy={open.isPending || edit.isPending}>
          {t(risk ? 'change' : 'newRisk')}
        </Button>
        <Button
          kind="plain"
          onClick={() => {
            drop();
            onCancel();
          }}
        >
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
