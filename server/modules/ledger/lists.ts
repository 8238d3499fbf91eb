import type { z } from 'zod';
import type { LedgerRow, ledgerFilters } from '../../../contract/ledger.ts';
import { type Actor, areasFor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Directory } from '../organization/index.ts';
import { isSmallSite, type Scope, scopesOf } from '../requests/index.ts';
import { decisionsOf } from './policy.ts';
import { closedViews, type EntryRecord, type LedgerFilter, listEntries } from './queries.ts';
import { atLedger, ledgerRows, readingsOf } from './view.ts';

/** What this person's grants let them list; whoever leads the follow-up reads all of it with a verifier's eyes. */
function scopesAt(actor: Actor): Scope[] {
  const scopes = scopesOf(atLedger(actor));
  if (areasFor(actor, 'followups.plan').some((area) => area.everywhere))
    scopes.push({ kind: 'everywhere', hides: ['healthCategory'] });
  return scopes;
}

export function ledgerFilter(
  dir: Directory,
  actor: Actor,
  now: Date,
  input: Omit<z.output<typeof ledgerFilters>, 'view'> & { view: string; limit: number },
): LedgerFilter {
  const below = input.nodeId ? dir.below(input.nodeId) : null;
  const scopes = scopesAt(actor);
  const judges = actor.permissions.has('ledger.judge') ? actor.accountId : null;
  return {
    scopes,
    seatOf: judges,
    view: input.view,
    mine: {
      handles: scopes.filter((scope) => scope.kind === 'line'),
      ...decisionsOf(actor),
      desk: scopesOf({ ...actor, areas: areasFor(actor, 'cases.dispatch') }),
      votes: judges,
    },
    unitIds: below && !below.everywhere && below.unitIds.length > 0 ? below.unitIds : undefined,
    siteIds: below && !below.everywhere && below.siteIds.length > 0 ? below.siteIds : undefined,
    lineId: input.lineId,
    categoryId: input.categoryId,
    source: input.source,
    openedBefore: input.age ? new Date(now.getTime() - input.age * 86_400_000) : undefined,
    reopens: input.reopens,
    smallSites: [...dir.nodes.values()]
      .filter((node) => node.kind === 'site' && isSmallSite(dir, node.id))
      .map((node) => node.id),
    limit: input.limit,
  };
}

export async function ledgerPage(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  filter: LedgerFilter,
): Promise<{ rows: LedgerRow[]; next: { at: Date; id: string } | null; found: EntryRecord[] }> {
  const found =
    filter.scopes.length === 0 && !filter.seatOf ? [] : await listEntries(tx, { ...filter, limit: filter.limit + 1 });
  const kept = found.slice(0, filter.limit);
  const last = kept.at(-1);
  return {
    rows: await ledgerRows(tx, dir, await readingsOf(tx, dir, actor, kept, filter.seatOf !== null)),
    next:
      found.length > filter.limit && last
        ? { at: closedViews.has(filter.view) ? last.closed_at! : last.opened_at, id: last.id }
        : null,
    found: kept,
  };
}
