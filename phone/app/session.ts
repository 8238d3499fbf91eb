import type { Me } from '../../contract/access.ts';
import { call, Refusal } from './api.ts';
import { database, keep, recall } from './database.ts';
import { sendNow } from './pending.ts';
import { type Locale, settings } from './settings.ts';
import { stored } from './stored.ts';
import { speak } from './words.ts';

/** Who is signed in on this phone; the last known one while there is no network. */
export const me = stored<Me | null>(null);

async function become(next: Me | null): Promise<void> {
  await keep('me', next ?? undefined);
  me.set(next && next.pending === null ? next : null);
}

export async function startSession(): Promise<void> {
  const last = (await recall<Me>('me')) ?? null;
  me.set(last && last.pending === null ? last : null);
}

/** Asks the server; only its own answer signs out, never a missing network. */
export async function refreshSession(): Promise<void> {
  try {
    await become(await call<Me | null>('/api/session'));
  } catch {
    // Who was known here stays known until the server says otherwise.
  }
}

async function enter(path: string, json: unknown): Promise<Me> {
  const next = await call<Me>(path, { method: 'POST', json });
  await become(next);
  if (next.pending === null) {
    if (next.locale !== settings.get().locale) void tellLocale(settings.get().locale);
    sendNow();
  }
  return next;
}

export const signIn = (login: string, password: string) => enter('/api/session', { login, password });
export const signInAsDemo = (login: string) => enter('/api/session/demo', { login });
export const enterCode = (code: string) => enter('/api/session/second-factor', { code });
export const changePassword = (current: string, next: string) => enter('/api/session/password', { current, next });

/** Leaves nothing of the account on the phone but what waits in the outbox. */
export async function signOut(): Promise<void> {
  await call('/api/session', { method: 'DELETE' }).catch((fault) => {
    if (!(fault instanceof Refusal)) throw fault;
  });
  const db = await database();
  for (const key of await db.getAllKeys('kept')) {
    if (!/^(thread|rows|draft|measures):/.test(key)) continue;
    const { photos } = (await db.get('kept', key)) as { photos?: string[] };
    for (const photo of photos ?? []) await db.delete('photos', photo);
    await db.delete('kept', key);
  }
  await become(null);
}

async function tellLocale(locale: Locale): Promise<void> {
  await call('/api/session/locale', { method: 'PUT', json: { locale } }).catch(() => {});
}

export async function changeLocale(locale: Locale): Promise<void> {
  await speak(locale);
  if (me.get()) await tellLocale(locale);
}
