import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Calls to addresses somebody typed in. Such an address must not become a way into the machines beside the server, so: https
 * only, the address that a name resolves to is checked at the moment of connecting (a name that changes its mind between
 * check and call gains nothing), no redirects, a time limit on the whole, and a small answer.
 */
export interface OutwardOptions {
  /** Hosts within the group's own network, and plain http to them: an administrator's decision, per channel. */
  allowPrivate?: boolean;
  /** Milliseconds for the whole exchange. */
  timeoutMs?: number;
  headers?: Record<string, string>;
  /** PEM of an authority of one's own. */
  ca?: string;
}

export interface OutwardAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** At most 64 kB of it. */
  text: string;
}

/** What went wrong before there was an answer. `code` is stable. */
export class OutwardFault extends Error {
  readonly code: 'address_refused' | 'not_reached' | 'timed_out';
  constructor(code: OutwardFault['code'], detail: string) {
    super(detail);
    this.name = 'OutwardFault';
    this.code = code;
  }
}

const mostAnswer = 64 * 1024;

/** IANA special-purpose addresses: loopback, private, link-local (cloud metadata), shared, multicast, reserved. */
const special = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  special.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  special.addSubnet(net, bits, 'ipv6');

/** Also an IPv4 address written as IPv6. */
export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i.exec(address);
  if (mapped) {
    const [high, low] = [Number.parseInt(mapped[2] ?? '0', 16), Number.parseInt(mapped[3] ?? '0', 16)];
    return isPrivateAddress(mapped[1] ?? [high >> 8, high & 255, low >> 8, low & 255].join('.'));
  }
  const kind = isIP(address);
  return kind === 0 || special.check(address, kind === 6 ? 'ipv6' : 'ipv4');
}

/** Why this address cannot be called, or null. Names are resolved, and checked again, at the call. */
export function faultOfAddress(
  address: string,
  allowPrivate: boolean,
): 'bad_address' | 'https_needed' | 'private_address' | null {
  if (!URL.canParse(address)) return 'bad_address';
  const url = new URL(address);
  if (!['https:', 'http:'].includes(url.protocol) || url.username || url.password) return 'bad_address';
  if (allowPrivate) return null;
  if (url.protocol !== 'https:') return 'https_needed';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (/(^|\.)localhost$/i.test(host) || (isIP(host) !== 0 && isPrivateAddress(host))) return 'private_address';
  return null;
}

const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const found = addresses.find(({ address }) => isPrivateAddress(address));
    if (found || addresses.length === 0) return callback(new OutwardFault('address_refused', 'private address'), '', 0);
    if (options.all) return (callback as (error: null, all: typeof addresses) => void)(null, addresses);
    return callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};

/** Posts and reads the answer. @throws OutwardFault */
export function postOutward(address: string, body: string, options: OutwardOptions = {}): Promise<OutwardAnswer> {
  const { allowPrivate = false, timeoutMs = 10_000, headers = {}, ca } = options;
  const fault = faultOfAddress(address, allowPrivate);
  if (fault) return Promise.reject(new OutwardFault('address_refused', fault));
  const url = new URL(address);
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    let timer: NodeJS.Timeout;
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error instanceof OutwardFault ? error : new OutwardFault('not_reached', error.message));
    };
    const call = request(
      url,
      {
        method: 'POST',
        headers: { 'content-length': bytes.length, 'user-agent': 'LastMetre', ...headers },
        ...(allowPrivate ? {} : { lookup: guardedLookup }),
        ...(ca ? { ca } : {}),
        agent: false,
      },
      (answer) => {
        const parts: Buffer[] = [];
        let size = 0;
        answer.on('data', (part: Buffer) => {
          if (size < mostAnswer) parts.push(part.subarray(0, mostAnswer - size));
          size += part.length;
          if (size > mostAnswer) answer.destroy();
        });
        answer.on('error', fail);
        answer.on('close', () => {
          clearTimeout(timer);
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(parts).toString() });
        });
      },
    );
    timer = setTimeout(() => call.destroy(new OutwardFault('timed_out', `${timeoutMs} ms`)), timeoutMs);
    call.on('error', fail);
    call.end(bytes);
  });
}
