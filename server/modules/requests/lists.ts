import type { z } from 'zod';
import type { RequestRow, requestFilters } from '../../../contract/requests.ts';
import { type Actor, areasFor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Directory } from '../organization/index.ts';
import { zoneOffset } from './clocks.ts';
import type { Place } from './cursors.ts';
import { dueViews, type ListFilter, type Scope } from './lists/queries.ts';
import { isSmallSite, type Reader, readerAt } from './policy.ts';
import { partsOfRows, type RequestRecord } from './queries.ts';
import { fold, soughtKeys } from './search/keys.ts';
import { listRequests } from './search/queries.ts';
import { rowView } from './view.ts';

const deskRoles = ['dispatcher', 'dispatcher_lead'];

/**
 * What this person's grants let them list, as conditions the queue's indexes begin with. `hides` names what the rows of
 * such a scope do not show: by that they cannot be found or counted either (rules 5, 6).
 */
export function scopesOf(actor: Actor): Scope[] {
  const scopes: Scope[] = [];
  for (const area of areasFor(actor, 'requests.read')) {
    if (area.role === 'handler') {
      if (area.lineId !== null)
        scopes.push({
          kind: 'line',
          lineId: area.lineId,
          units: area.everywhere ? 'headOffice' : area.unitIds,
          hides: ['site'],
        });
      continue;
    }
    if (area.role === 'operator') {
      scopes.push({ kind: 'registrar', accountId: actor.accountId!, hides: [] });
      continue;
    }
    const hides: Scope['hides'] =
      actor.kind === 'program'
        ? ['site', 'healthCategory', 'confidentialCategory']
        : deskRoles.includes(area.role)
          ? ['healthCategory']
          : ['site', 'healthCategory'];
    if (area.everywhere) scopes.push({ kind: 'everywhere', hides });
    else if (area.unitIds.length > 0) scopes.push({ kind: 'units', ids: area.unitIds, hides });
    else if (area.siteIds.length > 0) scopes.push({ kind: 'sites', ids: area.siteIds, hides });
  }
  const everywhere = scopes
    .filter((scope) => scope.kind === 'everywhere')
    .sort((a, b) => a.hides.length - b.hides.length);
  return everywhere.length > 0 ? everywhere.slice(0, 1) : scopes;
}

/** A number is looked up; anything else is searched in the words this reader may search. */
export function searchOf(dir: Directory, text: string | undefined): Pick<ListFilter, 'number' | 'words'> {
  if (!text) return {};
  const upper = text.toUpperCase();
  if (/^[A-Z]{1,6}-\d{6}-\d{5,7}$/.test(upper)) return { number: upper };
  if (/^\d{6}-\d{5,7}$/.test(upper)) return { number: `${dir.group.prefix}-${upper}` };
  return { words: { folded: fold(text), keys: soughtKeys(text) } };
}

/** The moment asked for, and the beginning of its day: of a confidential row no more may be found out than the day. */
function sinceOf(dir: Directory, since: string | undefined): ListFilter['since'] {
  const at = new Date(since ?? Number.NaN);
  if (Number.isNaN(at.getTime())) return undefined;
  const offset = zoneOffset(dir.group.timezone, at) * 60_000;
  return { at, day: new Date(Math.floor((at.getTime() + offset) / 86_400_000) * 86_400_000 - offset) };
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
    since: sinceOf(dir, input.since),
    smallSites: [...dir.nodes.values()]
      .filter((node) => node.kind === 'site' && isSmallSite(dir, node.id))
      .map((node) => node.id),
    ...searchOf(dir, input.search),
    sort: input.sort,
    limit: input.limit,
  };
}

export const rowViews = (tx: Tx, dir: Directory, actor: Actor, rows: RequestRecord[]): Promise<RequestRow[]> =>
  rowsAs(
    tx,
    dir,
    rows.flatMap((r) => {
      const reader = readerAt(dir, actor, r);
      return reader ? [{ r, reader }] : [];
    }),
  );

/** Rows as each is read by such a reader. */
export async function rowsAs(
  tx: Tx,
  dir: Directory,
  readings: { r: RequestRecord; reader: Reader }[],
): Promise<RequestRow[]> {
  if (readings.length === 0) return [];
  const parts = await partsOfRows(tx, [readings.map(({ r }) => r.id), readings.map(({ r }) => r.case_id)]);
  const byId = new Map(parts.map((part) => [part.request_id, part]));
  return readings.map(({ r, reader }) => {
    const { text, summary, together } = byId.get(r.id)!;
    return rowView(dir, reader, r, text === null ? undefined : { text, summary }, together);
  });
}

export async function page(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  filter: ListFilter,
): Promise<{ rows: RequestRow[]; next: Place | null }> {
  const found = filter.scopes.length === 0 ? [] : await listRequests(tx, { ...filter, limit: filter.limit + 1 });
  const kept = found.slice(0, filter.limit);
  const last = kept.at(-1);
  const byDue = last && filter.sort === 'due' && dueViews.has(filter.view);
  return {
    rows: await rowViews(tx, dir, actor, kept),
    next: found.length > filter.limit && last ? { at: byDue ? last.next_due! : last.submitted_at, id: last.id } : null,
  };
}
