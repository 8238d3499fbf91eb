import fc from 'fast-check';
import { expect, test } from 'vitest';
import { difference } from './difference.ts';

test('what stays and what was removed is the old text, what stays and what was added the new one', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (before, after) => {
      const pieces = difference(before, after);
      const without = (kind: string) =>
        pieces
          .filter((piece) => piece.kind !== kind)
          .map((piece) => piece.text)
          .join('');
      expect(without('added')).toBe(before);
      expect(without('removed')).toBe(after);
    }),
  );
});

test('Chinese changes by the character, Latin words as a whole', () => {
  expect(
    difference('四小时内上门 within four hours', '两小时内上门 within two hours').filter((one) => one.kind !== 'same'),
  ).toEqual([
    { kind: 'removed', text: '四', at: 0 },
    { kind: 'added', text: '两', at: 1 },
    { kind: 'removed', text: 'four', at: 18 },
    { kind: 'added', text: 'two', at: 19 },
  ]);
});
