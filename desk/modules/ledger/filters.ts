import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { type LedgerView, ledgerSources, ledgerViews } from '../../../contract/ledger.ts';

/** What the address bar says about the ledger. */
export interface Filters {
  view: LedgerView;
  nodeId?: number;
  lineId?: number;
  categoryId?: number;
  source?: (typeof ledgerSources)[number];
  age?: number;
  reopens?: number;
}

export const ages = [3, 7, 14, 30] as const;
export const reopenTimes = [1, 2, 3] as const;

const oneOf = <T extends string>(all: readonly T[], value: unknown): T | undefined => all.find((one) => one === value);
const numberOf = (value: unknown): number | undefined =>
  Number.isInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined;

/** Reads the address; what it does not understand counts as not said. */
const readFilters = (search: Record<string, unknown>, first: LedgerView): Filters => ({
  view: oneOf(ledgerViews, search.view) ?? first,
  nodeId: numberOf(search.nodeId),
  lineId: numberOf(search.lineId),
  categoryId: numberOf(search.categoryId),
  source: oneOf(ledgerSources, search.source),
  age: numberOf(search.age),
  reopens: numberOf(search.reopens),
});

export const narrowed = ({ view: _view, ...rest }: Filters): boolean => Object.values(rest).some(Boolean);

export function useFilters(first: LedgerView): [filters: Filters, change: (part: Partial<Filters>) => void] {
  const { search } = useLocation();
  const navigate = useNavigate();
  const filters = useMemo(() => readFilters(search as Record<string, unknown>, first), [search, first]);
  const change = useCallback(
    (part: Partial<Filters>) =>
      void navigate({ to: '/ledger', search: { ...filters, ...part } as never, replace: true }),
    [filters, navigate],
  );
  return [filters, change];
}
