import { type HTMLAttributes, useId } from 'react';

interface TextFieldProps {
  id: string;
  label: string;
  hint?: string;
  fault?: string;
  value: string;
  most?: number;
  rows?: number;
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
  autoFocus?: boolean;
  onChange: (value: string) => void;
}

/** A labelled line or block of text; what is wrong and what to do stands right below it. */
export function TextField({
  id,
  label,
  hint,
  fault,
  value,
  most,
  rows,
  inputMode,
  autoFocus,
  onChange,
}: TextFieldProps) {
  const shared = {
    id,
    value,
    className: 'input',
    maxLength: most,
    placeholder: hint,
    autoComplete: 'off',
    'aria-invalid': fault ? (true as const) : undefined,
    'aria-describedby': fault ? `${id}-fault` : undefined,
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {rows ? (
        <textarea {...shared} rows={rows} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...shared}
          inputMode={inputMode}
          // biome-ignore lint/a11y/noAutofocus: the page is this one field; the operator types here next
          autoFocus={autoFocus}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {fault && (
        <p id={`${id}-fault`} className="fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

interface ChoiceFieldProps<T extends string> {
  name: string;
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  meaning?: string;
  onChange: (value: T) => void;
}

/** A few alternatives side by side; arrow keys move between them. */
export function ChoiceField<T extends string>({ name, label, value, options, meaning, onChange }: ChoiceFieldProps<T>) {
  const labelId = useId();
  return (
    <div className="field">
      <span className="label" id={labelId}>
        {label}
      </span>
      <div className="choices" role="radiogroup" aria-labelledby={labelId}>
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
      {meaning && <p className="hint">{meaning}</p>}
    </div>
  );
}
