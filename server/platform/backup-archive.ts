import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** An ordinary tar (POSIX ustar), written and read as a stream, so that `tar tzf` shows what is in a back-up. */
export interface Member {
  name: string;
  size: number;
  sha256: string;
}

const block = 512;
const padding = (size: number): number => (block - (size % block)) % block;

function header(name: string, size: number, at: Date): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`The name is too long for the archive: ${name}`);
  const bytes = Buffer.alloc(block);
  const octal = (value: number, from: number, length: number): void =>
    void bytes.write(value.toString(8).padStart(length - 1, '0'), from, 'latin1');
  bytes.write(name, 0);
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(Math.floor(at.getTime() / 1000), 136, 12);
  bytes.fill(' ', 148, 156);
  bytes.write('0', 156);
  bytes.write('ustar\0', 257, 'latin1');
  bytes.write('00', 263);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return bytes;
}

/** Writes members into `out` and remembers what each was. */
export class ArchiveWriter {
  readonly members: Member[] = [];
  private readonly out: Writable;
  private readonly at: Date;
  constructor(out: Writable, at: Date) {
    this.out = out;
    this.at = at;
  }

  /** @throws when the body is not as long as was said */
  async add(name: string, size: number, body: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    await this.write(header(name, size, this.at));
    const hash = createHash('sha256');
    let written = 0;
    for await (const piece of body) {
      hash.update(piece);
      written += piece.length;
      await this.write(piece);
    }
    if (written !== size) throw new Error(`${name} changed while it was being read.`);
    await this.write(Buffer.alloc(padding(size)));
    this.members.push({ name, size, sha256: hash.digest('hex') });
  }

  addBuffer(name: string, body: Buffer): Promise<void> {
    return this.add(name, body.length, [body]);
  }

  async end(): Promise<void> {
    await this.write(Buffer.alloc(2 * block));
    this.out.end();
  }

  private async write(bytes: Buffer): Promise<void> {
    if (this.out.errored) throw this.out.errored;
    if (!this.out.write(bytes)) await once(this.out, 'drain');
  }
}

export interface ReadMember {
  name: string;
  size: number;
  /** To be read to its end before the next member is asked for. */
  body: AsyncGenerator<Buffer>;
}

/** Takes bytes from a stream in the amounts asked for. */
class Bytes {
  private readonly source: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);
  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** At most `most` bytes; empty at the end of the stream. */
  async some(most: number): Promise<Buffer> {
    while (this.rest.length === 0) {
      const next = await this.source.next();
      if (next.done) return Buffer.alloc(0);
      this.rest = next.value;
    }
    const piece = this.rest.subarray(0, most);
    this.rest = this.rest.subarray(piece.length);
    return piece;
  }

  async exactly(size: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let left = size; left > 0; ) {
      const piece = await this.some(left);
      if (piece.length === 0) throw new Error('The archive ends in the middle: it is not whole.');
      pieces.push(piece);
      left -= piece.length;
    }
    return Buffer.concat(pieces);
  }
}

/** Reads the members one after another, noting the size and hash of each that was read. */
export class ArchiveReader {
  readonly members: Member[] = [];
  private readonly bytes: Bytes;
  private current: AsyncGenerator<Buffer> | null = null;
  constructor(source: AsyncIterable<Buffer>) {
    this.bytes = new Bytes(source);
  }

  async next(): Promise<ReadMember | null> {
    // What nobody wanted to read is read over.
    if (this.current) for await (const _ of this.current);
    const head = await this.bytes.exactly(block);
    if (head.every((byte) => byte === 0)) {
      // To the very end, so that the compressed stream is checked whole.
      while ((await this.bytes.some(65_536)).length > 0);
      return null;
    }
    if (head.toString('latin1', 257, 262) !== 'ustar') throw new Error('This is not a back-up of Last Metre.');
    const name = head.toString('utf8', 0, 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(head.toString('latin1', 124, 135), 8);
    this.current = this.body(name, size, createHash('sha256'));
    return { name, size, body: this.current };
  }

  private async *body(name: string, size: number, hash: Hash): AsyncGenerator<Buffer> {
    for (let left = size; left > 0; ) {
      const piece = await this.bytes.some(left);
      if (piece.length === 0) throw new Error('The archive ends in the middle: it is not whole.');
      hash.update(piece);
      left -= piece.length;
      yield piece;
    }
    await this.bytes.exactly(padding(size));
    this.members.push({ name, size, sha256: hash.digest('hex') });
    this.current = null;
  }
}

/** The whole of a small member. */
export async function wholeOf(member: ReadMember): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of member.body) pieces.push(piece);
  return Buffer.concat(pieces);
}
