import { useQueryClient } from '@tanstack/react-query';
import { type ComponentProps, useState } from 'react';
import type { Endpoint, OutputOf } from '../../../contract/endpoint.ts';
import { type LedgerEntry, ledgerEndpoints, type Measure, mostDeferredDays } from '../../../contract/ledger.ts';
import type { RequestThread } from '../../../contract/requests.ts';
import { useAct } from '../../app/act.ts';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { isStale } from '../../app/queries.ts';
import { Button, Field, LinePicker, Notice, notify, OrgPicker, TextField, useDraft } from '../../kit/index.ts';
import { Choices } from '../requests/forms/choices.tsx';
import { FormFrame } from '../requests/forms/form-act.tsx';
import { useT } from './words.ts';

const day = 86_400_000;
const units = ['unit'] as const;
/** As the server asks it: a reason of a word or two explains nothing. */
const enough = (text: string): boolean => text.trim().length >= 10;

interface Props {
  entry: LedgerEntry;
  onClose: () => void;
}

/**
 * A form whose words are kept in this tab until they are sent. Whatever is done here changes the entry, its request and
 * every list of them.
 */
function useLedgerForm<E extends Endpoint, D extends object>(
  endpoint: E,
  { keptAs, empty, said, onDone }: { keptAs: string; empty: D; said: string; onDone: (answer: OutputOf<E>) => void },
) {
  const cache = useQueryClient();
  const [draft, change, drop] = useDraft<D>(keptAs, empty);
  const act = useAct(endpoint, {
    refreshes: [['requests'], ['request'], ['asks'], ['messages']],
    onDone: (answer) => {
      notify.good(said);
      drop();
      onDone(answer);
    },
    // Somebody was first: what they did is fetched and shown, and the next try is made against it.
    onFail: (error) => {
      if (!isStale(error)) return;
      void cache.invalidateQueries({ queryKey: ['requests'] });
      void cache.invalidateQueries({ queryKey: ['request'] });
    },
  });
  return { draft, change, act };
}

/** A reason as it is signed: in whole sentences. */
function Reason({ rows = 3, ...field }: Omit<ComponentProps<typeof TextField>, 'maxLength'>) {
  return <TextField {...field} rows={rows} maxLength={2000} />;
}

/** The version the person has read; a newer one that came by itself is sent only after a refusal has shown it. */
function useVersion(version: number): (error: Error | null) => number {
  const [read] = useState(version);
  return (error) => (isStale(error) ? version : read);
}

/** A day of the next thirty, in the group's zone. */
function useDayField(value: string) {
  const t = useT();
  const format = useFormat();
  const at = value === '' ? null : Date.parse(format.instant(value));
  const fault =
    at === null
      ? undefined
      : at <= now()
        ? t('tooEarly')
        : at > now() + mostDeferredDays * day
          ? t('tooLate')
          : undefined;
  return { at, fault, ready: at !== null && fault === undefined };
}

function DayField({
  label,
  value,
  fault,
  usual,
  onChange,
}: {
  label: string;
  value: string;
  fault: string | undefined;
  usual: readonly number[];
  onChange: (value: string) => void;
}) {
  const t = useT();
  const format = useFormat();
  return (
    <div className="field">
      <Field label={label} fault={fault}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="datetime-local"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <div className="choices">
        {usual.map((n) => (
          <Button key={n} small onClick={() => onChange(format.local(now() + n * day))}>
            {t('daysOn', { n })}
          </Button>
        ))}
      </div>
    </div>
  );
}

const noDeferral = { reason: '', plan: '', until: '' };

