import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { drillEndpoints as api, type RiskFile } from '../../../contract/drills.ts';
import { useAct } from '../../app/act.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { Button, notify, OrgPicker, TextField, useDraft } from '../../kit/index.ts';
import { PersonField } from './people.tsx';
import { useT } from './words.ts';

interface Draft {
  unitId: number | null;
  siteId: number | null;
  when: string;
  announced: boolean;
  leaderId: string | null;
  observerIds: (string | null)[];
}

const units = ['unit'] as const;
const sites = ['site'] as const;

/** A drill of what is approved: where, when, who runs it, and who from outside watches. */
export function DrillForm({ risk, onCancel }: { risk: RiskFile; onCancel: () => void }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const navigate = useNavigate();
  const own = directory.unitOf(risk.nodeId)?.id ?? null;
  const empty = useMemo<Draft>(
    () => ({
      unitId: own,
      siteId: directory.node(risk.nodeId)?.kind === 'site' ? risk.nodeId : null,
      when: format.local(now() + 2 * 86_400_000),
      announced: true,
      leaderId: null,
      observerIds: [null],
    }),
    [own, directory, risk.nodeId, format],
  );
  const [draft, change, drop] = useDraft<Draft>(`drill.${risk.id}`, empty);
  const [complained, setComplained] = useState(false);
  const plan = useAct(api.planDrill, {
    refreshes: [['drills']],
    onFail: notify.problem,
    onDone: ({ id }) => {
      drop();
      void navigate({ to: '/readiness/drills/$id', params: { id } as never });
    },
  });
  const observers = draft.observerIds.filter((one): one is string => one !== null);
  const right = draft.unitId !== null && draft.leaderId !== null && observers.length > 0 && draft.when !== '';
  return (
    <form
      className="rd-form"
      onSubmit={(event) => {
        event.preventDefault();
        setComplained(true);
        if (!right || plan.isPending) return;
        plan.mutate({
          riskId: risk.id,
          unitId: draft.unitId!,
          siteId: draft.siteId,
          plannedFor: format.instant(draft.when),
          announced: draft.announced,
          leaderId: draft.leaderId!,
          observerIds: observers,
        });
      }}
    >
      {own === null && (
        <div className="field">
          <span className="label">{t('unit')}</span>
          <OrgPicker label={t('unit')} kinds={units} value={draft.unitId} onChange={(unitId) => change({ unitId })} />
        </div>
      )}
      <div className="field">
        <span className="label">{t('site')}</span>
        <OrgPicker
          clearable
          label={t('site')}
          kinds={sites}
          value={draft.siteId}
          onChange={(siteId) => change({ siteId })}
        />
      </div>
      <TextField
        label={t('when')}
        value={draft.when}
        line={{ type: 'datetime-local', required: true }}
        onChange={(when) => change({ when })}
      />
      <fieldset className="choices" aria-label={t('announced')}>
        {[true, false].map((one) => (
          <label key={String(one)}>
            <input
              type="radio"
              name="rd-announced"
              checked={draft.announced === one}
              onChange={() => change({ announced: one })}
            />
            {t(one ? 'announced' : 'unannounced')}
          </label>
        ))}
      </fieldset>
      <PersonField label={t('leader')} value={draft.leaderId} onChange={(leaderId) => change({ leaderId })} />
      {draft.observerIds.map((one, i) => (
        <PersonField
          // biome-ignore lint/suspicious/noArrayIndexKey: a place to fill, not a thing
          key={i}
          label={t('observers')}
          outside={draft.unitId}
          value={one}
          onChange={(id) => change({ observerIds: draft.observerIds.map((each, n) => (n === i ? id : each)) })}
        />
      ))}
      {draft.observerIds.length < 5 && (
        <span>
          <Button small kind="plain" onClick={() => change({ observerIds: [...draft.observerIds, null] })}>
            {t('addObserver')}
          </Button>
        </span>
      )}
      {complained && !right && (
        <p role="alert" className="over small">
          {t('needed')}
        </p>
      )}
      <div className="dialog-acts">
        <Button submit kind="main" busy={plan.isPending}>
          {t('plan')}
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
