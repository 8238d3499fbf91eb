import { hash, verify } from '@node-rs/argon2';
import { secret } from '../../platform/crypto.ts';

/** argon2id with the OWASP minimum (19 MiB, 2 passes): about 20 ms on a small machine. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

// Verified against when the login does not exist, so that time tells nothing.
let decoy: Promise<string> | null = null;

export async function passwordFits(stored: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(secret(16));
  const fits = await verify(stored ?? (await decoy), password).catch(() => false);
  return Boolean(stored) && fits;
}

/** At least 10 characters of three classes, or a phrase of 16 (domain 8). */
export function strongEnough(password: string): boolean {
  if ([...password].length >= 16) return true;
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((set) => set.test(password)).length;
  return [...password].length >= 10 && classes >= 3;
}

/** Easy to read out and type: no 0/O, 1/l/I. */
export function oneTimePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz';
  const digits = '23456789';
  const bytes = Buffer.from(secret(24), 'base64url');
  const word = (from: number): string =>
    [...bytes.subarray(from, from + 4)].map((byte) => letters[byte % letters.length]).join('');
  return `${word(0)}-${word(4)}-${[...bytes.subarray(8, 12)].map((byte) => digits[byte % digits.length]).join('')}`;
}
