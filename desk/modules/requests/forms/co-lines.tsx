import { useState } from 'react';
import { useDirectory } from '../../../app/directory.ts';
import { Button, Glyph, LinePicker } from '../../../kit/index.ts';
import { usePartWords } from '../part-words.ts';

/** Lines that help from the dispatch on: dashed while they are the suggestion, solid once somebody chose. */
export function CoLines({
  value,
  suggested,
  except,
  onChange,
}: {
  value: readonly number[];
  suggested: readonly number[];
  /** The lead, and whom the request complains about. */
  except: readonly number[];
  onChange: (lineIds: number[]) => void;
}) {
  const t = usePartWords();
  const directory = useDirectory();
  const [adding, setAdding] = useState(false);
  return (
    <fieldset className="field">
      <legend className="label small soft">{t('coLines')}</legend>
      <div className="co-lines">
        {value.map((id) => (
          <span key={id} className="chip">
            <span className={suggested.includes(id) ? 'suggestion' : undefined}>{directory.lineName(id)}</span>
            <button
              type="button"
              className="icon-btn"
              aria-label={t('removeCoLine', { line: directory.lineName(id) })}
              onClick={() => onChange(value.filter((other) => other !== id))}
            >
              <Glyph name="cross" />
            </button>
          </span>
        ))}
        {adding ? (
          <span className="chip-picker">
            <LinePicker
              label={t('addCoLine')}
              value={null}
              except={[...except, ...value]}
              open
              onChange={(id) => {
                if (id !== null) onChange([...value, id]);
                setAdding(false);
              }}
              onClose={() => setAdding(false)}
            />
          </span>
        ) : (
          <Button small kind="plain" onClick={() => setAdding(true)}>
            {t('addCoLine')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
