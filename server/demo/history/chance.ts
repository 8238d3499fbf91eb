/** Draws of chance for the history. Every request has its own row of numbers, so that one more request changes no other. */
import { type Random, seeded } from '../random.ts';

export const chance = (probability: number, random: Random): boolean => random() < probability;

/** Standard normal, by Box and Muller (1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export const lognormal = (median: number, sigma: number, random: Random): number =>
  median * Math.exp(sigma * normal(random));

export const uniform = (from: number, to: number, random: Random): number => from + (to - from) * random();

export function weighted<T>(choices: readonly (readonly [T, number])[], random: Random): T {
  let left = random() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return choices.at(-1)![0];
}

/** The row of numbers of one thing, by its name (FNV-1a over the name, spread by the seed). */
export function streamOf(seed: number, name: string): Random {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return seeded(seed ^ hash);
}

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');

/** A UUID of version 7 (RFC 9562): milliseconds, twelve bits of order within one request, and drawn bits. */
export function idAt(ms: number, order: number, random: Random): string {
  const time = hex(Math.floor(ms), 12);
  const draw = (): number => Math.floor(random() * 0x1_0000);
  const rest = `${hex(draw(), 4)}${hex(draw(), 4)}${hex(draw(), 4)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(order & 0xfff, 3)}-${hex(0x8000 | (draw() & 0x3fff), 4)}-${rest}`;
}
