import { useEffect, useState } from 'preact/hooks';
import type { MeasureDue, MeasureEvent } from '../../../contract/measures.ts';
import { directory, place } from '../../app/directory.ts';
import { online } from '../../app/online.ts';
import { standing } from '../../app/outbox.ts';
import { pending } from '../../app/pending.ts';
import { me } from '../../app/session.ts';
import { bound, shortTime, span, timeLeft } from '../../app/times.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { moment, useNow, zone } from '../../kit/clock.tsx';
import { Back, Bar, Dock, Section } from '../../kit/frame.tsx';
import { Icon } from '../../kit/icon.tsx';
import { StandingWord } from '../../kit/state.tsx';
import { Stranded } from '../../kit/stranded.tsx';
import { kept, listNow, refreshMeasures, startMeasures } from './kept.ts';
import type { Entry } from './list.ts';
import './measures.css';
import { CannotSheet, FeverSheet, ProofSheet, RefusedSheet, TickSheet } from './sheets.tsx';
import { happened } from './ticking.ts';
import { type MeasureWords, useMeasureWords } from './words.ts';

void startMeasures();

/** So many of what is to do stand as cards with all they need; the rest as rows. */
const cards = 2;

type Open =
  | { sheet: 'tick' | 'cannot' | 'proof' | 'refused'; id: string }
  | { sheet: 'fever'; event: MeasureEvent }
  | null;

const actWord = (due: MeasureDue, words: MeasureWords): string =>
  due.evidence === 'photo' ? words.photos(Math.max(1, due.evidenceCount)) : words.act[due.evidence];

interface Acts {
  entry: Entry;
  open(next: Open): void;
}

/** By when, or how long past, in the group's zone. */
function useTimes() {
  const phone = useWords();
  const words = useMeasureWords();
  const now = useNow();
  return {
    by: (due: MeasureDue) => words.by(shortTime(due.due, now, zone(), phone)),
    past: (due: MeasureDue) => words.past(span(now.getTime() - Date.parse(due.due), phone)),
    left: (due: MeasureDue) => timeLeft(due.from, due.due, now, phone),
    at: (iso: string) => shortTime(iso, now, zone(), phone),
  };
}

function ActIcon({ due }: { due: MeasureDue }) {
  return <Icon name={due.evidence === 'photo' ? 'camera' : 'pen'} />;
}

/** What was said here and the server does not know yet. */
function Here({ entry }: { entry: Entry }) {
  const connected = useStored(online);
  const words = useMeasureWords();
  if (!entry.item) return null;
  const now = standing(entry.item, connected);
  if (now === 'callNow' || now === 'refused') return <StandingWord standing={now} />;
  return (
    <small class="said-here">
      <Icon name="phoneOnly" />
      {now === 'sending' ? words.sending : now === 'signIn' ? words.signIn : words.here}
    </small>
  );
}

function MeasureCard({ entry, open }: Acts) {
  const words = useMeasureWords();
  const times = useTimes();
  const { due } = entry;
  const lapsed = entry.state === 'lapsed';
  const left = times.left(due);
  const near = !lapsed && left.tone === 'near';
  const place = [lapsed || near ? times.by(due) : '', due.where || due.how, due.own ? words.own : '']
    .filter(Boolean)
    .join(' · ');
  return (
    <article class="card measure">
      <div class="head">
        <span class={`state ${lapsed ? 'over' : near ? 'near' : 'ink'}`}>
          <Icon name={lapsed || near ? 'warn' : 'empty'} />
          {lapsed ? times.past(due) : due.verdict === 'refused' ? words.refused : near ? words.near : words.todo}
        </span>
        {due.red ? (
          <span class="redline">{words.red}</span>
        ) : near ? (
          <span class="clock near">{left.text}</span>
        ) : (
          !lapsed && <small>{times.by(due)}</small>
        )}
      </div>
      <h3>{bound(words.pick(due.title))}</h3>
      {place && <p class="small dim">{place}</p>}
      <Here entry={entry} />
      <div class="two">
        <button
          type="button"
          class={`button ${lapsed ? 'go' : 'outline'}`}
          onClick={() => open({ sheet: 'tick', id: due.id })}
        >
          <ActIcon due={due} />
          <span>
            {actWord(due, words)}
            <span class="unseen"> {words.pick(due.title)}</span>
          </span>
        </button>
        <button type="button" class="button cant" onClick={() => open({ sheet: 'cannot', id: due.id })}>
          <span>
            {words.cant}
            <span class="unseen"> {words.pick(due.title)}</span>
          </span>
        </button>
      </div>
    </article>
  );
}

