import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { requestEndpoints } from '../../../contract/requests.ts';
import { taskEndpoints as api, type TaskSource } from '../../../contract/tasks.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { randomId } from '../../app/identifier.ts';
import { now } from '../../app/now.ts';
import { useMe } from '../../app/session.tsx';
import { Button, Field, Glyph, LinePicker, Notice, notify, OrgPicker, TextField, useDraft } from '../../kit/index.ts';
import { Choices } from '../requests/forms/choices.tsx';
import { isMeasurable } from './criterion.ts';
import { SupervisionForm, useSupervisionAct } from './form.tsx';
import { PersonPicker } from './person-picker.tsx';
import './tasks.css';
import { useT } from './words.ts';

const kinds = ['instruction', 'resolution', 'finding', 'measure'] as const;
const owners = ['line', 'person', 'unit'] as const;
const weights = ['urgent', 'high', 'normal24'] as const;

interface Draft {
  kind: (typeof kinds)[number];
  sourceLabel: string;
  title: string;
  criterion: string;
  owner: (typeof owners)[number];
  lineId: number | null;
  unitId: number | null;
  accountId: string | null;
  nodeId: number | null;
  dueAt: string;
  priority: (typeof weights)[number];
  milestones: readonly { what: string; dueAt: string }[];
}

const empty: Draft = {
  kind: 'instruction',
  sourceLabel: '',
  title: '',
  criterion: '',
  owner: 'line',
  lineId: null,
  unitId: null,
  accountId: null,
  nodeId: null,
  dueAt: '',
  priority: 'normal24',
  milestones: [],
};

/** Where the page was opened from: a request, a paragraph of a directive, a hard problem; nothing for an instruction. */
interface Origin {
  kind: TaskSource;
  id?: string;
  label: string;
  paragraphId?: string;
  said: string | null;
}

function useOrigin(): Origin | null {
  const t = useT();
  const said = useLocation().search as Record<string, unknown>;
  const text = (key: string): string | undefined => (said[key] === undefined ? undefined : String(said[key]));
  const requestId = text('request');
  const request = useQuery({
    queryKey: ['request', requestId ?? ''],
    queryFn: () => call(requestEndpoints.thread, { id: requestId! }),
    enabled: requestId !== undefined,
  });
  const number = text('number') ?? '';
  if (requestId) {
    const label = request.data?.number ?? number;
    return { kind: 'request', id: requestId, label, said: t('fromRequest', { number: label }) };
  }
  if (text('problem'))
    return { kind: 'problem', id: text('problem'), label: number, said: t('fromProblem', { number }) };
  if (text('paragraph'))
    return {
      kind: 'directive',
      id: text('directive'),
      label: number,
      paragraphId: text('paragraph'),
      said: `${number} ${t('fromParagraph', { n: text('n') ?? '' })}`,
    };
  return null;
}

