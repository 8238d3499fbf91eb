/** Milliseconds before the second try, and the most between two. */
export interface Waits {
  firstMs: number;
  mostMs: number;
}

/**
 * How long another side that did not take something is left alone after so many attempts, in milliseconds: twice as long
 * each time, a quarter more or less, so that what failed together does not come together. Pure.
 * @param random 0 ≤ x < 1
 */
export function waitAfter(attempts: number, { firstMs, mostMs }: Waits, random = Math.random): number {
  return Math.round(Math.min(firstMs * 2 ** (attempts - 1), mostMs) * (0.75 + random() * 0.5));
}
