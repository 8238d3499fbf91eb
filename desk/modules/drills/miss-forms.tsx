import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { drillEndpoints as api, type NearMiss, nearMissOutcomes } from '../../../contract/drills.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { randomId } from '../../app/identifier.ts';
import { now } from '../../app/now.ts';
import { useSession } from '../../app/session.tsx';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, LinePicker, notify, OrgPicker, TextField, useDraft } from '../../kit/index.ts';
import { SelectField } from '../../kit/select-field.tsx';
import { useT } from './words.ts';

/** What nearly happened, in four answers. Kept while it is typed; sent twice it is there once. */
export function MissForm({ onClose }: { onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const { me } = useSession();
  const directory = useDirectory();
  const home = directory.node(me?.homeNodeId);
  const empty = useMemo(
    () => ({
      id: randomId(),
      nodeId: home && home.kind !== 'group' && home.kind !== 'sector' ? home.id : null,
      happenedAt: format.local(now() - 30 * 60_000),
      what: '',
      place: '',
      stoppedBy: '',
    }),
    [home, format],
  );
  const [draft, change, drop] = useDraft<typeof empty>('near-miss', empty);
  const [complained, setComplained] = useState(false);
  const send = useAct(api.recordNearMiss, {
    refreshes: [['drills']],
    onFail: notify.problem,
    onDone: ({ number }) => {
      drop();
      notify.good(t('sent', { number }));
      onClose();
    },
  });
  const right = draft.nodeId !== null && draft.what.trim().length >= 2 && draft.stoppedBy.trim().length >= 2;
  const fault = (bad: boolean): string | undefined => (complained && bad ? t('needed') : undefined);
  return (
    <form
      className="rd-form"
      onSubmit={(event) => {
        event.preventDefault();
        setComplained(true);
        if (right && !send.isPending)
          send.mutate({ ...draft, nodeId: draft.nodeId!, happenedAt: format.instant(draft.happenedAt) });
      }}
    >
      <p className="small soft">{t('missLead')}</p>
      <TextField
        label={t('happened')}
        rows={3}
        maxLength={1000}
        value={draft.what}
        fault={fault(draft.what.trim().length < 2)}
        onChange={(what) => change({ what, id: draft.id })}
      />
      <TextField
        label={t('stoppedBy')}
        rows={2}
        maxLength={500}
        value={draft.stoppedBy}
        fault={fault(draft.stoppedBy.trim().length < 2)}
        onChange={(stoppedBy) => change({ stoppedBy, id: draft.id })}
      />
      <div className="field">
        <span className="label">{t('where')}</span>
        <OrgPicker label={t('where')} value={draft.nodeId} onChange={(nodeId) => change({ nodeId, id: draft.id })} />
        {fault(draft.nodeId === null) && <span className="fault">{t('needed')}</span>}
      </div>
      <div className="rd-pair">
        <TextField
          label={t('place')}
          value={draft.place}
          maxLength={120}
          onChange={(place) => change({ place, id: draft.id })}
        />
        <TextField
          label={t('happenedAt')}
          value={draft.happenedAt}
          line={{ type: 'datetime-local', required: true }}
          onChange={(happenedAt) => change({ happenedAt, id: draft.id })}
        />
      </div>
      <div className="dialog-acts">
        <Button submit kind="main" busy={send.isPending}>
          {t('send')}
        </Button>
        <Button
          kind="plain"
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

/** What follows from it: a risk, a task, a lesson, or nothing with a reason. */
export function TriageForm({ miss, onClose }: { miss: NearMiss; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const empty = useMemo(
    () => ({
      outcome: 'risk' as (typeof nearMissOutcomes)[number],
      words: '',
      riskId: '',
      title: '',
      criterion: '',
      lineId: null as number | null,
      dueOn: format.local(now() + 7 * 86_400_000).slice(0, 10),
    }),
    [format],
  );
  const [draft, change, drop] = useDraft<typeof empty>(`near-miss.${miss.id}`, empty);
  const [complained, setComplained] = useState(false);
  const risks = useQuery({ queryKey: ['drills', 'risks', 'open'], queryFn: () => call(api.risks, { view: 'open' }) });
  const triage = useAct(api.triageNearMiss, {
    refreshes: [['drills']],
    onFail: notify.problem,
    onDone: () => {
      drop();
      notify.good(t('saved'));
      onClose();
    },
  });
  const right =
    draft.words.trim().length >= 2 &&
    (draft.outcome !== 'risk' || draft.riskId !== '') &&
    (draft.outcome !== 'task' || (draft.title.trim().length >= 2 && draft.criterion.trim().length >= 2 && draft.dueOn));
  const fault = (bad: boolean): string | undefined => (complained && bad ? t('needed') : undefined);
  const rows = risks.data?.risks ?? [];
  return (
    <form
      className="rd-form"
      onSubmit={(event) => {
        event.preventDefault();
        setComplained(true);
        if (!right || triage.isPending) return;
        const { outcome, words, riskId, title, criterion, lineId, dueOn } = draft;
        triage.mutate({
          id: miss.id,
          version: miss.version,
          outcome,
          words,
          riskId: outcome === 'risk' ? riskId : null,
          task: outcome === 'task' ? { title, criterion, lineId, dueOn } : null,
        });
      }}
    >
      <p>{miss.what}</p>
      <fieldset className="choices" aria-label={t('outcome')}>
        {nearMissOutcomes.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="rd-outcome"
              checked={draft.outcome === one}
              onChange={() => change({ outcome: one })}
            />
            {t(`o_${one}`)}
          </label>
        ))}
      </fieldset>
      {draft.outcome === 'risk' && (
        <>
          <SelectField
            label={t('risk')}
            value={draft.riskId}
            options={['', ...rows.map((one) => one.id)]}
            word={(id) => (id === '' ? t('choose') : nameIn(rows.find((one) => one.id === id)!, language))}
            onChange={(riskId) => change({ riskId })}
          />
          {fault(draft.riskId === '') && <span className="over small">{t('needed')}</span>}
        </>
      )}
      {draft.outcome === 'task' && (
        <>
          <TextField
            label={t('taskTitle')}
            value={draft.title}
            maxLength={120}
            fault={fault(draft.title.trim().length < 2)}
            onChange={(title) => change({ title })}
          />
          <TextField
            label={t('criterion')}
            value={draft.criterion}
            maxLength={300}
            fault={fault(draft.criterion.trim().length < 2)}
            onChange={(criterion) => change({ criterion })}
          />
          <div className="rd-pair">
            <div className="field">
              <span className="label">{t('line')}</span>
              <LinePicker clearable label={t('line')} value={draft.lineId} onChange={(lineId) => change({ lineId })} />
            </div>
            <TextField
              label={t('dueOn')}
              value={draft.dueOn}
              line={{ type: 'date', required: true }}
              onChange={(dueOn) => change({ dueOn })}
            />
          </div>
        </>
      )}
      <TextField
        label={t('why')}
        rows={2}
        maxLength={500}
        value={draft.words}
        fault={fault(draft.words.trim().length < 2)}
        onChange={(words) => change({ words })}
      />
      <div className="dialog-acts">
        <Button submit kind="main" busy={triage.isPending}>
          {t('triage')}
        </Button>
        <Button
          kind="plain"
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
