import { exchange } from './api.ts';
import { heardFromServer, online } from './online.ts';
import type { Beside, Item } from './outbox.ts';
import type { Mine } from './records.ts';
import { onDisk, onOutboxChange, outbox } from './sending.ts';
import { stored } from './stored.ts';

/**
 * What is in the outbox now, and the requests this phone remembers. Both are of the same moment: one that has just been
 * sent would otherwise look for a while as if it were neither waiting nor received.
 */
export const pending = stored<Item[]>([]);
export const mine = stored<Mine[]>([]);

/** Tries to send now; a failure stays in the outbox, and the server being down must not break a page. */
export function sendNow(): void {
  void outbox.flush().catch(() => {});
}

interface WithSync extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

/** Asks the browser to wake the service worker when the network is back, even with this page closed. */
async function askForSync(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as WithSync | undefined;
  await registration?.sync?.register('outbox').catch(() => {});
}

export async function startSending(): Promise<void> {
  const look = async () => {
    const now = await onDisk();
    mine.set(now.mine);
    pending.set(now.pending);
  };
  onOutboxChange(() => void look());
  await look();
  const connection = () => {
    heardFromServer(navigator.onLine);
    if (navigator.onLine) sendNow();
  };
  addEventListener('online', connection);
  addEventListener('offline', connection);
  // Whatever the browser believes: one that was opened without a network is never told that it is back.
  const tryNow = () => {
    if (pending.get().length > 0) sendNow();
    else if (!online.get()) void exchange('/api/session').catch(() => {});
  };
  const looked = () => {
    if (document.visibilityState === 'visible') tryNow();
  };
  document.addEventListener('visibilitychange', looked);
  addEventListener('focus', looked);
  addEventListener('pageshow', looked);
  (navigator as { connection?: EventTarget }).connection?.addEventListener('change', tryNow);
  // Whoever noticed that the server answers again: what waits goes at once.
  online.subscribe(() => {
    if (online.get()) sendNow();
  });
  setInterval(tryNow, 20_000);
  // While somebody looks at a phone that has lost its network, its return shows within seconds.
  setInterval(() => {
    if (!online.get()) looked();
  }, 4_000);
  if (navigator.onLine) sendNow();
}

/** Keeps a new item and sets out to send it. On the phone's disk when this returns. */
export async function post(item: Item, beside: Beside): Promise<void> {
  await outbox.add(item, beside);
  if (navigator.onLine) sendNow();
  void askForSync();
}
