import { useId } from 'react';

interface Props<T extends string> {
  label: string;
  value: T | null;
  options: readonly T[];
  word: (option: T) => string;
  onChange: (option: T) => void;
}

/** One of a few, all in sight. */
export function Choices<T extends string>({ label, value, options, word, onChange }: Props<T>) {
  const name = useId();
  return (
    <fieldset className="field">
      <legend className="label small soft">{label}</legend>
      <div className="choices">
        {options.map((option) => (
          <label key={option}>
            <input type="radio" name={name} checked={value === option} onChange={() => onChange(option)} />
            {word(option)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
