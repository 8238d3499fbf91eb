/**
 * The draw of follow-up calls (rules 9). Pure: whoever has the secret that was told, the root of the seal over the day's
 * closed frame, and the published rates computes the same list by hand (docs/operations.md).
 */
import { hmacSha256, sha256 } from '../../../platform/crypto.ts';

/** Shares are whole numbers of ten thousand, so that no rounding decides anything. */
export const whole = 10_000;

/** H(s): what is sealed at 00:00, before anybody knows whom the secret will draw. */
export const commitmentOf = (secret: Buffer): Buffer => sha256(secret);

/** key = SHA-256(s ‖ root of the seal over the closed frame). */
export const drawKey = (secret: Buffer, sealRoot: Buffer): Buffer => sha256(secret, sealRoot);

/**
 * HMAC-SHA-256(key, id) / 2²⁵⁶ < share, exactly.
 * @param id the request's id as it is written, 36 characters in lower case
 * @param share of ten thousand
 */
export const isDrawn = (key: Buffer, id: string, share: number): boolean =>
  BigInt(`0x${hmacSha256(key, id).toString('hex')}`) * BigInt(whole) < BigInt(share) << 256n;

/** What is drawn for a second call by somebody else, among the answered ones of the same day. */
export const isDrawnAgain = (key: Buffer, id: string, share: number): boolean => isDrawn(key, `again ${id}`, share);

/** The record under which the journal keeps everything of one day: version 8 (RFC 9562), made from the day alone. */
export function dayRecord(day: string): string {
  const bytes = Buffer.from(sha256(`followup day ${day}`).subarray(0, 16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The record under which the journal keeps the published rates. */
export const ratesRecord = dayRecord('rates');

export interface FrameLine {
  request: string;
  stratum: string;
  mandatory: string | null;
}

/** One digest over the whole frame, whatever the order in which it is written. */
export const frameDigest = (lines: readonly FrameLine[]): Buffer =>
  sha256(
    lines
      .map((line) => `${line.request} ${line.stratum} ${line.mandatory ?? '-'}\n`)
      .sort()
      .join(''),
  );
