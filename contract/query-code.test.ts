import { expect, test } from 'vitest';
import { isQueryCode, makeQueryCode, normalizeQueryCode } from './query-code.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const code = makeQueryCode(bytes(7, 19, 3, 20, 9, 22, 29, 13, 1));

test('a code is ten Crockford characters, the last computed from the other nine', () => {
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
  // 1·7 + 2·19 + 3·3 + 4·20 + 5·9 + 6·22 + 7·29 + 8·13 + 9·1 = 627 = 20·31 + 7
  expect(code).toBe('7K3M9PXD17');
  expect(isQueryCode(code)).toBe(true);
});

test('the high bits of a byte do not matter, so every character is equally likely', () => {
  expect(makeQueryCode(bytes(7 + 32, 19 + 64, 3 + 96, 20, 9 + 128, 22, 29, 13, 1 + 224))).toBe(code);
});

test('a single wrong character is told at once, but 0 for Z', () => {
  for (let place = 0; place < 9; place += 1) {
    for (const other of '123456789ABCDEFGHJKMNPQRSTVWXY') {
      if (other === code[place]) continue;
      expect(isQueryCode(code.slice(0, place) + other + code.slice(place + 1))).toBe(false);
    }
  }
});

test('two neighbours swapped are told at once', () => {
  for (let place = 0; place < 8; place += 1) {
    const swapped = code.slice(0, place) + code[place + 1] + code[place] + code.slice(place + 2);
    expect(isQueryCode(swapped)).toBe(false);
  }
});

test('what a person types by hand is read kindly', () => {
  expect(normalizeQueryCode(' 7k3m-9pxd 17 ')).toBe('7K3M9PXD17');
  expect(normalizeQueryCode('oIl0-abcde fg')).toBe('0110ABCDEFG');
});

test('too short, too long and letters outside the alphabet are no codes', () => {
  for (const wrong of ['', '7K3M9PXD1', '7K3M9PXD170', '7K3M9PXU17', '7k3m9pxd17'])
    expect(isQueryCode(wrong)).toBe(false);
});

test('fewer than nine random bytes are refused', () => {
  expect(() => makeQueryCode(bytes(1, 2, 3))).toThrow(RangeError);
});
