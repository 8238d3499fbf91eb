import { uuidv7 } from 'uuidv7';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { outreachEndpoints } from '../../../contract/outreach.ts';
import { sealedClasses } from '../../../contract/requests.ts';
import { areasFor, covers } from '../../platform/actor.ts';
import type { Keys } from '../../platform/crypto.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context, HttpContext } from '../../platform/serve.ts';
import { type Directory, directory } from '../organization/index.ts';
import { askedThere, insertContact, registerFound } from '../requests/index.ts';
import { dayOf, touchMs } from './places.ts';
import {
  dropNeed,
  insertNeed,
  insertTouch,
  lockTouch,
  needsOf,
  openTouchOf,
  patchTouch,
  type TouchRecord,
  touchById,
} from './queries.ts';
import { touchReaderOf } from './sight.ts';

/** Who asked for the same there within this time had it before the touch. */
const askedWithinMs = 7 * 24 * 3_600_000;

type Input<K extends keyof typeof outreachEndpoints> = ParsedOf<(typeof outreachEndpoints)[K]>;

const note = (
  { tx, actor, now }: Context,
  touch: Pick<TouchRecord, 'id' | 'unit_id' | 'site_id' | 'role'>,
  action: string,
  figures: Record<string, string | number | boolean | null>,
) =>
  append(tx, {
    at: now,
    actorId: actor.accountId,
    role: touch.role,
    action: `outreach.${action}`,
    recordKind: 'touch',
    recordId: touch.id,
    class: 'normal',
    unitId: touch.unit_id,
    siteId: touch.site_id,
    figures,
  });

/** First-level categories one may ask about: not those of which every kind belongs to a sealed line (rules 5). */
export function openTopics(dir: Directory): number[] {
  const open = new Set(
    [...dir.categories.values()]
      .filter((one) => one.parentId !== null && !sealedClasses.includes(one.recordClass))
      .map((one) => one.parentId!),
  );
  return [...dir.categories.values()].filter((one) => one.parentId === null && open.has(one.id)).map((one) => one.id);
}

/** @throws bad_input naming topics */
export function checkTopics(dir: Directory, topics: readonly number[]): void {
  const open = openTopics(dir);
  if (topics.some((one) => !open.includes(one))) throw badField('topics', 'unknown_category');
}

/** Ends one that nobody ended: it counts as neither found nor nothing. */
async function leave(context: Context, touch: TouchRecord): Promise<void> {
  const found = (await needsOf(context.tx, touch.id)).length > 0 ? 'need' : 'unfinished';
  await patchTouch(context.tx, touch.id, { ended_at: context.now, found });
  if (found === 'unfinished') await noteContact(context, touch, 'dropped');
  await note(context, touch, 'touch_left', { found });
}

/** A visit is a contact whether it makes a request or not (rules 1); a need found on it is a contact of its own. */
const noteContact = ({ tx, actor }: Context, touch: TouchRecord, outcome: 'information' | 'dropped') =>
  insertContact(tx, {
    id: uuidv7(),
    at: touch.began_at,
    channel: 'proactive',
    operator_id: actor.accountId,
    caller_key: null,
    outcome,
  });

/**
 * Recorded before anything is found on it, with the time of the server. Whoever works for a line makes none: they would
 * find what their own line is asked for (rules 3).
 * @throws handles_a_line; touch_open with the one that runs; forbidden outside their places; bad_input naming siteId
 */
export async function begin(context: Context, input: Input<'begin'>): Promise<{ id: string; beganAt: string }> {
  const { tx, actor, now } = context;
  if (actor.permissions.has('cases.handle')) throw forbidden('handles_a_line');
  const dir = await directory(tx);
  const site = dir.nodes.get(input.siteId);
  const unitId = dir.unitOf(input.siteId);
  if (site?.kind !== 'site' || unitId === null) throw badField('siteId', 'unknown_site');
  const area = areasFor(actor, 'outreach.record').find((one) => covers(one, { unitId, siteId: site.id }));
  if (!area) throw forbidden();
  const again = await touchById(tx, input.id);
  if (again) {
    if (again.by_id !== actor.accountId || again.site_id !== site.id) throw new Refusal(409, 'idempotency_mismatch');
    return { id: again.id, beganAt: again.began_at.toISOString() };
  }
  const running = await openTouchOf(tx, actor.accountId!);
  // The same touch, begun by the other press a moment ago.
  if (running?.id === input.id) return { id: running.id, beganAt: running.began_at.toISOString() };
  if (running && now.getTime() - running.began_at.getTime() <= touchMs)
    throw conflict('touch_open', { id: running.id });
  if (running) {
    const locked = await lockTouch(tx, running.id);
    if (locked?.ended_at === null) await leave(context, locked);
  }
  const made = await insertTouch(tx, {
    id: input.id,
    kind: input.kind,
    site_id: site.id,
    unit_id: unitId,
    by_id: actor.accountId!,
    by_label: actor.label,
    role: area.role,
    day: dayOf(dir, now),
    began_at: now,
    crew: input.crew ?? null,
    point: input.point ?? null,
  });
  if (!made) {
    // Pressed twice, or on two devices at once: the first stands.
    const first = await openTouchOf(tx, actor.accountId!);
    if (first?.id === input.id) return { id: first.id, beganAt: first.began_at.toISOString() };
    throw conflict('touch_open', first ? { id: first.id } : undefined);
  }
  await note(context, { id: input.id, unit_id: unitId, site_id: site.id, role: area.role }, 'touch_begun', {
    kind: input.kind,
  });
  return { id: input.id, beganAt: now.toISOString() };
}

