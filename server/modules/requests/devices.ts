import { sha256 } from '../../platform/crypto.ts';
import { deviceCookie } from '../../platform/http.ts';
import type { HttpContext } from '../../platform/serve.ts';
import { noteStaffDevice } from './contacts/queries.ts';

export function deviceHash(context: Pick<HttpContext, 'request'>): Buffer | null {
  const value = context.request.cookies[deviceCookie];
  return value ? sha256('device:', value) : null;
}

/** Remembers that staff worked on these requests from this device. */
export async function noteDevice(context: HttpContext, requestIds: string[]): Promise<void> {
  const device = deviceHash(context);
  if (device) await noteStaffDevice(context.tx, requestIds, device);
}
