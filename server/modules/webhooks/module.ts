import { webhookEndpoints as api } from '../../../contract/webhooks.ts';
import type { Keys } from '../../platform/crypto.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import { whenSealed } from '../requests/index.ts';
import { dropAbout } from './queries.ts';
import {
  endSubscription,
  listSubscriptions,
  readLog,
  renewSecret,
  resend,
  saveSubscription,
  sendTest,
} from './subscriptions.ts';

export function mountWebhooks(desk: Desk, { keys }: { keys: Keys }): void {
  whenSealed('webhooks', async ({ tx, now }, { number }) => void (await dropAbout(tx, number, now)));
  serve(desk, api.subscriptions, async (context) => ({ subscriptions: await listSubscriptions(context) }));
  serve(desk, api.save, (context, input) => saveSubscription(context, keys, input), { privateAnswer: true });
  serve(desk, api.renewSecret, (context, { id, version }) => renewSecret(context, keys, id, version), {
    privateAnswer: true,
  });
  serve(desk, api.end, async (context, { id }) => {
    await endSubscription(context, id);
    return { done: true as const };
  });
  serve(desk, api.test, (context, { id }) => sendTest(context, id));
  serve(desk, api.deliveries, readLog);
  serve(desk, api.resend, (context, { id }) => resend(context, id));
}
