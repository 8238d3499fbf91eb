import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Endpoint, OutputOf } from '../../../contract/endpoint.ts';
import { stageEndpoints as api, type OrderView, type StageLook } from '../../../contract/stages.ts';
import { useAct } from '../../app/act.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useProblemText } from '../../app/problems.ts';
import { isStale } from '../../app/queries.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Dialog, Notice, notify, TextField, useDraft, useKey } from '../../kit/index.ts';
import { useT } from './words.ts';

const refreshed = [['stages'], ['stage']] as const;

/** An act on an order; where somebody else was first, it is asked for again. */
export function useOrderAct<E extends Endpoint>(endpoint: E, onDone: (answer: OutputOf<E>) => void) {
  const cache = useQueryClient();
  return useAct(endpoint, {
    refreshes: refreshed,
    onDone,
    onFail: (error) => {
      if (isStale(error)) for (const queryKey of refreshed) void cache.invalidateQueries({ queryKey });
    },
  });
}

const noWords = { text: '' };

/** Sends it back, or takes it back: each with a reason that is kept until it is sent. */
function WordsDialog({ order, act, onClose }: { order: OrderView; act: 'return' | 'withdraw'; onClose: () => void }) {
  const t = useT();
  const problem = useProblemText();
  const [{ text }, change, drop] = useDraft(`stage.${act}.${order.id}`, noWords);
  const sending = useOrderAct(act === 'return' ? api.return : api.withdraw, () => {
    notify.good(t(act === 'return' ? 'returned' : 'withdrawn'));
    drop();
    onClose();
  });
  const short = text.trim().length < 2;
  const send = () => sending.mutate({ id: order.id, version: order.version, text: text.trim() });
  return (
    <Dialog open title={t(act)} onClose={onClose}>
      <form
        className="sg-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!short && !sending.isPending) send();
        }}
      >
        <TextField
          label={t(act === 'return' ? 'returnWhat' : 'withdrawWhy')}
          rows={3}
          maxLength={500}
          value={text}
          onChange={(words) => change({ text: words })}
        />
        {sending.error && (
          <Notice kind="over" alert>
            {problem(sending.error)}
          </Notice>
        )}
        <div className="dialog-acts">
          <Button kind="main" submit busy={sending.isPending} disabled={short}>
            {t(act)}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What the signer puts a tick to: who is not ready, and what follows for the plans, or for everything. */
function useTicks(order: OrderView): [string, string] {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const directory = useDirectory();
  const { look } = order;
  const unready = look.units.filter((unit) => !unit.ready);
  const at = order.atOnce ? t('thenSwitches') : format.moment(order.effectiveAt);
  const names = unready.map((unit) => directory.nameOf(unit.unitId)).join(t('listSep'));
  const first = order.emergency
    ? t('tickEmergency', { n: unready.length })
    : unready.length > 0
      ? t('tickUnready', { units: names, at })
      : t('tickReady', { n: look.units.length, at });
  const telling = tellingRow(look);
  const changed = look.effects.flatMap((group) => group.rows).filter((row) => row.changed).length;
  const second = telling
    ? t('tickPlans', {
        what: `${nameIn(telling.item, language)} ${nameIn(telling.before, language)} → ${nameIn(telling.after, language)}，${nameIn(telling.consequence, language)}`,
      })
    : t('tickChanges', { n: changed });
  return [first, language === 'en' ? second.replace('，', ', ') : second];
}

/** The change with the heaviest consequence: that plans have to be confirmed anew. */
const tellingRow = (look: StageLook) =>
  look.effects.find(({ key }) => key === 'plans')?.rows.find((row) => row.changed);

