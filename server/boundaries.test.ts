import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rootFolder } from './testing/database.ts';

/** What an import graph cannot see (the rest is in .dependency-cruiser.cjs). */
function sources(folder: string): { path: string; text: string }[] {
  return (readdirSync(join(rootFolder, folder), { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: path
        .slice(rootFolder.length + 1)
        .split(sep)
        .join('/'),
      text: readFileSync(path, 'utf8'),
    }))
    .filter(({ path }) => !path.startsWith('server/testing/'));
}
const server = sources('server');
const matching = (pattern: RegExp, except: RegExp): string[] =>
  server.filter(({ path, text }) => pattern.test(text) && !except.test(path)).map(({ path }) => path);

describe('boundaries', () => {
  test('only the platform and the composition roots look inside a transaction', () => {
    expect(matching(/\bconnectionOf\b/, /^server\/(platform\/|timers\.ts)/)).toEqual([]);
  });
  test('modules open no transaction behind the back of serve and the timers', () => {
    // The few that must (uploads, exports, wrong codes, sealing while nobody waits, what others deliver or are delivered to) are named, so that one more is a decision.
    const known =
      /^server\/(platform|demo|commands)\/|^server\/(main|program|timers|lastmetre)\.ts|modules\/(requests\/(files|module|streams)|(tasks|ledger|measures|plans)\/files|open311\/door|webhooks\/sending|catalogue\/tableFile|hotline\/exchanges|messages\/(courier|module)|followups\/days\/turning|triage\/(reader|rules|training)|plans\/copy-looking|access\/signIn|journal\/readers|\w+\/(export|import))\.ts/;
    expect(matching(/\bin(Transaction|Statement)\(/, known)).toEqual([]);
  });
  test('a module’s statements name its own schema: one door per module, called after its folder', () => {
    for (const { path, text } of server.filter((source) => source.path.endsWith('/queries.ts'))) {
      const folder = path.split('/')[2];
      for (const [, schema] of text.matchAll(/moduleTables<\w+>\('(\w+)'\)/g)) expect(schema, path).toBe(folder);
    }
  });
  test('the environment is read in one place', () => {
    expect(matching(/process\.env/, /^server\/platform\/(config|embedded[\w-]*)\.ts$/)).toEqual([]);
  });
  test('time is read in one place: modules take `now` from their context', () => {
    expect(
      server
        .filter(({ path, text }) => /\bnew Date\(\)/.test(text) && /^server\/modules\//.test(path))
        .map(({ path }) => path),
    ).toEqual([]);
  });
  test('language is per request: nobody sets it for the whole process', () => {
    expect(
      [...server, ...sources('contract'), ...sources('desk'), ...sources('phone')]
        .filter(({ text }) => /z\.config\((?!\s*\{\s*jitless)/.test(text))
        .map(({ path }) => path),
    ).toEqual([]);
  });
  test('no file is named for a leftover', () => {
    expect(
      [...server, ...sources('contract'), ...sources('desk'), ...sources('phone')]
        .map(({ path }) => path)
        .filter((path) => /(^|\/)(utils?|helpers?|common|lib|misc)(\.|\/)/.test(path)),
    ).toEqual([]);
  });
});
