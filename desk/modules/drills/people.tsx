import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { drillEndpoints as api } from '../../../contract/drills.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { type Choice, Picker } from '../../kit/picker.tsx';

interface Props {
  value: string | null;
  onChange: (accountId: string | null) => void;
  label: string;
  /** Only people from outside this unit. */
  outside?: number | null;
}

/** Somebody who may own a risk, run a drill or watch one. */
export function PersonField({ value, onChange, label, outside }: Props) {
  const directory = useDirectory();
  const { data } = useQuery({
    queryKey: ['drills', 'people'],
    queryFn: () => call(api.people, {}),
    staleTime: 5 * 60_000,
  });
  const people = useMemo(
    () =>
      (data?.people ?? []).filter(
        (one) => outside == null || (directory.unitOf(one.homeNodeId)?.id !== outside && one.homeNodeId !== null),
      ),
    [data, directory, outside],
  );
  const choices = useMemo<Choice[]>(
    () =>
      people.map((one, i) => ({
        // The picker counts; the account id stands behind the number.
        id: i + 1,
        code: '',
        name: one.label,
        also: directory.nameOf(one.homeNodeId),
        beside: directory.nameOf(one.homeNodeId),
      })),
    [people, directory],
  );
  const at = people.findIndex((one) => one.id === value);
  return (
    <div className="field">
      <span className="label">{label}</span>
      <Picker
        label={label}
        clearable
        choices={choices}
        value={at >= 0 ? at + 1 : null}
        onChange={(chosen) => onChange(chosen === null ? null : (people[chosen - 1]?.id ?? null))}
      />
    </div>
  );
}
