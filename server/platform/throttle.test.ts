import { describe, expect, test } from 'vitest';
import { openThrottle } from './throttle.ts';

describe('a flood is slowed and nobody is blocked for another', () => {
  const options = { perSecond: 10, burst: 5, mostWaitMs: 1_000 };
  test('the burst is free, then one waits, then it is refused; a second gives ten back', () => {
    const throttle = openThrottle(options);
    const asked = Array.from({ length: 20 }, () => throttle.delay('a', 0));
    expect(asked.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(asked[5]).toBe(100);
    expect(asked.at(-1)).toBeNull();
    expect(throttle.delay('b', 0)).toBe(0);
    expect(throttle.delay('a', 2_000)).toBe(0);
  });
  test('whoever asks under ever new names gives nobody their bucket back, and memory stays as it is', () => {
    const throttle = openThrottle({ ...options, mostBuckets: 100 });
    let refused = 0;
    for (let i = 0; i < 5_000; i++) {
      if (throttle.delay('busy', 0) === null) refused++;
      throttle.delay(`name ${i}`, 0);
    }
    expect(refused).toBe(5_000 - 15);
  });
});
