import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { Permission } from '../../../contract/permissions.ts';
import { type requestEndpoints, sealedClasses } from '../../../contract/requests.ts';
import type { Actor } from '../../platform/actor.ts';
import { roleFor } from '../../platform/actor.ts';
import { equalBytes, type Keys } from '../../platform/crypto.ts';
import { badField, forbidden, Refusal } from '../../platform/errors.ts';
import { claimFiles } from '../../platform/files.ts';
import { contentDigest, type JournalEntry } from '../../platform/journal.ts';
import type { Once } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, readPointToken } from '../organization/index.ts';
import { submissionTime, zoneOffset } from './clocks.ts';
import { codeHmac } from './codes.ts';
import { reckonAt } from './dues.ts';
import { type Creation, contentOf, createRequests, requestById } from './queries.ts';

export type Asked = ParsedOf<typeof requestEndpoints.create>;

export interface IntakeOptions {
  channel: string;
  requesterId: string | null;
  requesterLabel: string | null;
  registrar: Actor | null;
  contactId?: string;
  callerKey: Buffer | null;
  priority?: string;
  sourceRef?: string;
}

/** Group-local yyMMdd of the request number. */
export function numberDay(at: Date, zone: string): string {
  const local = new Date(at.getTime() + zoneOffset(zone, at) * 60_000);
  return local.toISOString().slice(2, 10).replaceAll('-', '');
}

/** By which right it is asked or registered: whoever finds a need on a touch needs no other. */
const permissionFor = ({ registrar, channel }: Pick<IntakeOptions, 'registrar' | 'channel'>): Permission =>
  registrar === null ? 'requests.ask' : channel === 'proactive' ? 'outreach.record' : 'requests.register';

/** @throws sealed_category: nothing of it is stored (rules 5) */
export function refuseSealed(
  dir: Directory,
  categoryId: number,
): NonNullable<ReturnType<Directory['categories']['get']>> {
  const category = dir.categories.get(categoryId);
  if (!category?.parentId) throw badField('categoryId', 'unknown_category');
  if (sealedClasses.includes(category.recordClass)) {
    throw new Refusal(422, 'sealed_category', { values: { number: category.ring[0]?.number ?? dir.group.hotline } });
  }
  return category;
}

/**
 * A poster may be replaced after it was used: a phone that lost the answer sends the old one again, and what it sent
 * before says where that was. Only whoever has its id and code is taken at that word.
 */
async function placeSentBefore(
  tx: Tx,
  id: string,
  codeHash: Buffer,
): Promise<{ siteId: number; zh: string | null } | null> {
  const [r] = await requestById(tx, [id]);
  if (!r || r.site_id === null || !equalBytes(r.code_hmac, codeHash)) return null;
  const [content] = await contentOf(tx, [id]);
  return { siteId: r.site_id, zh: content?.point ?? null };
}

/**
 * Everything one create needs, decided before the one statement that stores it.
 * @throws sealed_category; bad_input naming categoryId or siteId
 */
