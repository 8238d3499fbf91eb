import { useState } from 'preact/hooks';
import { faultText } from '../../app/faults.ts';
import { useWords } from '../../app/words.ts';
import { Dock, Sheet, Wrong } from '../../kit/frame.tsx';
import { Icon } from '../../kit/icon.tsx';
import { PhotoField } from '../../kit/photos.tsx';
import { isScored, noScore, Rating } from '../../kit/rating.tsx';
import { draftOf, type Hold, judge, object, rate, withdraw, write } from './following.ts';
import { useWritten } from './written.ts';

interface Parts {
  hold: Hold;
  onClose(): void;
  /** Called when it is done, with what to tell the person. */
  onDone(told: string): void;
}

/** Runs one act at a time and keeps the sheet open, with what was typed, when it fails. */
function useAct() {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const act = (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setFault('');
    work()
      .catch((reason) => setFault(faultText(reason, words)))
      .finally(() => setBusy(false));
  };
  return { busy, fault, act };
}

function SheetDock({ onClose, label, act, busy }: { onClose(): void; label: string; act(): void; busy: boolean }) {
  const words = useWords();
  return (
    <Dock>
      <button type="button" class="button square" onClick={onClose}>
        <Icon name="back" />
        {words.back}
      </button>
      <button type="button" class="button go" aria-disabled={busy} onClick={act}>
        {label}
      </button>
    </Dock>
  );
}

export function SolvedSheet({ hold, anonymous, onClose, onDone }: Parts & { anonymous: boolean }) {
  const words = useWords();
  const [score, setScore] = useState(noScore);
  const { busy, fault, act } = useAct();
  return (
    <Sheet label={words.solvedTitle} onClose={onClose}>
      <h2 class="state done">
        <Icon name="done" />
        {words.solvedTitle}
      </h2>
      <p class="small">{anonymous ? words.solvedAnonymous : words.solvedNote}</p>
      <p class="small dim gap">
        {words.rateTitle}
        {words.sentenceEnd}
        {words.rateNote}
      </p>
      <Rating score={score} onChange={setScore} />
      {fault && <Wrong>{fault}</Wrong>}
      <SheetDock
        onClose={onClose}
        busy={busy}
        label={words.sendVerdict}
        act={() =>
          act(async () => {
            await judge(hold, { solved: true }, isScored(score) ? score : null);
            onDone('');
          })
        }
      />
    </Sheet>
  );
}

const noReason = { chips: [] as string[], text: '' };

export function NotSolvedSheet({ hold, onClose, onDone }: Parts) {
  const words = useWords();
  const [{ chips: tapped, text }, change] = useWritten(draftOf(hold, 'verdict'), noReason);
  const [missing, setMissing] = useState(false);
  const { busy, fault, act } = useAct();
  // Only what is seen to be tapped is said: it may have been tapped in the other language.
  const chips = words.notSolvedChips.filter((chip) => tapped.includes(chip));
  const why = [chips.join(words.listComma), text.trim()].filter(Boolean).join(words.sentenceEnd);
  const label = missing && why.length < 2 ? words.notSolvedNeeded : words.sendVerdict;
  return (
    <Sheet label={words.notSolvedTitle} onClose={onClose}>
      <h2 class="state ink">
        <Icon name="cross" />
        {words.notSolvedTitle}
      </h2>
      <div class="chips gap">
        {words.notSolvedChips.map((chip) => {
          const on = chips.includes(chip);
          return (
            <button
              type="button"
              class="chip"
              key={chip}
              aria-pressed={on}
              onClick={() => change({ chips: on ? chips.filter((one) => one !== chip) : [...chips, chip] })}
            >
              {on && <Icon name="tick" />}
              {chip}
            </button>
          );
        })}
      </div>
      <div class="field">
        <label class="label" for="why">
          {chips.length > 0 ? words.notSolvedMore : words.notSolvedSay}
        </label>
        <textarea
          id="why"
          class="input"
          maxLength={900}
          value={text}
          aria-invalid={missing && why.length < 2 ? 'true' : undefined}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      </div>
      <p class="small gap">{words.noHarm}</p>
      {fault && <Wrong>{fault}</Wrong>}
      <SheetDock
        onClose={onClose}
        busy={busy}
        label={label}
        act={() => {
          setMissing(true);
          if (why.length < 2) return document.getElementById('why')?.focus();
          act(async () => {
            await judge(hold, { solved: false, why }, null);
            onDone('');
          });
        }}
      />
    </Sheet>
  );
}

