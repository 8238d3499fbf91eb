/**
 * What a browser must load before the first page stands: every script the index page names (entry, modulepreload) and
 * all that those import statically, compressed each by itself as a server sends them. Styles are told apart.
 */
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './program.ts';
import { report } from './report.ts';

const kB = (bytes: number): number => bytes / 1000;
const gzip = (text: Buffer): number => gzipSync(text, { level: 9 }).length;

async function weigh(
  page: 'phone' | 'desk',
  base: string,
): Promise<{ script: number; style: number; scripts: number; html: number }> {
  const folder = join(root, 'dist', page);
  const html = await readFile(join(folder, 'index.html'));
  const text = html.toString();
  const local = (address: string): string =>
    address.startsWith(base) ? address.slice(base.length) : address.replace(/^\.?\//, '');
  const named = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => local(match[1]!));
  const waiting = [
    ...named(/<script[^>]*\ssrc="([^"]+)"/g),
    ...named(/<link[^>]*rel="modulepreload"[^>]*href="([^"]+)"/g),
  ];
  const styles = named(/<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"/g);
  const seen = new Map<string, number>();
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (seen.has(file)) continue;
    const code = await readFile(join(folder, file));
    seen.set(file, gzip(code));
    // Static imports only: `import"./x.js"`, `import{…}from"./x.js"`, `export…from"./x.js"`; not `import("./x.js")`.
    for (const match of code
      .toString()
      .matchAll(/(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{][^"'();]*?from\s*)?["'](\.{1,2}\/[^"']+\.js)["']/g)) {
      waiting.push(posix.join(posix.dirname(file), match[1]!));
    }
  }
  const inline = [...text.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].reduce(
    (sum, match) => sum + gzip(Buffer.from(match[1]!)),
    0,
  );
  let style = 0;
  for (const file of styles) style += gzip(await readFile(join(folder, file)));
  return {
    script: [...seen.values()].reduce((sum, size) => sum + size, inline),
    style,
    scripts: seen.size,
    html: gzip(html),
  };
}

for (const [page, base, most] of [
  ['phone', '/p/', 40],
  ['desk', '/desk/', 330],
] as const) {
  const found = await weigh(page, base);
  report({
    bench: 'weight',
    case: `${page}, first load (${found.scripts} files)`,
    metric: 'script, gzip',
    value: kB(found.script),
    unit: 'kB',
    aim: `≤ ${most} kB`,
    met: kB(found.script) <= most,
  });
  report({ bench: 'weight', case: `${page}, first load`, metric: 'style, gzip', value: kB(found.style), unit: 'kB' });
}
