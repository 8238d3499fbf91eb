import { beforeAll, expect, test } from 'vitest';
import { axe, type Page } from './browser.ts';
import { api, type Given, hour, inWorld, see } from './story.ts';

const world = inWorld();
const languages = ['zh-CN', 'en'] as const;

let handled: Given;
let working: Given;
let waiting: Given;
let confidential: Given;
let poster = '';

beforeAll(async () => {
  handled = await world().request({ until: 'handled', callback: '138 0000 1111' });
  working = await world().request({
    site: 'U04-05',
    category: 'A01',
    text: '午饭送到班组已经凉了。',
    until: 'accepted',
  });
  await (await world().as('hand11')).do(api.cases.ask, {
    id: working.caseId,
    kind: 'suspension',
    reasonCode: 'parts',
    text: '保温箱明早到。',
    until: new Date(world().clock.now().getTime() + 20 * hour).toISOString(),
  });
  waiting = await world().request({
    by: 'worker02',
    site: 'U04-07',
    category: 'E05',
    text: '大门口的洗手池坏了三天。',
  });
  confidential = await world().request({
    by: 'worker02',
    site: 'U04-05',
    category: 'A04',
    confidentiality: 'confidential',
    text: '夜里空调漏水，没人管。',
  });
  const { points } = await (await world().as('site01')).do(api.organization.points, { siteId: world().site('U04-01') });
  poster = new URL(points[0]!.url).pathname + new URL(points[0]!.url).search;
  // Something in the call list, something overdue, something sealed.
  world().clock.forward(25 * hour);
  await world().timer('followups.list_silent');
  await world().timer('journal.seal');
});

/** Nothing to find by machine, and nothing that sticks out to the right. */
async function isSound(page: Page, where: string): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  const faults = await axe(page);
  const said = faults.map(
    (fault) =>
      `${fault.id}: ${fault.nodes.map((node) => `${node.target} ${node.summary.split('\n')[1]?.trim() ?? ''}`).join(' | ')}`,
  );
  expect.soft(said, where).toEqual([]);
  const { wide, shown, who } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    shown: innerWidth,
    who: [...document.querySelectorAll('body *')]
      .filter(
        (element) =>
          element.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(element).position !== 'fixed',
      )
      .slice(0, 3)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`),
  }));
  const beyond = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'button, a, input:not([type="file"]), select, textarea, [role="combobox"], .ant-select',
      ),
    ]
      .filter(
        (element) => element.checkVisibility() && !element.closest('.sr-only, .unseen, .skip, [aria-hidden="true"]'),
      )
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent}`),
  );
  expect.soft(beyond, `${where}: out of reach to the right`).toEqual([]);
  expect.soft(wide, `${where} is wider than the screen: ${who.join(', ')}`).toBeLessThanOrEqual(shown);
}

/** Where each person works, and the key that opens each form there. */
const desk: { login: string; pages: { path: string | (() => string); keys?: string[] }[] }[] = [
  {
    login: 'disp01',
    pages: [
      { path: '/desk/requests?view=todo', keys: ['?', 'x'] },
      { path: '/desk/requests?view=overdue' },
      { path: () => `/desk/requests/${waiting.id}`, keys: ['d', 'a', 'c', 'm', 'n', 'y'] },
      { path: () => `/desk/requests/${confidential.id}`, keys: ['w'] },
      { path: '/desk/sessions' },
    ],
  },
  {
    login: 'hand11',
    pages: [
      { path: '/desk/requests?view=todo' },
      { path: () => `/desk/requests/${working.id}`, keys: ['p', 'h', 'n'] },
      { path: () => `/desk/requests/${handled.id}` },
    ],
  },
  { login: 'op01', pages: [{ path: '/desk/hotline', keys: ['Enter'] }] },
  { login: 'fu01', pages: [{ path: '/desk/followups', keys: ['j', 'g'] }] },
  { login: 'site01', pages: [{ path: '/desk/posters' }, { path: '/desk/register' }] },
  { login: 'disp00', pages: [{ path: '/desk/approvals' }] },
  { login: 'sys01', pages: [{ path: '/desk/accounts', keys: ['j'] }, { path: '/desk/import' }] },
  { login: 'sec01', pages: [{ path: '/desk/accounts', keys: ['j'] }, { path: '/desk/tokens' }] },
  { login: 'aud01', pages: [{ path: '/desk/journal' }] },
];

