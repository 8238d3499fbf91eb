import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Endpoint, InputOf, OutputOf } from '../../contract/endpoint.ts';
import { call, NetworkError } from './api.ts';
import { randomId } from './identifier.ts';

interface ActOptions<I, O> {
  /** Query keys whose answers this act makes old, by their first words. */
  refreshes?: readonly (readonly unknown[])[];
  /** Called for every act that arrived, in whatever order and whether or not its page is still open. */
  onDone?: (answer: O, input: I) => void;
  onFail?: (error: Error) => void;
}

/**
 * One act of a person. A second press after a lost answer sends the same idempotency key, so it happens once; changed
 * words are a new intention with a new key.
 */
export function useAct<E extends Endpoint>(endpoint: E, options: ActOptions<InputOf<E>, OutputOf<E>> = {}) {
  const cache = useQueryClient();
  const intention = useRef({ said: '', key: '' });
  return useMutation<OutputOf<E>, Error, InputOf<E>>({
    mutationFn: (input) => {
      const said = JSON.stringify(input);
      if (intention.current.said !== said) intention.current = { said, key: randomId() };
      return call(endpoint, input, { key: intention.current.key });
    },
    onSuccess: async (answer, input) => {
      intention.current = { said: '', key: '' };
      options.onDone?.(answer, input);
      await Promise.all((options.refreshes ?? []).map((queryKey) => cache.invalidateQueries({ queryKey })));
    },
    onError: (error) => {
      if (!(error instanceof NetworkError)) intention.current = { said: '', key: '' };
      options.onFail?.(error);
    },
  });
}
