import { useQuery } from '@tanstack/react-query';
import { triageEndpoints } from '../../../contract/triage.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { Button } from '../../kit/button.tsx';
import { Glyph } from '../../kit/glyph.tsx';
import { Kbd } from '../../kit/kbd.tsx';
import { useKey } from '../../kit/keys.ts';
import { useRested } from './notes.tsx';
import { useT } from './words.ts';

interface Props {
  /** What is being typed; it is sorted and kept nowhere. */
  text: string;
  categoryId: number | null;
  onChoose: (categoryId: number) => void;
}

const leastLetters = 4;
const most = 3;

function Choice({ at, name, onChoose }: { at: number; name: string; onChoose: () => void }) {
  const key = `alt+${at}`;
  useKey(key, onChoose, { hint: name, inFields: true });
  return (
    <button type="button" className="linkish" onClick={onChoose}>
      <Kbd>{`Alt+${at}`}</Kbd> <span className="suggestion">{name}</span>
    </button>
  );
}

/** What the words are about while they are typed: one key takes it; what must not be stored is said before it is. */
export function TypedSuggestion({ text, categoryId, onChoose }: Props) {
  const t = useT();
  const directory = useDirectory();
  const rested = useRested(text.trim());
  const { data } = useQuery({
    queryKey: ['triage', 'typed', rested],
    queryFn: ({ signal }) => call(triageEndpoints.ofText, { text: rested }, { signal }),
    enabled: rested.length >= leastLetters,
    staleTime: 60_000,
    // Not kept for longer than the call: what people say belongs in no cache.
    gcTime: 60_000,
  });
  if (!data || rested.length < leastLetters) return null;
  const sealedClass = data.sealed === 'care' ? 'psych' : 'discipline';
  const sealed = data.sealed && directory.categories.find((one) => one.recordClass === sealedClass);
  const others = data.sureness === 'low' ? data.categories : data.categories.slice(0, 1);
  const shown = others.filter((one) => one.categoryId !== categoryId).slice(0, most);
  const first = data.categories[0];
  return (
    <div className="hl-typed small" aria-live="polite">
      {sealed && (
        <p className="seal">
          <Glyph name="lock" /> {t(`typedSealed_${data.sealed!}`)}{' '}
          <Button small onClick={() => onChoose(sealed.id)}>
            {t('typedSealedShow')}
          </Button>
        </p>
      )}
      {first && first.categoryId === categoryId ? (
        <span className="soft">{t('typedFits')}</span>
      ) : (
        shown.length > 0 && (
          <>
            <span className="soft">{t('typedLike')}</span>{' '}
            {shown.map((one, i) => (
              <Choice
                key={one.categoryId}
                at={i + 1}
                name={`${directory.category(one.categoryId)?.code ?? ''} ${directory.categoryName(one.categoryId)}`}
                onChoose={() => onChoose(one.categoryId)}
              />
            ))}
          </>
        )
      )}
    </div>
  );
}
