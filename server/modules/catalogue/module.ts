import { catalogueEndpoints as api, type CatalogueItem, type Edition } from '../../../contract/catalogue.ts';
import { badField, conflict, notFound } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import {
  addToThread,
  provideServiceLevels,
  provideWarningChains,
  readerAt,
  recentAt,
  requestsByIds,
  rowViews,
} from '../requests/index.ts';
import { checkItems, gapsOf } from './checking.ts';
import { changesBetween } from './differences.ts';
import { beginDraft, callOff, draftOf, dropDraft, isDraft, putInForce, removeItem, saveItem } from './drafting.ts';
import { groundNow, postsNow } from './held.ts';
import { forgetLoad, lineLoads } from './load.ts';
import { fatesOf, previewDays, previewOf, samePost } from './preview.ts';
import {
  agreementSince,
  allEditions,
  chosenOtherwise,
  type EditionRecord,
  itemCounts,
  itemsOf,
  setLimit,
} from './queries.ts';
import { type Item, indexItems, inForceAt } from './resolving.ts';
import { serviceLevelFor, suggestFor, warningChainFor } from './suggesting.ts';

const done = { done: true as const };
const day = 86_400_000;
const mostShown = 200;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const itemView = (item: Item): CatalogueItem => ({
  ...item,
  validFrom: iso(item.validFrom),
  validTo: iso(item.validTo),
});

function editionViews(editions: EditionRecord[], counts: Map<string, number>, now: Date): Edition[] {
  const current = inForceAt(editions, now);
  const begun = editions.filter((one) => one.number !== null && !one.dropped_at);
  return editions.map((one) => ({
    id: one.id,
    number: one.number,
    state: one.dropped_at
      ? 'dropped'
      : one.number === null
        ? 'draft'
        : one.from_at! > now
          ? 'planned'
          : one.id === current?.id
            ? 'in_force'
            : 'past',
    from: iso(one.from_at),
    to: one.number === null ? null : iso(begun.find((other) => other.from_at! > one.from_at!)?.from_at ?? null),
    note: one.note,
    begunBy: one.begun_by_label,
    begunAt: one.begun_at.toISOString(),
    decidedBy: one.decided_by_label,
    decidedAt: iso(one.decided_at),
    items: counts.get(one.id) ?? 0,
  }));
}

/** The edition an edition is compared with: what is in force for a draft, the one before it otherwise. */
function before(editions: EditionRecord[], edition: EditionRecord, now: Date): EditionRecord | null {
  if (isDraft(edition)) return inForceAt(editions, now);
  if (edition.number === null) return editions.find((one) => one.id === edition.based_on) ?? null;
  return inForceAt(
    editions.filter((one) => one.id !== edition.id),
    edition.from_at!,
  );
}

async function draftItems(tx: Tx): Promise<Item[]> {
  const draft = draftOf(await allEditions(tx, []));
  if (!draft) throw conflict('no_draft');
  return itemsOf(tx, draft.id);
}

