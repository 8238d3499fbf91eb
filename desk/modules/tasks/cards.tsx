import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Empty, Problem, useKey } from '../../kit/index.ts';
import { useSteps } from './use-steps.ts';
import { useT } from './words.ts';

interface Props<Row> {
  label: string;
  query: { data?: { rows: readonly Row[] }; error: Error | null; isFetching: boolean; refetch: () => unknown };
  /** Where one of them is opened. */
  to: '/directives/$id' | '/problems/$id';
  failed: string;
  empty: string;
  emptyHow: ReactNode;
  lead: string;
  card: (row: Row, selected: boolean) => ReactNode;
}

/** A short list of cards: `J` `K` move, Enter opens. */
export function Cards<Row extends { id: string }>(props: Props<Row>) {
  const { label, query, to, failed, empty, emptyHow, lead, card } = props;
  const t = useT();
  const navigate = useNavigate();
  const rows = query.data?.rows ?? [];
  const { selected } = useSteps(
    rows.map((row) => row.id),
    t('move'),
  );
  useKey('Enter', () => selected && void navigate({ to, params: { id: selected } as never }), { hint: t('open') });
  return (
    <section className="ta-list" aria-label={label} aria-busy={query.isFetching}>
      {query.error && !query.data ? (
        <Problem title={failed} error={query.error} onRetry={query.refetch} />
      ) : query.data && rows.length === 0 ? (
        <Empty title={empty}>{emptyHow}</Empty>
      ) : (
        <>
          <p className="soft small ta-group">{lead}</p>
          <ol className="ta-cards">{rows.map((row) => card(row, row.id === selected))}</ol>
        </>
      )}
    </section>
  );
}
