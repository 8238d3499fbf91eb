import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { requestEndpoints } from '../../../contract/requests.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { useNow } from '../../app/now.ts';
import type { Filters } from './filters.ts';
import { queryOf } from './filters.ts';
import { grouped, type Line } from './grouping.ts';
import { running } from './views.ts';

/** Pages of the queue as one list of lines, grouped by what is due. */
export function useQueue(filters: Filters) {
  const format = useFormat();
  const at = useNow();
  const list = useInfiniteQuery({
    queryKey: ['requests', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      call(requestEndpoints.list, { ...queryOf(filters, format), after: pageParam, limit: 100 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  const rows = useMemo(() => {
    const seen = new Set<string>();
    // A row that moved between two pages while they were fetched would stand twice.
    return (list.data?.pages ?? []).flatMap((page) => page.rows).filter((row) => !seen.has(row.id) && seen.add(row.id));
  }, [list.data]);
  const endOfDay = Date.parse(format.instant(`${format.local(at).slice(0, 10)}T23:59`)) + 60_000;
  const isGrouped = filters.sort === 'due' && running.includes(filters.view);
  const lines = useMemo<Line[]>(
    () => (isGrouped ? grouped(rows, at, endOfDay, !list.hasNextPage) : rows.map((row) => ({ row }))),
    [rows, at, endOfDay, isGrouped, list.hasNextPage],
  );
  return { ...list, rows, lines, asOf: list.data?.pages[0]?.asOf ?? null };
}

export function useViewCounts(): Readonly<Record<string, number>> {
  const { data } = useQuery({
    queryKey: ['requests', 'counts'],
    queryFn: async () => (await call(requestEndpoints.counts, {})).counts,
    refetchInterval: 60_000,
  });
  return data ?? {};
}

export const threadQuery = (id: string) => ({
  queryKey: ['request', id] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => call(requestEndpoints.thread, { id }, { signal }),
});
