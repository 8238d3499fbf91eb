import { outbox } from './app/sending.ts';

declare const SHELL: string[];
declare const VERSION: string;
declare const self: ServiceWorkerGlobalScope;

const shelf = `phone-${VERSION}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(shelf)
      .then((cache) => cache.addAll(SHELL.map((path) => new Request(path, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => name.startsWith('phone-') && name !== shelf).map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

/** How long a weak signal may keep the page waiting before the kept one is shown. */
const patience = 3_000;

/** The page itself comes from the network while there is one, so that a repair reaches people at once. */
async function page(request: Request): Promise<Response> {
  const kept = await (await caches.open(shelf)).match('./');
  const fresh = fetch(request).then((answer) => (answer.ok || !kept ? answer : kept));
  if (!kept) return fresh;
  const late = new Promise<Response>((show) => setTimeout(() => show(kept), patience));
  return Promise.race([fresh.catch(() => kept), late]);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  // Only the shell, never data: what /api answers is not kept here.
  if (request.method !== 'GET' || url.origin !== location.origin || !url.pathname.startsWith('/p/')) return;
  event.respondWith(
    request.mode === 'navigate' ? page(request) : caches.match(request).then((kept) => kept ?? fetch(request)),
  );
});

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

self.addEventListener('sync', (event) => {
  const { tag } = event as SyncEvent;
  if (tag === 'outbox') (event as SyncEvent).waitUntil(outbox.flush());
});
