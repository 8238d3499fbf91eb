import type { z } from 'zod';
import type { taskFilters } from '../../../contract/tasks.ts';
import { type Actor, areasFor } from '../../platform/actor.ts';
import type { Directory } from '../organization/index.ts';
import type { TaskFilter, TaskScope } from './queries.ts';

/** What this person's grants let them list, as conditions for the database; the same rules as `readerOfTask`. */
export function scopeOf(actor: Actor, dir: Directory): TaskScope {
  const reading = areasFor(actor, 'tasks.read');
  const wide = reading.filter((area) => area.role !== 'handler');
  const posts = areasFor(actor, 'cases.handle').flatMap(({ lineId, everywhere, unitIds }) =>
    lineId === null
      ? []
      : [...(everywhere ? [{ lineId, unitId: null }] : []), ...unitIds.map((unitId) => ({ lineId, unitId }))],
  );
  const issuing = areasFor(actor, 'tasks.issue').filter((area) => area.lineId === null);
  return {
    accountId: actor.accountId!,
    everywhere: wide.some((area) => area.everywhere),
    unitIds: [...new Set(wide.flatMap((area) => area.unitIds))],
    siteIds: [...new Set(wide.flatMap((area) => area.siteIds))],
    lines: reading
      .filter((area) => area.role === 'handler' && area.lineId !== null)
      .map((area) => ({ lineId: area.lineId!, units: area.everywhere ? null : area.unitIds })),
    posts,
    leads: actor.areas.filter((area) => area.role === 'unit_leader').flatMap((area) => area.unitIds),
    issuesFrom: issuing.some((area) => area.everywhere)
      ? [...dir.nodes.keys()]
      : [...new Set(issuing.flatMap((area) => [area.nodeId, ...area.unitIds, ...area.siteIds]))],
  };
}

export function filterOf(
  actor: Actor,
  dir: Directory,
  now: Date,
  input: z.output<typeof taskFilters>,
): Omit<TaskFilter, 'after'> {
  const below = input.nodeId ? dir.below(input.nodeId) : null;
  const search = input.search?.replace(/[[［【(（]/g, '〔').replace(/[\]］】)）]/g, '〕');
  return {
    scope: scopeOf(actor, dir),
    view: input.view,
    now,
    unitIds: below && below.unitIds.length > 0 ? below.unitIds : undefined,
    siteIds: below && below.siteIds.length > 0 ? below.siteIds : undefined,
    lineId: input.lineId,
    colour: input.colour,
    source: input.source,
    sourceId: input.sourceId,
    sourceNumber: input.sourceNumber,
    search:
      search && input.search ? { number: search, like: `%${input.search.replace(/[%_\\]/g, '\\$&')}%` } : undefined,
    limit: input.limit,
  };
}

export const encodeCursor = ({ at, id }: { at: Date; id: string }): string =>
  Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url');
export function decodeCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString()) as [number, string];
    return { at: new Date(at), id };
  } catch {
    return undefined;
  }
}