export function DeferralForm({ entry, onClose }: Props) {
  const t = useT();
  const format = useFormat();
  const version = useVersion(entry.version);
  const { draft, change, act } = useLedgerForm(ledgerEndpoints.proposeDeferral, {
    keptAs: `ledger.defer.${entry.id}`,
    empty: noDeferral,
    said: t('done_defer'),
    onDone: onClose,
  });
  const until = useDayField(draft.until);
  return (
    <FormFrame
      thread={entry.thread}
      act={act}
      label={t('act_defer')}
      missing={[!enough(draft.reason) && t('reason'), !enough(draft.plan) && t('plan'), !until.ready && t('untilWhen')]}
      onSend={() =>
        act.mutate({
          id: entry.id,
          version: version(act.error),
          reason: draft.reason.trim(),
          plan: draft.plan.trim(),
          until: format.instant(draft.until),
        })
      }
      onCancel={onClose}
    >
      <p className="soft small">{t('deferLead')}</p>
      <div className="lg-columns">
        <Reason
          label={t('reason')}
          hint={t('reasonHint')}
          value={draft.reason}
          onChange={(reason) => change({ reason })}
        />
        <Reason label={t('plan')} hint={t('reasonHint')} value={draft.plan} onChange={(plan) => change({ plan })} />
      </div>
      <DayField
        label={t('untilWhen')}
        value={draft.until}
        fault={until.fault}
        usual={[3, 7, 14]}
        onChange={(value) => change({ until: value })}
      />
    </FormFrame>
  );
}

const noHandover = {
  where: 'line' as 'line' | 'body',
  reason: '',
  lineId: null as number | null,
  unitId: null as number | null,
  receiver: '',
  askAt: '',
};

export function HandoverForm({ entry, onClose }: Props) {
  const t = useT();
  const format = useFormat();
  const version = useVersion(entry.version);
  const { draft, change, act } = useLedgerForm(ledgerEndpoints.proposeHandover, {
    keptAs: `ledger.handover.${entry.id}`,
    empty: noHandover,
    said: t('done_handOver'),
    onDone: onClose,
  });
  const ask = useDayField(draft.askAt);
  const inside = draft.where === 'line';
  return (
    <FormFrame
      thread={entry.thread}
      act={act}
      label={t('act_handOver')}
      missing={[
        inside && draft.lineId === null && t('line'),
        !inside && draft.receiver.trim().length < 2 && t('receiver'),
        !inside && !ask.ready && t('askAt'),
        !enough(draft.reason) && t('reason'),
      ]}
      onSend={() =>
        act.mutate({
          id: entry.id,
          version: version(act.error),
          reason: draft.reason.trim(),
          ...(inside
            ? { lineId: draft.lineId!, unitId: draft.unitId }
            : { receiver: draft.receiver.trim(), askAt: format.instant(draft.askAt) }),
        })
      }
      onCancel={onClose}
    >
      <p className="soft small">{t('handOverLead')}</p>
      <Choices
        label={t('where')}
        value={draft.where}
        options={['line', 'body'] as const}
        word={(one) => t(one === 'line' ? 'whereLine' : 'whereBody')}
        onChange={(where) => change({ where })}
      />
      {inside ? (
        <div className="lg-columns">
          <Field label={t('line')}>
            {({ id }) => (
              <LinePicker id={id} label={t('line')} value={draft.lineId} onChange={(lineId) => change({ lineId })} />
            )}
          </Field>
          <Field label={t('unit')}>
            {({ id }) => (
              <OrgPicker
                id={id}
                clearable
                kinds={units}
                label={t('unit')}
                placeholder={t('headOffice')}
                value={draft.unitId}
                onChange={(unitId) => change({ unitId })}
              />
            )}
          </Field>
        </div>
      ) : (
        <div className="lg-columns">
          <TextField
            label={t('receiver')}
            maxLength={200}
            value={draft.receiver}
            onChange={(receiver) => change({ receiver })}
          />
          <DayField
            label={t('askAt')}
            value={draft.askAt}
            fault={ask.fault}
            usual={[3, 7, 14]}
            onChange={(askAt) => change({ askAt })}
          />
        </div>
      )}
      <Reason
        label={t('reason')}
        hint={t('reasonHint')}
        rows={2}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
    </FormFrame>
  );
}

