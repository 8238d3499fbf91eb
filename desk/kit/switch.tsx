import type { ReactNode } from 'react';
import './switch.css';

interface Props<T extends string> {
  label: string;
  options: readonly T[];
  value: T;
  word: (option: T) => ReactNode;
  onChange: (option: T) => void;
}

/** One of a few views of the same list, side by side; a figure beside a word stands in a `span`. */
export function Switch<T extends string>({ label, options, value, word, onChange }: Props<T>) {
  return (
    <fieldset className="switch" aria-label={label}>
      {options.map((each) => (
        <button key={each} type="button" aria-pressed={each === value} onClick={() => onChange(each)}>
          {word(each)}
        </button>
      ))}
    </fieldset>
  );
}
