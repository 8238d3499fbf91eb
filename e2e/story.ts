/** What the stories share: a world per file, and the ways a person looks at a page. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, inject, vi } from 'vitest';
import { rootFolder } from '../server/testing/database.ts';
import { closeBrowser, type Page, screenshot } from './browser.ts';
import { patience, startWorld, type World } from './world.ts';

export { api, type Client, type Given, hour, minute, patience } from './world.ts';

/** Starts a world for the stories of this file; what was on the screens and in the log is kept when one fails. */
export function inWorld(): () => World {
  let world: World | undefined;
  beforeAll(async () => {
    world = await startWorld(inject('server'));
  });
  beforeEach(({ onTestFailed, task }) => {
    onTestFailed(async () => {
      const { pages, log } = world!;
      const folder = join(rootFolder, '.cache', 'stories');
      await mkdir(folder, { recursive: true });
      for (const [index, page] of pages.entries()) {
        if (page.isClosed()) continue;
        const path = join(folder, `${task.name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)}-${index}.png`);
        await screenshot(page, path).catch(() => {});
        process.stderr.write(`on the screen: ${page.url()} ${path}\n`);
      }
      if (log.length > 0) process.stderr.write(`the program said:\n${log.slice(-40).join('\n')}\n`);
    });
  });
  afterAll(async () => {
    await world?.stop();
    await closeBrowser();
  });
  return () => world!;
}

/** A request's number as people read it. */
export const numberPattern = /^[A-Z]{1,6}-\d{6}-\d{5,7}$/;

/** Waits until it can be seen. */
export async function see(what: Locator): Promise<void> {
  await what.first().waitFor({ state: 'visible' });
}

/** Waits until there is none of it. */
export async function gone(what: Locator): Promise<void> {
  await becomes(() => what.filter({ visible: true }).count(), 0);
}

/** Waits until `look` gives `wanted`; for what arrives by itself. */
export async function becomes<T>(look: () => Promise<T>, wanted: T): Promise<void> {
  await vi.waitFor(async () => expect(await look()).toEqual(wanted), { timeout: patience, interval: 50 });
}

/** Lets the first of these reach the program and keeps its answer back until the function that is given is called. */
export async function holdFirst(page: Page, address: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(
    address,
    async (route) => {
      const response = await route.fetch();
      await released;
      await route.fulfill({ response });
    },
    { times: 1 },
  );
  return release;
}

/** Reaches it as a person without a mouse does. */
export async function tabTo(page: Page, what: Locator, most = 60): Promise<void> {
  await see(what);
  const reached = () => what.first().evaluate((element) => element === document.activeElement);
  for (let pressed = 0; pressed < most; pressed++) {
    if (await reached()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Not reached by ${most} presses of Tab: ${what}`);
}
