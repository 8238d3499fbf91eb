/**
 * The query code (rules 7): ten characters of Crockford's base 32, made on the phone so that it can be kept before
 * anything was sent. Nine are random (45 bits), the tenth is a check character, so that a slip of the pen is told at
 * once and does not count as a wrong try.
 *
 * Check character: the value (Σ (i + 1) · vᵢ) mod 31 over the nine random characters, i from 0, vᵢ the place of the
 * character in the alphabet. 31 is prime, so every single wrong character (but `0` for `Z`) and every swap of two
 * neighbours (but those two) changes it.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const randomLength = 9;

function checkCharacter(random: string): string {
  let sum = 0;
  for (let i = 0; i < randomLength; i += 1) sum += (i + 1) * alphabet.indexOf(random.charAt(i));
  return alphabet.charAt(sum % 31);
}

/** A code from nine random bytes; the low five bits of each are used, so every character is equally likely. */
export function makeQueryCode(randomBytes: Uint8Array): string {
  if (randomBytes.length < randomLength) throw new RangeError(`a query code needs ${randomLength} random bytes`);
  let random = '';
  for (const byte of randomBytes.subarray(0, randomLength)) random += alphabet.charAt(byte & 31);
  return random + checkCharacter(random);
}

/** What a person typed, as the code it stands for: capitals, O as 0, I and L as 1, without spaces and dashes. */
export function normalizeQueryCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[\s\-–—]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}

/** Whether a normalized code is whole and its check character agrees. */
export function isQueryCode(code: string): boolean {
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(code) && code.charAt(randomLength) === checkCharacter(code);
}
