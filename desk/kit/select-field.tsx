import { Field } from './field.tsx';

interface Props<T extends string | number> {
  label: string;
  hint?: string;
  disabled?: boolean;
  value: T | undefined;
  options: readonly T[];
  word: (option: T) => string;
  onChange: (option: T) => void;
}

/** One of a few, under its label; for many there are pickers. */
export function SelectField<T extends string | number>(props: Props<T>) {
  const { label, hint, disabled, value, options, word, onChange } = props;
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <select
          {...control}
          className="input"
          disabled={disabled}
          value={value}
          onChange={(event) => onChange(options.find((each) => String(each) === event.target.value)!)}
        >
          {options.map((each) => (
            <option key={each} value={each}>
              {word(each)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
