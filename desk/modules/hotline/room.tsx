import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { hotlineEndpoints as api, type WaitingCallback } from '../../../contract/hotline.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { useNow } from '../../app/now.ts';
import { Button } from '../../kit/button.tsx';
import { useDraft } from '../../kit/draft.ts';
import { notify } from '../../kit/notify.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useT } from './room-words.ts';

type State = OutputOf<typeof api.state>;
type Begun = OutputOf<typeof api.takeCall>;

/** Asked every two seconds while nobody is on the line: a call must pop up while it rings. */
export const useHotlineState = (idle: boolean) =>
  useQuery({
    queryKey: ['hotline', 'state'],
    queryFn: () => call(api.state, {}),
    refetchInterval: idle ? 2_000 : 15_000,
  });
const refreshes = [['hotline']];

export function Surge({ state }: { state: State }) {
  const t = useT();
  const format = useFormat();
  if (!state.surge) return null;
  return (
    <p className="hl-surge" role="status">
      <b>{t('surgeOn')}</b> <span className="small">{t('surgeSince', { at: format.moment(state.surge.since) })}</span>
    </p>
  );
}

/** What rings on this operator's telephone pops up. */
export function Ringing({ state, onCall }: { state: State; onCall: (begun: Begun, startedAt: number) => void }) {
  const t = useT();
  const take = useAct(api.takeCall, {
    onDone: (begun) => onCall(begun, Date.parse(state.call?.answeredAt ?? begun.at)),
    onFail: notify.problem,
  });
  if (!state.call) return null;
  return (
    <div className="hl-pop" role="alert">
      <b>{t(state.call.answeredAt ? 'onLine' : 'ringing')}</b>
      <Button
        kind="main"
        busy={take.isPending}
        disabled={!state.call.answeredAt}
        onClick={() => take.mutate({ id: state.call!.id })}
      >
        {t('open')}
      </Button>
    </div>
  );
}

/** The telephone this operator sits at. */
export function Seat({ state }: { state: State }) {
  const t = useT();
  const [code, setCode] = useState('');
  const [home, setHome] = useState(false);
  const sit = useAct(api.sit, { refreshes, onFail: notify.problem });
  if (!state.seat)
    return (
      <form
        className="hl-seat"
        onSubmit={(event) => {
          event.preventDefault();
          if (code.trim()) sit.mutate({ code: code.trim(), home });
        }}
      >
        <TextField label={t('seat')} hint={t('seatHint')} value={code} maxLength={20} onChange={setCode} />
        <label className="row small">
          <input type="checkbox" checked={home} onChange={(event) => setHome(event.target.checked)} /> {t('sitHome')}
        </label>
        <Button submit busy={sit.isPending} disabled={code.trim() === ''}>
          {t('sit')}
        </Button>
      </form>
    );
  return (
    <p className="hl-seat row">
      <b>{t('seated', { code: state.seat.code })}</b>
      {state.seat.home && <span className="tag">{t('atHome')}</span>}
      <span className="grow" />
      <Button small kind="plain" busy={sit.isPending} onClick={() => sit.mutate({ code: null })}>
        {t('leave')}
      </Button>
    </p>
  );
}

function CallbackRow({
  one,
  onReached,
}: {
  one: WaitingCallback;
  onReached: (begun: Begun, startedAt: number) => void;
}) {
  const t = useT();
  const format = useFormat();
  const at = useNow(15_000);
  const act = { refreshes, onFail: notify.problem };
  const claim = useAct(api.claimCallback, act);
  const tried = useAct(api.callbackTried, {
    ...act,
    onDone: ({ over }) => over && notify.good(t('overNow')),
  });
  const reached = useAct(api.callbackReached, { ...act, onDone: (begun) => onReached(begun, Date.parse(begun.at)) });
  const late = Date.parse(one.promisedBy) < at;
  const early = Date.parse(one.nextAt) > at;
  return (
    <li>
      <div>
        {one.urgent && <b className="hl-late">{t('urgent')} </b>}
        <span>{t(one.why)}</span>{' '}
        <span className={late ? 'hl-late' : 'soft'}>
          {t(late ? 'lateBy' : 'by', { at: format.moment(one.promisedBy) })}
        </span>{' '}
        {one.attempts > 0 && <span className="soft small">{t('tries', { n: one.attempts })}</span>}
        {early && <span className="soft small"> {t('notBefore', { at: format.moment(one.nextAt) })}</span>}
        {one.mine && one.number && (
          <p>
            <a className="hl-dial" href={`tel:${one.number}`}>
              {one.number}
            </a>
          </p>
        )}
      </div>
      {one.mine ? (
        <span className="row">
          <Button small kind="main" busy={reached.isPending} onClick={() => reached.mutate({ id: one.id })}>
            {t('reached')}
          </Button>
          <Button small busy={tried.isPending} onClick={() => tried.mutate({ id: one.id })}>
            {t('noAnswer')}
          </Button>
        </span>
      ) : one.claimedBy ? (
        <span className="soft small">{t('claimed', { who: one.claimedBy })}</span>
      ) : (
        <Button small busy={claim.isPending} onClick={() => claim.mutate({ id: one.id })}>
          {t('claim')}
        </Button>
      )}
    </li>
  );
}

