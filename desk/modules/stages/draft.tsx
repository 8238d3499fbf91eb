import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useState } from 'react';
import { stageEndpoints as api, type OrderView } from '../../../contract/stages.ts';
import { call, ProblemError } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { randomId } from '../../app/identifier.ts';
import { now } from '../../app/now.ts';
import { useProblemText } from '../../app/problems.ts';
import { useMe } from '../../app/session.tsx';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Field, Notice, notify, OrgPicker, Problem, TextField, useDraft, useKey } from '../../kit/index.ts';
import { Choices } from '../requests/forms/choices.tsx';
import { useOrderAct } from './acts.tsx';
import { useStageAt } from './following.ts';
import './stages.css';
import { useT } from './words.ts';

const places = ['group', 'unit', 'site'] as const;
const whens = ['hour', 'emergency', 'now'] as const;

interface Draft {
  nodeId: number | null;
  toCode: string;
  basisNumber: string;
  basisTitle: string;
  basisDay: string;
  when: (typeof whens)[number];
  effectiveAt: string;
  trigger: string;
}

function useStored(order: OrderView | undefined, search: { node?: number; to?: string }): Draft {
  const format = useFormat();
  const { node, to } = search;
  return useMemo<Draft>(
    () =>
      order
        ? {
            nodeId: order.nodeId,
            toCode: order.to.code,
            basisNumber: order.basis.number,
            basisTitle: order.basis.title,
            basisDay: format.local(Date.parse(order.basis.at)).slice(0, 10),
            when: order.atOnce ? 'now' : order.emergency ? 'emergency' : 'hour',
            effectiveAt: order.atOnce ? '' : format.local(Date.parse(order.effectiveAt)),
            trigger: order.trigger,
          }
        : {
            nodeId: Number(node) || null,
            toCode: to ?? '',
            basisNumber: '',
            basisTitle: '',
            basisDay: format.local(now()).slice(0, 10),
            when: 'hour',
            effectiveAt: '',
            trigger: '',
          },
    [order, node, to, format],
  );
}

