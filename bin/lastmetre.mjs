#!/usr/bin/env node
// The command line. Builds the program once where it has not been built; then all the work is dist/server/lastmetre.mjs.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = fileURLToPath(new URL('../dist/server/lastmetre.mjs', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Last Metre 需要 Node 20.19 或更新 · needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
if (!existsSync(new URL('../node_modules', import.meta.url))) {
  console.error('先运行 npm ci · run npm ci first.');
  process.exit(1);
}
if (!existsSync(program))
  execFileSync(process.execPath, ['scripts/build.mjs', 'server'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
process.setSourceMapsEnabled(true);
await import(pathToFileURL(program).href);
