import { sha256 } from './crypto.ts';

/** Hash tree as in RFC 6962 section 2.1: leaves and inner nodes are hashed with different prefixes. */
const leafPrefix = Buffer.from([0]);
const nodePrefix = Buffer.from([1]);

/** Leaf of one settled entry: its position (8 bytes, big-endian) and its stored bytes. */
export function leaf(position: number, body: Buffer): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(position));
  return sha256(leafPrefix, place, body);
}

/** @throws when there is no leaf: an empty tree is never sealed. */
export function treeRoot(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) throw new Error('A seal needs at least one entry.');
  if (leaves.length === 1) return leaves[0]!;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(nodePrefix, treeRoot(leaves.slice(0, split)), treeRoot(leaves.slice(split)));
}
