import { messageEndpoints as api } from '../../../contract/messages.ts';
import type { Keys } from '../../platform/crypto.ts';
import { provideHearers } from '../../platform/live.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { listChannels, listDeliveries, saveChannel, sendAgain, testChannel } from './channels.ts';
import { addresseesInSight, askedInSight, chase } from './chasing.ts';
import { confirmMessage, countsOf, hearersOfMessages, openMessages, readInbox } from './inbox.ts';
import { confirmAddress, dropAddress, giveAddress, readPreferences, writePreferences } from './preferences.ts';

export function mountMessages(desk: Desk, { keys }: { keys: Keys }): void {
  provideHearers('message', hearersOfMessages);
  serve(desk, api.inbox, ({ tx, actor }, input) => readInbox(tx, actor.accountId!, input));
  serve(desk, api.messageCounts, ({ tx, actor }) => countsOf(tx, actor.accountId!));
  serve(desk, api.open, (context, { ids }) => openMessages(context, ids));
  serve(desk, api.confirm, (context, { id, reply }) => confirmMessage(context, id, reply ?? null));

  serve(desk, api.asked, async (context, { open }) => ({ asked: await askedInSight(context, open) }));
  serve(desk, api.addressees, (context, { id }) => addresseesInSight(context, id));
  serve(desk, api.chase, (context, { id }) => chase(context, id));

  serve(desk, api.preferences, (context) => readPreferences(context, keys));
  serve(desk, api.savePreferences, async (context, { version, ...chosen }) => ({
    version: await writePreferences(context, chosen, version),
  }));
  serve(desk, api.giveAddress, (context, { kind, address }) => giveAddress(context, keys, kind, address));
  serve(
    desk,
    api.confirmAddress,
    (context, { kind, code }) => confirmAddress(context, keys, kind, code, (work) => inTransaction(desk.pool, work)),
    // Two transactions of its own, one after the other. Confirmed twice is confirmed once.
    { oneStatement: true },
  );
  serve(desk, api.dropAddress, async (context, { kind }) => {
    await dropAddress(context, kind);
    return { done: true as const };
  });

  serve(desk, api.channels, async (context) => ({ channels: await listChannels(context, keys) }));
  serve(desk, api.saveChannel, (context, input) => saveChannel(context, keys, input));
  serve(
    desk,
    api.testChannel,
    async (context, { id, to }) => {
      const outcome = await testChannel(context, keys, id, to);
      return { sent: outcome.sent, reason: outcome.sent ? null : outcome.reason, answer: outcome.answer };
    },
    // A mail server may take its time: no transaction waits for it.
    { oneStatement: true },
  );
  serve(desk, api.deliveries, ({ tx }, input) => listDeliveries(tx, input));
  serve(desk, api.sendAgain, async (context, { ids }) => ({ waiting: await sendAgain(context, ids) }));
}
