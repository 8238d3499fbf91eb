import { useMemo, useState } from 'react';
import { drillEndpoints as api, type ContingencyPlan, type RiskFile } from '../../../contract/drills.ts';
import { useAct } from '../../app/act.ts';
import { useLocale } from '../../app/words.ts';
import { Button, notify, TextField, useDraft } from '../../kit/index.ts';
import { useT } from './words.ts';

/** As it was written, or in English where the reader reads English and somebody put it so. */
export function useSaid(): (text: { zh: string; en: string }) => string {
  const english = useLocale() === 'en';
  return (text) => (english && text.en ? text.en : text.zh);
}

/** What is done then: trigger, the first thirty minutes step by step, whom to ring, resources, stand-down. */
export function PlanView({ plan }: { plan: ContingencyPlan }) {
  const t = useT();
  const said = useSaid();
  const rest = [
    ['ring', plan.ring],
    ['resources', plan.resources],
    ['standDown', plan.standDown],
  ] as const;
  return (
    <>
      <dl className="rd-facts">
        <div>
          <dt>{t('trigger')}</dt>
          <dd>{said(plan.trigger)}</dd>
        </div>
      </dl>
      <h3>{t('first30')}</h3>
      <ol>
        {plan.steps.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a version never change their order
          <li key={i} className="rd-step">
            <span className="small soft">{t('within', { n: step.within })}</span>
            <span>
              {said(step.what)}
              <span className="small soft"> · {[said(step.who), said(step.with)].filter(Boolean).join(' · ')}</span>
            </span>
          </li>
        ))}
      </ol>
      <dl className="rd-facts">
        {rest.map(([word, text]) => (
          <div key={word}>
            <dt>{t(word)}</dt>
            <dd>{said(text) || '–'}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const nothing = { zh: '', en: '' };
const blank: ContingencyPlan = {
  trigger: nothing,
  steps: [
    { within: 5, what: nothing, who: nothing, with: nothing },
    { within: 15, what: nothing, who: nothing, with: nothing },
    { within: 30, what: nothing, who: nothing, with: nothing },
  ],
  ring: nothing,
  resources: nothing,
  standDown: nothing,
};

type Said = { zh: string; en: string };

function Pair(props: { label: string; value: Said; most: number; fault?: string; onChange: (value: Said) => void }) {
  const { label, value, most, fault, onChange } = props;
  const t = useT();
  return (
    <div className="rd-pair">
      <TextField
        label={label}
        value={value.zh}
        maxLength={most}
        fault={fault}
        onChange={(zh) => onChange({ ...value, zh })}
      />
      <TextField
        label={`${label} · ${t('inEnglish')}`}
        value={value.en}
        maxLength={most * 2}
        onChange={(en) => onChange({ ...value, en })}
      />
    </div>
  );
}

/** Writes the next version. Kept while it is typed; another's save meanwhile is not overwritten unseen. */
export function ContingencyForm({
  risk,
  onDone,
  onCancel,
}: {
  risk: RiskFile;
  onDone: () => void;
  onCancel: () => void;
}) {
  const t = useT();
  const open = risk.contingencies.find((one) => one.state === 'draft' || one.state === 'in_review');
  const latest = open ?? risk.contingencies.find((one) => one.state === 'approved' || one.state === 'refused');
  const empty = useMemo(() => ({ plan: latest?.plan ?? blank, saves: open?.saves ?? null }), [latest, open]);
  const [draft, change, drop] = useDraft(`contingency.${risk.id}`, empty);
  const [complained, setComplained] = useState(false);
  const { plan } = draft;
  // What was read when the first word was typed: a later save of somebody else is then a conflict, not lost.
  const alter = (part: Partial<ContingencyPlan>): void => change({ plan: { ...plan, ...part }, saves: draft.saves });
  const step = (i: number, part: Partial<ContingencyPlan['steps'][number]>): void =>
    alter({ steps: plan.steps.map((one, n) => (n === i ? { ...one, ...part } : one)) });
  const write = useAct(api.writeContingency, {
    refreshes: [['drills']],
    onFail: notify.problem,
    onDone: () => {
      drop();
      notify.good(t('saved'));
      onDone();
    },
  });
  const forward = plan.steps.every((one, i) => i === 0 || one.within >= plan.steps[i - 1]!.within);
  const whole =
    [plan.trigger, plan.ring, plan.standDown, ...plan.steps.flatMap((one) => [one.what, one.who])].every((one) =>
      one.zh.trim(),
    ) && forward;
  const fault = (text: Said): string | undefined => (complained && !text.zh.trim() ? t('needed') : undefined);
  return (
    <form
      className="rd-form"
      onSubmit={(event) => {
        event.preventDefault();
        setComplained(true);
        if (whole && !write.isPending) write.mutate({ id: risk.id, saves: draft.saves, plan });
      }}
    >
      <Pair
        label={t('trigger')}
        most={300}
        value={plan.trigger}
        fault={fault(plan.trigger)}
        onChange={(trigger) => alter({ trigger })}
      />
      {plan.steps.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the order
        <fieldset key={i} className="rd-edit" aria-label={t('stepN', { n: i + 1 })}>
          <div className="row">
            <b>{t('stepN', { n: i + 1 })}</b>
            <span className="grow" />
            {plan.steps.length > 1 && (
              <Button
                small
                kind="plain"
                aria-label={t('dropStep', { n: i + 1 })}
                onClick={() => alter({ steps: plan.steps.filter((_, n) => n !== i) })}
              >
                ×
              </Button>
            )}
          </div>
          <TextField
            label={t('minutes')}
            value={String(one.within)}
            line={{ type: 'number', min: 0, max: 30, required: true }}
            fault={complained && i > 0 && one.within < plan.steps[i - 1]!.within ? t('needed') : undefined}
            onChange={(within) => step(i, { within: Math.min(30, Math.max(0, Number(within) || 0)) })}
          />
          <Pair
            label={t('what')}
            most={200}
            value={one.what}
            fault={fault(one.what)}
            onChange={(what) => step(i, { what })}
          />
          <Pair
            label={t('who')}
            most={60}
            value={one.who}
            fault={fault(one.who)}
            onChange={(who) => step(i, { who })}
          />
          <Pair label={t('with')} most={120} value={one.with} onChange={(value) => step(i, { with: value })} />
        </fieldset>
      ))}
      {plan.steps.length < 15 && (
        <span>
          <Button
            small
            onClick={() =>
              alter({ steps: [...plan.steps, { within: 30, what: nothing, who: nothing, with: nothing }] })
            }
          >
            {t('addStep')}
          </Button>
        </span>
      )}
      <Pair
        label={t('ring')}
        most={300}
        value={plan.ring}
        fault={fault(plan.ring)}
        onChange={(ring) => alter({ ring })}
      />
      <Pair label={t('resources')} most={300} value={plan.resources} onChange={(resources) => alter({ resources })} />
      <Pair
        label={t('standDown')}
        most={300}
        value={plan.standDown}
        fault={fault(plan.standDown)}
        onChange={(standDown) => alter({ standDown })}
      />
      <div className="dialog-acts">
        <Button submit kind="main" busy={write.isPending}>
          {t('keepDraft')}
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
