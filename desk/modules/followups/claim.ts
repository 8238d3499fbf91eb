import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { followupEndpoints as api, type CallSheet } from '../../../contract/followups.ts';
import { call, ProblemError } from '../../app/api.ts';

/** Said again well before the lease of ten minutes lapses. */
const renewMs = 4 * 60_000;

/**
 * Holds the call that is open, so that nobody else rings the same person, and lets go of it when the page leaves it.
 * @returns what to say where a colleague has it; null while it is this caller's
 */
export function useClaim(sheet: Pick<CallSheet, 'id' | 'claim'>, free: boolean): string | null {
  const { id } = sheet;
  const cache = useQueryClient();
  const [refused, setRefused] = useState<string | null>(null);
  useEffect(() => {
    if (!free) return;
    let left = false;
    const hold = () =>
      call(api.claim, { id }).then(
        () => {
          if (!left) setRefused(null);
        },
        (error: unknown) => {
          if (left || !(error instanceof ProblemError) || error.code !== 'call_claimed') return;
          setRefused(error.detail);
          void cache.invalidateQueries({ queryKey: ['followups', 'sheet', id] });
        },
      );
    void hold();
    const renew = setInterval(() => void hold(), renewMs);
    return () => {
      left = true;
      clearInterval(renew);
      // One that is done meanwhile, or never was this caller's, needs no letting go.
      call(api.release, { id }).catch(() => {});
    };
  }, [id, free, cache]);
  return refused;
}