function Milestones({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const t = useT();
  const set = (at: number, part: Partial<Draft['milestones'][number]>) =>
    change({ milestones: draft.milestones.map((one, i) => (i === at ? { ...one, ...part } : one)) });
  return (
    <div className="field">
      <span className="label">{t('milestones')}</span>
      {draft.milestones.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is the place it stands at
        <div key={i} className="ta-milestone">
          <TextField
            label={t('milestoneWhat', { n: i + 1 })}
            maxLength={120}
            value={one.what}
            onChange={(what) => set(i, { what })}
          />
          <TextField
            label={t('milestoneDue', { n: i + 1 })}
            value={one.dueAt}
            onChange={(dueAt) => set(i, { dueAt })}
            line={{ type: 'datetime-local' }}
          />
          <Button kind="plain" onClick={() => change({ milestones: draft.milestones.filter((_, at) => at !== i) })}>
            {t('remove')}
          </Button>
        </div>
      ))}
      {draft.milestones.length < 8 && (
        <div>
          <Button small onClick={() => change({ milestones: [...draft.milestones, { what: '', dueAt: '' }] })}>
            {t('addMilestone')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Owner({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const t = useT();
  return (
    <>
      <Choices
        label={t('ownerKind')}
        value={draft.owner}
        options={owners}
        word={(one) => t(`owner_${one}`)}
        onChange={(owner) => change({ owner })}
      />
      <div className="ta-two">
        {draft.owner === 'person' && (
          <Field label={t('ownerPerson')}>
            {({ id }) => (
              <PersonPicker
                id={id}
                label={t('ownerPerson')}
                value={draft.accountId}
                onChange={(accountId) => change({ accountId })}
              />
            )}
          </Field>
        )}
        {draft.owner === 'line' && (
          <Field label={t('ownerLine')}>
            {({ id }) => (
              <LinePicker
                id={id}
                clearable
                label={t('ownerLine')}
                value={draft.lineId}
                onChange={(lineId) => change({ lineId })}
              />
            )}
          </Field>
        )}
        {draft.owner !== 'person' && (
          <Field label={t(draft.owner === 'line' ? 'ownerUnit' : 'ownerUnitOnly')}>
            {({ id }) => (
              <OrgPicker
                id={id}
                clearable
                kinds={['unit']}
                label={t('ownerUnitOnly')}
                value={draft.unitId}
                onChange={(unitId) => change({ unitId })}
              />
            )}
          </Field>
        )}
      </div>
    </>
  );
}

/** A leader issues a task: what, by what it is recognised as done, who answers for it, by when. */
export default function IssuePage() {
  const t = useT();
  const me = useMe();
  const format = useFormat();
  const navigate = useNavigate();
  const origin = useOrigin();
  const [id, setId] = useState(randomId);
  const [draft, change, drop] = useDraft<Draft>(
    // Paragraphs of one directive share its id: what was typed for one is not for another.
    `task.issue.${me.id}.${origin?.paragraphId ?? origin?.id ?? ''}`,
    empty,
  );
  const sending = useSupervisionAct(api.issue, (answer) => {
    notify.good(t('issued', { number: answer.number }));
    drop();
    setId(randomId());
    void navigate({ to: '/tasks/$id', params: { id: answer.id } as never, replace: true });
  });
  const milestones = draft.milestones.filter((one) => one.what.trim() !== '' || one.dueAt !== '');
  const ownerMissing =
    draft.owner === 'person' ? !draft.accountId : draft.owner === 'line' ? !draft.lineId : !draft.unitId;
  const send = () =>
    sending.mutate({
      id,
      source: origin
        ? { kind: origin.kind, id: origin.id, label: origin.label }
        : { kind: draft.kind, label: draft.sourceLabel.trim() },
      title: draft.title.trim(),
      criterion: draft.criterion.trim(),
      owner:
        draft.owner === 'person'
          ? { accountId: draft.accountId! }
          : { lineId: draft.owner === 'line' ? draft.lineId : null, unitId: draft.unitId },
      dueAt: format.instant(draft.dueAt),
      priority: draft.priority,
      nodeId: draft.nodeId ?? undefined,
      milestones: milestones.map((one) => ({ what: one.what.trim(), dueAt: format.instant(one.dueAt) })),
      paragraphIds: origin?.paragraphId ? [origin.paragraphId] : [],
    });
  // By its address, so that a page opened from a link has a way out too.
  const back = () =>
    void navigate(
      origin
        ? {
            to:
              origin.kind === 'request'
                ? '/requests/$id'
                : origin.kind === 'problem'
                  ? '/problems/$id'
                  : '/directives/$id',
            params: { id: origin.id } as never,
          }
        : { to: '/tasks' },
    );
  const measurable = isMeasurable(draft.criterion);
  const labelNeeded = !origin && draft.kind !== 'instruction';
  return (
    <div className="ta-sheet">
      <h1>{t('issueTitle')}</h1>
      <SupervisionForm
        act={sending}
        label={t('doIssue')}
        missing={[
          labelNeeded && draft.sourceLabel.trim() === '' && t('sourceLabel'),
          draft.title.trim().length < 2 && t('title'),
          draft.criterion.trim().length < 4 && t('criterion'),
          ownerMissing && t('ownerKind'),
          draft.dueAt === '' && t('due'),
          milestones.some((one) => one.what.trim().length < 2 || one.dueAt === '') && t('milestones'),
        ]}
        onSend={send}
        onCancel={back}
      >
        {origin ? (
          <Notice>{origin.said}</Notice>
        ) : (
          <>
            <Choices
              label={t('sourceKind')}
              value={draft.kind}
              options={kinds}
              word={(one) => t(`source_${one}`)}
              onChange={(kind) => change({ kind })}
            />
            {labelNeeded && (
              <TextField
                label={t('sourceLabel')}
                hint={t('sourceLabelHint')}
                maxLength={120}
                value={draft.sourceLabel}
                onChange={(sourceLabel) => change({ sourceLabel })}
              />
            )}
          </>
        )}
        <TextField
          label={t('title')}
          hint={t('titleHint')}
          maxLength={120}
          value={draft.title}
          onChange={(title) => change({ title })}
        />
        <TextField
          label={t('criterion')}
          hint={t('criterionHint')}
          rows={2}
          maxLength={1000}
          value={draft.criterion}
          onChange={(criterion) => change({ criterion })}
        />
        {draft.criterion.trim().length >= 4 && (
          <p className={measurable ? 'row small good' : 'row small near'} role="status">
            <Glyph name={measurable ? 'tick' : 'triangle'} />
            {t(measurable ? 'measurable' : 'notMeasurable')}
          </p>
        )}
        <Owner draft={draft} change={change} />
        <div className="ta-two">
          <TextField
            label={t('due')}
            value={draft.dueAt}
            onChange={(dueAt) => change({ dueAt })}
            line={{ type: 'datetime-local', min: format.local(now()) }}
          />
          {(origin === null || origin.kind === 'directive') && (
            <Field label={t('at')}>
              {({ id: control }) => (
                <OrgPicker
                  id={control}
                  clearable
                  label={t('at')}
                  value={draft.nodeId}
                  onChange={(nodeId) => change({ nodeId })}
                />
              )}
            </Field>
          )}
        </div>
        <Choices
          label={t('priority')}
          value={draft.priority}
          options={weights}
          word={(one) => t(`priority_${one}`)}
          onChange={(priority) => change({ priority })}
        />
        <Milestones draft={draft} change={change} />
      </SupervisionForm>
    </div>
  );
}
