import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ledgerEndpoints } from '../../../contract/ledger.ts';
import { call } from '../../app/api.ts';
import type { Filters } from './filters.ts';

/** Pages of the ledger as one list. The keys begin with `requests`: whatever changes a request may change its entry. */
export function useLedger(filters: Filters) {
  const list = useInfiniteQuery({
    queryKey: ['requests', 'ledger', filters],
    queryFn: ({ pageParam, signal }) => call(ledgerEndpoints.list, { ...filters, after: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  const rows = useMemo(() => {
    const seen = new Set<string>();
    return (list.data?.pages ?? []).flatMap((page) => page.rows).filter((row) => !seen.has(row.id) && seen.add(row.id));
  }, [list.data]);
  return { ...list, rows };
}

export function useLedgerCounts({ view: _view, ...filters }: Filters): Readonly<Record<string, number>> {
  const { data } = useQuery({
    queryKey: ['requests', 'ledger-counts', filters],
    queryFn: async () => (await call(ledgerEndpoints.counts, filters)).counts,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  return data ?? {};
}

export const entryQuery = (id: string) => ({
  queryKey: ['requests', 'ledger-entry', id] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => call(ledgerEndpoints.entry, { id }, { signal }),
});
