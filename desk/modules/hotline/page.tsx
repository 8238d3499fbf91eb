import { useRef, useState } from 'react';
import { hotlineEndpoints as api, type contactOutcomes } from '../../../contract/hotline.ts';
import { useAct } from '../../app/act.ts';
import { now, useNow } from '../../app/now.ts';
import { Button } from '../../kit/button.tsx';
import { notify } from '../../kit/notify.tsx';
import { CallerHas } from '../likeness/caller-has.tsx';
import { RegistrationDesk } from './desk.tsx';
import { isNumber, useKept } from './draft.ts';
import { type Earlier, EarlierRequests } from './earlier.tsx';
import { TextField } from './fields.tsx';
import type { Call } from './registration.ts';
import { Callbacks, Handover, OfferCallback, Ringing, Seat, Surge, useHotlineState } from './room.tsx';
import { useT } from './words.ts';
import './hotline.css';

const callKey = 'lastmetre.hotline.call';
const draftKey = 'lastmetre.hotline.draft';
interface KeptCall extends Call {
  earlier: Earlier[];
  /** A request was made of this call, so it needs no other outcome. */
  registered: boolean;
}

function Timer({ from }: { from: number }) {
  const t = useT();
  const seconds = Math.max(0, Math.floor((useNow(1_000) - from) / 1000));
  const time = `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  return <b role="timer">{t('onCall', { time })}</b>;
}

/** Before a call: the number, if it shows, and one press. */
function Waiting({ onBegun }: { onBegun: (call: KeptCall) => void }) {
  const t = useT();
  const [number, setNumber] = useState('');
  const [fault, setFault] = useState(false);
  const begunAt = useRef(0);
  const begin = useAct(api.caller, {
    onDone: ({ contactId, earlier }) =>
      onBegun({ contactId, earlier, number: number.trim(), startedAt: begunAt.current, registered: false }),
    onFail: notify.problem,
  });
  const take = () => {
    if (!isNumber(number)) return setFault(true);
    begunAt.current = now();
    begin.mutate({ number: number.trim() || undefined });
  };
  return (
    <form
      className="hl-waiting"
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <h1>{t('waiting')}</h1>
      <TextField
        id="hl-number"
        label={t('callerNumber')}
        hint={t('callerNumberHint')}
        inputMode="tel"
        most={40}
        autoFocus
        value={number}
        fault={fault ? t('numberBad') : undefined}
        onChange={(typed) => {
          setNumber(typed);
          setFault(false);
        }}
      />
      <Button kind="main" submit busy={begin.isPending} keys={['Enter']}>
        {t('begin')}
      </Button>
      <p className="soft small">{t('beginHint')}</p>
    </form>
  );
}

/** The operator's page: take a call, register what is asked or say how it ended. */
export default function HotlinePage() {
  const t = useT();
  const [kept, keep, forget] = useKept<KeptCall | null>(callKey, () => null);
  const end = () => {
    sessionStorage.removeItem(draftKey);
    keep(null);
    forget();
  };
  const close = useAct(api.close, { onDone: end, onFail: notify.problem });
  const finish = (
    outcome: (typeof contactOutcomes)[number],
    said: string,
    which: { requestId?: string; requestNumber?: string } = {},
  ) => close.mutate({ id: kept!.contactId, outcome, ...which }, { onSuccess: () => notify.good(said) });

  const state = useHotlineState(kept === null);
  const begun = (answer: { contactId: string; earlier: Earlier[]; number: string | null }, startedAt: number): void =>
    keep({
      contactId: answer.contactId,
      earlier: answer.earlier,
      number: answer.number ?? '',
      startedAt,
      registered: false,
    });

  if (!kept) {
    return (
      <div className="hl-page">
        {state.data && <Surge state={state.data} />}
        <div className="hl-room">
          <div className="hl-roomcall">
            {state.data && <Ringing state={state.data} onCall={begun} />}
            <Waiting onBegun={keep} />
          </div>
          <aside className="hl-side">
            {state.data && (
              <section>
                <Seat state={state.data} />
              </section>
            )}
            {state.data && <Handover state={state.data} />}
            <Callbacks onReached={begun} />
          </aside>
        </div>
      </div>
    );
  }
  return (
    <div className="hl-page">
      <header className="hl-bar">
        <Timer from={kept.startedAt} />
        {kept.number && <span className="soft">{kept.number}</span>}
        <span className="grow" />
        <span className="soft small wide">{t('keys')}</span>
      </header>
      <RegistrationDesk
        key={kept.contactId}
        keptAs={draftKey}
        call={kept}
        onRegistered={() => keep({ ...kept, registered: true })}
        onHangUp={end}
        above={(draft) =>
          kept.number &&
          !kept.registered && (
            <CallerHas
              contactId={kept.contactId}
              draft={draft}
              busy={close.isPending}
              onNudge={(one) => finish('nudge', t('nudged', { number: one.number }), { requestId: one.id })}
            />
          )
        }
        beside={
          <>
            {state.data && <Surge state={state.data} />}
            <EarlierRequests
              earlier={kept.earlier}
              busy={close.isPending || kept.registered}
              onNudge={(one) => finish('nudge', t('nudged', { number: one.number }), { requestId: one.id })}
              onNudgeSaid={(number) => finish('nudge', t('nudged', { number }), { requestNumber: number })}
            />
            {!kept.registered && <OfferCallback contactId={kept.contactId} number={kept.number} onDone={end} />}
          </>
        }
        otherEnds={
          kept.registered ? (
            <Button onClick={end}>{t('hangUp')}</Button>
          ) : (
            <>
              <span className="soft small">{t('endCall')}</span>
              <Button disabled={close.isPending} onClick={() => finish('information', t('closed_information'))}>
                {t('information')}
              </Button>
              <Button disabled={close.isPending} onClick={() => finish('dropped', t('closed_dropped'))}>
                {t('dropped')}
              </Button>
            </>
          )
        }
      />
    </div>
  );
}
