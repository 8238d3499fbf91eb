import { makeQueryCode } from '../../contract/query-code.ts';
import { keep, recall } from './database.ts';

/** A random UUID (v4). `crypto.randomUUID` needs https; a site's own network may not have it. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export function newQueryCode(): string {
  return makeQueryCode(crypto.getRandomValues(new Uint8Array(9)));
}

let device = '';

/** A random name of this phone, so that the server can tell one phone's repeats from another's. */
export async function startDevice(): Promise<void> {
  device = (await recall<string>('device')) ?? '';
  if (device) return;
  device = uuid();
  await keep('device', device);
}

export function deviceId(): string {
  return device;
}