for (const language of languages) {
  test(`signing in is sound in ${language}`, async () => {
    const page = await world().page(null, { path: '/desk/sign-in', locale: language });
    await see(page.getByRole('list').getByRole('button'));
    if (language === 'en') await page.getByRole('button', { name: 'English' }).click();
    await isSound(page, `sign-in in ${language}`);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
  });

  for (const { login, pages } of desk) {
    test(`the desk of ${login} is sound in ${language}`, async () => {
      await (await world().as(login)).do(api.access.setLocale, { locale: language });
      const page = await world().page(login, { locale: language });
      for (const { path, keys = [] } of pages) {
        const address = typeof path === 'string' ? path : path();
        await page.goto(address);
        await see(page.locator('main#page'));
        await see(page.getByRole('heading').or(page.getByRole('navigation')));
        await isSound(page, `${login} ${address} in ${language}`);
        for (const key of keys) {
          await page.keyboard.press(key);
          await isSound(page, `${login} ${address} after ${key} in ${language}`);
          // Closes what the key opened; what was only selected stays.
          await page.keyboard.press('Escape');
        }
      }
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
      await (await world().as(login)).do(api.access.setLocale, { locale: 'zh-CN' });
      await page.context().close();
    });
  }
}

/** The phone's pages, as somebody without an account sees them. */
const phonePaths = [
  '/p/#/',
  '/p/#/ask',
  '/p/#/ask/A',
  '/p/#/ask/A02',
  '/p/#/ask/C02',
  '/p/#/ask/X',
  '/p/#/ask/D',
  '/p/#/follow',
  '/p/#/sign-in',
];

const narrow = { width: 360, height: 740 };

/** Opens a page of the phone afresh: a changed `#` alone would leave the page before in sight for a moment. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.reload();
  await see(page.getByRole('heading', { level: 1 }));
  if (path.endsWith('/sign-in')) await see(page.getByRole('listitem'));
}

/** As tall as what is on it: what the dock covers for the moment is not too small to press, it only has to be scrolled to. */
async function unrolled(page: Page): Promise<void> {
  const tall = () =>
    page.evaluate(() =>
      Math.max(740, document.documentElement.scrollHeight, document.querySelector('main')?.scrollHeight ?? 0),
    );
  // What comes late, a list or the place behind a code, makes it taller still.
  for (let height = 0, next = await tall(); next > height; next = await tall()) {
    height = next + 200;
    await page.setViewportSize({ ...narrow, height });
    await page.waitForLoadState('networkidle');
  }
}

for (const language of languages) {
  test(`the phone is sound at 360 px in ${language}`, async () => {
    const page = await world().page(null, { viewport: 'phone', locale: language, path: poster });
    for (const path of phonePaths) {
      await page.setViewportSize(narrow);
      await visit(page, path);
      await unrolled(page);
      await isSound(page, `${path} in ${language}`);
    }
    const thread = await world().page('worker01', {
      viewport: 'phone',
      locale: language,
      path: `/p/#/r/${handled.id}`,
    });
    await see(thread.locator('.thread'));
    await unrolled(thread);
    await isSound(thread, `thread in ${language}`);
    for (const open of await thread.locator('.dock .verdict').all()) {
      await open.click();
      await isSound(thread, `verdict in ${language}`);
      await thread.keyboard.press('Escape');
    }
    await page.context().close();
    await thread.context().close();
  });

  for (const look of ['text of 200 %', 'large type'] as const) {
    test(`the phone works at 360 px and ${look} in ${language}: nothing sticks out, nothing is cut, the acts stay in reach`, async () => {
      const page = await world().page(null, { viewport: 'phone', locale: language, path: poster });
      await page.setViewportSize(narrow);
      await see(page.getByRole('heading', { level: 1 }));
      if (look === 'large type') await page.locator('.tools').getByRole('button').last().click();
      for (const path of phonePaths) {
        await visit(page, path);
        if (look === 'text of 200 %') await page.addStyleTag({ content: 'html { font-size: 200% !important; }' });
        // The heading may stand a moment before the dock does.
        await page.locator('.dock').first().waitFor({ state: 'attached' });
        const found = await page.evaluate(() => ({
          wide: document.documentElement.scrollWidth,
          cut: [...document.querySelectorAll('button, a.button, h1, h2, label')]
            .filter(
              (element) =>
                element.scrollWidth > element.clientWidth + 2 &&
                !element.closest('.unseen, .clip') &&
                getComputedStyle(element).display !== 'inline',
            )
            .map((element) => element.textContent),
          dock: document.querySelector('.dock')?.getBoundingClientRect().bottom ?? 0,
        }));
        expect
          .soft(found, `${path} at ${look}`)
          .toEqual({ wide: narrow.width, cut: [], dock: expect.closeTo(narrow.height, -1) });
      }
      await page.context().close();
    });
  }
}