async function ownTouch(context: Context, id: string): Promise<TouchRecord> {
  const touch = await lockTouch(context.tx, id);
  if (!touch || touch.by_id !== context.actor.accountId) throw notFound();
  return touch;
}

/**
 * Registers what was found while the touch runs, and ties both in one transaction.
 * @throws touch_ended once it is ended, or twelve hours old; sealed_category, of which nothing is stored
 */
export async function findNeed(context: HttpContext, keys: Keys, input: Input<'need'>) {
  const { tx, actor, now } = context;
  if (actor.permissions.has('cases.handle')) throw forbidden('handles_a_line');
  const { id: touchId, requestId, ...asked } = input;
  const touch = await ownTouch(context, touchId);
  const [known] = (await needsOf(tx, touchId)).filter((one) => one.request_id === requestId);
  const late = now.getTime() - touch.began_at.getTime() > touchMs;
  if (!known && (touch.ended_at !== null || late)) throw conflict('touch_ended');
  const askedBefore =
    (await askedThere(tx, [touch.site_id, asked.categoryId, new Date(now.getTime() - askedWithinMs)])).length > 0;
  const { received, fresh } = await registerFound(context, keys, {
    ...asked,
    id: requestId,
    siteId: touch.site_id,
    point: asked.point ?? touch.point ?? undefined,
  });
  // A request that was stored by another door is nobody's find.
  if (!fresh && !known) throw new Refusal(409, 'idempotency_mismatch');
  if (!fresh) return received;
  await insertNeed(tx, {
    request_id: requestId,
    touch_id: touchId,
    at: now,
    unit_id: touch.unit_id,
    site_id: touch.site_id,
    asked_before: askedBefore,
  });
  await note(context, touch, 'need_found', { request: requestId, askedBefore });
  return received;
}

/**
 * @throws touch_ended; needs_first where "need" is said and none is registered; bad_input naming found, topics or words
 */
export async function end(context: Context, input: Input<'end'>): Promise<void> {
  const { tx, now } = context;
  const touch = await ownTouch(context, input.id);
  if (touch.ended_at !== null) throw conflict('touch_ended');
  checkTopics(await directory(tx), input.topics);
  const needs = (await needsOf(tx, touch.id)).length;
  if (input.found === 'need' && needs === 0)
    throw new Refusal(422, 'needs_first', { fields: [{ field: 'found', code: 'needs_first' }] });
  if (input.found !== 'need' && needs > 0) throw badField('found', 'needs_were_found', { n: needs });
  if (input.found === 'information' && !input.words) throw badField('words', 'required');
  await patchTouch(tx, touch.id, {
    ended_at: now,
    found: input.found,
    topics: [...new Set(input.topics)],
    crew: input.crew ?? touch.crew,
    point: input.point ?? touch.point,
    words: input.words ?? null,
  });
  if (needs === 0) await noteContact(context, touch, 'information');
  await note(context, touch, 'touch_ended', { found: input.found, needs, topics: input.topics.length });
}

/** Words that belong to a sealed line go, whoever recognises them (rules 5). */
export async function erase(context: Context, id: string): Promise<void> {
  const touch = await lockTouch(context.tx, id);
  if (!touch || !touchReaderOf(context.actor, touch)) throw notFound();
  await patchTouch(context.tx, id, { words: null, crew: null, point: null });
  await note(context, touch, 'words_erased', {});
}

/** The request it found turned out to belong to a sealed line: neither the link nor what was noted around it stays. */
export async function forgetSealed({ tx }: Context, request: { id: string }): Promise<void> {
  const found = await dropNeed(tx, request.id);
  if (found) await patchTouch(tx, found.touch_id, { words: null, crew: null, point: null });
}
