// Builds the program, the desk and the phone into dist/. `node scripts/build.mjs server` builds one part.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { build as buildPage } from 'vite';

const parts = process.argv.slice(2);
const wanted = (part) => parts.length === 0 || parts.includes(part);

if (wanted('server')) {
  await rm('dist/server', { recursive: true, force: true });
  await build({
    entryPoints: {
      main: 'server/main.ts',
      lastmetre: 'server/lastmetre.ts',
      'picture-decoder': 'server/platform/picture-decoder.ts',
      'copy-finder': 'server/modules/plans/copy-finder.ts',
      'triage-trainer': 'server/modules/triage/trainer.ts',
    },
    outdir: 'dist/server',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    // A trace names file and line; the text itself would lie in the memory of every program that runs.
    sourcesContent: false,
    splitting: true,
    chunkNames: 'part-[hash]',
    logLevel: 'warning',
  });
}
for (const page of ['desk', 'phone']) {
  if (wanted(page)) await buildPage({ configFile: `${page}/vite.config.ts`, logLevel: 'warn' });
}
