import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Rounds, startRounds } from './rounds.ts';

describe('rounds', () => {
  let made: number[];
  let answer: () => Promise<{ more: boolean }>;
  let faults: unknown[];
  let rounds: Rounds;
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
    made = [];
    faults = [];
    answer = async () => ({ more: false });
    rounds = startRounds(
      () => {
        made.push(Date.now());
        return answer();
      },
      (error) => faults.push(error),
    );
  });
  afterEach(async () => {
    const stopped = rounds.stop();
    await pass(3_000);
    await stopped;
    vi.useRealTimers();
  });

  test('come every five seconds, and at once again while there is more', async () => {
    await pass(11_000);
    expect(made).toEqual([1_000, 6_000, 11_000]);
    let left = 2;
    answer = async () => ({ more: left-- > 0 });
    await pass(5_002);
    expect(made.slice(3)).toEqual([16_000, 16_001, 16_002]);
  });

  test('come soon after one is woken, once a second in a rush, and are never put off by it', async () => {
    await pass(1_500);
    for (let i = 0; i < 50; i++) {
      rounds.wake();
      await pass(50);
    }
    expect(made).toEqual([1_000, 1_700, 2_700, 3_700]);
  });

  test('come soon again where one was woken meanwhile', async () => {
    answer = () => new Promise((done) => setTimeout(() => done({ more: false }), 400));
    await pass(1_100);
    rounds.wake();
    await pass(2_000);
    expect(made).toEqual([1_000, 1_600]);
  });

  test('go on after one that fails', async () => {
    answer = () => Promise.reject(new Error('no database'));
    await pass(6_000);
    expect([made.length, faults.length]).toEqual([2, 2]);
  });

  test('end when stopped, and leave what hangs after three seconds', async () => {
    answer = () => new Promise(() => {});
    await pass(1_000);
    const stopping = rounds.stop();
    await pass(3_000);
    await stopping;
    rounds.wake();
    await pass(60_000);
    expect(made).toEqual([1_000]);
  });
});
