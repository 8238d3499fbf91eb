import type { HTMLAttributes, ReactNode } from 'react';

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

/** One labelled field with its hint, or its fault and what to do about it, right below. */
export function TextField({ id, label, hint, fault, value, most, rows, inputMode, autoFocus, onChange }: TextFieldProps) {
  const shared = {
    id,
    value,
    maxLength: most,
    placeholder: hint,
    autoComplete: 'off',
    'aria-invalid': fault ? true : undefined,
    'aria-describedby': fault ? `${id}-fault` : undefined,
  };
  return (
    <div className="hl-field">
      <label htmlFor={id}>{label}</label>
      {rows ? (
        <textarea {...shared} rows={rows} onChange={(event) => onChange(event.target.value)} />
      ) : (
        // biome-ignore lint/a11y/noAutofocus: the call has begun; the operator types here next
        <input {...shared} inputMode={inputMode} autoFocus={autoFocus} onChange={(event) => onChange(event.target.value)} />
      )}
      {fault && (
        <p id={`${id}-fault`} className="hl-fault" role="alert">
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
  meaning?: ReactNode;
  onChange: (value: T) => void;
}

/** A few alternatives side by side; arrow keys move between them. */
export function ChoiceField<T extends string>({ name, label, value, options, meaning, onChange }: ChoiceFieldProps<T>) {
  return (
    <fieldset className="hl-field hl-choice">
      <legend>{label}</legend>
      <div className="hl-radios">
        {options.map((option) => (
          <label key={option.value} data-on={option.value === value || undefined}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
      {meaning && <p className="soft small">{meaning}</p>}
    </fieldset>
  );
}
