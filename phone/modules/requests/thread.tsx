import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { RequestThread } from '../../../contract/requests.ts';
import { categoryById, directory } from '../../app/directory.ts';
import { faultText, problemText } from '../../app/faults.ts';
import { changedRequest } from '../../app/live.ts';
import { online } from '../../app/online.ts';
import { type Item, standing } from '../../app/outbox.ts';
import { mine, pending } from '../../app/pending.ts';
import { go } from '../../app/route.ts';
import { outbox } from '../../app/sending.ts';
import { bound } from '../../app/times.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { Clock, DueLine, moment } from '../../kit/clock.tsx';
import { Back, Bar, Dock, Note, Section, Wrong } from '../../kit/frame.tsx';
import { Icon } from '../../kit/icon.tsx';
import { StandingWord, State, stateWord } from '../../kit/state.tsx';
import { CodeCard } from './code-card.tsx';
import { Entry, whoOf } from './entries.tsx';
import { type Hold, lastThread, lastVerdict, loadThread, nudge, subjectOf, type Verdict } from './following.ts';
import { forget, remember } from './mine.ts';
import { needOf } from './needs.ts';
import { News } from './news.tsx';
import { Pictures } from './pictures.tsx';
import { MessageSheet, NotSolvedSheet, ObjectSheet, RateSheet, SolvedSheet, WithdrawSheet } from './sheets.tsx';
import { WhyThisTime } from './why.tsx';

const polling = 20_000;

/** The thread as last seen at once, then fresh: by live event for an account, by asking again for a code. */
function useThread(hold: Hold) {
  const words = useWords();
  const [seen, setSeen] = useState<{ thread: RequestThread; at: string } | null>(null);
  const [verdict, setVerdict] = useState<Verdict>();
  const [fault, setFault] = useState('');

  const refresh = useCallback(async () => {
    try {
      const thread = await loadThread(hold);
      setSeen({ thread, at: new Date().toISOString() });
      setVerdict(await lastVerdict(hold));
      setFault('');
      const known = mine.get().find((one) => one.id === thread.id);
      if (known && known.row?.version !== thread.version) await remember({ ...known, row: thread });
    } catch (reason) {
      setFault(faultText(reason, words));
    }
  }, [hold, words]);

  useEffect(() => {
    void lastThread(hold).then((kept) => setSeen((now) => now ?? kept ?? null));
  }, [hold]);

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void refresh();
    };
    const leaving = () => pending.get().filter((one) => one.subject === subjectOf(hold)).length;
    let before = leaving();
    look();
    document.addEventListener('visibilitychange', look);
    const timer = hold.by === 'code' ? setInterval(look, polling) : undefined;
    const stops = [
      online.subscribe(look),
      changedRequest.subscribe(() => {
        if (hold.by === 'account' && changedRequest.get()?.id === hold.id) look();
      }),
      // When something of this request has just left the outbox.
      pending.subscribe(() => {
        const now = leaving();
        if (now < before) look();
        before = now;
      }),
    ];
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      for (const stop of stops) stop();
    };
  }, [refresh, hold]);

  return { thread: seen?.thread ?? null, at: seen?.at ?? '', verdict, fault, refresh };
}

/** What the person said here and is still on its way, or was refused. */
function OnItsWay({ item }: { item: Item }) {
  const words = useWords();
  const connected = useStored(online);
  const now = standing(item, connected);
  const solved = item.calls.find((one) => one.body)?.body?.solved;
  return (
    <section class={`card ${now === 'refused' ? 'strong' : ''}`}>
      <div class="head">
        <StandingWord standing={now} />
        <small>{moment(item.madeAt, words)}</small>
      </div>
      <h3>{item.kind === 'message' ? words.messageTitle : solved ? words.saidSolved : words.saidNotSolved}</h3>
      {now === 'refused' && item.problem ? (
        <>
          <Wrong>{problemText(item.problem, words)}</Wrong>
          <button type="button" class="button full" onClick={() => void outbox.take(item.id)}>
            {words.understood}
          </button>
        </>
      ) : (
        <p class="small dim">{item.kind === 'verdict' ? words.verdictWaiting : words.standingLine[now]}</p>
      )}
    </section>
  );
}

