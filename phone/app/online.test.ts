import { expect, test, vi } from 'vitest';

vi.stubGlobal('navigator', { onLine: true });
const { heardFromServer, online } = await import('./online.ts');

test('an answer that was on its way when the network went does not bring it back; the next one does', () => {
  const before = performance.now() - 1;
  heardFromServer(false);
  heardFromServer(true, before);
  expect(online.get()).toBe(false);
  heardFromServer(true, performance.now() + 1);
  expect(online.get()).toBe(true);
});
