import type { Plugin } from 'vite';

const summary = /^\s*summary:\s*(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"),\n/gm;

/** What an endpoint is for stands in openapi.json and is read by people; a page that calls it does not carry it. */
export const leanContract = (): Plugin => ({
  name: 'lean-contract',
  apply: 'build',
  enforce: 'pre',
  transform: (code, id) =>
    /\/contract\/[\w-]+\.ts$/.test(id) ? { code: code.replace(summary, ''), map: null } : undefined,
});
