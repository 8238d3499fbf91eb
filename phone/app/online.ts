import { stored } from './stored.ts';

/**
 * Whether the server answers. The browser's own word is only where it begins: a phone on a site's Wi-Fi without a way
 * out believes itself online, so the last exchange decides.
 */
export const online = stored<boolean>(navigator.onLine);

/** Called each time the server answers again after it did not. */
export function atReturn(look: () => void): void {
  let was = online.get();
  online.subscribe(() => {
    if (online.get() && !was) look();
    was = online.get();
  });
}

let lostAt = 0;

/** @param askedAt by `performance.now()`: an answer that was on its way when the network went says nothing of now */
export function heardFromServer(answered: boolean, askedAt = performance.now()): void {
  if (!answered) lostAt = performance.now();
  else if (askedAt < lostAt) return;
  if (online.get() !== answered) online.set(answered);
}
