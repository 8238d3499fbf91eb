import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keys } from '../../platform/crypto.ts';

/** Where a page ended. */
export interface Place {
  at: Date;
  id: string;
}

export interface Cursors {
  encode(place: Place): string;
  /** Undefined for what no server of this group wrote. */
  decode(cursor: string | undefined): Place | undefined;
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Cursors of lists, sealed: they hold the time a row was sorted by, and of a confidential row a reader may know the day
 * only (rules 6).
 */
export function openCursors(keys: Keys): Cursors {
  const key = keys.hmac('record', 'list cursors');
  return {
    encode({ at, id }) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce);
      const sealed = Buffer.concat([cipher.update(JSON.stringify([at.getTime(), id])), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    decode(cursor) {
      if (!cursor) return undefined;
      const bytes = Buffer.from(cursor, 'base64url');
      try {
        const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
        decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
        const opened =
          decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
        const [at, id] = JSON.parse(opened) as [number, string];
        return { at: new Date(at), id };
      } catch {
        return undefined;
      }
    },
  };
}
