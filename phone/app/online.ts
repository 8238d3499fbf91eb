import { stored } from './stored.ts';

/**
 * Whether the server answers. The browser's own word is only where it begins: a phone on a site's Wi-Fi without a way
 * out believes itself online, so the last exchange decides.
 */
export const online = stored<boolean>(navigator.onLine);

export function heardFromServer(answered: boolean): void {
  if (online.get() !== answered) online.set(answered);
}
