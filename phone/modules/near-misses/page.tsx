import { useEffect, useState } from 'preact/hooks';
import { recall } from '../../app/database.ts';
import { trueNow } from '../../app/device-clock.ts';
import { place } from '../../app/directory.ts';
import { uuid } from '../../app/identifiers.ts';
import type { Item } from '../../app/outbox.ts';
import { pending } from '../../app/pending.ts';
import { type ToldMiss, toldMissesAs } from '../../app/records.ts';
import { onOutboxChange } from '../../app/sending.ts';
import { me } from '../../app/session.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { moment } from '../../kit/clock.tsx';
import { Back, Bar, Dock, Note, Section, Wrong } from '../../kit/frame.tsx';
import { Icon } from '../../kit/icon.tsx';
import { SiteField } from '../requests/site-field.tsx';
import { useWritten } from '../requests/written.ts';
import { draftAs, missingOf, nothingWritten, tellNearMiss, writeAgain } from './telling.ts';
import { useNearMissWords } from './words.ts';

function Form({ account, onTold }: { account: string; onTold: () => void }) {
  const said = useNearMissWords();
  const here = useStored(place);
  const [written, change] = useWritten(draftAs(account), nothingWritten);
  const [id] = useState(uuid);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [full, setFull] = useState(false);
  const missing = missingOf(written, here?.site?.id, trueNow());
  const wrong = (field: typeof missing) => tried && missing === field && said.missing[field!];
  async function send(event: Event): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (missing || busy) return;
    setBusy(true);
    try {
      await tellNearMiss(account, here!.site!.id, { ...written, id });
      onTold();
    } catch {
      setFull(true);
      setBusy(false);
    }
  }
  const text = (field: 'what' | 'stoppedBy', label: string, hint: string, most: number) => (
    <div class="field">
      <label class="label" for={`miss-${field}`}>
        {label}
      </label>
      <textarea
        id={`miss-${field}`}
        class="input"
        rows={3}
        maxLength={most}
        placeholder={hint}
        value={written[field]}
        aria-invalid={wrong(field) ? 'true' : undefined}
        aria-describedby={wrong(field) ? `miss-${field}-wrong` : undefined}
        onInput={(event) => change({ [field]: event.currentTarget.value })}
      />
      {wrong(field) && <Wrong id={`miss-${field}-wrong`}>{wrong(field)}</Wrong>}
    </div>
  );
  return (
    <form class="page" noValidate onSubmit={(event) => void send(event)}>
      <Bar title={said.title} line={said.line} />
      <main>
        {full && <Wrong>{said.full}</Wrong>}
        {text('what', said.what, said.whatHint, 1000)}
        {text('stoppedBy', said.stoppedBy, said.stoppedByHint, 500)}
        <SiteField fault={wrong('site') || undefined} />
        <div class="field">
          <label class="label" for="miss-place">
            {said.place}
          </label>
          <input
            id="miss-place"
            class="input"
            maxLength={120}
            value={written.place}
            onInput={(event) => change({ place: event.currentTarget.value })}
          />
        </div>
        <div class="field">
          <label class="label" for="miss-when">
            {said.when}
            <small>{said.whenHint}</small>
          </label>
          <input
            id="miss-when"
            class="input"
            type="datetime-local"
            value={written.when}
            aria-invalid={wrong('when') ? 'true' : undefined}
            onInput={(event) => change({ when: event.currentTarget.value })}
          />
          {wrong('when') && <Wrong>{wrong('when')}</Wrong>}
        </div>
        <Note icon="lock">{said.noBlame}</Note>
        <Told account={account} onAgain={onTold} />
      </main>
      <Dock>
        <Back to="/" />
        <button type="submit" class="button go" aria-disabled={busy}>
          {tried && missing ? said.missing[missing] : said.send}
        </button>
      </Dock>
    </form>
  );
}

/** What this account told from this phone: what waits, and the number of what was received. */
function Told({ account, onAgain }: { account: string; onAgain: () => void }) {
  const words = useWords();
  const said = useNearMissWords();
  const items = useStored(pending);
  const [received, setReceived] = useState<ToldMiss[]>([]);
  useEffect(() => {
    const look = () => void recall<ToldMiss[]>(toldMissesAs(account)).then((kept) => setReceived(kept ?? []));
    look();
    // What waits leaves the outbox when it was received: then there is one more.
    return onOutboxChange(look);
  }, [account]);
  const waiting = items.filter((one) => one.kind === 'miss' && one.account === account);
  if (waiting.length + received.length === 0) return null;
  const whatOf = (item: Item) => (item.calls[0]!.body as { what: string }).what;
  return (
    <>
      <Section title={said.told} />
      {waiting.map((item) => (
        <article class={`card ${item.phase === 'refused' ? 'strong' : ''}`} key={item.id}>
          <span class="state">
            <Icon name={item.phase === 'refused' ? 'warn' : 'phoneOnly'} />
            {item.phase === 'refused' ? said.notSent : said.kept}
          </span>
          <p class="clip">{whatOf(item)}</p>
          {item.phase === 'refused' && (
            <>
              <Wrong>{item.problem?.fields?.[0]?.message ?? item.problem?.title}</Wrong>
              <button
                type="button"
                class="button outline gap"
                onClick={() => void writeAgain(account, item).then(onAgain)}
              >
                {said.again}
              </button>
            </>
          )}
        </article>
      ))}
      {received.map((one) => (
        <article class="card" key={one.number}>
          <div class="head">
            <span class="state done">
              <Icon name="done" />
              {said.received(one.number)}
            </span>
            <small>{moment(one.madeAt, words)}</small>
          </div>
          <p class="clip">{one.what}</p>
        </article>
      ))}
    </>
  );
}

/** What nearly went wrong, told by anybody from their phone; without a network it waits in the outbox. */
export default function NearMisses() {
  const said = useNearMissWords();
  const account = useStored(me);
  const [round, again] = useState(0);
  if (!account?.permissions.includes('drills.report'))
    return (
      <>
        <Bar title={said.title} line={said.line} />
        <main>
          <p class="dim">{said.notYours}</p>
        </main>
        <Dock>
          <Back to="/" />
        </Dock>
      </>
    );
  return <Form key={`${account.id}.${round}`} account={account.id} onTold={() => again(round + 1)} />;
}
