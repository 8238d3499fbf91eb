import { useMemo } from 'react';
import { useDirectory } from '../app/directory.ts';
import { nameIn, useLocale } from '../app/words.ts';
import { type Choice, Picker } from './picker.tsx';

interface Props {
  value: number | null;
  onChange: (lineId: number | null) => void;
  label: string;
  placeholder?: string;
  id?: string;
  /** Lines that may not be chosen here, such as one the request complains about. */
  except?: readonly number[];
  clearable?: boolean;
  disabled?: boolean;
  open?: boolean;
  onClose?: () => void;
}

const none: readonly number[] = [];

export function LinePicker({ except = none, ...rest }: Props) {
  const { lines } = useDirectory();
  const language = useLocale();
  const choices = useMemo<Choice[]>(
    () =>
      lines
        .filter((line) => !except.includes(line.id))
        .map((line) => ({ id: line.id, code: line.code, name: nameIn(line, language), also: `${line.zh} ${line.en}` })),
    [lines, except, language],
  );
  return <Picker {...rest} choices={choices} />;
}