export function RateSheet({ hold, onClose, onDone }: Parts) {
  const words = useWords();
  const [score, setScore] = useState(noScore);
  const { busy, fault, act } = useAct();
  return (
    <Sheet label={words.rate} onClose={onClose}>
      <h2>{words.rate}</h2>
      <p class="small dim">{words.rateNote}</p>
      <Rating score={score} onChange={setScore} />
      {fault && <Wrong>{fault}</Wrong>}
      <SheetDock
        onClose={onClose}
        busy={busy || !isScored(score)}
        label={words.send}
        act={() => {
          if (!isScored(score)) return;
          act(async () => {
            await rate(hold, score);
            onDone(words.rateDone);
          });
        }}
      />
    </Sheet>
  );
}

const noMessage = { text: '', photos: [] as string[] };

export function MessageSheet({ hold, onClose, onDone }: Parts) {
  const words = useWords();
  const [{ text, photos }, change] = useWritten(draftOf(hold, 'messages'), noMessage);
  const [missing, setMissing] = useState(false);
  const { busy, fault, act } = useAct();
  const short = text.trim().length < 2;
  return (
    <Sheet label={words.messageTitle} onClose={onClose}>
      <div class="field">
        <label class="label" for="message">
          {words.messageTitle}
        </label>
        <textarea
          id="message"
          class="input"
          maxLength={1900}
          placeholder={words.messageHint}
          value={text}
          aria-invalid={missing && short ? 'true' : undefined}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      </div>
      <PhotoField ids={photos} onChange={(next) => change({ photos: next })} />
      {fault && <Wrong>{fault}</Wrong>}
      <SheetDock
        onClose={onClose}
        busy={busy}
        label={missing && short ? words.sayShort : words.send}
        act={() => {
          setMissing(true);
          if (short) return document.getElementById('message')?.focus();
          act(async () => {
            await write(hold, text, photos);
            onDone('');
          });
        }}
      />
    </Sheet>
  );
}

const noWhy = { why: '' };

export function ObjectSheet({ hold, onClose, onDone }: Parts) {
  const words = useWords();
  const [{ why }, change] = useWritten(draftOf(hold, 'objection'), noWhy);
  const [missing, setMissing] = useState(false);
  const { busy, fault, act } = useAct();
  const short = why.trim().length < 2;
  return (
    <Sheet label={words.objectTitle} onClose={onClose}>
      <h2>{words.objectTitle}</h2>
      <p class="small dim">{words.objectNote}</p>
      <div class="field">
        <label class="label" for="object-why">
          {words.notSolvedSay}
        </label>
        <textarea
          id="object-why"
          class="input"
          maxLength={900}
          value={why}
          aria-invalid={missing && short ? 'true' : undefined}
          onInput={(event) => change({ why: event.currentTarget.value })}
        />
      </div>
      {fault && <Wrong>{fault}</Wrong>}
      <SheetDock
        onClose={onClose}
        busy={busy}
        label={missing && short ? words.sayShort : words.send}
        act={() => {
          setMissing(true);
          if (short) return document.getElementById('object-why')?.focus();
          act(async () => {
            await object(hold, why);
            onDone(words.objectDone);
          });
        }}
      />
    </Sheet>
  );
}

export function WithdrawSheet({ hold, onClose, onDone }: Parts) {
  const words = useWords();
  const [{ why }, change] = useWritten(draftOf(hold, 'withdrawal'), noWhy);
  const { busy, fault, act } = useAct();
  return (
    <Sheet label={words.withdrawTitle} onClose={onClose}>
      <h2>{words.withdrawTitle}</h2>
      <p class="small dim">{words.withdrawNote}</p>
      <div class="field">
        <label class="label" for="withdraw-why">
          {words.withdrawWhy}
        </label>
        <textarea
          id="withdraw-why"
          class="input"
          maxLength={900}
          value={why}
          onInput={(event) => change({ why: event.currentTarget.value })}
        />
      </div>
      {fault && <Wrong>{fault}</Wrong>}
      <SheetDock
        onClose={onClose}
        busy={busy}
        label={words.withdrawDo}
        act={() =>
          act(async () => {
            await withdraw(hold, why.trim().length < 2 ? '' : why);
            onDone(words.entry.withdrawn);
          })
        }
      />
    </Sheet>
  );
}