function StateCard({ thread, hold }: { thread: RequestThread; hold: Hold }) {
  const words = useWords();
  const word = stateWord(thread);
  const said = thread.entries
    .filter((one) => one.kind === 'handled' || one.kind === 'answered')
    .sort((a, b) => b.at.localeCompare(a.at))[0];
  if (word === 'handled') {
    return (
      <section class="card strong">
        <div class="head">
          <span class="state">
            <Icon name="ask" />
            {words.state.handled}
          </span>
          {said && <small>{moment(said.at, words)}</small>}
        </div>
        {said?.text ? (
          <p class="said">
            {words.theySaid(whoOf(said, words))}
            {bound(said.text)}
          </p>
        ) : (
          <p>{words.theySaidHandled}</p>
        )}
        {said && <Pictures files={said.files} hold={hold} request={thread.id} />}
      </section>
    );
  }
  return (
    <section class="card">
      <div class="head">
        <State row={thread} />
        {thread.clock && <Clock clock={thread.clock} />}
      </div>
      <p class="small dim">{thread.clock ? <DueLine clock={thread.clock} /> : words.stateLine[word]}</p>
      {thread.clock && <WhyThisTime hold={hold} />}
    </section>
  );
}

type Open = 'solved' | 'notSolved' | 'message' | 'withdraw' | 'rate' | 'object' | null;

export function ThreadById({ id }: { id: string }) {
  const hold = useMemo<Hold>(() => ({ by: 'account', id }), [id]);
  return <Thread hold={hold} />;
}