export async function prepareCreation(
  tx: Tx,
  dir: Directory,
  keys: Keys,
  actor: Actor,
  asked: Asked,
  options: IntakeOptions,
  now: Date,
  once: Once | null,
): Promise<Creation> {
  const category = refuseSealed(dir, asked.categoryId);
  const codeHash = codeHmac(keys, asked.id, asked.queryCode);
  const point = asked.pointToken
    ? ((await readPointToken(tx, keys, asked.pointToken)) ?? (await placeSentBefore(tx, asked.id, codeHash)))
    : null;
  if (asked.pointToken && !point && !asked.siteId)
    throw new Refusal(422, 'poster_invalid', { fields: [{ field: 'siteId', code: 'site_needed' }] });
  const siteId = point?.siteId ?? asked.siteId ?? actor.tokenSiteId ?? null;
  if (siteId === null) throw badField('siteId', 'site_needed');
  if (actor.tokenSiteId !== null && siteId !== actor.tokenSiteId) throw forbidden();
  if (dir.nodes.get(siteId)?.kind !== 'site') throw badField('siteId', 'unknown_site');
  const submittedAt = submissionTime(now, {
    submittedAt: asked.submittedAt ? new Date(asked.submittedAt) : undefined,
    sentAt: asked.sentAt ? new Date(asked.sentAt) : undefined,
  });
  const priority = (options.priority ?? category.priority ?? 'normal24') as 'urgent';
  const { stageCode, dues, warnAt } = await reckonAt(tx, dir, siteId, priority, submittedAt, category.id);
  const key = randomBytes(16);
  // No name means none: neither thread nor journal nor kept answer may lead back to the account it was typed from.
  const nameless = asked.confidentiality === 'anonymous' && options.registrar === null;
  const unitId = dir.unitOf(siteId);
  const journal: JournalEntry = {
    at: now,
    actorId: nameless ? null : actor.accountId,
    role: nameless ? 'visitor' : roleFor(actor, permissionFor(options)),
    action: options.registrar ? 'requests.registered' : 'requests.submitted',
    recordKind: 'request',
    recordId: asked.id,
    class: category.recordClass,
    unitId,
    siteId,
    lineId: null,
    categoryId: category.id,
    to: 'received',
    figures: { channel: options.channel, priority, confidentiality: asked.confidentiality },
    digest: contentDigest(key, asked.text, asked.point, asked.callback),
  };
  return {
    request: {
      id: asked.id,
      contact_id: options.contactId ?? uuidv7(),
      channel: options.channel,
      confidentiality: asked.confidentiality,
      class: category.recordClass,
      category_id: category.id,
      first_category_id: category.parentId!,
      unit_id: unitId,
      site_id: siteId,
      stage_code: stageCode,
      priority,
      requester_id: options.requesterId,
      registrar_id: options.registrar?.accountId ?? null,
      device_id: nameless ? null : (asked.deviceId ?? null),
      code_hmac: codeHash,
      submitted_at: submittedAt,
      received_at: now,
      triage_due: dues.triage,
      contact_due: dues.contact,
      inner_due: dues.inner,
      resolve_due: dues.resolve,
      resolve_now: dues.resolve,
      promise_at: dues.resolve,
      next_due: dues.triage,
      warn_at: warnAt,
    },
    content: {
      key,
      text: asked.text,
      point: asked.point ?? point?.zh ?? null,
      callback: asked.callback ?? null,
      requester_label: options.requesterLabel,
      source_ref: options.sourceRef ?? null,
    },
    numberDay: `${dir.group.prefix}-${numberDay(submittedAt, dir.group.timezone)}`,
    callerKey: options.callerKey,
    entry: {
      id: uuidv7(),
      kind: options.registrar ? 'registered' : 'submitted',
      actorId: nameless ? null : actor.accountId,
      side: 'requester',
      who: options.requesterLabel,
      fileIds: asked.fileIds,
      // Said in the log of the clocks: the device's time was not believed, the arrival counts.
      data: asked.submittedAt && submittedAt === now ? { deviceTimeRefused: true } : {},
    },
    journal,
    once: nameless && once ? { ...once, sender: `request:${asked.id}` } : once,
    answer: {
      id: asked.id,
      promise: dues.resolve.toISOString(),
      resolve: dues.resolve.toISOString(),
      contact: dues.contact.toISOString(),
    },
  };
}

/** What the requester is told. */
export type Received = { id: string; number: string; promise: string; resolve: string; contact: string };

export const receivedAs = (creation: Creation, number: string): Received => ({
  ...(creation.answer as Omit<Received, 'number'>),
  number,
});

/** Within the command's own transaction. */
export async function storeCreation(tx: Tx, actor: Actor, creation: Creation): Promise<Received> {
  const { id } = creation.request;
  await claimFiles(tx, creation.entry.fileIds, 'request', id, actor, {
    forgetUploader: creation.entry.actorId === null,
  });
  return receivedAs(creation, (await createRequests(tx, [creation])).get(id)!);
}
