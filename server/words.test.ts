import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { requestStates, workStates } from '../contract/requests.ts';
import { faultWords, refusalWords, say, stateWords } from './platform/words.ts';
import { rootFolder } from './testing/database.ts';

const sources = (
  readdirSync(join(rootFolder, 'server'), { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[]
)
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => !path.includes('/testing/'));

/** Codes a source throws, by the ways there are to throw one. */
function thrown(pattern: RegExp): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of sources)
    for (const match of readFileSync(path, 'utf8').matchAll(pattern))
      found.set(match[1]!, path.slice(rootFolder.length + 1));
  return found;
}

const refusals = new Map([
  ...thrown(/new Refusal\(\s*[^,()]+(?:\([^)]*\))?[^,]*,\s*'(\w+)'/g),
  ...thrown(/\b(?:forbidden|conflict)\(\s*'(\w+)'/g),
  ...thrown(/new Refusal\([^)]*\?\s*'(\w+)'\s*:/g),
  ...thrown(/new Refusal\([^)]*\?[^:)]*:\s*'(\w+)'/g),
]);
const faults = new Map([...thrown(/\bbadField\(\s*[^,]+,\s*'(\w+)'/g), ...thrown(/\bfield: [^{}]*?\bcode: '(\w+)'/g)]);

describe('every refusal is told in both languages (platform/words.ts)', () => {
  test('the scan really sees the refusals', () => {
    expect(sources.length).toBeGreaterThan(60);
    for (const code of [
      'sealed_category',
      'not_yours',
      'two_returns',
      'code_locked',
      'stale',
      'csrf',
      'not_independent',
    ])
      expect([...refusals.keys()]).toContain(code);
    expect(refusals.size).toBeGreaterThan(40);
  });
  test('every refusal code thrown has its words', () => {
    expect([...refusals].filter(([code]) => !(code in refusalWords))).toEqual([]);
  });
  test('every fault of a field has its words', () => {
    expect([...faults].filter(([code]) => !(code in faultWords) && !(code in refusalWords))).toEqual([]);
  });
  test('every state has its words', () => {
    for (const state of [...requestStates, ...workStates]) expect(stateWords, state).toHaveProperty(state);
  });
  test.each(Object.entries({ ...refusalWords, ...faultWords, ...stateWords }))(
    '%s is said in Chinese and in English, with the same figures',
    (_, [zh, en]) => {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).toMatch(/[a-z]/i);
      expect(zh).not.toBe(en);
      const figures = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();
      expect(figures(zh)).toEqual(figures(en));
    },
  );
  test('a state is named in the reader’s language', () => {
    expect(say(refusalWords, 'not_in_this_state', 'zh-CN', { state: 'handled' })).toContain('已报办结');
    expect(say(refusalWords, 'not_in_this_state', 'en', { state: 'handled' })).toContain('handled');
  });
});
