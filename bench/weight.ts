/**
 * What a browser must load before the first page stands: every script the index page names (entry, modulepreload) and
 * all that those import statically, compressed each by itself as a server sends them. Styles are told apart.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './program.ts';
import { report } from './report.ts';

const kB = (bytes: number): number => bytes / 1000;
const gzip = (text: Buffer): number => gzipSync(text, { level: 9 }).length;

/** @param further beginnings of names of chunks that the first page loads by itself once it runs */
async function weigh(
  page: 'phone' | 'desk',
  base: string,
  further: readonly string[],
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
  for (const name of await readdir(join(folder, 'assets'))) {
    if (!name.endsWith('.js') || !further.some((beginning) => name.startsWith(beginning))) continue;
    // Other pages are queues too: the first one is that of requests, which reads their rows.
    if ((await readFile(join(folder, 'assets', name))).includes('./queue-data-')) waiting.push(`assets/${name}`);
  }
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

// The first page of the desk is a queue: its chunk and what that imports belong to it.
for (const [what, page, base, further, most] of [
  ['phone, first load', 'phone', '/p/', [], 40],
  ['desk, before sign-in is known', 'desk', '/desk/', [], undefined],
  ['desk, first page (queue)', 'desk', '/desk/', ['queue-'], 330],
] as const) {
  const found = await weigh(page, base, further);
  report({
    bench: 'weight',
    case: `${what} (${found.scripts} files)`,
    metric: 'script, gzip',
    value: kB(found.script),
    unit: 'kB',
    ...(most === undefined ? {} : { aim: `≤ ${most} kB`, met: kB(found.script) <= most }),
  });
  if (further.length === 0)
    report({
      bench: 'weight',
      case: what,
      metric: 'style of the index page, gzip',
      value: kB(found.style),
      unit: 'kB',
    });
}