function MeasureRow({ entry, open }: Acts) {
  const words = useMeasureWords();
  const times = useTimes();
  const { due } = entry;
  return (
    <div class="mrow">
      <span>
        <span class="state ink">
          <Icon name="empty" />
          <span>
            {bound(words.pick(due.title))}
            {due.red && <span class="redline">{words.red}</span>}
          </span>
        </span>
        <small>{[times.by(due), due.where || due.how, due.own && words.own].filter(Boolean).join(' · ')}</small>
        <Here entry={entry} />
      </span>
      <button type="button" class="button outline" onClick={() => open({ sheet: 'tick', id: due.id })}>
        <ActIcon due={due} />
        <span>
          {words.short[due.evidence]}
          <span class="unseen"> {words.pick(due.title)}</span>
        </span>
      </button>
    </div>
  );
}

function SaidRow({ entry, open }: Acts) {
  const words = useMeasureWords();
  const times = useTimes();
  const { due } = entry;
  const done = entry.state === 'done';
  const proof = due.proof;
  const facts = done
    ? [
        proof?.number === null || proof?.number === undefined ? '' : words.counted(proof.number),
        proof?.signer ? words.signed(proof.signer) : '',
        proof?.words ?? '',
        proof && proof.files > 0 ? words.files(proof.files) : '',
        entry.doneAt ? times.at(entry.doneAt) : '',
        due.offline ? words.offlineMade : '',
        due.verdict === 'agreed' ? words.checked : '',
      ]
    : [
        due.cannot?.answer ? words.answer[due.cannot.answer] : words.waitsAnswer,
        due.cannot?.answer ? (due.cannot.words ?? '') : (due.cannot?.reason ?? ''),
      ];
  return (
    <button
      type="button"
      class="mrow"
      onClick={() => open({ sheet: entry.item?.phase === 'refused' ? 'refused' : 'proof', id: due.id })}
    >
      <span>
        <span class={`state ${done && !entry.late ? 'done' : 'ink'}`}>
          <Icon name={done ? (entry.late ? 'threeQuarters' : 'done') : 'dash'} />
          <span>
            {bound(words.pick(due.title))}
            {entry.late && ` (${words.late})`}
            {due.red && <span class="redline">{words.red}</span>}
          </span>
        </span>
        <small class="clip">{facts.filter(Boolean).join(' · ')}</small>
        <Here entry={entry} />
      </span>
      <Icon name="next" />
    </button>
  );
}

function EventRow({ event }: { event: MeasureEvent }) {
  const words = useMeasureWords();
  const [busy, setBusy] = useState(false);
  return (
    <div class="mrow">
      <span>
        <b>
          {bound(words.pick(event.title))}
          {event.red && <span class="redline">{words.red}</span>}
        </b>
        <small>{[words.within(event.minutes), event.where].filter(Boolean).join(' · ')}</small>
      </span>
      <button
        type="button"
        class="button"
        aria-disabled={busy}
        onClick={() => {
          if (busy) return;
          setBusy(true);
          // A second tap within the moment is the same happening.
          void happened(event, []).finally(() => setTimeout(() => setBusy(false), 2_000));
        }}
      >
        <span>
          {words.happened}
          <span class="unseen"> {words.pick(event.title)}</span>
        </span>
      </button>
    </div>
  );
}

