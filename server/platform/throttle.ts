/**
 * Public pages under a flood: each caller has a bucket; an emptied one means waiting, and only an absurd rate a refusal.
 * Never a block by address: a whole site shares one (rules 7).
 */
export interface Throttle {
  /** Milliseconds this caller must wait, or null when refused. */
  delay(caller: string, at: number): number | null;
}

/** So many callers are remembered; of more, the one that was quiet longest is forgotten, and nobody else. */
const mostBuckets = 20_000;

export function openThrottle(options: {
  perSecond: number;
  burst: number;
  mostWaitMs: number;
  mostBuckets?: number;
}): Throttle {
  const most = options.mostBuckets ?? mostBuckets;
  // In the order in which they were last asked for.
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    delay(caller, at) {
      const bucket = buckets.get(caller) ?? { left: options.burst, at };
      bucket.left = Math.min(options.burst, bucket.left + ((at - bucket.at) / 1000) * options.perSecond);
      bucket.at = at;
      bucket.left -= 1;
      buckets.delete(caller);
      buckets.set(caller, bucket);
      if (buckets.size > most) buckets.delete(buckets.keys().next().value!);
      if (bucket.left >= 0) return 0;
      const wait = (-bucket.left / options.perSecond) * 1000;
      if (wait <= options.mostWaitMs) return wait;
      bucket.left += 1;
      return null;
    },
  };
}
