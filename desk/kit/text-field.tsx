import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from 'react';
import { Field } from './field.tsx';

interface Props {
  label: string;
  hint?: string;
  fault?: string;
  value: string;
  onChange: (text: string) => void;
  /** Several lines; one line where nothing is said. */
  rows?: number;
  maxLength?: number;
  /** What only a field of one line takes, such as its type. */
  line?: Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'maxLength' | 'id'>;
  area?: Ref<HTMLTextAreaElement>;
}

/** Words to be typed, under their label. */
export function TextField({ label, hint, fault, value, onChange, rows, maxLength, line, area }: Props) {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(control) => {
        const typed: Pick<TextareaHTMLAttributes<unknown>, 'className' | 'maxLength'> & { value: string } = {
          className: ['input', line?.className].filter(Boolean).join(' '),
          maxLength,
          value,
        };
        return rows ? (
          <textarea {...control} {...typed} ref={area} rows={rows} onChange={(event) => onChange(event.target.value)} />
        ) : (
          <input {...control} {...line} {...typed} onChange={(event) => onChange(event.target.value)} />
        );
      }}
    </Field>
  );
}