/** Who waits to be rung back, the most urgent first. */
export function Callbacks({ onReached }: { onReached: (begun: Begun, startedAt: number) => void }) {
  const t = useT();
  const list = useQuery({
    queryKey: ['hotline', 'callbacks'],
    queryFn: () => call(api.callbacks, {}),
    refetchInterval: 10_000,
  });
  const waiting = list.data?.callbacks ?? [];
  return (
    <section aria-label={t('callbacks')}>
      <h2>
        {t('callbacks')} <span className="soft">{waiting.length}</span>
      </h2>
      {list.data && waiting.length === 0 ? (
        <p className="soft small">
          {t('callbacksNone')} {t('callbacksHow')}
        </p>
      ) : (
        <ul className="hl-callbacks">
          {waiting.map((one) => (
            <CallbackRow key={one.id} one={one} onReached={onReached} />
          ))}
        </ul>
      )}
    </section>
  );
}

const noNote = { words: '' };

/** The note of the shift before, until somebody of this one has read it; and one for the next. */
export function Handover({ state }: { state: State }) {
  const t = useT();
  const format = useFormat();
  const [{ words }, change, drop] = useDraft('hotline.handover', noNote);
  const [open, setOpen] = useState(words !== '');
  const act = { refreshes, onFail: notify.problem };
  const read = useAct(api.readHandover, { ...act, onDone: () => notify.good(t('takenOver')) });
  const leave = useAct(api.handOver, {
    ...act,
    onDone: () => {
      drop();
      setOpen(false);
      notify.good(t('noteLeft'));
    },
  });
  const note = state.handover;
  return (
    <section aria-label={t('handover')}>
      <h2>{t('handover')}</h2>
      {note && (
        <div className="hl-note-over" role="status">
          <p className="soft small">
            {t('noteFrom', { who: note.by, at: format.moment(note.at) })} · {t('noteFigures', note.figures)}
          </p>
          <p>{note.words}</p>
          <Button small kind="main" busy={read.isPending} onClick={() => read.mutate({ id: note.id })}>
            {t('takeOver')}
          </Button>
        </div>
      )}
      {open ? (
        <form
          className="hl-seat"
          onSubmit={(event) => {
            event.preventDefault();
            if (words.trim().length > 1) leave.mutate({ words: words.trim() });
          }}
        >
          <TextField
            label={t('leaveNote')}
            hint={t('handoverHint')}
            rows={4}
            maxLength={2000}
            value={words}
            onChange={(typed) => change({ words: typed })}
          />
          <Button submit busy={leave.isPending} disabled={words.trim().length < 2}>
            {t('leaveNote')}
          </Button>
        </form>
      ) : (
        <div>
          <Button small onClick={() => setOpen(true)}>
            {t('leaveNote')}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Promise the person on the line to ring back; the call itself ends there. */
export function OfferCallback({
  contactId,
  number,
  onDone,
}: {
  contactId: string;
  number: string;
  onDone: () => void;
}) {
  const t = useT();
  const format = useFormat();
  const [typed, setTyped] = useState(number);
  const [urgent, setUrgent] = useState(false);
  const offer = useAct(api.offerCallback, {
    refreshes,
    onDone: ({ promisedBy }) => {
      notify.good(t('offered', { at: format.moment(promisedBy) }));
      onDone();
    },
    onFail: notify.problem,
  });
  const digits = typed.replace(/\D/g, '');
  return (
    <form
      className="hl-offer"
      onSubmit={(event) => {
        event.preventDefault();
        if (digits.length >= 3) offer.mutate({ number: typed.trim(), urgent, contactId });
      }}
    >
      <TextField
        label={t('offerNumber')}
        value={typed}
        maxLength={40}
        fault={typed !== '' && digits.length < 3 ? t('numberBad') : undefined}
        line={{ inputMode: 'tel' }}
        onChange={setTyped}
      />
      <label className="row small">
        <input type="checkbox" checked={urgent} onChange={(event) => setUrgent(event.target.checked)} />{' '}
        {t('offerUrgent')}
      </label>
      <Button submit busy={offer.isPending} disabled={digits.length < 3}>
        {t('offer')}
      </Button>
    </form>
  );
}