export function mountCatalogue(desk: Desk): void {
  provideServiceLevels(serviceLevelFor);
  provideWarningChains(warningChainFor);
  addToThread('catalogue', async (tx, dir, { reader, r, now }) => {
    if (reader !== 'dispatcher' || (r.work !== 'new' && r.work !== 'returned')) return {};
    const found = await suggestFor(tx, dir, r, now);
    if (!found) return {};
    const load = (await lineLoads(tx, dir, now)).find(
      (one) => one.lineId === found.lineId && one.unitId === found.unitId && one.overloaded,
    );
    const posts = await postsNow(tx);
    const backupId = load?.backupLineId ?? null;
    return {
      suggestedLineId: found.lineId,
      suggestion: {
        lineId: found.lineId,
        unitId: found.unitId,
        coLineIds: found.coLineIds,
        source: found.source,
        editionNumber: found.item ? found.editionNumber : null,
        nodeId: found.item?.nodeId ?? null,
        backup:
          load && backupId !== null && backupId !== r.about_line_id
            ? {
                lineId: backupId,
                unitId: load.unitId !== null && posts.handlers(backupId, load.unitId) > 0 ? load.unitId : null,
                open: load.open,
                handlers: load.handlers,
                mostPerHandler: load.mostPerHandler,
                overdue: load.overdue,
                mostOverdue: load.mostOverdue,
              }
            : null,
      },
    };
  });

  serve(desk, api.editions, async ({ tx, now }) => ({
    editions: editionViews(await allEditions(tx, []), await itemCounts(tx), now),
  }));

  serve(desk, api.edition, async ({ tx, now }, { id }) => {
    const editions = await allEditions(tx, []);
    const found = id === 'current' ? inForceAt(editions, now) : editions.find((one) => one.id === id);
    if (!found && id !== 'current') throw notFound();
    const dir = await directory(tx);
    const items = found ? await itemsOf(tx, found.id) : [];
    const base = found && before(editions, found, now);
    const at = found?.from_at ?? now;
    return {
      edition: found ? editionViews(editions, await itemCounts(tx), now).find((one) => one.id === found.id)! : null,
      items: items.map(itemView),
      changes: changesBetween(base ? await itemsOf(tx, base.id) : [], items).map((one) => ({
        kind: one.kind,
        before: one.before && itemView(one.before),
        after: one.after && itemView(one.after),
      })),
      problems: found && isDraft(found) ? checkItems(await groundNow(tx), items, now) : [],
      gaps: gapsOf(dir, indexItems(items), at).map(({ categoryId, siteIds }) => ({
        categoryId,
        sites: siteIds.length,
      })),
    };
  });

  serve(desk, api.beginDraft, async (context, { from }) => ({ id: await beginDraft(context, from) }));
  serve(desk, api.saveItem, async (context, { validFrom, validTo, ...item }) => ({
    revision: await saveItem(context, await directory(context.tx), {
      ...item,
      validFrom: validFrom ? new Date(validFrom) : null,
      validTo: validTo ? new Date(validTo) : null,
    }),
  }));
  serve(desk, api.removeItem, async (context, { id }) => {
    await removeItem(context, await directory(context.tx), id);
    return done;
  });
  serve(desk, api.dropDraft, async (context) => {
    await dropDraft(context);
    return done;
  });
  serve(desk, api.putInForce, async (context, { from, note }) => {
    const decided = await putInForce(context, from ? new Date(from) : null, note);
    return { number: decided.number, from: decided.from.toISOString() };
  });
  serve(desk, api.callOff, async (context, { id }) => {
    await callOff(context, id);
    return done;
  });

  const times = (now: Date, at: string | undefined) => ({
    now,
    at: at ? new Date(at) : now,
    since: new Date(now.getTime() - previewDays * day),
  });
  serve(desk, api.preview, async ({ tx, now }, { at }) =>
    previewOf(tx, await directory(tx), await draftItems(tx), times(now, at)),
  );
  serve(desk, api.previewRequests, async ({ tx, actor, now }, asked) => {
    const dir = await directory(tx);
    const at = times(now, asked.at);
    const { fates } = await fatesOf(tx, dir, await draftItems(tx), at);
    const wanted = fates.filter(
      ({ mix, before: was, after: will }) =>
        (asked.categoryId === undefined || mix.category_id === asked.categoryId) &&
        (asked.fromLineId === undefined ||
          (was !== null && samePost(was, { lineId: asked.fromLineId, unitId: asked.fromUnitId ?? null }))) &&
        (asked.toLineId === undefined ||
          (will !== null && samePost(will, { lineId: asked.toLineId, unitId: asked.toUnitId ?? null }))),
    );
    const kinds = new Set(wanted.map(({ mix }) => kindOf(mix)));
    const pairs = [
      ...new Map(
        wanted.flatMap(({ mix }) =>
          mix.site_id === null
            ? []
            : [[`${mix.category_id}/${mix.site_id}`, { categoryId: mix.category_id, siteId: mix.site_id }] as const],
        ),
      ).values(),
    ];
    const rows = (await recentAt(tx, at.since, pairs, mostShown * 2))
      .filter((r) => kinds.has(kindOf(r)) && readerAt(dir, actor, r) !== null)
      .slice(0, mostShown);
    return { rows: await rowViews(tx, dir, actor, rows), all: wanted.reduce((sum, { mix }) => sum + mix.n, 0) };
  });

  serve(desk, api.agreement, async ({ tx, actor, now }, { days, lineId }) => {
    const since = new Date(now.getTime() - days * day);
    const dir = await directory(tx);
    const lines = (await agreementSince(tx, since)).filter((one) => lineId === undefined || one.lineId === lineId);
    const otherwise = await chosenOtherwise(tx, since, lineId, mostShown);
    const requests = new Map(
      (
        await requestsByIds(
          tx,
          otherwise.map((one) => one.request_id),
        )
      ).map((r) => [r.id, r]),
    );
    const sum = (of: 'dispatches' | 'agreed' | 'toBackup') => lines.reduce((all, one) => all + one[of], 0);
    return {
      since: since.toISOString(),
      dispatches: sum('dispatches'),
      agreed: sum('agreed'),
      toBackup: sum('toBackup'),
      byLine: lines
        .map(({ lineId: id, dispatches, agreed }) => ({ lineId: id, dispatches, agreed }))
        .sort((a, b) => b.dispatches - b.agreed - (a.dispatches - a.agreed)),
      otherwise: otherwise.flatMap((one) => {
        const r = requests.get(one.request_id);
        const reader = r && readerAt(dir, actor, r);
        if (!r || !reader) return [];
        const category = dir.categories.get(one.category_id);
        return [
          {
            id: one.id,
            requestId: r.id,
            number: r.number,
            at: one.at.toISOString(),
            categoryId: r.class === 'health' ? (category?.parentId ?? one.category_id) : one.category_id,
            unitId: one.unit_id,
            suggested: {
              lineId: one.suggested_line_id,
              unitId: one.suggested_unit_id,
              coLineIds: one.suggested_co_line_ids,
            },
            chosen: { lineId: one.line_id, unitId: one.lead_unit_id, coLineIds: one.co_line_ids },
            differs: one.differs as ('line' | 'place' | 'co')[],
            toBackup: one.to_backup,
          },
        ];
      }),
    };
  });

  serve(desk, api.load, async ({ tx, now }) => ({
    asOf: now.toISOString(),
    lines: await lineLoads(tx, await directory(tx), now),
  }));
  serve(desk, api.setLimit, async ({ tx, actor, now }, { lineId, backupLineId, mostPerHandler, mostOverdue }) => {
    const dir = await directory(tx);
    const line = dir.lines.get(lineId);
    if (!line) throw badField('lineId', 'unknown_line');
    const backup = backupLineId === null ? null : dir.lines.get(backupLineId);
    if (backup === undefined || backup?.id === line.id) throw badField('backupLineId', 'unknown_line');
    // Who inspects handles nothing, not even to help (brief, row 46).
    if (backup?.class === 'oversight') throw badField('backupLineId', 'oversight_handles');
    await setLimit(tx, {
      line_id: line.id,
      backup_line_id: backup?.id ?? null,
      most_per_handler: mostPerHandler,
      most_overdue: mostOverdue,
      changed_by_label: actor.label,
      changed_at: now,
    });
    await append(tx, {
      at: now,
      actorId: actor.accountId,
      role: 'dispatcher_lead',
      action: 'catalogue.limit_set',
      recordKind: 'catalogue',
      recordId: actor.accountId!,
      class: 'normal',
      lineId: line.id,
      figures: { backup: backup?.code ?? null, mostPerHandler, mostOverdue },
    });
    forgetLoad();
    return done;
  });
}

const kindOf = (r: {
  category_id: number;
  site_id: number | null;
  about_line_id: number | null;
  about_unit_id: number | null;
  priority: string;
}): string => [r.category_id, r.site_id, r.about_line_id, r.about_unit_id, r.priority].join('/');
