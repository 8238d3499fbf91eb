import { useMemo } from 'react';
import { sealedClasses } from '../../contract/requests.ts';
import { useDirectory } from '../app/directory.ts';
import { nameIn, useLocale } from '../app/words.ts';
import { type Choice, Picker } from './picker.tsx';

interface Props {
  value: number | null;
  onChange: (categoryId: number | null) => void;
  label: string;
  placeholder?: string;
  id?: string;
  /** Sealed categories never enter the queue (rules 5); shown only where the page tells whom to ring. */
  sealed?: boolean;
  clearable?: boolean;
  disabled?: boolean;
  open?: boolean;
  onClose?: () => void;
}

/** A second-level category under its first level. */
export function CategoryPicker({ sealed = false, ...rest }: Props) {
  const directory = useDirectory();
  const language = useLocale();
  const choices = useMemo<Choice[]>(
    () =>
      directory.categories
        .filter((category) => category.parentId !== null && (sealed || !sealedClasses.includes(category.recordClass)))
        .map((category) => ({
          id: category.id,
          code: category.code,
          name: nameIn(category, language),
          also: `${category.zh} ${category.en}`,
          beside: directory.categoryName(category.parentId),
        })),
    [directory, language, sealed],
  );
  return <Picker {...rest} choices={choices} />;
}
