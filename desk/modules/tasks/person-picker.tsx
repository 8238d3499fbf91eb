import { useMemo } from 'react';
import { useDirectory } from '../../app/directory.ts';
import { type Choice, Picker } from '../../kit/picker.tsx';
import { usePeople } from './task-data.ts';

interface Props {
  value: string | null;
  onChange: (accountId: string | null) => void;
  label: string;
  id?: string;
}

/** Somebody who can answer for a task or join a team, found by name, place or line. */
export function PersonPicker({ value, onChange, ...rest }: Props) {
  const people = usePeople();
  const directory = useDirectory();
  const choices = useMemo<Choice[]>(
    () =>
      people.map((person, i) => ({
        // The picker counts; the account id stands behind the number.
        id: i + 1,
        code: '',
        name: person.label,
        also: `${directory.nameOf(person.homeNodeId)} ${directory.lineName(person.lineId)}`,
        beside: directory.nameOf(person.homeNodeId),
      })),
    [people, directory],
  );
  const at = people.findIndex((person) => person.id === value);
  return (
    <Picker
      {...rest}
      clearable
      choices={choices}
      value={at >= 0 ? at + 1 : null}
      onChange={(chosen) => onChange(chosen === null ? null : (people[chosen - 1]?.id ?? null))}
    />
  );
}
