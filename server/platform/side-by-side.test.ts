import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sideBySide } from './side-by-side.ts';

test('each is worked on once and in its turn, never more at once than said, and a slow one holds up nobody', async () => {
  const begun: number[] = [];
  let [now, most] = [0, 0];
  let release = (): void => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  await sideBySide([1, 2, 3, 4, 5], 2, async (n) => {
    begun.push(n);
    most = Math.max(most, ++now);
    await (n === 1 ? slow : sleep(1));
    now--;
    if (n === 5) release();
  });
  expect([begun, most]).toEqual([[1, 2, 3, 4, 5], 2]);
});

test('where one fails, so does the whole', async () => {
  await expect(sideBySide([1, 2], 4, (n) => (n === 2 ? Promise.reject(new Error('two')) : sleep(1)))).rejects.toThrow(
    'two',
  );
});
