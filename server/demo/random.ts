/**
 * sfc32 ("small fast counter", 32 bit) by Chris Doty-Humphrey, from PractRand,
 * https://pracrand.sourceforge.net/ (public domain). The seed is spread over the state with
 * splitmix32, the 32-bit form of Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014, with the constants of the MurmurHash3 finaliser.
 */
export type Random = () => number;

/** A generator of numbers in [0, 1) that always gives the same row for the same seed. */
export function seeded(seed: number): Random {
  let spread = seed | 0;
  const next = (): number => {
    spread = (spread + 0x9e3779b9) | 0;
    let z = spread;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) | 0;
  };
  let a = next();
  let b = next();
  let c = next();
  let counter = 1;
  const random = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) random();
  return random;
}

export function pick<T>(list: readonly T[], random: Random): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error('pick: the list is empty');
  return item;
}

/** A whole number from `from` to `to`, both included. */
export function between(from: number, to: number, random: Random): number {
  return from + Math.floor(random() * (to - from + 1));
}