function DraftForm({ order, search }: { order?: OrderView; search: { node?: number; to?: string } }) {
  const t = useT();
  const me = useMe();
  const format = useFormat();
  const language = useLocale();
  const directory = useDirectory();
  const navigate = useNavigate();
  const problem = useProblemText();
  const [id, setId] = useState(randomId);
  const [draft, change, drop] = useDraft<Draft>(`stage.draft.${me.id}.${order?.id ?? ''}`, useStored(order, search));
  const { overview, following } = useStageAt(draft.nodeId);
  const inTheWay = order ? undefined : overview?.open.find((one) => one.nodeId === draft.nodeId);
  const toCode = following.some(({ code }) => code === draft.toCode) ? draft.toCode : '';
  const done = (orderId: string, said: string) => {
    notify.good(said);
    drop();
    setId(randomId());
    void navigate({ to: '/stages/orders/$id', params: { id: orderId } as never, replace: true });
  };
  const creating = useOrderAct(api.draft, (answer) => done(answer.id, t('sent')));
  const changing = useOrderAct(api.change, (answer) => done(answer.id, t('saved')));
  const sending = order ? changing : creating;
  const faults =
    sending.error instanceof ProblemError
      ? new Map(sending.error.fields.map((fault) => [fault.field, fault.message]))
      : new Map<string, string>();
  const atOnce = draft.when === 'now';
  const beforeBasis =
    !atOnce && draft.effectiveAt !== '' && draft.basisDay !== '' && draft.effectiveAt.slice(0, 10) < draft.basisDay;
  const missing = [
    draft.nodeId === null && t('scope'),
    draft.nodeId !== null && !toCode && t('to'),
    draft.basisNumber.trim().length < 2 && t('basisNumber'),
    draft.basisTitle.trim().length < 2 && t('basisTitle'),
    draft.basisDay === '' && t('basisDay'),
    !atOnce && draft.effectiveAt === '' && t('hour'),
    draft.trigger.trim().length < 2 && t('trigger'),
  ].filter((one) => one !== false);
  const open = missing.length === 0 && !beforeBasis && !inTheWay && !sending.isPending;
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!open) return;
    const said = {
      toCode,
      basisNumber: draft.basisNumber.trim(),
      basisTitle: draft.basisTitle.trim(),
      basisDay: draft.basisDay,
      effectiveAt: atOnce ? null : format.instant(draft.effectiveAt),
      trigger: draft.trigger.trim(),
      emergency: draft.when !== 'hour',
    };
    if (order) changing.mutate({ id: order.id, version: order.version, ...said });
    else creating.mutate({ id, nodeId: draft.nodeId!, ...said });
  };
  useKey('mod+Enter', () => send(), { enabled: open, inFields: true });
  const mayFor = overview?.mayDraft;
  const outside =
    mayFor != null &&
    draft.nodeId !== null &&
    !mayFor.includes(draft.nodeId) &&
    !mayFor.includes(directory.unitOf(draft.nodeId)?.id ?? 0);
  return (
    <form className="sg-form" onSubmit={send}>
      <div className="sg-fields">
        <Field
          label={t('scope')}
          hint={t('scopeHint')}
          fault={faults.get('nodeId') ?? (outside ? t('scopeHint') : undefined)}
        >
          {({ id: control }) => (
            <OrgPicker
              id={control}
              kinds={places}
              label={t('scope')}
              disabled={order !== undefined}
              value={draft.nodeId}
              onChange={(nodeId) => change({ nodeId })}
            />
          )}
        </Field>
        {following.length > 0 ? (
          <Choices
            label={t('to')}
            value={toCode}
            options={following.map(({ code }) => code)}
            word={(code) => nameIn(following.find((one) => one.code === code)!, language)}
            onChange={(code) => change({ toCode: code })}
          />
        ) : (
          <p className="soft">{draft.nodeId !== null && overview ? t('toNone') : ''}</p>
        )}
      </div>
      {inTheWay && (
        <Notice kind="near">
          {t('inTheWay')}{' '}
          <Link className="link" to="/stages/orders/$id" params={{ id: inTheWay.id } as never}>
            {t('openIt')}
          </Link>
        </Notice>
      )}
      <div className="sg-fields">
        <TextField
          label={t('basisNumber')}
          maxLength={60}
          value={draft.basisNumber}
          fault={faults.get('basisNumber')}
          onChange={(basisNumber) => change({ basisNumber })}
        />
        <TextField
          label={t('basisDay')}
          value={draft.basisDay}
          fault={faults.get('basisDay')}
          onChange={(basisDay) => change({ basisDay })}
          line={{ type: 'date', max: format.local(now()).slice(0, 10) }}
        />
      </div>
      <TextField
        label={t('basisTitle')}
        maxLength={200}
        value={draft.basisTitle}
        fault={faults.get('basisTitle')}
        onChange={(basisTitle) => change({ basisTitle })}
      />
      <TextField
        label={t('trigger')}
        hint={t('triggerHint')}
        maxLength={500}
        value={draft.trigger}
        fault={faults.get('trigger')}
        onChange={(trigger) => change({ trigger })}
      />
      <Choices
        label={t('when')}
        value={draft.when}
        options={whens}
        word={(one) => t(`when_${one}`)}
        onChange={(when) => change({ when })}
      />
      <p className="small soft">{t(`whenHint_${draft.when}`)}</p>
      {!atOnce && (
        <div className="sg-fields">
          <TextField
            label={t('hour')}
            value={draft.effectiveAt}
            fault={faults.get('effectiveAt') ?? (beforeBasis ? t('beforeBasis') : undefined)}
            onChange={(effectiveAt) => change({ effectiveAt })}
            line={{ type: 'datetime-local', min: format.local(now()) }}
          />
        </div>
      )}
      {sending.error && (
        <Notice kind="over" alert>
          {problem(sending.error)}
        </Notice>
      )}
      <div className="dialog-acts">
        <Button kind="main" submit busy={sending.isPending} disabled={!open} keys={['Ctrl', 'Enter']}>
          {t(order ? 'saveChange' : draft.when === 'hour' ? 'send' : 'sendEmergency')}
        </Button>
        <Link className="btn" to={order ? '/stages/orders/$id' : '/stages'} params={{ id: order?.id } as never}>
          {t('cancel')}
        </Link>
        <span className="small softer">{missing.length > 0 && t('missing', { which: missing.join(t('comma')) })}</span>
      </div>
    </form>
  );
}

/** Drafts an order, or changes a draft: `?order=` names it. */
export function DraftPage() {
  const t = useT();
  const search = useLocation().search as { node?: number; to?: string; order?: string };
  const found = useQuery({
    queryKey: ['stages', 'order', search.order],
    queryFn: () => call(api.order, { id: search.order! }),
    enabled: search.order !== undefined,
  });
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={found.refetch} />;
  return (
    <div className="sg-page">
      <div className="sg-sheet">
        <h1>{t(search.order ? 'changeTitle' : 'draftTitle')}</h1>
        {search.order === undefined ? (
          <DraftForm search={search} />
        ) : (
          found.data && <DraftForm key={found.data.id} order={found.data} search={search} />
        )}
      </div>
    </div>
  );
}
