/**
 * Public pages under a flood: each address has a bucket; an emptied one means waiting, and only an absurd rate a refusal.
 * Never a block by address: a whole site shares one (rules 7).
 */
export interface Throttle {
  /** Milliseconds this caller must wait, or null when refused. */
  delay(address: string, at: number): number | null;
}

export function openThrottle(options: { perSecond: number; burst: number; mostWaitMs: number }): Throttle {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    delay(address, at) {
      const bucket = buckets.get(address) ?? { left: options.burst, at };
      bucket.left = Math.min(options.burst, bucket.left + ((at - bucket.at) / 1000) * options.perSecond);
      bucket.at = at;
      bucket.left -= 1;
      if (buckets.size > 20_000) buckets.clear();
      buckets.set(address, bucket);
      if (bucket.left >= 0) return 0;
      const wait = (-bucket.left / options.perSecond) * 1000;
      if (wait <= options.mostWaitMs) return wait;
      bucket.left += 1;
      return null;
    },
  };
}
