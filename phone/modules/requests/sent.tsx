import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { trueNow, trueTime } from '../../app/device-clock.ts';
import { categoryById, directory, workingTimeAt } from '../../app/directory.ts';
import { problemText } from '../../app/faults.ts';
import { online } from '../../app/online.ts';
import { type Item, isTakeable, type Ring as RingList, type Standing, standing } from '../../app/outbox.ts';
import { mine, pending, sendNow } from '../../app/pending.ts';
import type { Created, Mine } from '../../app/records.ts';
import { go, route } from '../../app/route.ts';
import { outbox } from '../../app/sending.ts';
import { shortTime } from '../../app/times.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { zone } from '../../kit/clock.tsx';
import { Bar, Dock, Ring, Section, Sheet, Wrong } from '../../kit/frame.tsx';
import { Icon } from '../../kit/icon.tsx';
import { CodeCard } from './code-card.tsx';
import { changeDraft } from './draft.ts';
import { forget } from './mine.ts';
import { needOf, promiseOf } from './needs.ts';

function Step({ when, what, why }: { when: string; what: ComponentChildren; why?: string }) {
  return (
    <li>
      <span class="when">{when}</span>
      <p>
        <b>{what}</b>
        {why && <small>{why}</small>}
      </p>
    </li>
  );
}

function NextSteps({ one, created }: { one: Mine; created: Created | null }) {
  const words = useWords();
  const at = (iso: string) => shortTime(iso, trueNow(), zone(), words);
  const promise = promiseOf(categoryById(one.categoryId), workingTimeAt(one.site), words);
  const asking = one.anonymous
    ? [words.stepAskAnonymous, words.stepAskAnonymousWhy]
    : [words.stepAsk, words.stepAskWhy];
  const contact = one.anonymous ? words.stepContactAnonymous : words.stepContact;
  return (
    <>
      <Section title={words.next} note={created ? words.nextWhy : words.nextFrom} />
      <ol class="card steps">
        {created ? (
          <>
            <Step when={at(trueTime(one.submittedAt))} what={words.stepGot} />
            <Step
              when={words.by(at(created.contact))}
              what={contact}
              why={one.anonymous ? undefined : words.stepContactWhy}
            />
            <Step when={words.by(at(created.promise))} what={words.stepResolve} why={words.stepResolveWhy} />
          </>
        ) : (
          <>
            <Step when={at(trueTime(one.submittedAt))} what={words.stepWrote} />
            <Step when={words.whenOnline} what={words.stepSend} why={words.stepSendWhy} />
            {promise && <Step when={words.afterSending} what={promise} why={words.stepResolveWhy} />}
          </>
        )}
        <Step when={words.afterHandled} what={asking[0]} why={asking[1]} />
      </ol>
      <p class="small foot">{words.noHarm}</p>
    </>
  );
}

/** Urgent and not sent: the numbers, nothing that sounds like waiting (rules 5). */
function CallNow({ ring }: { ring: RingList }) {
  const words = useWords();
  return (
    <section class="alarm" role="alert">
      <p>{words.notSentText}</p>
      {ring.map((one) => (
        <Ring key={one.number} number={one.number} label={`${words.pick(one.label)} ${one.number}`} />
      ))}
    </section>
  );
}

/** Refused, or (without an item) written down by an earlier version of this page that could not keep it for sending. */
function NotSent({ one, item }: { one: Mine; item: Item | undefined }) {
  const words = useWords();
  const problem = item?.problem ?? null;
  // The same key came with other words: mending would only send a third version.
  const mendable = problem?.code !== 'idempotency_mismatch' && one.draft;

  async function mend(): Promise<void> {
    if (!one.draft) return;
    const draft = { ...one.draft, mending: { id: one.id, queryCode: one.code, problem } };
    if (item && !(await outbox.take(item.id, draft))) return;
    changeDraft(draft);
    if (!item) await forget(one.id);
    go(`/ask/${draft.code}`, 'replace');
  }

  return (
    <section class="card strong">
      <Wrong>{problem ? problemText(problem, words) : words.standingLine.unsent}</Wrong>
      {problem?.code === 'bad_input' &&
        problem.fields?.map((field) => (
          <p class="small" key={field.field}>
            {field.message}
          </p>
        ))}
      {mendable && (
        <button type="button" class="button outline full gap" onClick={() => void mend()}>
          {words.editAgain}
        </button>
      )}
    </section>
  );
}