const noReason = { reason: '' };

export function PanelForm({ entry, onClose }: Props) {
  const t = useT();
  const version = useVersion(entry.version);
  const { draft, change, act } = useLedgerForm(ledgerEndpoints.referToPanel, {
    keptAs: `ledger.panel.${entry.id}`,
    empty: noReason,
    said: t('done_panel'),
    onDone: onClose,
  });
  return (
    <FormFrame
      thread={entry.thread}
      act={act}
      label={t('act_panel')}
      missing={[!enough(draft.reason) && t('reason')]}
      onSend={() => act.mutate({ id: entry.id, version: version(act.error), reason: draft.reason.trim() })}
      onCancel={onClose}
    >
      <p className="soft small">{t('panelLead')}</p>
      <Reason
        label={t('reason')}
        hint={t('staffReasonHint')}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
    </FormFrame>
  );
}

const noExplanation = { clause: '', reason: '', contactEntryId: null as string | null };

interface ExplanationProps {
  thread: RequestThread;
  contacts: readonly { id: string; at: string }[];
  onClose: () => void;
  onDone: (entryId: string) => void;
}

export function ExplanationForm({ thread, contacts, onClose, onDone }: ExplanationProps) {
  const t = useT();
  const format = useFormat();
  const version = useVersion(thread.version);
  const { draft, change, act } = useLedgerForm(ledgerEndpoints.proposeExplanation, {
    keptAs: `ledger.explain.${thread.id}`,
    empty: noExplanation,
    said: t('done_explain'),
    onDone: ({ entryId }) => onDone(entryId),
  });
  const contact = contacts.find((one) => one.id === draft.contactEntryId);
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('act_explain')}
      missing={[
        !enough(draft.clause) && t('clause'),
        !enough(draft.reason) && t('explained'),
        !contact && t('contact'),
      ]}
      onSend={
        contacts.length === 0
          ? undefined
          : () =>
              act.mutate({
                id: thread.id,
                version: version(act.error),
                clause: draft.clause.trim(),
                reason: draft.reason.trim(),
                contactEntryId: contact!.id,
              })
      }
      onCancel={onClose}
    >
      <p className="soft small">{t('explainLead')}</p>
      {contacts.length === 0 ? (
        <Notice kind="near">{t('contactNone')}</Notice>
      ) : (
        <Choices
          label={t('contact')}
          value={draft.contactEntryId}
          options={contacts.map((one) => one.id)}
          word={(id) => format.full(contacts.find((one) => one.id === id)!.at)}
          onChange={(contactEntryId) => change({ contactEntryId })}
        />
      )}
      <div className="lg-columns">
        <Reason
          label={t('clause')}
          hint={t('reasonHint')}
          value={draft.clause}
          onChange={(clause) => change({ clause })}
        />
        <Reason
          label={t('explained')}
          hint={t('reasonHint')}
          value={draft.reason}
          onChange={(reason) => change({ reason })}
        />
      </div>
    </FormFrame>
  );
}

const noDecision = { approve: null as 'yes' | 'no' | null, text: '' };

export function DecisionForm({ entry, measure, onClose }: Props & { measure: Measure }) {
  const t = useT();
  const { draft, change, act } = useLedgerForm(ledgerEndpoints.decide, {
    keptAs: `ledger.decide.${measure.id}`,
    empty: noDecision,
    said: t('done_decide'),
    onDone: onClose,
  });
  const signs = measure.kind === 'explanation';
  return (
    <FormFrame
      thread={entry.thread}
      act={act}
      label={t('act_decide')}
      missing={[
        draft.approve === null && t('decision'),
        draft.approve === 'no' && draft.text.trim().length < 2 && t('refuseWhy'),
      ]}
      onSend={() =>
        act.mutate({ id: measure.id, approve: draft.approve === 'yes', text: draft.text.trim() || undefined })
      }
      onCancel={onClose}
    >
      <Notice>{t(signs ? 'explainSign' : 'deferSign')}</Notice>
      <Choices
        label={t('decision')}
        value={draft.approve}
        options={['yes', 'no'] as const}
        word={(one) => (one === 'no' ? t('refuse') : t(signs ? 'sign' : 'approve'))}
        onChange={(approve) => change({ approve })}
      />
      <TextField
        label={t('opinion')}
        rows={2}
        maxLength={1000}
        value={draft.text}
        onChange={(text) => change({ text })}
      />
    </FormFrame>
  );
}

