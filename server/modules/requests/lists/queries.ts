import type { ExpressionBuilder } from 'kysely';
import { runningViews } from '../../../../contract/views.ts';
import { moduleTables, sql } from '../../../platform/sql.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { DB } from '../tables.ts';

const db = moduleTables<DB>('requests');

/** What rows of a scope do not show; `site`: that of a confidential requester at a small one. */
export type Hidden = 'site' | 'healthCategory' | 'confidentialCategory';

export type Scope = (
  | { kind: 'everywhere' }
  | { kind: 'units'; ids: number[] }
  | { kind: 'sites'; ids: number[] }
  | { kind: 'line'; lineId: number; units: number[] | 'headOffice' }
  | { kind: 'registrar'; accountId: string }
) & { hides: readonly Hidden[] };

export interface ListFilter {
  scopes: Scope[];
  view: string;
  accountId: string | null;
  now: Date;
  categoryIds?: number[];
  unitIds?: number[];
  siteIds?: number[];
  lineId?: number;
  priority?: string;
  state?: string;
  since?: { at: Date; day: Date };
  smallSites: number[];
  number?: string;
  words?: Words;
  sort: 'due' | 'newest' | 'oldest';
  after?: { at: Date; id: string };
  limit: number;
}

/** What is looked for in texts: as it is compared, and the keys every text with it has. */
export interface Words {
  folded: string;
  keys: number[];
}

type Row = ExpressionBuilder<DB, 'request'>;

/** Whom a row shows everything: the person it is for and who took it. */
const ownRow = (e: Row, accountId: string | null) =>
  accountId === null ? e.lit(false) : e.or([e('requester_id', '=', accountId), e('registrar_id', '=', accountId)]);

/** Rows of a scope, without those that would be found by what they hide: being found tells it, and so does a count. */
function scopeExpression(e: Row, scope: Scope, filter: ListFilter) {
  const { hides } = scope;
  const asked = scope.kind === 'sites' ? scope.ids : filter.siteIds;
  const small = hides.includes('site') ? filter.smallSites.filter((id) => asked?.includes(id)) : [];
  const conditions = [placeExpression(e, scope)];
  const unless = (hidden: ReturnType<typeof placeExpression>[]) =>
    conditions.push(e.or([e.not(e.and(hidden)), ownRow(e, filter.accountId)]));
  if (small.length > 0) unless([e('confidentiality', '=', 'confidential'), e('site_id', 'in', small)]);
  if (filter.categoryIds) {
    const second = e('first_category_id', 'not in', filter.categoryIds);
    if (hides.includes('healthCategory')) unless([e('class', '=', 'health'), second]);
    if (hides.includes('confidentialCategory')) unless([e('confidentiality', '=', 'confidential'), second]);
  }
  if (filter.since)
    conditions.push(
      hides.includes('site')
        ? e.or([
            e('submitted_at', '>=', filter.since.at),
            e.and([e('confidentiality', '=', 'confidential'), e('submitted_at', '>=', filter.since.day)]),
          ])
        : e('submitted_at', '>=', filter.since.at),
    );
  return e.and(conditions);
}

function placeExpression(e: Row, scope: Scope) {
  switch (scope.kind) {
    case 'everywhere':
      return e.lit(true);
    case 'units':
      return scope.ids.length === 1 ? e('unit_id', '=', scope.ids[0]!) : e('unit_id', 'in', scope.ids);
    case 'sites':
      return scope.ids.length === 1 ? e('site_id', '=', scope.ids[0]!) : e('site_id', 'in', scope.ids);
    case 'line':
      return scope.units === 'headOffice'
        ? e.and([e('line_id', '=', scope.lineId), e('lead_unit_id', 'is', null)])
        : e.and([e('line_id', '=', scope.lineId), e('lead_unit_id', 'in', scope.units)]);
    case 'registrar':
      return e('registrar_id', '=', scope.accountId);
  }
}

/** More places than this are sorted together: a page of each would cost more. */
export const mostPlaces = 24;

/** One scope per place: each begins in its own stretch of an index. */
const singly = (scopes: Scope[]): Scope[] =>
  scopes.flatMap((scope): Scope[] => {
    if (scope.kind === 'units' || scope.kind === 'sites') return scope.ids.map((id) => ({ ...scope, ids: [id] }));
    if (scope.kind === 'line' && scope.units !== 'headOffice')
      return scope.units.map((unit) => ({ ...scope, units: [unit] }));
    return [scope];
  });

/** They read the due-ordered partial indexes. */
export const dueViews: ReadonlySet<string> = new Set(runningViews);

