import { uuidv7 } from 'uuidv7';
import { outreachEndpoints as api } from '../../../contract/outreach.ts';
import { type Actor, areasFor, roleFor } from '../../platform/actor.ts';
import type { Keys } from '../../platform/crypto.ts';
import { badField, forbidden, notFound } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import { entriesOfRecords } from '../journal/index.ts';
import { directory } from '../organization/index.ts';
import { isSmallSite, readerAt, requestsByIds, rowViews, sightOf, whenSealed } from '../requests/index.ts';
import { askedWithin, judgedWithin, shareWithin } from './figures.ts';
import { dayOf, duesOf, kindsOf, periodOf, sitesFor, touchMs, unitsFor } from './places.ts';
import {
  countTouchesBy,
  endRhythm,
  insertRhythm,
  listTouches,
  needsOf,
  openTouchOf,
  rhythmsInForce,
  touchById,
  touchesBy,
  type Within,
} from './queries.ts';
import { dayAfter } from './rhythm.ts';
import { touchReaderOf, touchView } from './sight.ts';
import { begin, checkTopics, end, erase, findNeed, forgetSealed } from './touching.ts';

/** A caller has the whole group to ring: as many as a day's work, the latest first. */
const mostDue = 60;
const mostRecent = 20;
/** What falls due so soon may be done on the way. */
const soonDays = 2;
const perPage = 50;
const mostRecords = 500;

