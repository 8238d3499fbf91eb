import { uuidv7 } from 'uuidv7';
import type { ChannelSettings } from '../../../contract/messages.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { agreedToSms, allChannels, type ChannelRecord, insertDeliveries } from './queries.ts';

/** What a text message to somebody without an account needs: the number of the request and where to send it. */
export interface RequesterContact {
  number: string;
  callback: string;
}

type ContactOf = (tx: Tx, requestId: string) => Promise<RequesterContact | null>;
let contactOf: ContactOf = async () => null;

/** `requests` says here which number the requester left; messages keep none. */
export function provideRequesterContact(of: ContactOf): void {
  contactOf = of;
}

/** The number as it stands now, while they still agree. */
export const requesterNow = async (tx: Tx, requestId: string): Promise<RequesterContact | null> =>
  (await agreedToSms(tx, requestId)) ? contactOf(tx, requestId) : null;

export { agreedToSms as agreesToSms, setSmsAgreement } from './queries.ts';

/** The group's way to text requesters; null unless it switched that on. */
export async function requesterChannel(tx: Tx): Promise<ChannelRecord | null> {
  const sms = (await allChannels(tx)).find(({ kind, enabled }) => kind === 'sms' && enabled);
  return sms && (sms.settings as ChannelSettings).requesters ? sms : null;
}

/**
 * There is news for whoever asked: by SMS where the group switched it on, they left a number and agreed. It says the number
 * of the request only. Everybody has the notice in their thread besides.
 * @param occasion what happened; told once
 */
export async function tellRequester({ tx, now }: Context, requestId: string, occasion: string): Promise<void> {
  const channel = await requesterChannel(tx);
  if (!channel || !(await agreedToSms(tx, requestId))) return;
  await insertDeliveries(tx, [
    {
      id: uuidv7(),
      channel_id: channel.id,
      purpose: 'requester',
      request_id: requestId,
      occasion,
      not_before: now,
      created_at: now,
    },
  ]);
}
