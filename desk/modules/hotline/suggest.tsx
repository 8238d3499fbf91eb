import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { type Choice, matching } from './matching.ts';
import { useT } from './words.ts';

interface Props {
  id: string;
  label: string;
  hint: string;
  choices: readonly Choice[];
  value: number | null;
  fault?: string;
  autoFocus?: boolean;
  onChoose: (id: number | null) => void;
}

const shown = (choice: Choice) => `${choice.code} ${choice.name}`;

/** Type-ahead by code, name or pinyin initials; arrows and Enter choose, Tab takes the best and moves on. */
export function Suggest({ id, label, hint, choices, value, fault, autoFocus, onChoose }: Props) {
  const t = useT();
  const listId = useId();
  const chosen = useMemo(() => choices.find((choice) => choice.id === value) ?? null, [choices, value]);
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const open = typed !== null;
  const found = useMemo(() => (typed === null ? [] : matching(choices, typed)), [choices, typed]);

  const take = (choice: Choice | undefined) => {
    if (choice) onChoose(choice.id);
    setTyped(null);
    setAt(0);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return setTyped('');
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((was) => Math.min(Math.max(was + step, 0), Math.max(found.length - 1, 0)));
    } else if (event.key === 'Enter' && open && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      take(found[at]);
    } else if (event.key === 'Tab' && typed) {
      take(found[at]);
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      take(undefined);
    }
  };
  return (
    <div className="field hl-suggest">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        role="combobox"
        // biome-ignore lint/a11y/noAutofocus: the first thing one hears is what it is about
        autoFocus={autoFocus}
        autoComplete="off"
        aria-expanded={open}
        aria-controls={listId}
        aria-activedescendant={open && found[at] ? `${listId}-${found[at].id}` : undefined}
        aria-invalid={fault ? true : undefined}
        aria-describedby={`${id}-hint`}
        placeholder={hint}
        value={typed ?? (chosen ? shown(chosen) : '')}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
          if (value !== null) onChoose(null);
        }}
        onFocus={(event) => event.target.select()}
        onBlur={() => take(typed && !chosen ? found[at] : undefined)}
        onKeyDown={onKey}
      />
      {open && (
        <div id={listId} role="listbox" aria-label={label} className="hl-options">
          {found.map((choice, place) => (
            <div
              key={choice.id}
              id={`${listId}-${choice.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === at}
              onMouseDown={(event) => {
                event.preventDefault();
                take(choice);
              }}
            >
              <b>{choice.code}</b> <span className="cut">{choice.name}</span>
              <span className="soft small cut">{choice.beside}</span>
            </div>
          ))}
          {found.length === 0 && (
            <div role="option" aria-selected="false" aria-disabled="true" tabIndex={-1} className="soft small">
              {t('nothingFound')}
            </div>
          )}
        </div>
      )}
      <p id={`${id}-hint`} className={fault ? 'fault' : 'sr-only'} role={fault ? 'alert' : undefined}>
        {fault ?? hint}
      </p>
    </div>
  );
}
