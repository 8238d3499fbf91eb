import { exchange } from './api.ts';
import { heardFromServer, online } from './online.ts';
import type { Item } from './outbox.ts';
import { onOutboxChange, outbox, outboxItems } from './sending.ts';
import { stored } from './stored.ts';

/** What is in the outbox now. */
export const pending = stored<Item[]>([]);

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
  const look = async () => pending.set(await outboxItems());
  onOutboxChange(() => void look());
  await look();
  const connection = () => {
    heardFromServer(navigator.onLine);
    if (navigator.onLine) sendNow();
  };
  addEventListener('online', connection);
  addEventListener('offline', connection);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && navigator.onLine) sendNow();
  });
  setInterval(() => {
    if (pending.get().length > 0) sendNow();
    else if (!online.get()) void exchange('/api/session').catch(() => {});
  }, 20_000);
  if (navigator.onLine) sendNow();
}

/** Keeps an item and sets out to send it. On the phone's disk when this returns. */
export async function post(item: Item): Promise<void> {
  await outbox.add(item);
  if (navigator.onLine) sendNow();
  void askForSync();
}
