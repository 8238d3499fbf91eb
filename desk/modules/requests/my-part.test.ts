import { expect, test } from 'vitest';
import { partInHand } from './my-part.ts';

const parts = [{ id: 'a' }, { id: 'b' }];

test('the first part until one is chosen', () => {
  expect(partInHand(parts, null, 'a')?.id).toBe('a');
  expect(partInHand(parts, 'b', 'a')?.id).toBe('b');
});

test('a part that was released meanwhile is not silently replaced by another', () => {
  expect(partInHand([{ id: 'b' }], null, 'a')).toBeNull();
  expect(partInHand([{ id: 'a' }], 'b', 'a')).toBeNull();
  expect(partInHand([], null, undefined)).toBeNull();
});
