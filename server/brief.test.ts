import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rootFolder } from './testing/database.ts';

const rows = readFileSync(join(rootFolder, 'docs', 'brief.md'), 'utf8')
  .split('\n')
  .map((line) => /^\| (\d+) \| (.+?) \| (.+) \|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, number, phrase, proof]) => ({ number: Number(number), phrase: phrase!, proofs: proof!.split('<br>') }));

/** Whether a test of this title runs there: a title in a comment proves nothing, nor does a test skipped or planned. */
const proves = (source: string, title: string): boolean =>
  source
    .split(`'${title}'`)
    .slice(0, -1)
    .filter((before) => /\(\s*$/.test(before))
    .some((before) => /^\w+(\.each)?\($/.test(before.match(/\b(?:test|it)(?:\.\w+)?\(/g)?.at(-1) ?? ''));

describe('docs/brief.md', () => {
  test('only a test that runs is a proof', () => {
    expect(proves("test('a rule', () => {", 'a rule')).toBe(true);
    expect(proves("test.each(rows)(\n  'a rule', () => {", 'a rule')).toBe(true);
    for (const source of [
      "// 'a rule'",
      "test.skip('a rule'",
      "test.todo('a rule')",
      "test('another rule'",
      "it.skipIf(on)('a rule'",
    ])
      expect(proves(source, 'a rule'), source).toBe(false);
  });

  test('has the 78 rows of the brief, in order', () => {
    expect(rows.map((row) => row.number)).toEqual(Array.from({ length: 78 }, (_, i) => i + 1));
  });
  test.each(rows.map((row) => [row.number, row.phrase, row.proofs] as const))(
    'row %i (%s) is proved by a test that exists, or says which issue will',
    (_, __, proofs) => {
      for (const proof of proofs) {
        if (
          /^(issue [3-9]|later issue \((care|inspections|resumption|recognition|notices|meetings|bulletins)\))$/.test(
            proof,
          )
        )
          continue;
        const [file, name] = proof.split(' › ');
        expect(file, proof).toMatch(/\.test\.tsx?$/);
        expect(existsSync(join(rootFolder, file!)), proof).toBe(true);
        expect(proves(readFileSync(join(rootFolder, file!), 'utf8'), name!), proof).toBe(true);
      }
    },
  );
});
