import { useState } from 'preact/hooks';
import { type EvidenceField, lackingEvidence } from '../../../contract/measure-evidence.ts';
import type { MeasureDue, MeasureEvent } from '../../../contract/measures.ts';
import { directory } from '../../app/directory.ts';
import { faultText } from '../../app/faults.ts';
import { uuid } from '../../app/identifiers.ts';
import type { Ring as RingList } from '../../app/outbox.ts';
import { outbox } from '../../app/sending.ts';
import { bound } from '../../app/times.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { moment } from '../../kit/clock.tsx';
import { Dock, Note, Ring, Sheet, Wrong } from '../../kit/frame.tsx';
import { Icon } from '../../kit/icon.tsx';
import { PhotoField } from '../../kit/photos.tsx';
import { useWritten } from '../requests/written.ts';
import type { Entry } from './list.ts';
import { happened, sayCannot, tick } from './ticking.ts';
import { type MeasureWords, useMeasureWords } from './words.ts';
import { cannotDraftAs, draftAs, nothingWritten, type Written, writtenAgain } from './written.ts';

/** Pictures a measure takes: what it asks for, and never fewer than any request. */
const mostPhotos = (due: MeasureDue): number => Math.min(9, Math.max(3, due.evidenceCount));

function lackingWord(field: EvidenceField | null, due: MeasureDue, written: Written, words: MeasureWords): string {
  switch (field) {
    case null:
      return '';
    case 'fileIds':
      return words.missing.fileIds(Math.max(1, due.evidenceCount) - written.photos.length);
    case 'words':
      return due.evidence === 'doc' ? words.missing.doc : words.missing.words;
    default:
      return words.missing[field];
  }
}

/** One act at a time; the sheet stays open, with what was typed, when it fails. */
function useSaving() {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const save = (work: () => Promise<unknown>, done: () => void) => {
    if (busy) return;
    setBusy(true);
    setFault('');
    work().then(done, (reason: unknown) => {
      setFault((reason as Error).name === 'QuotaExceededError' ? words.phoneFull : faultText(reason, words));
      setBusy(false);
    });
  };
  return { busy, fault, save };
}

function SheetDock({
  label,
  onClose,
  act,
  disabled,
}: {
  label: string;
  onClose(): void;
  act(): void;
  disabled: boolean;
}) {
  const words = useMeasureWords();
  return (
    <Dock>
      <button type="button" class="button square" onClick={onClose}>
        <Icon name="back" />
        {words.back}
      </button>
      <button type="button" class="button go" aria-disabled={disabled} onClick={act}>
        {label}
      </button>
    </Dock>
  );
}

function Subject({ due }: { due: Pick<MeasureDue, 'title' | 'where' | 'how' | 'red'> }) {
  const words = useMeasureWords();
  return (
    <>
      <div class="head">
        <h2>{bound(words.pick(due.title))}</h2>
        {due.red && <span class="redline">{words.red}</span>}
      </div>
      <p class="small dim">{[due.where, due.how].filter(Boolean).join(' · ')}</p>
    </>
  );
}

