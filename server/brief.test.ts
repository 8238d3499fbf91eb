import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rootFolder } from './testing/database.ts';

const rows = readFileSync(join(rootFolder, 'docs', 'brief.md'), 'utf8')
  .split('\n')
  .map((line) => /^\| (\d+) \| (.+?) \| (.+) \|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, number, phrase, proof]) => ({ number: Number(number), phrase: phrase!, proofs: proof!.split('<br>') }));

describe('docs/brief.md', () => {
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
        expect(existsSync(join(rootFolder, file!)), proof).toBe(true);
        expect(readFileSync(join(rootFolder, file!), 'utf8'), proof).toContain(`'${name}'`);
      }
    },
  );
});
