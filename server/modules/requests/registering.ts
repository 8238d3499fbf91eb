import type { z } from 'zod';
import type { registration } from '../../../contract/requests.ts';
import { areasFor, covers } from '../../platform/actor.ts';
import type { Keys } from '../../platform/crypto.ts';
import { badField, forbidden } from '../../platform/errors.ts';
import type { Context, HttpContext } from '../../platform/serve.ts';
import { accountsByPerson } from '../access/index.ts';
import { directory, personByStaffNo } from '../organization/index.ts';
import { noteDevice } from './devices.ts';
import { prepareCreation, type Received, storeCreation } from './intake.ts';
import type { Creation } from './queries.ts';
import { createdAs } from './resent.ts';

/** What is written down for somebody else. */
export type Registered = Omit<z.output<typeof registration>, 'channel' | 'answer'>;

/** @throws sealed_category; bad_input naming requesterStaffNo, categoryId or siteId */
export async function prepareRegistration(
  { tx, actor, now }: Context,
  keys: Keys,
  input: Registered,
  channel: string,
): Promise<Creation> {
  let requesterId: string | null = null;
  if (input.requesterStaffNo && input.confidentiality !== 'anonymous') {
    const person = await personByStaffNo(tx, input.requesterStaffNo);
    if (!person) throw badField('requesterStaffNo', 'unknown_person');
    requesterId = (await accountsByPerson(tx, [person.id]))[0]?.id ?? null;
  }
  return prepareCreation(
    tx,
    await directory(tx),
    keys,
    actor,
    input,
    {
      channel,
      requesterId,
      requesterLabel: input.confidentiality === 'anonymous' ? null : (input.requesterLabel ?? null),
      registrar: actor,
      contactId: input.contactId,
      callerKey: input.callback ? keys.hmac('caller', input.callback.replace(/\D/g, '')) : null,
      priority: input.priority,
    },
    now,
    null,
  );
}

/**
 * A need found by whoever went or rang before being asked: the same intake, on the channel `proactive`, which no other door
 * gives. It counts from now, whatever a device says.
 * @returns `fresh` is false where it was sent before and is stored already
 * @throws forbidden outside the places where this person makes touches
 */
export async function registerFound(
  context: HttpContext,
  keys: Keys,
  input: Omit<Registered, 'submittedAt' | 'sentAt' | 'pointToken' | 'contactId'> & { siteId: number },
): Promise<{ received: Received; fresh: boolean }> {
  const { tx, actor } = context;
  const creation = await prepareRegistration(context, keys, input, 'proactive');
  const before = await createdAs(tx, creation);
  if (before) return { received: before, fresh: false };
  const place = { unitId: creation.request.unit_id, siteId: creation.request.site_id };
  if (!areasFor(actor, 'outreach.record').some((area) => covers(area, place))) throw forbidden();
  const received = await storeCreation(tx, actor, creation);
  await noteDevice(context, [input.id]);
  return { received, fresh: true };
}