/** What was done, with its evidence: in the outbox and on the phone's disk when it closes. */
export function TickSheet({
  due,
  more,
  onCannot,
  onClose,
}: {
  due: MeasureDue;
  more: boolean;
  /** Null where it is done already. */
  onCannot: (() => void) | null;
  onClose(): void;
}) {
  const words = useMeasureWords();
  const [written, change] = useWritten<Written>(draftAs(due.id), nothingWritten);
  const [id] = useState(uuid);
  const [tried, setTried] = useState(false);
  const { busy, fault, save } = useSaving();
  const number = written.number.trim() === '' ? undefined : Number(written.number);
  const lacking = lackingEvidence(due, {
    words: written.words,
    number,
    signer: written.signer,
    files: written.photos.length,
  });
  const lack = lackingWord(lacking, due, written, words);
  const noteOptional = due.evidence === 'photo' || due.evidence === 'count' || written.photos.length > 0;
  const photos = (
    <PhotoField ids={written.photos} most={mostPhotos(due)} onChange={(next) => change({ photos: next })} />
  );
  const complain = (field: EvidenceField) =>
    tried && lacking === field ? <Wrong id={`lack-${field}`}>{lack}</Wrong> : null;
  return (
    <Sheet label={words.pick(due.title)} onClose={onClose}>
      <Subject due={due} />
      {due.evidence === 'photo' && (
        <div class="field">
          {photos}
          {complain('fileIds')}
        </div>
      )}
      {due.evidence === 'count' && (
        <div class="field">
          <label class="label" for="measure-number">
            {words.number}
            <small>{words.numberHint}</small>
          </label>
          <input
            id="measure-number"
            class="input"
            inputMode="numeric"
            autocomplete="off"
            maxLength={7}
            value={written.number}
            aria-invalid={tried && lacking === 'number' ? 'true' : undefined}
            onInput={(event) => change({ number: event.currentTarget.value })}
          />
          {complain('number')}
        </div>
      )}
      {due.evidence === 'sign' && (
        <div class="field">
          <label class="label" for="measure-signer">
            {words.signer}
            <small>{words.signerHint}</small>
          </label>
          <input
            id="measure-signer"
            class="input"
            autocomplete="off"
            maxLength={60}
            value={written.signer}
            aria-invalid={tried && lacking === 'signer' ? 'true' : undefined}
            onInput={(event) => change({ signer: event.currentTarget.value })}
          />
          {complain('signer')}
        </div>
      )}
      <div class="field">
        <label class="label" for="measure-words">
          {noteOptional ? words.noteOptional : due.evidence === 'doc' ? words.docNote : words.note}
        </label>
        <textarea
          id="measure-words"
          class="input"
          rows={3}
          maxLength={1000}
          placeholder={words.noteHint}
          value={written.words}
          aria-invalid={tried && lacking === 'words' ? 'true' : undefined}
          onInput={(event) => change({ words: event.currentTarget.value })}
        />
        {complain('words')}
        {due.evidence !== 'photo' && photos}
      </div>
      {onCannot && (
        <button type="button" class="link" onClick={onCannot}>
          {words.cant}
        </button>
      )}
      {fault && <Wrong>{fault}</Wrong>}
      <SheetDock
        onClose={onClose}
        disabled={busy}
        label={tried && lack ? lack : more ? words.more : words.confirm}
        act={() => {
          setTried(true);
          if (!lacking) save(() => tick(due.id, { ...written, id }), onClose);
        }}
      />
    </Sheet>
  );
}

export function CannotSheet({ due, onClose }: { due: MeasureDue; onClose(): void }) {
  const words = useMeasureWords();
  const [written, change] = useWritten<Written>(cannotDraftAs(due.id), nothingWritten);
  const [id] = useState(uuid);
  const [tried, setTried] = useState(false);
  const { busy, fault, save } = useSaving();
  const lacking = [...written.words.trim()].length < 2;
  return (
    <Sheet label={words.whyNot} onClose={onClose}>
      <Subject due={due} />
      <div class="field">
        <label class="label" for="measure-why">
          {words.whyNot}
        </label>
        <textarea
          id="measure-why"
          class="input"
          rows={3}
          maxLength={1000}
          placeholder={words.whyNotHint}
          value={written.words}
          aria-invalid={tried && lacking ? 'true' : undefined}
          onInput={(event) => change({ words: event.currentTarget.value })}
        />
        {tried && lacking && <Wrong>{words.whyNotMissing}</Wrong>}
        <PhotoField ids={written.photos} onChange={(next) => change({ photos: next })} />
        <Note icon="bell">{words.whyNotGoes}</Note>
      </div>
      {fault && <Wrong>{fault}</Wrong>}
      <SheetDock
        onClose={onClose}
        disabled={busy}
        label={tried && lacking ? words.whyNotMissing : words.whyNotSend}
        act={() => {
          setTried(true);
          if (!lacking) save(() => sayCannot(due.id, { ...written, id }), onClose);
        }}
      />
    </Sheet>
  );
}