/** Today's measures of a site: lapsed first, then what is due soonest, then what is done. Works without a network. */
export default function Measures() {
  const words = useMeasureWords();
  const phone = useWords();
  const account = useStored(me);
  const list = useStored(kept);
  const items = useStored(pending);
  const connected = useStored(online);
  const here = useStored(place);
  const sites = useStored(directory)?.sites;
  useNow();
  const [open, setOpen] = useState<Open>(null);
  const id = account?.id ?? '';
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void refreshMeasures(id).catch(() => {});
    };
    look();
    const timer = setInterval(look, 60_000);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [id]);

  const today = list ? listNow(list, items, id) : null;
  const fever = list?.events.find((one) => one.fever);
  const events = list?.events.filter((one) => !one.fever) ?? [];
  const site = sites?.find((one) => list?.siteIds.includes(one.id)) ?? here?.site;
  const entries = today ? [...today.lapsed, ...today.todo, ...today.cannot, ...today.done] : [];
  const chosen = open && open.sheet !== 'fever' ? entries.find((one) => one.due.id === open.id) : undefined;
  const close = () => setOpen(null);
  const stranded = items.filter(
    (one) =>
      one.kind === 'tick' &&
      one.account === id &&
      one.phase === 'refused' &&
      !entries.some(({ due }) => due.id === one.subject),
  );
  const withCards = today?.todo.slice(0, cards) ?? [];

  return (
    <>
      <Bar title={words.title} line={site ? phone.pick(site) : undefined}>
        {today && today.all > 0 && (
          <p class="tally">
            {words.doneOf} <b>{today.done.length}</b> {words.pieces}
            <small>{words.ofAll(today.all)}</small>
          </p>
        )}
      </Bar>
      <div role="status">
        {!connected && (
          <div class="net">
            <Icon name="offline" />
            <p>
              <b>{words.offline}</b>
              {words.offlineWhy}
              {list && ` · ${words.asOf(moment(list.asOf, phone))}`}
            </p>
          </div>
        )}
      </div>
      <main>
        <Stranded items={stranded} titleOf={() => words.notSent} drop={words.drop} />
        {!account?.permissions.includes('measures.work') ? (
          <section class="card gap">
            <p>{words.notYours}</p>
            <a class="link" href="#/sign-in">
              {phone.signIn}
            </a>
          </section>
        ) : list === undefined ? null : !today ? (
          <section class="card gap">
            <h2>{words.unloaded}</h2>
            <p>{words.unloadedWhy}</p>
          </section>
        ) : today.all === 0 && events.length === 0 ? (
          <section class="card gap">
            <h2>{words.emptyTitle}</h2>
            <p>{words.emptyWhy}</p>
          </section>
        ) : (
          <>
            {today.lapsed.length > 0 && (
              <>
                <Section title={words.lapsedOnes(today.lapsed.length)} note={words.lapsedWhy} />
                {today.lapsed.map((entry) => (
                  <MeasureCard key={entry.due.id} entry={entry} open={setOpen} />
                ))}
              </>
            )}
            {today.todo.length > 0 && (
              <>
                <Section title={words.todoOnes(today.todo.length)} note={words.todoWhy} />
                {withCards.map((entry) => (
                  <MeasureCard key={entry.due.id} entry={entry} open={setOpen} />
                ))}
                {today.todo.length > cards && (
                  <section class="card rows">
                    {today.todo.slice(cards).map((entry) => (
                      <MeasureRow key={entry.due.id} entry={entry} open={setOpen} />
                    ))}
                  </section>
                )}
              </>
            )}
            {today.cannot.length > 0 && (
              <>
                <Section title={words.cannotOnes(today.cannot.length)} />
                <section class="card rows">
                  {today.cannot.map((entry) => (
                    <SaidRow key={entry.due.id} entry={entry} open={setOpen} />
                  ))}
                </section>
              </>
            )}
            {today.done.length > 0 && (
              <>
                <Section title={words.doneOnes(today.done.length)} note={words.doneWhy} />
                <section class="card rows">
                  {today.done.map((entry) => (
                    <SaidRow key={entry.due.id} entry={entry} open={setOpen} />
                  ))}
                </section>
              </>
            )}
            {events.length > 0 && (
              <>
                <Section title={words.eventOnes} note={words.eventWhy} />
                <section class="card rows">
                  {events.map((event) => (
                    <EventRow key={event.lineId} event={event} />
                  ))}
                </section>
              </>
            )}
            {fever && <p class="small dim foot">{words.feverNothing(words.pick(fever.title))}</p>}
          </>
        )}
      </main>
      <Dock>
        <Back to="/" />
        {fever ? (
          <button type="button" class="button" onClick={() => setOpen({ sheet: 'fever', event: fever })}>
            <Icon name="C" />
            <span>
              {words.fever}
              <small>{words.feverWithin(fever.minutes)}</small>
            </span>
          </button>
        ) : (
          <a class="button" href="#/ask/C01">
            <Icon name="C" />
            <span>
              {words.fever}
              <small>{words.feverAsk}</small>
            </span>
          </a>
        )}
      </Dock>
      {open?.sheet === 'fever' && <FeverSheet event={open.event} ring={list?.ring ?? []} onClose={close} />}
      {open?.sheet === 'tick' && chosen && (
        <TickSheet
          key={chosen.due.id}
          due={chosen.due}
          more={chosen.state === 'done'}
          onCannot={
            chosen.state === 'done' || chosen.state === 'cannot'
              ? null
              : () => setOpen({ sheet: 'cannot', id: chosen.due.id })
          }
          onClose={close}
        />
      )}
      {open?.sheet === 'cannot' && chosen && <CannotSheet key={chosen.due.id} due={chosen.due} onClose={close} />}
      {open?.sheet === 'proof' && chosen && (
        <ProofSheet entry={chosen} onClose={close} onMore={() => setOpen({ sheet: 'tick', id: chosen.due.id })} />
      )}
      {open?.sheet === 'refused' && chosen && (
        <RefusedSheet
          entry={chosen}
          onClose={(again) =>
            setOpen(
              again
                ? { sheet: chosen.item?.calls.at(-1)?.path.endsWith('/cannot') ? 'cannot' : 'tick', id: chosen.due.id }
                : null,
            )
          }
        />
      )}
    </>
  );
}