function SignForm({ order, onReturn, more }: { order: OrderView; onReturn: () => void; more: ReactNode }) {
  const t = useT();
  const problem = useProblemText();
  const [first, second] = useTicks(order);
  // A tick is for what was shown: another state of affairs is looked at anew.
  const [seen, setSeen] = useState<{ first: string; second: string }>({ first: '', second: '' });
  const ticked = { first: seen.first === first, second: seen.second === second };
  const sign = useOrderAct(api.sign, ({ state }) =>
    notify.good(t(state === 'in_force' ? 'inForceDone' : state === 'countersigning' ? 'signedHalf' : 'signedDone')),
  );
  const open = ticked.first && ticked.second && !sign.isPending;
  const act = () =>
    sign.mutate({
      id: order.id,
      version: order.version,
      unreadyUnitIds: order.look.units.filter((unit) => !unit.ready).map((unit) => unit.unitId),
      seenUnready: true,
      seenConsequences: true,
    });
  useKey('mod+Enter', act, { enabled: open, inFields: true, hint: t('sign') });
  return (
    <>
      {(
        [
          ['first', first],
          ['second', second],
        ] as const
      ).map(([which, words]) => (
        <label key={which} className="check">
          <input
            type="checkbox"
            checked={ticked[which]}
            onChange={(event) => setSeen({ ...seen, [which]: event.target.checked ? words : '' })}
          />
          <span>{words}</span>
        </label>
      ))}
      {sign.error && (
        <Notice kind={isStale(sign.error) ? 'near' : 'over'} alert>
          {problem(sign.error)}
        </Notice>
      )}
      <div className="dialog-acts">
        <Button kind="main" busy={sign.isPending} disabled={!open} onClick={act} keys={['Ctrl', 'Enter']}>
          {t(order.can.countersign ? 'countersign' : 'sign')}
        </Button>
        {order.can.return && <Button onClick={onReturn}>{t('return')}</Button>}
        <WhatIfLink order={order} />
        {more}
        <span className="end small softer">{t(open || sign.isPending ? 'signHint' : 'ticksFirst')}</span>
      </div>
    </>
  );
}

function WhatIfLink({ order }: { order: OrderView }) {
  const t = useT();
  return (
    <Link className="btn" to="/stages/preview" search={{ node: order.nodeId, to: order.to.code } as never}>
      {t('tryIt')}
    </Link>
  );
}

function ReviewForm({ order, onReturn, more }: { order: OrderView; onReturn: () => void; more: ReactNode }) {
  const t = useT();
  const problem = useProblemText();
  const [{ text }, change, drop] = useDraft(`stage.review.${order.id}`, noWords);
  const review = useOrderAct(api.review, () => {
    drop();
    notify.good(t('reviewedDone'));
  });
  const act = () => review.mutate({ id: order.id, version: order.version, text: text.trim() });
  useKey('mod+Enter', act, { enabled: !review.isPending, inFields: true, hint: t('review') });
  return (
    <>
      <TextField label={t('reviewNote')} maxLength={500} value={text} onChange={(words) => change({ text: words })} />
      {review.error && (
        <Notice kind={isStale(review.error) ? 'near' : 'over'} alert>
          {problem(review.error)}
        </Notice>
      )}
      <div className="dialog-acts">
        <Button kind="main" busy={review.isPending} onClick={act} keys={['Ctrl', 'Enter']}>
          {t('review')}
        </Button>
        {order.can.return && <Button onClick={onReturn}>{t('return')}</Button>}
        <WhatIfLink order={order} />
        {more}
      </div>
    </>
  );
}

/** The only acts this person may take now; where there is none, what it waits for. */
export function OrderActs({ order }: { order: OrderView }) {
  const t = useT();
  const [asked, ask] = useState<'return' | 'withdraw' | null>(null);
  const { can, cannot } = order;
  const waits = order.state === 'draft' && order.emergency ? 'emergency' : order.state;
  const why = cannot.review ?? cannot.sign ?? cannot.countersign;
  const more = (
    <>
      {can.change && (
        <Link className="btn" to="/stages/new" search={{ order: order.id } as never}>
          {t('change')}
        </Link>
      )}
      {can.withdraw && (
        <Button kind="plain" onClick={() => ask('withdraw')}>
          {t('withdraw')}
        </Button>
      )}
    </>
  );
  return (
    <section className="sg-acts" aria-label={t('acts')}>
      {can.sign || can.countersign ? (
        <SignForm order={order} onReturn={() => ask('return')} more={more} />
      ) : can.review ? (
        <ReviewForm order={order} onReturn={() => ask('return')} more={more} />
      ) : (
        <>
          <b>{t(`waits_${waits}`)}</b>
          {why && <p className="small soft">{t.or(`cannot_${why}`, '')}</p>}
          <div className="dialog-acts">
            {can.return && <Button onClick={() => ask('return')}>{t('return')}</Button>}
            {more}
          </div>
        </>
      )}
      {asked && <WordsDialog order={order} act={asked} onClose={() => ask(null)} />}
    </section>
  );
}