const noReceipt = { received: null as 'yes' | 'no' | null, receivedBy: '', receivedAt: '', text: '' };

export function AcknowledgementForm({ entry, measure, onClose }: Props & { measure: Measure }) {
  const t = useT();
  const format = useFormat();
  const [first] = useState(() => ({ ...noReceipt, receivedAt: format.local(now()) }));
  const { draft, change, act } = useLedgerForm(ledgerEndpoints.acknowledge, {
    keptAs: `ledger.receipt.${measure.id}`,
    empty: first,
    said: t('done_acknowledge'),
    onDone: onClose,
  });
  const received = draft.received === 'yes';
  return (
    <FormFrame
      thread={entry.thread}
      act={act}
      label={t('act_acknowledge')}
      missing={[
        draft.received === null && t('decision'),
        received && draft.receivedBy.trim().length < 2 && t('who'),
        received && draft.receivedAt === '' && t('when'),
        draft.received === 'no' && draft.text.trim().length < 2 && t('refuseWhy'),
      ]}
      onSend={() =>
        act.mutate({
          id: measure.id,
          received,
          receivedBy: received ? draft.receivedBy.trim() : undefined,
          receivedAt: received ? format.instant(draft.receivedAt) : undefined,
          text: draft.text.trim() || undefined,
        })
      }
      onCancel={onClose}
    >
      <Choices
        label={t('decision')}
        value={draft.received}
        options={['yes', 'no'] as const}
        word={(one) => t(one === 'yes' ? 'received' : 'notReceived')}
        onChange={(next) => change({ received: next })}
      />
      {received && (
        <div className="lg-columns">
          <TextField
            label={t('who')}
            maxLength={200}
            value={draft.receivedBy}
            onChange={(receivedBy) => change({ receivedBy })}
          />
          <TextField
            label={t('when')}
            line={{ type: 'datetime-local' }}
            value={draft.receivedAt}
            onChange={(receivedAt) => change({ receivedAt })}
          />
        </div>
      )}
      <TextField
        label={t('opinion')}
        rows={2}
        maxLength={1000}
        value={draft.text}
        onChange={(text) => change({ text })}
      />
    </FormFrame>
  );
}

const noVote = { given: null as 'yes' | 'no' | null, reason: '' };

export function VoteForm({ entry, measure, onClose }: Props & { measure: Measure }) {
  const t = useT();
  const { draft, change, act } = useLedgerForm(ledgerEndpoints.vote, {
    keptAs: `ledger.vote.${measure.id}`,
    empty: noVote,
    said: t('done_vote'),
    onDone: onClose,
  });
  return (
    <FormFrame
      thread={entry.thread}
      act={act}
      label={t('act_vote')}
      missing={[draft.given === null && t('yourVote'), !enough(draft.reason) && t('reason')]}
      note={t('voteLead')}
      onSend={() => act.mutate({ id: measure.id, given: draft.given === 'yes', reason: draft.reason.trim() })}
      onCancel={onClose}
    >
      <Choices
        label={t(`question_${measure.about ?? 'service'}`)}
        value={draft.given}
        options={['yes', 'no'] as const}
        word={(one) => t(`${one}_${measure.about ?? 'service'}`)}
        onChange={(given) => change({ given })}
      />
      <Reason
        label={t('voteReason')}
        hint={t('staffReasonHint')}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
    </FormFrame>
  );
}