/** One that is done or answered: what it says, and more evidence for it. */
export function ProofSheet({ entry, onMore, onClose }: { entry: Entry; onMore(): void; onClose(): void }) {
  const words = useMeasureWords();
  const phone = useWords();
  const { due, item } = entry;
  const said = item ? writtenAgain(item).value : null;
  const proof = due.proof;
  const files = proof?.files ?? said?.photos.length ?? 0;
  const facts = [
    entry.doneAt && moment(entry.doneAt, phone),
    due.doneBy && words.by_(due.doneBy),
    entry.late && words.late,
    (due.offline || entry.local) && words.offlineMade,
    due.verdict === 'agreed' && words.checked,
  ].filter(Boolean);
  const note = proof?.words ?? said?.words ?? '';
  const number = proof?.number ?? (said?.number ? Number(said.number) : null);
  const signer = proof?.signer ?? said?.signer ?? '';
  return (
    <Sheet label={words.pick(due.title)} onClose={onClose}>
      <Subject due={due} />
      <div class="facts-list">
        {facts.length > 0 && <p>{facts.join(' · ')}</p>}
        {number !== null && <p>{words.counted(number)}</p>}
        {signer && <p>{words.signed(signer)}</p>}
        {note && <p class="said">{note}</p>}
        {files > 0 && (
          <p>
            <Icon name="camera" /> {words.files(files)}
          </p>
        )}
        {due.cannot && entry.state === 'cannot' && (
          <>
            <p class="said">{due.cannot.reason}</p>
            <p>
              {due.cannot.answer
                ? [
                    words.answer[due.cannot.answer],
                    due.cannot.words,
                    due.cannot.task && words.task(due.cannot.task.number),
                  ]
                    .filter(Boolean)
                    .join(' · ')
                : words.waitsAnswer}
            </p>
          </>
        )}
      </div>
      <SheetDock
        onClose={onClose}
        disabled={false}
        label={entry.state === 'done' ? words.more : words.confirm}
        act={onMore}
      />
    </Sheet>
  );
}

/** The server would not take it: why, and what was written, to be mended. */
export function RefusedSheet({ entry, onClose }: { entry: Entry; onClose(again: boolean): void }) {
  const words = useMeasureWords();
  const item = entry.item!;
  const { busy, fault, save } = useSaving();
  return (
    <Sheet label={words.notSent} onClose={() => onClose(false)}>
      <Subject due={entry.due} />
      <Wrong>{item.problem?.fields?.[0]?.message ?? item.problem?.title ?? words.notSent}</Wrong>
      {fault && <Wrong>{fault}</Wrong>}
      <button
        type="button"
        class="button full gap"
        aria-disabled={busy}
        onClick={() =>
          save(
            () => outbox.take(item.id),
            () => onClose(false),
          )
        }
      >
        {words.drop}
      </button>
      <SheetDock
        onClose={() => onClose(false)}
        disabled={busy}
        label={words.redo}
        act={() =>
          save(
            () => outbox.take(item.id, null, writtenAgain(item)),
            () => onClose(true),
          )
        }
      />
    </Sheet>
  );
}

/** Somebody is ill: whom to ring first, then the clock. */
export function FeverSheet({
  event,
  ring,
  onClose,
}: {
  event: MeasureEvent;
  ring: { name: string; number: string | null }[];
  onClose(): void;
}) {
  const words = useMeasureWords();
  const group = useStored(directory)?.group;
  const [id] = useState(uuid);
  const { busy, fault, save } = useSaving();
  const numbers = [
    ...ring.flatMap(({ name, number }) => (number ? [{ name, number }] : [])),
    { name: '120', number: '120' },
  ];
  const urgent: RingList = group ? [{ label: { zh: group.short, en: group.en }, number: group.hotline }] : [];
  return (
    <Sheet label={words.feverTitle} onClose={onClose}>
      <Subject due={event} />
      <p class="gap">{words.feverFirst}</p>
      <div class="two gap">
        {numbers.map(({ name, number }) => (
          <Ring key={number} number={number} look="call" label={words.ring(name, number)} />
        ))}
      </div>
      {fault && <Wrong>{fault}</Wrong>}
      <SheetDock
        onClose={onClose}
        disabled={busy}
        label={words.feverStart(event.minutes)}
        act={() => save(() => happened(event, urgent, id), onClose)}
      />
    </Sheet>
  );
}
