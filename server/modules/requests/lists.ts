import type { z } from 'zod';
import type { RequestRow, requestFilters } from '../../../contract/requests.ts';
import { type Actor, areasFor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Directory } from '../organization/index.ts';
import { bigrams } from './bigrams.ts';
import { readerOf } from './policy.ts';
import { caseSizes, contentsOf, type ListFilter, listRequests, type RequestRecord, type Scope } from './queries.ts';
import { rowView } from './view.ts';

/** What this person's grants let them list, as conditions the queue's indexes begin with. */
export function scopesOf(actor: Actor): Scope[] {
  const scopes: Scope[] = [];
  for (const area of areasFor(actor, 'requests.read')) {
    if (area.role === 'handler') {
      if (area.lineId !== null)
        scopes.push({ kind: 'line', lineId: area.lineId, units: area.everywhere ? 'headOffice' : area.unitIds });
    } else if (area.role === 'operator') {
      scopes.push({ kind: 'registrar', accountId: actor.accountId! });
    } else if (area.everywhere) scopes.push({ kind: 'everywhere' });
    else if (area.unitIds.length > 0) scopes.push({ kind: 'units', ids: area.unitIds });
    else if (area.siteIds.length > 0) scopes.push({ kind: 'sites', ids: area.siteIds });
  }
  return scopes.some((scope) => scope.kind === 'everywhere') ? [{ kind: 'everywhere' }] : scopes;
}

export const encodeCursor = (at: Date, id: string): string =>
  Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url');

export function decodeCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  if (!cursor) return undefined;
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [number, string];
    if (typeof at !== 'number' || !/^[0-9a-f-]{36}$/.test(id)) return undefined;
    return { at: new Date(at), id };
  } catch {
    return undefined;
  }
}

const escapeLike = (text: string): string => text.replace(/[%_\\]/g, '\\$&');

/** A number is looked up; anything else is searched in the words this reader may search. */
export function searchOf(dir: Directory, text: string | undefined): ListFilter['search'] {
  if (!text) return undefined;
  const upper = text.toUpperCase();
  if (/^[A-Z]{1,6}-\d{6}-\d{5,7}$/.test(upper)) return { number: upper, grams: [], like: '' };
  if (/^\d{6}-\d{5,7}$/.test(upper)) return { number: `${dir.group.prefix}-${upper}`, grams: [], like: '' };
  return { number: null, grams: bigrams(text), like: `%${escapeLike(text.normalize('NFKC').toLowerCase())}%` };
}

export function filterOf(dir: Directory, actor: Actor, now: Date, input: z.output<typeof requestFilters>): ListFilter {
  const below = input.nodeId ? dir.below(input.nodeId) : null;
  return {
    scopes: scopesOf(actor),
    view: input.view,
    accountId: actor.accountId,
    now,
    categoryIds: input.categoryId ? [input.categoryId] : undefined,
    unitIds: below && !below.everywhere && below.unitIds.length > 0 ? below.unitIds : undefined,
    siteIds: below && !below.everywhere && below.siteIds.length > 0 ? below.siteIds : undefined,
    lineId: input.lineId,
    priority: input.priority,
    state: input.state,
    since: input.since && !Number.isNaN(Date.parse(input.since)) ? new Date(input.since) : undefined,
    search: searchOf(dir, input.search),
    sort: input.sort,
    after: decodeCursor(input.after),
    limit: input.limit,
  };
}

export async function rowViews(tx: Tx, dir: Directory, actor: Actor, rows: RequestRecord[]): Promise<RequestRow[]> {
  const [contents, sizes] = await Promise.all([
    contentsOf(
      tx,
      rows.map((row) => row.id),
    ),
    caseSizes(tx, [...new Set(rows.map((row) => row.case_id).filter((id): id is string => id !== null))]),
  ]);
  const byId = new Map(contents.map((content) => [content.request_id, content]));
  return rows.flatMap((row) => {
    const reader = readerOf(actor, row);
    return reader ? [rowView(dir, reader, row, byId.get(row.id), row.case_id ? (sizes.get(row.case_id) ?? 1) : 1)] : [];
  });
}

/** Whether a category is the one asked for, or lies below it. */
const within = (dir: Directory, categoryId: number, asked: number): boolean =>
  categoryId === asked || dir.categories.get(categoryId)?.parentId === asked;

export async function page(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  filter: ListFilter,
): Promise<{ rows: RequestRow[]; next: string | null }> {
  const found = filter.scopes.length === 0 ? [] : await listRequests(tx, { ...filter, limit: filter.limit + 1 });
  const kept = found.slice(0, filter.limit);
  const last = kept.at(-1);
  // What a row hides, being found by it would tell after all: its site (rules 6), its second-level category (rules 5).
  const bySite = filter.siteIds !== undefined || filter.scopes.every((scope) => scope.kind === 'sites');
  const shown = (row: RequestRow): boolean =>
    (!bySite || row.siteId !== null) &&
    (!filter.categoryIds || filter.categoryIds.some((id) => within(dir, row.categoryId, id)));
  const byDue = last && filter.sort === 'due' && !['handled', 'closed', 'all'].includes(filter.view);
  return {
    rows: (await rowViews(tx, dir, actor, kept)).filter(shown),
    next:
      found.length > filter.limit && last ? encodeCursor(byDue ? last.next_due! : last.submitted_at, last.id) : null,
  };
}
