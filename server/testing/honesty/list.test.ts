import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rootFolder } from '../database.ts';

/** `path`: beginning of a test's name, as docs/honesty.md gives them. */
const named = /`([\w/-]+)`: ([^;|]+)/g;
const rows = readFileSync(join(rootFolder, 'docs', 'honesty.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| trick'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** Names of tests as they stand in the file, quotes and all. */
function testsIn(path: string): string {
  const places = [`server/modules/${path}.test.ts`, `server/${path}.test.ts`].map((one) => join(rootFolder, one));
  const found = places.find(existsSync);
  if (!found) throw new Error(`There is no file of tests ${path}.`);
  return readFileSync(found, 'utf8').replaceAll("\\'", "'");
}

describe('every trick in docs/honesty.md is played by a test of that name', () => {
  test.each(rows.map((cells) => [cells[1]!, cells[3]!]))('%s', (_, played) => {
    const tests = [...played.matchAll(named)];
    expect(tests.length).toBeGreaterThan(0);
    for (const [, path, name] of tests)
      expect(testsIn(path!).includes(`test('${name!.trim()}`), `${path}: ${name}`).toBe(true);
  });
  test('the list is not empty by accident', () => {
    expect(rows.length).toBeGreaterThan(25);
  });
});