export function Thread({ hold }: { hold: Hold }) {
  const words = useWords();
  const { thread, at, verdict, fault, refresh } = useThread(hold);
  const items = useStored(pending).filter((one) => one.subject === subjectOf(hold));
  const connected = useStored(online);
  const group = useStored(directory)?.group;
  const remembered = useStored(mine).find((one) => one.id === thread?.id || one.number === thread?.number);
  const [open, setOpen] = useState<Open>(null);
  const [more, setMore] = useState(false);
  const [told, setTold] = useState('');
  const [urging, setUrging] = useState(false);

  if (!thread) {
    return (
      <>
        <Bar title={words.mine} />
        <main>{fault ? <Wrong>{fault}</Wrong> : <p class="dim">{words.loading}</p>}</main>
        <Dock>
          <Back to="/" />
          {group && (
            <a class="button" href={`tel:${group.hotline}`}>
              <Icon name="phone" />
              {words.hotline(group.hotline)}
            </a>
          )}
        </Dock>
      </>
    );
  }

  const category = categoryById(thread.categoryId);
  const { can } = thread;
  // One's word is on its way: it is not asked for twice.
  const judging = can.judge && !items.some((one) => one.kind === 'verdict' && one.phase !== 'refused');
  // What became of one's word, until the handlers have spoken again.
  const fresh = verdict && verdict.at > (thread.dues.handledAt ?? '') ? verdict : null;
  const confirmed = thread.state === 'resolved_confirmed';
  const close = () => setOpen(null);
  const done = (text: string) => {
    setOpen(null);
    setTold(text);
    scrollTo(0, 0);
    void refresh();
  };

  async function urge(): Promise<void> {
    if (urging) return;
    setUrging(true);
    try {
      setTold(words.nudgeDone(await nudge(hold)));
    } catch (reason) {
      setTold(faultText(reason, words));
    }
    setUrging(false);
    scrollTo(0, 0);
    void refresh();
  }

  const messageButton = can.message && (
    <button type="button" class="button" onClick={() => setOpen('message')}>
      <Icon name="pen" />
      {words.message}
    </button>
  );
  const nudgeButton = can.nudge && (
    <button type="button" class="button" aria-disabled={urging} onClick={() => void urge()}>
      <Icon name="bell" />
      <span>
        {words.nudge}
        {thread.nudges > 0 && <small class="dim">{words.nudged(thread.nudges)}</small>}
      </span>
    </button>
  );
  const rateButton = can.rate && !thread.rating && thread.state !== 'handled' && (
    <button type="button" class="button" onClick={() => setOpen('rate')}>
      <Icon name="star" />
      {words.rate}
    </button>
  );

  const objectButton = thread.dissatisfaction?.mayObject && (
    <button type="button" class="button" onClick={() => setOpen('object')}>
      <Icon name="cross" />
      {words.object}
    </button>
  );

  return (
    <>
      <Bar
        title={
          <span class="clip">
            {thread.text ? bound(thread.text) : category ? needOf(category, words).name : thread.number}
          </span>
        }
        line={[
          thread.number,
          category && needOf(category, words).name,
          words.askedAt(moment(thread.submittedAt, words)),
        ]
          .filter(Boolean)
          .join(' · ')}
      />
      {(!connected || fault) && (
        <div class="net">
          <Icon name="offline" />
          <p>
            <b>{connected ? fault : words.offline}</b>
            {words.offlineAsOf(moment(at, words))}
          </p>
        </div>
      )}
      <main>
        <p class="told" role="status">
          {told}
        </p>
        {items.map((item) => (
          <OnItsWay key={item.id} item={item} />
        ))}
        {fresh && items.length === 0 && (
          <p class="told">{fresh.counted ? words.verdictCounted : words.verdictRecorded}</p>
        )}
        <StateCard thread={thread} hold={hold} />
        {thread.state === 'handled' && <p class="note">{words.onlyYou}</p>}

        <Section title={words.soFar} note={words.newestFirst} />
        <ol class="thread">
          {[...thread.entries]
            .sort((a, b) => b.at.localeCompare(a.at))
            .map((entry) => (
              <Entry key={entry.id} entry={entry} hold={hold} request={thread.id} due={thread.dues.resolve} />
            ))}
        </ol>
        <div class="two">
          {judging && messageButton}
          {judging && nudgeButton}
          {rateButton}
          {objectButton}
        </div>
        {(can.message || judging) && <News hold={hold} />}
        {(can.withdraw || remembered) && (
          <button type="button" class="link" aria-expanded={more} onClick={() => setMore(!more)}>
            {more ? words.less : words.more}
          </button>
        )}
        {more && (
          <>
            {remembered && <CodeCard number={thread.number} code={remembered.code} />}
            <div class="two gap">
              {can.withdraw && (
                <button type="button" class="button" onClick={() => setOpen('withdraw')}>
                  {words.withdraw}
                </button>
              )}
              {remembered && (
                <button
                  type="button"
                  class="button"
                  onClick={() => {
                    void forget(remembered.id);
                    go('/', 'replace');
                  }}
                >
                  {words.forget}
                </button>
              )}
            </div>
            {remembered && <Note icon="phoneOnly">{words.forgetNote}</Note>}
          </>
        )}
      </main>
      <Dock>
        <Back to="/" />
        {judging ? (
          <>
            <button type="button" class="button verdict" onClick={() => setOpen('notSolved')}>
              <Icon name="cross" />
              {confirmed ? words.brokeAgain : words.notSolved}
            </button>
            {can.confirm && (
              <button type="button" class="button verdict" onClick={() => setOpen('solved')}>
                <Icon name="tick" />
                {words.solved}
              </button>
            )}
          </>
        ) : (
          <>
            {nudgeButton}
            {messageButton}
          </>
        )}
      </Dock>
      {open === 'solved' && (
        <SolvedSheet hold={hold} anonymous={thread.confidentiality === 'anonymous'} onClose={close} onDone={done} />
      )}
      {open === 'notSolved' && <NotSolvedSheet hold={hold} onClose={close} onDone={done} />}
      {open === 'message' && <MessageSheet hold={hold} onClose={close} onDone={done} />}
      {open === 'withdraw' && <WithdrawSheet hold={hold} onClose={close} onDone={done} />}
      {open === 'object' && <ObjectSheet hold={hold} onClose={close} onDone={done} />}
      {open === 'rate' && <RateSheet hold={hold} onClose={close} onDone={done} />}
    </>
  );
}
