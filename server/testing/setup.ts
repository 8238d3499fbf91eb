import type { TestProject } from 'vitest/node';
import { startServer } from './database.ts';

/** Once per run, before the first file. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await startServer();
  project.provide('server', server);
  return stop;
}
