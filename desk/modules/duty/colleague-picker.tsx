import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dutyEndpoints as api } from '../../../contract/duty.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { Button } from '../../kit/button.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useT } from './words.ts';

export interface Colleague {
  accountId: string;
  name: string;
}

/** People found by two characters of their label; those chosen stand above and can be put back. */
export function ColleaguePicker({
  label,
  chosen,
  most,
  onChange,
}: {
  label: string;
  chosen: readonly Colleague[];
  most: number;
  onChange: (chosen: Colleague[]) => void;
}) {
  const t = useT();
  const directory = useDirectory();
  const [typed, setTyped] = useState('');
  const search = typed.trim();
  const found = useQuery({
    queryKey: ['duty', 'colleagues', search],
    queryFn: () => call(api.colleagues, { search }),
    enabled: search.length >= 2,
  });
  return (
    <div className="du-form">
      <TextField label={`${label} · ${t('search')}`} value={typed} maxLength={40} onChange={setTyped} />
      <div className="du-tags">
        {chosen.map((one) => (
          <Button key={one.accountId} small onClick={() => onChange(chosen.filter((other) => other !== one))}>
            {one.name} ×
          </Button>
        ))}
      </div>
      {search.length >= 2 && (
        <div className="du-tags">
          {found.data?.people
            .filter((one) => !chosen.some((other) => other.accountId === one.accountId))
            .slice(0, 12)
            .map((one) => (
              <button
                key={one.accountId}
                type="button"
                className="chip"
                disabled={chosen.length >= most && most > 1}
                onClick={() => {
                  onChange(most === 1 ? [one] : [...chosen, one]);
                  setTyped('');
                }}
              >
                <b>{one.name}</b> {directory.nameOf(one.nodeId)}
              </button>
            ))}
        </div>
      )}
    </div>
  );
}