/** Proactive touches: recorded before the need, so that "found before it was asked" is a figure one can open. */
export function mountOutreach(desk: Desk, { keys }: { keys: Keys }): void {
  whenSealed('outreach', forgetSealed);

  serve(desk, api.mine, async ({ tx, actor, now }) => {
    const dir = await directory(tx);
    const siteIds = sitesFor(dir, actor, 'outreach.record');
    const kinds = kindsOf(actor);
    const running = await openTouchOf(tx, actor.accountId!);
    const soon = dayAfter(dayOf(dir, now), soonDays);
    const dues = (await duesOf(tx, dir, actor, siteIds, kinds, now)).filter((one) => one.dueDay <= soon);
    const waiting = dues.filter((one) => one.state !== 'coming').length;
    return {
      open: running ? touchView(dir, 'maker', running, now) : null,
      due: dues.slice(0, mostDue),
      waiting,
      doneToday: await countTouchesBy(tx, actor.accountId!, dayOf(dir, now)),
      recent: (await touchesBy(tx, actor.accountId!, mostRecent)).map((one) => touchView(dir, 'maker', one, now)),
      kinds,
      siteIds,
    };
  });

  serve(desk, api.begin, begin);
  serve(desk, api.need, (context, input) => findNeed(context, keys, input));
  serve(desk, api.end, async (context, input) => {
    await end(context, input);
    return { done: true as const };
  });
  serve(desk, api.erase, async (context, { id }) => {
    await erase(context, id);
    return { done: true as const };
  });

  serve(desk, api.touch, async ({ tx, actor, now }, { id }) => {
    const touch = await touchById(tx, id);
    const reader = touch && touchReaderOf(actor, touch);
    if (!touch || !reader) throw notFound();
    const dir = await directory(tx);
    const view = touchView(dir, reader, touch, now);
    const links = view.withheld === 'small_site' ? [] : await needsOf(tx, id);
    const requests = (
      await requestsByIds(
        tx,
        links.map((one) => one.request_id),
      )
    ).filter((r) => {
      const as = readerAt(dir, actor, r);
      return as !== null && (reader === 'maker' || sightOf(as, r).exactTime);
    });
    const [begun] = await entriesOfRecords(tx, [[id], ['outreach.touch_begun']]);
    return {
      ...view,
      needs: requests
        .sort((a, b) => a.submitted_at.getTime() - b.submitted_at.getTime())
        .map((r) => ({
          requestId: r.id,
          number: r.number,
          at: r.submitted_at.toISOString(),
          categoryId:
            reader === 'maker' || sightOf(readerAt(dir, actor, r)!, r).detail ? r.category_id : r.first_category_id,
          state: r.state as 'received',
          work: r.work as 'new',
        })),
      position: view.withheld ? null : (begun?.position ?? null),
      can: {
        need: reader === 'maker' && view.takesNeeds,
        end: reader === 'maker' && touch.ended_at === null,
        erase: touch.words !== null && view.words !== null,
      },
    };
  });

  // ---- what it comes to

  /** The period and the units asked for, within what this person oversees. */
  function within(
    actor: Actor,
    dir: Awaited<ReturnType<typeof directory>>,
    now: Date,
    asked: { from?: string; to?: string; unitId?: number },
  ) {
    const mine = unitsFor(actor, 'outreach.read');
    if (asked.unitId !== undefined && mine !== null && !mine.includes(asked.unitId)) throw forbidden();
    const { fromDay, toDay, from, to } = periodOf(dir, now, asked);
    const unitIds = asked.unitId === undefined ? mine : [asked.unitId];
    return { fromDay, toDay, where: { from, to, unitIds } satisfies Within };
  }

  serve(desk, api.share, async ({ tx, actor, now }, input) => {
    const dir = await directory(tx);
    const { fromDay, toDay, where } = within(actor, dir, now, input);
    return { from: fromDay, to: toDay, asOf: now.toISOString(), ...(await shareWithin(tx, dir, actor, where, now)) };
  });

  serve(desk, api.needs, async ({ tx, actor, now }, { counted, ...input }) => {
    const dir = await directory(tx);
    const { where } = within(actor, dir, now, input);
    if (counted === 'all') {
      const { ids, total } = await askedWithin(tx, dir, where, mostRecords);
      const found = new Map((await requestsByIds(tx, ids)).map((one) => [one.id, one]));
      const asked = ids.flatMap((id) => found.get(id) ?? []);
      const rows = (await rowViews(tx, dir, actor, asked)).map((request) => ({
        request,
        touchId: null,
        touchPosition: null,
        requestPosition: null,
        why: null,
      }));
      return { rows, total, hidden: asked.length - rows.length };
    }
    const wanted = (await judgedWithin(tx, where)).filter((one) => (counted === 'yes') === (one.why === null));
    const shown = wanted.slice(0, mostRecords);
    const views = new Map(
      (
        await rowViews(
          tx,
          dir,
          actor,
          shown.map((one) => one.request),
        )
      ).map((row) => [row.id, row]),
    );
    const rows = shown.flatMap((one) => {
      const request = views.get(one.request.id);
      if (!request) return [];
      const told =
        !isSmallSite(dir, one.need.site_id) && sightOf(readerAt(dir, actor, one.request)!, one.request).exactTime;
      return [
        {
          request,
          touchId: told ? one.need.touch_id : null,
          touchPosition: told ? one.touchPosition : null,
          requestPosition: told ? one.requestPosition : null,
          why: one.why,
        },
      ];
    });
    return { rows, total: wanted.length, hidden: shown.length - rows.length };
  });

  serve(desk, api.touches, async ({ tx, actor, now }, input) => {
    const dir = await directory(tx);
    const { where } = within(actor, dir, now, input);
    // By its site nobody finds what is not shown under its site.
    if (input.siteId !== undefined && isSmallSite(dir, input.siteId)) return { touches: [], next: null };
    const rows = await listTouches(
      tx,
      { ...where, ...input, ...where, limit: perPage + 1 },
      new Date(now.getTime() - touchMs),
    );
    const kept = rows.slice(0, perPage);
    return {
      touches: kept.map((one) => touchView(dir, touchReaderOf(actor, one) ?? 'overseer', one, now)),
      next: rows.length > perPage ? kept.at(-1)!.id : null,
    };
  });

  serve(desk, api.late, async ({ tx, actor, now }, { unitId, all }) => {
    const dir = await directory(tx);
    const sites = sitesFor(dir, actor, 'outreach.read').filter(
      (id) => unitId === undefined || dir.unitOf(id) === unitId,
    );
    const dues = await duesOf(tx, dir, actor, sites, ['round', 'site_call', 'survey'], now);
    const rows = all === 'yes' ? dues : dues.filter((one) => one.state === 'overdue');
    return { rows: rows.slice(0, mostRecords), asOf: now.toISOString() };
  });

  // ---- how often

  const plans = (actor: Actor, nodeId: number | null): boolean =>
    areasFor(actor, 'outreach.plan').some(
      (area) =>
        area.everywhere || (nodeId !== null && (area.unitIds.includes(nodeId) || area.siteIds.includes(nodeId))),
    );

  serve(desk, api.rhythms, async ({ tx, actor }) => {
    const dir = await directory(tx);
    const mine = unitsFor(actor, 'outreach.read');
    const seen = (nodeId: number | null): boolean =>
      nodeId === null ||
      mine === null ||
      dir.nodes.get(nodeId)?.kind === 'sector' ||
      mine.includes(dir.unitOf(nodeId) ?? Number.NaN);
    const units = unitsFor(actor, 'outreach.plan');
    return {
      rhythms: (await rhythmsInForce(tx))
        .filter((row) => seen(row.node_id))
        .map((row) => ({
          nodeId: row.node_id,
          kind: row.kind as 'round',
          everyDays: row.every_days,
          topics: row.topics,
          setBy: row.set_label,
          setAt: row.set_at.toISOString(),
          can: { change: plans(actor, row.node_id) || (row.node_id !== null && plans(actor, dir.unitOf(row.node_id))) },
        })),
      can: { set: actor.permissions.has('outreach.plan'), unitIds: units },
    };
  });

  serve(desk, api.setRhythm, async ({ tx, actor, now }, { nodeId, kind, everyDays, topics, drop }) => {
    const dir = await directory(tx);
    if (nodeId !== null && !dir.nodes.has(nodeId)) throw badField('nodeId', 'unknown_site');
    if (!plans(actor, nodeId) && !(nodeId !== null && plans(actor, dir.unitOf(nodeId)))) throw forbidden();
    if (drop && nodeId === null) throw badField('nodeId', 'required');
    checkTopics(dir, topics);
    const ended = await endRhythm(tx, nodeId, kind, now);
    if (drop && ended.length === 0) throw notFound();
    const id = drop ? ended[0]!.id : uuidv7();
    if (!drop)
      await insertRhythm(tx, {
        id,
        node_id: nodeId,
        kind,
        every_days: everyDays,
        topics,
        set_by: actor.accountId,
        set_label: actor.label,
        set_at: now,
      });
    await append(tx, {
      at: now,
      actorId: actor.accountId,
      role: roleFor(actor, 'outreach.plan'),
      action: drop ? 'outreach.rhythm_dropped' : 'outreach.rhythm_set',
      recordKind: 'rhythm',
      recordId: id,
      class: 'normal',
      unitId: nodeId === null ? null : dir.unitOf(nodeId),
      siteId: nodeId !== null && dir.nodes.get(nodeId)?.kind === 'site' ? nodeId : null,
      figures: { kind, everyDays },
    });
    return { done: true as const };
  });
}
