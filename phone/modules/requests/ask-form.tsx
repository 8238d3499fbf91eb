import { useEffect, useRef, useState } from 'preact/hooks';
import { directory, place } from '../../app/directory.ts';
import { fieldText, problemText } from '../../app/faults.ts';
import { online } from '../../app/online.ts';
import { go } from '../../app/route.ts';
import { me } from '../../app/session.ts';
import { shortTime } from '../../app/times.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { zone } from '../../kit/clock.tsx';
import { Back, Bar, Dock, Note, Ring, Section, Wrong } from '../../kit/frame.tsx';
import { Icon } from '../../kit/icon.tsx';
import { PhotoField } from '../../kit/photos.tsx';
import { ask } from './asking.ts';
import { type Fault, faultsOf } from './checking.ts';
import { Picked, PlaceLine } from './chosen.tsx';
import { beginDraft, changeDraft, draft as kept, manner, unkept } from './draft.ts';
import { needOf, unclearCode } from './needs.ts';
import { SiteField } from './site-field.tsx';

const ways = ['confidential', 'open', 'anonymous'] as const;

/** Step 3: words, photos, how to be reached. Everything is kept on the phone as it is typed. */
export function AskForm({ code }: { code: string }) {
  const words = useWords();
  const known = useStored(directory)!;
  const here = useStored(place);
  const account = useStored(me);
  const draft = useStored(kept);
  const connected = useStored(online);
  const last = useStored(manner);
  const [rejected, setRejected] = useState(false);
  const full = useStored(unkept) || rejected;
  const [faults, setFaults] = useState<Fault[]>([]);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => beginDraft(code), [code]);
  useEffect(() => {
    if (faults.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [faults]);

  const unclear = code === 'X';
  const category = known.categories.find((one) => one.code === (unclear ? unclearCode : code));
  if (!category || draft?.code !== code) return null;
  const need = needOf(unclear ? { code, zh: '', en: '' } : category, words);
  const top = known.categories.find((one) => one.id === category.parentId);
  const urgent = category.priority === 'urgent';
  const { problem } = draft.mending ?? {};
  const siteRefused = fieldText(problem, 'siteId');
  const placed = Boolean(here?.site || (here?.token && !siteRefused));
  const wrong = (fault: Fault, text: string, field: string) =>
    faults.includes(fault) ? text : fieldText(problem, field);
  const sayWrong = wrong('say', unclear ? words.sayNeeded : words.sayShort, 'text');
  const callbackWrong = wrong('callback', words.callbackWrong, 'callback');
  const siteWrong = wrong('where', words.missing.where, 'siteId');

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (busy || !draft || !category) return;
    const found = faultsOf(draft, placed);
    setFaults(found);
    if (found.length > 0) return;
    setBusy(true);
    setRejected(false);
    try {
      go(`/sent/${await ask(draft, category, need, words)}`, 'replace');
    } catch {
      // Nothing is sent that this phone could not keep: its number and code would be lost. There may still be room for
      // the draft, and that it is saved must not take the warning away.
      setRejected(true);
      setBusy(false);
      scrollTo(0, 0);
    }
  }

  const togglePhrase = (phrase: string) =>
    changeDraft({
      phrases: draft.phrases.includes(phrase)
        ? draft.phrases.filter((one) => one !== phrase)
        : [...draft.phrases, phrase],
    });
  const meaning = (way: (typeof ways)[number]) => (way === 'open' && !account ? 'openVisitor' : way);

  return (
    <form ref={form} noValidate onSubmit={(event) => void submit(event)} class="page">
      <Bar title={words.step3} line={<PlaceLine />} />
      <main>
        <Picked
          parts={unclear || !top ? [need.name] : [needOf(top, words).name, need.name]}
          to={unclear || !top ? '/ask' : `/ask/${top.code}`}
        />
        {urgent && (
          <section class="alarm">
            <h2>
              <Icon name="warn" />
              {words.ringFirst}
            </h2>
            <p class="small">{connected ? words.ringFirstWhy : words.urgentOffline}</p>
            {category.ring.map((one) => (
              <Ring key={one.number} number={one.number} label={`${words.pick(one.label)} ${one.number}`} />
            ))}
          </section>
        )}
        {unclear && (
          <>
            <Ring number={known.group.hotline} label={words.hotline(known.group.hotline)} />
            <Note icon="pen">{words.unclearNote}</Note>
          </>
        )}
        {category.recordClass === 'health' && <Note icon="lock">{words.healthNote}</Note>}
        {full && (
          <section class="card strong">
            <Wrong>{words.phoneFull}</Wrong>
            <Ring number={known.group.hotline} label={words.hotline(known.group.hotline)} />
          </section>
        )}
        {problem && !problem.fields?.length && <Wrong>{problemText(problem, words)}</Wrong>}

        <Section
          title={need.phrases.length > 0 ? words.tapOrSay : words.say}
          note={unclear ? undefined : words.tapOptional}
        />
        {need.phrases.length > 0 && (
          <div class="chips">
            {need.phrases.map((phrase) => {
              const on = draft.phrases.includes(phrase);
              return (
                <button type="button" class="chip" key={phrase} aria-pressed={on} onClick={() => togglePhrase(phrase)}>
                  {on && <Icon name="tick" />}
                  {phrase}
                </button>
              );
            })}
          </div>
        )}
        <label class="unseen" for="say">
          {words.sayLabel}
        </label>
        <textarea
          id="say"
          class="input gap"
          maxLength={1900}
          placeholder={words.sayHint}
          value={draft.text}
          aria-invalid={sayWrong ? 'true' : undefined}
          aria-describedby={sayWrong ? 'say-wrong' : 'saved'}
          onInput={(event) => changeDraft({ text: event.currentTarget.value })}
        />
        {sayWrong && <Wrong id="say-wrong">{sayWrong}</Wrong>}
        <PhotoField ids={draft.photos} onChange={(photos) => changeDraft({ photos })} />
        <p class="note" id="saved">
          <Icon name="phoneOnly" />
          <span>
            {draft.text && !full ? words.saved(shortTime(draft.savedAt, new Date(), zone(), words)) : words.notSaved}
          </span>
        </p>

        {(!here?.token || siteWrong) && <SiteField fault={siteWrong} />}
        {!here?.point && (
          <div class="field">
            <label class="label" for="spot">
              {words.whereWhat}
            </label>
            <input
              id="spot"
              class="input"
              maxLength={80}
              value={draft.spot}
              onInput={(event) => changeDraft({ spot: event.currentTarget.value })}
            />
          </div>
        )}

        <Section title={words.howToFind} note={last && words.sameAsLast} />
        <fieldset class="card rows">
          <legend class="unseen">{words.howToFind}</legend>
          {ways.map((way) => (
            <label class="option" key={way}>
              <input
                type="radio"
                name="way"
                checked={draft.confidentiality === way}
                onChange={() => changeDraft({ confidentiality: way })}
              />
              <span>
                <b>{words.who[meaning(way)]}</b>
                <small>{words.whoMeans[meaning(way)]}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {draft.confidentiality !== 'anonymous' && (
          <div class="field">
            <label class="label" for="callback">
              {words.callback}
              <small>{draft.confidentiality === 'open' ? words.callbackOpen : words.callbackConfidential}</small>
            </label>
            <input
              id="callback"
              class="input"
              type="tel"
              inputMode="tel"
              autocomplete="tel"
              maxLength={40}
              value={draft.callback}
              aria-invalid={callbackWrong ? 'true' : undefined}
              aria-describedby={callbackWrong ? 'callback-wrong' : undefined}
              onInput={(event) => changeDraft({ callback: event.currentTarget.value })}
            />
            {callbackWrong && <Wrong id="callback-wrong">{callbackWrong}</Wrong>}
          </div>
        )}
      </main>
      <Dock>
        <Back to={unclear || !top ? '/ask' : `/ask/${top.code}`} />
        <button type="submit" class="button go" aria-disabled={busy}>
          {faults.length > 0 ? words.missing[faults[0]!] : words.send}
        </button>
      </Dock>
    </form>
  );
}
