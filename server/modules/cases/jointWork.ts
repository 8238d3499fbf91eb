import { partEndpoints as api } from '../../../contract/parts.ts';
import { type Actor, sameHand } from '../../platform/actor.ts';
import { badField, notFound, Refusal } from '../../platform/errors.ts';
import { type Desk, type HttpContext, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import {
  addToThread,
  inHand,
  noteDevice,
  openAtPost,
  type RequestRecord,
  readerAt,
  requestsOfCases,
  rowViews,
  sightOf,
  told,
} from '../requests/index.ts';
import { mayMove } from './lifecycle.ts';
import {
  acceptPart,
  asCoHandler,
  askParts,
  finishPart,
  isOpenPart,
  partView,
  postsOf,
  progressPart,
  releaseParts,
} from './parts.ts';
import {
  type CaseRecord,
  countOpenParts,
  openTakeover,
  type PartRecord,
  partById,
  partFiguresSince,
  partsAt,
  partsBehind,
  partsOf,
  takeoverCounts,
  takeoversSince,
} from './queries.ts';
import { backupPost, handBack, helpable, mayChangeHands, takeOver } from './takeovers.ts';

const done = { done: true as const };
const day = 86_400_000;
const mostShown = 200;
const mostOffered = 60;

const encode = (at: Date, id: string): string => Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url');
function decode(cursor: string | undefined): { at: Date; id: string } | undefined {
  if (!cursor) return undefined;
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [number, string];
    return { at: new Date(at), id };
  } catch {
    return undefined;
  }
}

/** Parts with the request each belongs to, as far as this person may read it. */
async function withRequests(tx: Tx, dir: Directory, actor: Actor, parts: PartRecord[], now: Date) {
  const requests = new Map(
    (await requestsOfCases(tx, [...new Set(parts.map((part) => part.case_id))])).map((r) => [r.case_id!, r]),
  );
  const rows = new Map((await rowViews(tx, dir, actor, [...requests.values()])).map((row) => [row.id, row]));
  return parts.flatMap((part) => {
    const r = requests.get(part.case_id);
    const request = r && rows.get(r.id);
    const reader = r && readerAt(dir, actor, r);
    return request && reader ? [{ part: partView(actor, part, sightOf(reader, r).detail, now), request }] : [];
  });
}

