import { useMemo, useState } from 'preact/hooks';
import { isQueryCode, normalizeQueryCode } from '../../../contract/query-code.ts';
import { directory } from '../../app/directory.ts';
import { faultText } from '../../app/faults.ts';
import { mine } from '../../app/pending.ts';
import { go } from '../../app/route.ts';
import { stored } from '../../app/stored.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { Back, Bar, Dock, Note, Wrong } from '../../kit/frame.tsx';
import { Icon } from '../../kit/icon.tsx';
import { type Hold, loadThread } from './following.ts';
import { remember } from './mine.ts';
import { Thread } from './thread.tsx';

/** Codes typed on this phone and not to be remembered by it: gone when the page is closed. */
const typedCodes = stored<Record<string, string>>({});

const isNumber = (text: string) => /^[A-Z]{1,6}-\d{6}-\d{5,7}$/.test(text);

/** `#/c/<number>`: by the code this phone remembers or that was just typed. */
export function ThreadByCode({ number }: { number: string }) {
  const remembered = useStored(mine).find((one) => one.number === number);
  const typed = useStored(typedCodes)[number];
  const code = typed ?? remembered?.code;
  const hold = useMemo<Hold | null>(() => (code ? { by: 'code', number, code } : null), [number, code]);
  return hold ? <Thread hold={hold} /> : <Follow number={number} />;
}

export function Follow({ number: given = '' }: { number?: string }) {
  const words = useWords();
  const group = useStored(directory)?.group;
  const [number, setNumber] = useState(given);
  const [code, setCode] = useState('');
  const [keepIt, setKeepIt] = useState(false);
  const [tried, setTried] = useState(false);
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const tidyNumber = number.trim().toUpperCase().replace(/[–—]/g, '-');
  const tidyCode = normalizeQueryCode(code);
  const numberWrong = tried && !isNumber(tidyNumber);
  const codeWrong = tried && !isQueryCode(tidyCode);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setTried(true);
    setFault('');
    if (!isNumber(tidyNumber)) return document.getElementById('number')?.focus();
    if (!isQueryCode(tidyCode)) return document.getElementById('code')?.focus();
    if (busy) return;
    setBusy(true);
    try {
      const thread = await loadThread({ by: 'code', number: tidyNumber, code: tidyCode });
      typedCodes.set({ ...typedCodes.get(), [tidyNumber]: tidyCode });
      if (keepIt) {
        await remember({
          id: thread.id,
          number: tidyNumber,
          code: tidyCode,
          categoryId: thread.categoryId,
          text: '',
          anonymous: thread.confidentiality === 'anonymous',
          urgent: thread.priority === 'urgent',
          account: null,
          submittedAt: thread.submittedAt,
          site: null,
          created: null,
          draft: null,
          row: thread,
        });
      }
      go(`/c/${tidyNumber}`, 'replace');
    } catch (reason) {
      setFault(faultText(reason, words));
      setBusy(false);
    }
  }

  return (
    <form class="page" noValidate onSubmit={(event) => void submit(event)}>
      <Bar title={words.followTitle} />
      <main>
        <div class="field">
          <label class="label" for="number">
            {words.followNumber}
            <small>{words.followNumberHint}</small>
          </label>
          <input
            id="number"
            class="input code"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            value={number}
            aria-invalid={numberWrong ? 'true' : undefined}
            aria-describedby={numberWrong ? 'number-wrong' : undefined}
            onInput={(event) => setNumber(event.currentTarget.value)}
          />
          {numberWrong && <Wrong id="number-wrong">{words.followNumberWrong}</Wrong>}
        </div>
        <div class="field">
          <label class="label" for="code">
            {words.followCode}
            <small>{words.followCodeHint}</small>
          </label>
          <input
            id="code"
            class="input code"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={16}
            value={code}
            aria-invalid={codeWrong ? 'true' : undefined}
            aria-describedby={codeWrong ? 'code-wrong' : undefined}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
          {codeWrong && <Wrong id="code-wrong">{words.followCodeWrong}</Wrong>}
        </div>
        <label class="option">
          <input type="checkbox" checked={keepIt} onChange={(event) => setKeepIt(event.currentTarget.checked)} />
          <span>
            <b>{words.followRemember}</b>
            <small>{words.followRememberWhy}</small>
          </span>
        </label>
        {fault && <Wrong>{fault}</Wrong>}
        <Note icon="phone">{words.followLost}</Note>
      </main>
      <Dock>
        <Back to="/" />
        {group && (
          <a class="button square" href={`tel:${group.hotline}`}>
            <Icon name="phone" />
            {words.ring(group.hotline)}
          </a>
        )}
        <button type="submit" class="button go" aria-disabled={busy}>
          {busy ? words.loading : words.followGo}
        </button>
      </Dock>
    </form>
  );
}
