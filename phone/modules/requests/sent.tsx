import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { trueNow, trueTime } from '../../app/device-clock.ts';
import { categoryById, directory, workingTimeAt } from '../../app/directory.ts';
import { problemText } from '../../app/faults.ts';
import { online } from '../../app/online.ts';
import { type Item, type Standing, standing } from '../../app/outbox.ts';
import { pending, sendNow } from '../../app/pending.ts';
import type { Created, Mine } from '../../app/records.ts';
import { go } from '../../app/route.ts';
import { outbox } from '../../app/sending.ts';
import { shortTime } from '../../app/times.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { zone } from '../../kit/clock.tsx';
import { Bar, Dock, Ring, Section, Sheet, Wrong } from '../../kit/frame.tsx';
import { Icon } from '../../kit/icon.tsx';
import { CodeCard } from './code-card.tsx';
import { changeDraft } from './draft.ts';
import { forget, mine } from './mine.ts';
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
function CallNow({ item }: { item: Item }) {
  const words = useWords();
  return (
    <section class="alarm" role="alert">
      <p>{words.notSentText}</p>
      {item.ring.map((one) => (
        <Ring key={one.number} number={one.number} label={`${words.pick(one.label)} ${one.number}`} />
      ))}
    </section>
  );
}

function Refused({ one, item }: { one: Mine; item: Item }) {
  const words = useWords();
  const { problem } = item;
  if (!problem) return null;
  // The same key came with other words: mending would only send a third version.
  const mendable = problem.code !== 'idempotency_mismatch' && one.draft;

  async function mend(): Promise<void> {
    const { draft } = one;
    if (!draft || !problem) return;
    changeDraft({ ...draft, mending: { id: one.id, queryCode: one.code, problem } });
    await outbox.take(item.id, 'keep');
    await forget(one.id);
    go(`/ask/${draft.code}`, 'replace');
  }

  return (
    <section class="card strong">
      <Wrong>{problemText(problem, words)}</Wrong>
      {problem.code === 'bad_input' &&
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

const titles: Record<Exclude<Standing, 'callNow' | 'refused'>, 'keptTitle' | 'sending'> = {
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
  if (!one) return null;
  const category = categoryById(one.categoryId);
  const now = item ? standing(item, connected) : null;
  const refused = now === 'refused';
  const alarming = now === 'callNow' || refused;
  const numbers = item?.ring.map((found) => found.number).join(words.listComma) ?? '';
  const title =
    now === null
      ? words.gotIt
      : now === 'callNow'
        ? words.urgentNumbers(numbers)
        : now === 'refused'
          ? words.standing.refused
          : words[titles[now]];

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
        <div class="gap">{item?.urgent && alarming && <CallNow item={item} />}</div>
        {item && refused && <Refused one={one} item={item} />}
        <CodeCard number={one.number} code={one.code} />
        {one.photosLost && <Wrong>{words.fault.photosLost}</Wrong>}
        {!alarming && <NextSteps one={one} created={one.created} />}
        {item && (
          <div class="two gap">
            {now !== 'sending' && !refused && (
              <button type="button" class="button" onClick={sendNow}>
                {words.tryNow}
              </button>
            )}
            {/* Once tried it may have arrived: then it can only be withdrawn there. */}
            {(item.tries === 0 || refused) && (
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
            <button
              type="button"
              class="button"
              onClick={() => {
                void outbox.take(id, 'drop').then(() => forget(id));
                go('/', 'replace');
              }}
            >
              {words.takeBack}
            </button>
          </Dock>
        </Sheet>
      )}
    </>
  );
}
