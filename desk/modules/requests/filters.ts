import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { InputOf } from '../../../contract/endpoint.ts';
import { priorities } from '../../../contract/organization.ts';
import type { requestEndpoints } from '../../../contract/requests.ts';
import { requestViews } from '../../../contract/views.ts';
import { type Format, useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';

export type View = (typeof requestViews)[number];
export const sinces = ['today', '24h', '7d'] as const;
type Since = (typeof sinces)[number];
export const sorts = ['due', 'newest', 'oldest'] as const;
type Sort = (typeof sorts)[number];
export type Priority = (typeof priorities)[number];

/** What the address bar says about the queue. */
export interface Filters {
  view: View;
  categoryId?: number;
  nodeId?: number;
  lineId?: number;
  priority?: Priority;
  since?: Since;
  search?: string;
  sort: Sort;
}

const oneOf = <T extends string>(all: readonly T[], value: unknown): T | undefined =>
  all.find((each) => each === value);
const idOf = (value: unknown): number | undefined =>
  Number.isInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined;

/** Reads the address; what it does not understand counts as not said. */
function readFilters(search: Record<string, unknown>, firstView: View): Filters {
  const sought = search.search === undefined ? '' : String(search.search).trim();
  return {
    view: oneOf(requestViews, search.view) ?? firstView,
    categoryId: idOf(search.categoryId),
    nodeId: idOf(search.nodeId),
    lineId: idOf(search.lineId),
    priority: oneOf(priorities, search.priority),
    since: oneOf(sinces, search.since),
    search: sought || undefined,
    sort: oneOf(sorts, search.sort) ?? 'due',
  };
}

function sinceInstant(since: Since | undefined, format: Format): string | undefined {
  if (since === 'today') return format.instant(`${format.local(now()).slice(0, 10)}T00:00`);
  if (since) return new Date(now() - (since === '24h' ? 1 : 7) * 86_400_000).toISOString();
  return undefined;
}

/** The filters as the server takes them. */
export function queryOf(filters: Filters, format: Format): InputOf<typeof requestEndpoints.list> {
  const { since, ...rest } = filters;
  return { ...rest, since: sinceInstant(since, format) };
}

/** Filters that narrow the view; the view and the sort are not among them. */
export const narrowed = (filters: Filters): boolean =>
  Boolean(
    filters.categoryId || filters.nodeId || filters.lineId || filters.priority || filters.since || filters.search,
  );

export function useFilters(
  firstView: View,
): [filters: Filters, change: (part: Partial<Filters>) => void, query: () => InputOf<typeof requestEndpoints.list>] {
  const { search } = useLocation();
  const navigate = useNavigate();
  const format = useFormat();
  const filters = useMemo(() => readFilters(search as Record<string, unknown>, firstView), [search, firstView]);
  const change = useCallback(
    (part: Partial<Filters>) => {
      const next = { ...filters, ...part };
      void navigate({
        to: '/requests',
        search: { ...next, sort: next.sort === 'due' ? undefined : next.sort } as never,
        replace: true,
      });
    },
    [filters, navigate],
  );
  const query = useCallback(() => queryOf(filters, format), [filters, format]);
  return [filters, change, query];
}