/** Work of several lines on one case: its parts, and a backup line that takes it over. */
export function mountJointWork(
  desk: Desk,
  handling: (context: HttpContext, caseId: string) => Promise<{ file: CaseRecord; requests: RequestRecord[] }>,
): void {
  addToThread('cases', async (tx, _dir, { actor, reader, r, siblings, can, now }) => {
    if (!r.case_id || reader === 'requester' || reader === 'program') return {};
    const parts = await partsOf(tx, [r.case_id]);
    const [taken] = await openTakeover(tx, [r.case_id]);
    const views = parts.map((part) => partView(actor, part, sightOf(reader, r).detail, now));
    // Who asks does none of it, as for the lead.
    const own = siblings.some((one) => sameHand(actor, one.requester_id));
    const mine = own ? [] : views.filter((part) => part.mine && isOpenPart(part));
    const cannot: Record<string, string> = mine.length > 0 ? { handle: 'co_handler' } : {};
    return {
      parts: views,
      takeover: taken
        ? {
            fromLineId: taken.from_line_id,
            fromUnitId: taken.from_unit_id,
            toLineId: taken.to_line_id,
            at: taken.at.toISOString(),
            by: taken.by_label,
          }
        : null,
      can: {
        askPart: can.progress,
        acceptPart: mine.some((part) => part.state === 'asked'),
        progressPart: mine.length > 0,
        finishPart: mine.length > 0,
        handBack: taken !== undefined && can.progress && r.work !== 'dispatched',
      },
      cannot,
    };
  });

  const doing = async (context: HttpContext, id: string) => {
    const found = await asCoHandler(context, id);
    await noteDevice(
      context,
      found.requests.map((request) => request.id),
    );
    return found;
  };

  serve(desk, api.askPart, async (context, { id, lineId, unitId, task, due }) => {
    const { file, requests } = await handling(context, id);
    if (!mayMove('progress', file.state as 'accepted'))
      throw new Refusal(409, 'not_in_this_state', { values: { state: file.state } });
    const [part] = await askParts(
      context,
      await directory(context.tx),
      file,
      requests,
      [{ lineId, unitId, task, due: due ? new Date(due) : undefined }],
      'cases.handle',
    );
    return { partId: part!.id };
  });
  serve(desk, api.acceptPart, async (context, { id }) => {
    const { part, requests } = await doing(context, id);
    await acceptPart(context, part, requests);
    return done;
  });
  serve(desk, api.progressPart, async (context, input) => {
    const { part, requests } = await doing(context, input.id);
    await progressPart(context, part, requests, input);
    return done;
  });
  serve(desk, api.finishPart, async (context, input) => {
    await finishPart(context, await doing(context, input.id), input);
    return done;
  });
  serve(desk, api.releasePart, async (context, { id, why }) => {
    const asked = await partById(context.tx, id);
    if (!asked) throw notFound();
    const { requests } = await handling(context, asked.case_id);
    const part = (await partById(context.tx, id))!;
    if (!isOpenPart(part)) throw badField('id', 'part_over');
    await releaseParts(context, [part], requests.filter(inHand), { text: why, reason: 'by_lead' });
    return done;
  });

  serve(desk, api.parts, async ({ tx, actor, now }, { view, after, limit }) => {
    const posts = postsOf(actor);
    const found = await partsAt(tx, posts, {
      view,
      now,
      since: new Date(now.getTime() - 30 * day),
      after: decode(after),
      limit: limit + 1,
    });
    const kept = found.slice(0, limit);
    const last = kept.at(-1);
    return {
      rows: await withRequests(tx, await directory(tx), actor, kept, now),
      next: found.length > limit && last ? encode(view === 'done' ? last.done_at! : last.due, last.id) : null,
      ...(await countOpenParts(tx, posts, now)),
    };
  });
  serve(desk, api.partFigures, async ({ tx, now }, { days }) => {
    const since = new Date(now.getTime() - days * day);
    const lines = new Map<number, { lineId: number; relieved: number; helped: number }>();
    const line = (lineId: number) => {
      const known = lines.get(lineId) ?? { lineId, relieved: 0, helped: 0 };
      lines.set(lineId, known);
      return known;
    };
    for (const { from, to, n } of await takeoverCounts(tx, since)) {
      line(from).relieved += n;
      line(to).helped += n;
    }
    return {
      since: since.toISOString(),
      parts: await partFiguresSince(tx, since, now),
      takeovers: [...lines.values()].sort((a, b) => a.lineId - b.lineId),
    };
  });
  serve(desk, api.partRecords, async ({ tx, actor, now }, { lineId, which, days }) => {
    const dir = await directory(tx);
    const parts = await partsBehind(tx, lineId, which, new Date(now.getTime() - days * day), now);
    const rows = await withRequests(tx, dir, actor, parts.slice(0, mostShown), now);
    return { rows, all: parts.length };
  });

  serve(desk, api.offered, async ({ tx, actor, now }) => {
    const dir = await directory(tx);
    const loads = await helpable(tx, dir, actor, now);
    const cases = new Map<string, RequestRecord>();
    for (const load of loads) {
      const to = backupPost(actor, load)!;
      for (const r of await openAtPost(tx, load.lineId, load.unitId, mostOffered))
        if (!sameHand(actor, r.requester_id) && mayChangeHands(r, to) && !cases.has(r.case_id!))
          cases.set(r.case_id!, r);
    }
    const sight = (r: RequestRecord) => sightOf('overseer', r);
    return {
      lines: loads.map(({ backupLineId: _backup, overloaded: _overloaded, ...load }) => load),
      cases: [...cases.values()]
        .sort((a, b) => a.next_due!.getTime() - b.next_due!.getTime())
        .slice(0, mostOffered)
        .map((r) => ({
          caseId: r.case_id!,
          requestId: r.id,
          number: r.number,
          lineId: r.line_id!,
          leadUnitId: r.lead_unit_id,
          categoryId: sight(r).detail && r.class === 'normal' ? r.category_id : r.first_category_id,
          unitId: r.unit_id,
          priority: r.priority as 'urgent',
          due: told(sight(r), r.next_due!),
          accepted: r.work !== 'dispatched',
        })),
    };
  });
  serve(desk, api.takeOver, async (context, { id }) => {
    await takeOver(context, await directory(context.tx), id);
    return done;
  });
  serve(desk, api.handBack, async (context, { id, why }) => {
    const { file, requests } = await handling(context, id);
    await handBack(context, await directory(context.tx), file, requests, why);
    return done;
  });
  serve(desk, api.takeovers, async ({ tx, actor, now }, { days, lineId, side }) => {
    const dir = await directory(tx);
    const found = await takeoversSince(tx, new Date(now.getTime() - days * day), { lineId, side });
    const shown = found.slice(0, mostShown);
    const requests = new Map(
      (
        await requestsOfCases(
          tx,
          shown.map((one) => one.case_id),
        )
      ).map((r) => [r.case_id!, r]),
    );
    return {
      all: found.length,
      rows: shown.map((one) => {
        const r = requests.get(one.case_id);
        const seen = r !== undefined && readerAt(dir, actor, r) !== null;
        return {
          id: one.id,
          caseId: one.case_id,
          requestId: seen ? r.id : null,
          number: seen ? r.number : null,
          fromLineId: one.from_line_id,
          fromUnitId: one.from_unit_id,
          toLineId: one.to_line_id,
          toUnitId: one.to_unit_id,
          at: one.at.toISOString(),
          by: one.by_label,
          endedAt: one.ended_at?.toISOString() ?? null,
          ended: one.ended as 'handled' | null,
        };
      }),
    };
  });
}
