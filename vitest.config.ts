import { defineConfig } from 'vitest/config';

/**
 * Two at a time: the tests of one file share a database, files do not. The limits are there to end what hangs, and wide
 * enough for a machine that is busy with something else.
 */
const common = { maxWorkers: 2, testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    ...common,
    projects: [
      {
        test: {
          ...common,
          name: 'server',
          include: ['server/**/*.test.ts', 'contract/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['server/testing/crash.test.ts'],
          globalSetup: ['server/testing/setup.ts'],
        },
      },
      { test: { ...common, name: 'pages', include: ['desk/**/*.test.{ts,tsx}', 'phone/**/*.test.{ts,tsx}'] } },
      {
        test: {
          ...common,
          name: 'browser',
          include: ['e2e/**/*.test.ts'],
          testTimeout: 120_000,
          globalSetup: ['server/testing/setup.ts'],
        },
      },
      {
        test: {
          ...common,
          name: 'crash',
          include: ['server/testing/crash.test.ts'],
          testTimeout: 24 * 3_600_000,
        },
      },
    ],
  },
});