const titles: Record<Exclude<Standing, 'callNow' | 'refused' | 'unsent'>, 'keptTitle' | 'sending'> = {
  waiting: 'keptTitle',
  signIn: 'keptTitle',
  sending: 'sending',
};

/** The page after sending: the code at once, the number with the server's answer. */
export function Sent({ id }: { id: string }) {
  const words = useWords();
  const one = useStored(mine).find((found) => found.id === id);
  const item = useStored(pending).find((found) => found.id === id);
  const connected = useStored(online);
  const group = useStored(directory)?.group;
  const [asking, setAsking] = useState(false);
  const [taking, setTaking] = useState(false);
  const [tooLate, setTooLate] = useState(false);
  if (!one) return null;
  const category = categoryById(one.categoryId);
  const received = !item && one.number !== null;
  const now = received ? null : standing(item ?? { phase: 'unsent', urgent: one.urgent }, connected);
  const stuck = now === 'refused' || (now !== null && !item);
  const alarming = now === 'callNow' || stuck;
  const ring = item?.ring ?? category?.ring ?? [];
  const numbers = ring.map((found) => found.number).join(words.listComma);
  const title =
    now === null
      ? words.gotIt
      : now === 'callNow'
        ? words.urgentNumbers(numbers)
        : now === 'refused' || now === 'unsent'
          ? words.standing[now]
          : words[titles[now]];

  /** It may be sent while this is asked, and then its code must not be thrown away. */
  async function takeBack(): Promise<void> {
    if (taking) return;
    setTaking(true);
    const taken = !received && (item ? await outbox.take(id) : await forget(id).then(() => true));
    setTaking(false);
    setAsking(false);
    setTooLate(!taken);
    const { page, rest } = route.get();
    if (taken && page === 'sent' && rest[0] === id) go('/', 'replace');
  }

  return (
    <>
      <Bar
        title={
          <span class={`state ${alarming ? 'ink' : ''}`}>
            <Icon name={now === null ? 'empty' : alarming ? 'warn' : 'phoneOnly'} />
            {title}
          </span>
        }
        line={[one.site && words.pick(one.site), category && needOf(category, words).name].filter(Boolean).join(' · ')}
      />
      <p class="unseen" role="status">
        {title}
      </p>
      {(now === 'waiting' || now === 'signIn') && (
        <div class="net">
          <Icon name="offline" />
          <p>
            <b>{words.standing[now]}</b>
            {words.standingLine[now]}
          </p>
        </div>
      )}
      <main>
        <div class="gap">{one.urgent && alarming && <CallNow ring={ring} />}</div>
        {tooLate && <Wrong>{words.takeBackLate}</Wrong>}
        {stuck && <NotSent one={one} item={item} />}
        <CodeCard number={one.number} code={one.code} />
        {one.photosLost && <Wrong>{words.fault.photosLost}</Wrong>}
        {!alarming && <NextSteps one={one} created={one.created} />}
        {!received && (
          <div class="two gap">
            {now !== 'sending' && !stuck && (
              <button type="button" class="button" onClick={sendNow}>
                {words.tryNow}
              </button>
            )}
            {(!item || isTakeable(item)) && (
              <button type="button" class="button" onClick={() => setAsking(true)}>
                {words.takeBack}
              </button>
            )}
          </div>
        )}
      </main>
      <Dock>
        {group && (
          <a class="button square" href={`tel:${group.hotline}`}>
            <Icon name="phone" />
            {words.ring(group.hotline)}
          </a>
        )}
        <a class="button go" href="#/">
          {words.okHome}
        </a>
      </Dock>
      {asking && (
        <Sheet label={words.takeBackSure} onClose={() => setAsking(false)}>
          <h2>{words.takeBackSure}</h2>
          <Dock>
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {words.cancel}
            </button>
            <button type="button" class="button" aria-disabled={taking} onClick={() => void takeBack()}>
              {words.takeBack}
            </button>
          </Dock>
        </Sheet>
      )}
    </>
  );
}
