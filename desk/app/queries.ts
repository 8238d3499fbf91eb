import { QueryClient } from '@tanstack/react-query';
import { NetworkError, ProblemError } from './api.ts';

/**
 * One cache for the desk. Keys start with the kind of record: `['requests', …]` lists, `['request', id]` one,
 * `['followups', …]`, `['asks']`; live events refresh by that first word.
 */
export const queries = new QueryClient({
  defaultOptions: {
    // Without a network an act fails at once and says so; by default it would wait in silence and go out later, unseen.
    queries: {
      networkMode: 'always',
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) => error instanceof NetworkError && failures < 2,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

export const isStale = (error: unknown): error is ProblemError => error instanceof ProblemError && error.status === 409;
