import { afterEach, expect, test } from 'vitest';
import { hearClock, trueNow, trueTime } from './device-clock.ts';

const hour = 3_600_000;
afterEach(() => hearClock(new Date().toUTCString()));

test('a phone whose clock is hours off shows the time of the server', () => {
  const real = Date.now() - 3 * hour;
  hearClock(new Date(real).toUTCString());
  expect(Math.abs(trueNow().getTime() - real)).toBeLessThan(5_000);
  const written = new Date(Date.now()).toISOString();
  expect(Math.abs(Date.parse(trueTime(written)) - real)).toBeLessThan(5_000);
});

test('a clock that is right to the minute is left alone, and so is one that was set right again', () => {
  hearClock(new Date(Date.now() + 20_000).toUTCString());
  expect(Math.abs(trueNow().getTime() - Date.now())).toBeLessThan(1_000);
  hearClock(new Date(Date.now() + 5 * hour).toUTCString());
  hearClock(new Date().toUTCString());
  expect(Math.abs(trueNow().getTime() - Date.now())).toBeLessThan(1_000);
  hearClock(null);
  expect(Math.abs(trueNow().getTime() - Date.now())).toBeLessThan(1_000);
});
