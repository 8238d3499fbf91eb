import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Writes `sw.js` beside the page: one classic script (old WebViews have no module workers) that knows the list of
 * files it keeps, and a version that changes with any of them.
 */
function serviceWorker(): Plugin {
  return {
    name: 'phone-service-worker',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const kept = readdirSync(here('public'));
      const shell = ['./', ...Object.keys(bundle).filter((name) => name !== 'index.html'), ...kept];
      // Everything else carries its hash in its name.
      const version = createHash('sha256').update(JSON.stringify(shell));
      for (const name of kept) version.update(readFileSync(here(`public/${name}`)));
      const page = bundle['index.html'];
      if (page?.type === 'asset') version.update(page.source);
      const { outputFiles } = await build({
        entryPoints: [here('sw.ts')],
        bundle: true,
        minify: true,
        write: false,
        format: 'iife',
        target: 'es2020',
        define: { SHELL: JSON.stringify(shell), VERSION: JSON.stringify(version.digest('hex').slice(0, 12)) },
      });
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: outputFiles[0]!.text });
    },
  };
}

export default defineConfig({
  root: here('.'),
  base: '/p/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [serviceWorker()],
  server: { proxy: { '/api': 'http://127.0.0.1:4600' } },
  build: { outDir: here('../dist/phone'), emptyOutDir: true, target: 'es2020', modulePreload: { polyfill: false } },
});
