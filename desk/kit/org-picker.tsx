import { useMemo } from 'react';
import type { Node } from '../../contract/organization.ts';
import { useDirectory } from '../app/directory.ts';
import { nameIn, useLocale } from '../app/words.ts';
import { type Choice, Picker } from './picker.tsx';

interface Props {
  value: number | null;
  onChange: (nodeId: number | null) => void;
  label: string;
  placeholder?: string;
  id?: string;
  /** Units and sites where nothing is said. */
  kinds?: readonly Node['kind'][];
  clearable?: boolean;
  disabled?: boolean;
  open?: boolean;
  onClose?: () => void;
}

const unitsAndSites = ['unit', 'site'] as const;

/** A part of the group by name, code or pinyin initials; sites stand under their unit. */
export function OrgPicker({ kinds = unitsAndSites, ...rest }: Props) {
  const directory = useDirectory();
  const language = useLocale();
  const choices = useMemo<Choice[]>(
    () =>
      directory.nodes
        .filter((node) => kinds.includes(node.kind))
        .map((node) => ({
          id: node.id,
          code: node.code,
          name: nameIn(node, language),
          also: `${node.zh} ${node.en}`,
          initials: node.initials,
          beside:
            kinds.length > 1 || kinds[0] === 'site'
              ? directory.nameOf(directory.unitOf(node.id)?.id ?? node.id)
              : undefined,
        })),
    [directory, kinds, language],
  );
  return <Picker {...rest} choices={choices} />;
}
