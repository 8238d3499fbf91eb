import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Item } from './outbox.ts';
import type { Mine } from './records.ts';

/** A picture as bytes: older Safari loses Blobs kept in IndexedDB. */
export interface KeptPhoto {
  id: string;
  type: string;
  bytes: ArrayBuffer;
}

interface Schema extends DBSchema {
  /** One value under one name: directory, place, who is signed in, draft, last seen threads. */
  kept: { key: string; value: unknown };
  /** Requests this phone remembers. */
  mine: { key: string; value: Mine };
  outbox: { key: string; value: Item };
  photos: { key: string; value: KeptPhoto };
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

export function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('lastmetre', 1, {
    upgrade(db) {
      db.createObjectStore('kept');
      db.createObjectStore('mine', { keyPath: 'id' });
      db.createObjectStore('outbox', { keyPath: 'id' });
      db.createObjectStore('photos', { keyPath: 'id' });
    },
    blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
    terminated: () => {
      opened = undefined;
    },
  });
  return opened;
}

export async function recall<T>(key: string): Promise<T | undefined> {
  return (await (await database()).get('kept', key)) as T | undefined;
}

export async function keep(key: string, value: unknown): Promise<void> {
  const db = await database();
  await (value === undefined ? db.delete('kept', key) : db.put('kept', value, key));
}

/**
 * Runs `work` while no other tab and no service worker runs theirs: the browser's lock, or, where it has none (plain
 * http on a site's own network), a lease in the database that a closed tab cannot hold for longer than a minute.
 */
export async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  if (navigator.locks) return navigator.locks.request('outbox', work);
  const db = await database();
  for (;;) {
    const tx = db.transaction('kept', 'readwrite');
    const until = ((await tx.store.get('lease')) as number | undefined) ?? 0;
    const free = until < Date.now();
    if (free) await tx.store.put(Date.now() + 60_000, 'lease');
    await tx.done;
    if (free) break;
    await new Promise((wake) => setTimeout(wake, 300));
  }
  try {
    return await work();
  } finally {
    await db.delete('kept', 'lease');
  }
}
