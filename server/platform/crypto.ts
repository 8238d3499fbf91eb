import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The crypto port: everything that hashes, keys or signs goes through here, so that SHA-256/Ed25519 can be swapped
 * for SM3/SM2 by configuration.
 */
export interface Keys {
  keyId: string;
  sign(bytes: Buffer): Buffer;
  verify(bytes: Buffer, signature: Buffer, keyId: string): boolean;
  /** Keyed hash for query codes, callers' numbers and point tokens; `purpose` keeps them apart. */
  hmac(purpose: Purpose, text: string): Buffer;
  /** Encrypts and authenticates what the database keeps but may not read: passwords of channels, people's addresses. */
  seal(purpose: Purpose, text: string): Buffer;
  /** @returns null for what was sealed under other keys, for another purpose, or was changed since */
  unseal(purpose: Purpose, sealed: Buffer): string | null;
}

export type Purpose =
  | 'exchange'
  | 'query-code'
  | 'caller'
  | 'point'
  | 'record'
  | 'channel'
  | 'address'
  | 'draw'
  | 'open311'
  | 'webhook';

const cipherName = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

function sealWith(key: Buffer, text: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, key, nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function unsealWith(key: Buffer, sealed: Buffer): string | null {
  try {
    const decipher = createDecipheriv(cipherName, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    return decipher.update(sealed.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}

export const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const hmacSha256 = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

export function equalBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

export const secret = (bytes = 32): string => randomBytes(bytes).toString('base64url');

async function readOrMake(file: string, make: () => string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
  }
  // wx: two programs starting on one data folder must not each make a key.
  await writeFile(file, make(), { flag: 'wx', mode: 0o600 }).catch((error: { code?: string }) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(file, 'utf8');
}

/** Opens the keys in `folder`, outside the database; makes them at first start. */
export async function openKeys(folder: string): Promise<Keys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700).catch(() => {});
  const pem = await readOrMake(join(folder, 'seal.pem'), () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  const master = Buffer.from(await readOrMake(join(folder, 'master.key'), () => secret(32)), 'base64url');
  const privateKey = createPrivateKey(pem);
  const publicKey: KeyObject = createPublicKey(privateKey);
  const keyId = sha256(publicKey.export({ type: 'spki', format: 'der' }))
    .toString('hex')
    .slice(0, 16);
  await writeFile(join(folder, 'seal-public.pem'), publicKey.export({ type: 'spki', format: 'pem' }).toString());
  const derived = new Map<string, Buffer>();
  const keyFor = (purpose: string): Buffer => {
    let key = derived.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', master, '', `lastmetre ${purpose}`, 32));
      derived.set(purpose, key);
    }
    return key;
  };
  return {
    keyId,
    sign: (bytes) => sign(null, bytes, privateKey),
    verify: (bytes, signature, id) => id === keyId && verify(null, bytes, publicKey, signature),
    hmac: (purpose, text) => hmacSha256(keyFor(purpose), text),
    // A key of its own: one key is never used for two algorithms.
    seal: (purpose, text) => sealWith(keyFor(`${purpose} sealing`), text),
    unseal: (purpose, sealed) => unsealWith(keyFor(`${purpose} sealing`), sealed),
  };
}
