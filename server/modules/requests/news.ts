import { roleFor } from '../../platform/actor.ts';
import { Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { agreesToSms, provideRequesterContact, requesterChannel, setSmsAgreement } from '../messages/index.ts';
import { contentOf, type RequestRecord, requestById } from './queries.ts';

/** The number left with a request, if it is one that a text message can reach. */
async function numberLeft(tx: Tx, id: string): Promise<string | null> {
  const number = (await contentOf(tx, [id]))[0]?.callback?.replace(/[\s-]/g, '') ?? '';
  return /^\+?\d{6,15}$/.test(number) ? number : null;
}

/** Tells messages where a requester can be texted: asked when one goes out, kept nowhere else. */
export function provideNumbers(): void {
  provideRequesterContact(async (tx, id) => {
    const callback = await numberLeft(tx, id);
    const r = callback === null ? undefined : (await requestById(tx, [id]))[0];
    return r && callback !== null ? { number: r.number, callback } : null;
  });
}

/** How it stands, or the requester's choice. @throws no_channel where the group texts nobody or no number was left */
export async function newsBySms(
  context: Context,
  r: RequestRecord,
  agree: boolean | undefined,
): Promise<{ available: boolean; agreed: boolean }> {
  const { tx, actor, now } = context;
  const available = (await requesterChannel(tx)) !== null && (await numberLeft(tx, r.id)) !== null;
  const agreed = await agreesToSms(tx, r.id);
  if (agree === undefined || agree === agreed) return { available, agreed };
  if (agree && !available) throw new Refusal(409, 'no_channel');
  await setSmsAgreement(tx, r.id, agree, now);
  await append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, 'requests.judge'),
    action: 'requests.sms_agreed',
    recordKind: 'request',
    recordId: r.id,
    class: r.class,
    unitId: r.unit_id,
    siteId: r.site_id,
    lineId: r.line_id,
    categoryId: r.category_id,
    figures: { agreed: agree },
  });
  return { available, agreed: agree };
}