function viewExpressions(e: Row, filter: ListFilter) {
  // Written out, not parameters: so the partial indexes are known to hold them all, also by a plan made once for all.
  const running = dueViews.has(filter.view) ? [sql<boolean>`open`, e('next_due', 'is not', null)] : [];
  switch (filter.view) {
    case 'todo':
      return filter.scopes.some((scope) => scope.kind === 'everywhere')
        ? [...running, sql<boolean>`work in ('new', 'returned')`]
        : running;
    case 'to_dispatch':
      return [...running, e('work', '=', sql.lit('new'))];
    case 'unaccepted':
      return [...running, e('work', '=', sql.lit('dispatched'))];
    case 'returned':
      return [...running, e('work', '=', sql.lit('returned'))];
    case 'arbitration':
      return [...running, sql<boolean>`work = 'returned' and returns >= 2`];
    case 'mine':
      return [...running, e('handler_id', '=', filter.accountId)];
    case 'overdue':
      return [...running, e('next_due', '<', filter.now)];
    case 'reopened':
      return [...running, e('state', '=', sql.lit('reopened'))];
    case 'asks':
      return [...running, sql<boolean>`asked`];
    case 'handled':
      return [e('state', '=', sql.lit('handled'))];
    case 'closed':
      return [sql<boolean>`not open`];
    default:
      return running;
  }
}

export function filtered(tx: Tx, filter: ListFilter) {
  let query = db(tx)
    .selectFrom('request')
    .where((e) => e.or(filter.scopes.map((scope) => scopeExpression(e as Row, scope, filter))))
    .where((e) => e.and(viewExpressions(e as Row, filter)));
  if (filter.categoryIds)
    query = query.where((e) =>
      e.or([e('category_id', 'in', filter.categoryIds!), e('first_category_id', 'in', filter.categoryIds!)]),
    );
  if (filter.unitIds) query = query.where('unit_id', 'in', filter.unitIds);
  if (filter.siteIds) query = query.where('site_id', 'in', filter.siteIds);
  if (filter.lineId) query = query.where('line_id', '=', filter.lineId);
  if (filter.priority) query = query.where('priority', '=', filter.priority);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.number) query = query.where('number', '=', filter.number);
  return query;
}

/** By what a list is sorted and how; rows that run by their clock, the others by submission. */
export function orderOf(filter: ListFilter): { column: 'next_due' | 'submitted_at'; direction: 'asc' | 'desc' } {
  const byDue = filter.sort === 'due' && dueViews.has(filter.view);
  return {
    column: byDue ? 'next_due' : 'submitted_at',
    direction: filter.sort === 'newest' || (filter.sort === 'due' && !byDue) ? 'desc' : 'asc',
  };
}

/** Rows of a list in its order from where the last page ended, still to be selected. */
export function sorted(tx: Tx, filter: ListFilter) {
  const { column, direction } = orderOf(filter);
  const query = filtered(tx, filter).orderBy(column, direction).orderBy('id', direction).limit(sql.lit(filter.limit));
  if (!filter.after) return query;
  const { at, id } = filter.after;
  return query.where(
    sql<boolean>`(${sql.ref(column)}, id) ${sql.raw(direction === 'desc' ? '<' : '>')} (${at}::timestamptz, ${id}::uuid)`,
  );
}

/** The same, of several places each begun in its own index's order, and of those the first page: no queue is sorted whole. */
export function inOrder(tx: Tx, filter: ListFilter) {
  const { column, direction } = orderOf(filter);
  const places = singly(filter.scopes);
  if (places.length === 1 || places.length > mostPlaces || filter.number) return sorted(tx, filter);
  const pages = sql.join(
    places.map((place) => sql`(${sorted(tx, { ...filter, scopes: [place] }).select('id')})`),
    sql` union all `,
  );
  return db(tx)
    .selectFrom('request')
    .where(sql<boolean>`id in (${pages})`)
    .orderBy(column, direction)
    .orderBy('id', direction)
    .limit(sql.lit(filter.limit));
}

/** One count for each filter, no further than `most`: a live count must not cost more than the page it stands on. */
export async function countRequests(tx: Tx, filters: ListFilter[], most: number): Promise<number[]> {
  const counts = filters.map((filter) =>
    filter.scopes.length === 0
      ? sql`0`
      : sql`(select count(*)::int from (${filtered(tx, filter).select(sql`1`.as('one')).limit(sql.lit(most))}) as counted)`,
  );
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}] as counts`.execute(db(tx));
  return rows[0]!.counts;
}

export const listMine = (tx: Tx, accountId: string, after: { at: Date; id: string } | undefined, limit: number) =>
  db(tx)
    .selectFrom('request')
    .selectAll()
    .where('requester_id', '=', accountId)
    .$if(after !== undefined, (q) =>
      q.where(sql<boolean>`(submitted_at, id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
