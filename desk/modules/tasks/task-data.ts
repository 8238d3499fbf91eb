import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { taskEndpoints as api, slipColours, type TaskListView, taskViews } from '../../../contract/tasks.ts';
import { call } from '../../app/api.ts';
import { taskCounts } from './task-counts.ts';

export interface TaskFilters {
  view: TaskListView;
  nodeId?: number;
  lineId?: number;
  colour?: (typeof slipColours)[number];
  search?: string;
}

const idOf = (value: unknown): number | undefined =>
  Number.isInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined;

/** What the address bar says about the list; what it does not understand counts as not said. */
export function useTaskFilters(first: TaskListView): [TaskFilters, (part: Partial<TaskFilters>) => void] {
  const { search } = useLocation();
  const navigate = useNavigate();
  const said = search as Record<string, unknown>;
  const filters = useMemo<TaskFilters>(
    () => ({
      view: taskViews.find((one) => one === said.view) ?? first,
      nodeId: idOf(said.nodeId),
      lineId: idOf(said.lineId),
      colour: slipColours.find((one) => one === said.colour),
      search: said.search === undefined ? undefined : String(said.search).trim() || undefined,
    }),
    [said, first],
  );
  return [filters, (part) => void navigate({ to: '/tasks', search: { ...filters, ...part } as never, replace: true })];
}

export function useTasks(filters: TaskFilters) {
  const query = useInfiniteQuery({
    queryKey: ['tasks', 'list', filters],
    queryFn: ({ pageParam }) => call(api.list, { ...filters, after: pageParam, limit: 60 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (previous) => previous,
    refetchInterval: 60_000,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  return { ...query, rows };
}

export const useTaskCounts = (): Readonly<Record<string, number>> =>
  useQuery({ ...taskCounts, refetchInterval: 60_000 }).data ?? {};

export const taskQuery = (id: string) => ({
  queryKey: ['tasks', 'one', id],
  queryFn: () => call(api.task, { id }),
});
export const usePeople = () =>
  useQuery({
    queryKey: ['task-people'],
    queryFn: async () => (await call(api.people, {})).people,
    staleTime: 5 * 60_000,
  }).data ?? [];
