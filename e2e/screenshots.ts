/**
 * The pictures of the README: the program as `npm start` shows it, with the whole demo history. `npm run screenshots`.
 * Nothing is arranged but which request is opened: of those a person may see, the one with the most to tell.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OutputOf } from '../contract/endpoint.ts';
import type { requestEndpoints } from '../contract/requests.ts';
import { type Browser, closeBrowser, newPage, openBrowser, type Page, screenshot } from './browser.ts';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const folder = join(root, 'docs', 'screenshots');
/** Loading seventy-five days of a group takes a while. */
const patience = 15 * 60_000;

type Rows = OutputOf<(typeof requestEndpoints)['list']>['rows'];
type Thread = OutputOf<(typeof requestEndpoints)['thread']>;

/** Starts the built program on a data folder of its own. @returns where it listens */
async function start(data: string): Promise<{ origin: string; program: ChildProcess }> {
  const program = spawn(process.execPath, [join(root, 'dist', 'server', 'main.mjs')], {
    env: { ...process.env, LASTMETRE_DATA: data, PORT: '0', HOST: '127.0.0.1', DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = await new Promise<string>((found, failed) => {
    let said = '';
    const late = setTimeout(() => failed(new Error(`The program did not start:\n${said}`)), patience);
    program.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /Last Metre · 最后一米\s+(http:\S+)/.exec(said)?.[1];
      if (!address) return;
      clearTimeout(late);
      found(address);
    });
    program.on('exit', (code) => failed(new Error(`The program ended with ${code}:\n${said}`)));
  });
  return { origin, program };
}

async function openAs(browser: Browser, origin: string, login: string, viewport: 'desk' | 'phone'): Promise<Page> {
  const page = await newPage(browser, { viewport, origin });
  page.setDefaultTimeout(60_000);
  const answer = await page.request.post('/api/session/demo', { data: { login } });
  if (!answer.ok()) throw new Error(`${login} could not sign in: ${await answer.text()}`);
  return page;
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  await page.waitForLoadState('networkidle').catch(() => {});
  await screenshot(page, join(folder, `${name}.png`));
  process.stdout.write(`docs/screenshots/${name}.png\n`);
  await page.context().close();
}

const list = async (page: Page, query: string): Promise<Rows> =>
  ((await (await page.request.get(`/api/requests?${query}`)).json()) as { rows: Rows }).rows;
const thread = async (page: Page, id: string): Promise<Thread> =>
  (await page.request.get(`/api/requests/${id}`)).json() as Promise<Thread>;

/** The one with the most to tell: reopened, extended, urged, with pictures, and still open. */
async function richest(page: Page, rows: Rows): Promise<Thread> {
  const worth = (one: Thread): number =>
    one.entries.length +
    one.reopens * 4 +
    one.nudges +
    (one.text ? 4 : -20) +
    (one.can.handle || one.can.judge ? 12 : 0) +
    (one.dues.resolve === one.dues.resolveNow ? 0 : 6) +
    one.entries.flatMap((entry) => entry.files).length * 2;
  const threads = await Promise.all(rows.map((row) => thread(page, row.id)));
  const best = threads.sort((a, b) => worth(b) - worth(a))[0];
  if (!best) throw new Error('The demo has no request for this picture.');
  return best;
}

/** A number that asked over the hotline before, so that the operator has something to see. */
async function knownNumber(browser: Browser, origin: string): Promise<string> {
  const page = await openAs(browser, origin, 'disp01', 'desk');
  try {
    for (const row of (await list(page, 'view=open&sort=newest&limit=200')).filter(
      (one) => one.channel === 'hotline',
    )) {
      const { requester } = await thread(page, row.id);
      if (requester?.callback) return requester.callback;
    }
    return '138 0000 1234';
  } finally {
    await page.context().close();
  }
}

async function pictures(browser: Browser, origin: string): Promise<void> {
  const queue = await openAs(browser, origin, 'disp01', 'desk');
  await queue.goto('/desk/requests?view=todo');
  await queue.getByRole('region', { name: '诉求队列' }).getByRole('listitem').nth(3).waitFor();
  await queue.keyboard.press('j');
  await queue.keyboard.press('j');
  await queue.getByRole('complementary', { name: '预览' }).getByRole('button').first().waitFor();
  await take(queue, 'queue');

  const request = await openAs(browser, origin, 'hand11', 'desk');
  const rows = await list(request, 'view=open&limit=60');
  const rich = await richest(request, rows);
  await request.goto(`/desk/requests/${rich.id}`);
  await request.getByRole('heading', { level: 1, name: rich.number }).waitFor();
  await take(request, 'request');

  const call = await openAs(browser, origin, 'fu01', 'desk');
  await call.goto('/desk/followups');
  await call.getByRole('complementary', { name: '随访' }).getByRole('button').first().waitFor();
  await call.keyboard.press('j');
  await call.getByRole('radiogroup').first().waitFor();
  for (const key of ['d', '1', '1']) await call.keyboard.press(key);
  await take(call, 'followup');

  const hotline = await openAs(browser, origin, 'op01', 'desk');
  await hotline.goto('/desk/hotline');
  await hotline.getByRole('textbox', { name: /^来电号码/ }).fill(await knownNumber(browser, origin));
  await hotline.keyboard.press('Enter');
  await hotline.getByRole('combobox', { name: '类别' }).fill('A01');
  await hotline.keyboard.press('Tab');
  await hotline.keyboard.type('U06-03');
  await hotline.keyboard.press('Tab');
  await hotline.keyboard.press('Tab');
  await hotline.keyboard.type('午饭十一点就放在大门口，送到班组已经凉了，能不能送到作业面？一共四十二个人。');
  await hotline.getByRole('button', { name: /登记并转派单/ }).waitFor();
  await take(hotline, 'hotline');

  const journal = await openAs(browser, origin, 'aud01', 'desk');
  await journal.goto('/desk/journal');
  await journal.getByRole('button', { name: '核验' }).click();
  await journal.getByText('核验通过').waitFor({ timeout: 5 * 60_000 });
  await take(journal, 'journal');

  const order = await openAs(browser, origin, 'sup02', 'desk');
  await order.goto('/desk/stages');
  await order
    .getByRole('link', { name: /常态化防控.*预警/ })
    .first()
    .click();
  await order.getByRole('heading', { level: 1 }).waitFor();
  await order.getByRole('table').first().waitFor();
  await take(order, 'stage-order');

  const cover = await openAs(browser, origin, 'sup02', 'desk');
  await cover.goto('/desk/coverage');
  await cover.getByRole('table').first().waitFor();
  await take(cover, 'coverage');

  const day = await openAs(browser, origin, 'site01', 'phone');
  await day.goto('/p/#/report');
  await day.getByText('工地日报').first().click();
  await day.getByRole('textbox').first().waitFor();
  await take(day, 'phone-report');

  const measures = await openAs(browser, origin, 'site01', 'phone');
  await measures.goto('/p/#/measures');
  await measures.getByRole('heading', { level: 2 }).first().waitFor();
  await take(measures, 'phone-measures');

  const points = await openAs(browser, origin, 'site01', 'phone');
  const me = (await (await points.request.get('/api/session')).json()) as { homeNodeId: number };
  const { points: posters } = (await (await points.request.get(`/api/sites/${me.homeNodeId}/points`)).json()) as {
    points: { url: string }[];
  };
  await points.context().close();
  const ask = await newPage(browser, { viewport: 'phone', origin });
  const poster = new URL(posters[1]!.url);
  await ask.goto(`${poster.pathname}${poster.search}`);
  await ask.getByRole('link', { name: /^我有需要/ }).click();
  await ask.getByRole('link', { name: /^吃住用水/ }).click();
  await ask.getByRole('link', { name: /^喝水用水/ }).click();
  await ask.getByRole('button', { name: '停水了' }).click();
  await ask.getByRole('textbox', { name: '说明情况' }).fill('3 号板房二层，从早上六点起没有水，四十多人');
  await ask.getByRole('textbox', { name: '说明情况' }).blur();
  await ask.evaluate(() => scrollTo(0, 0));
  await take(ask, 'phone-ask');

  const own = await openAs(browser, origin, 'worker01', 'phone');
  const { rows: mine } = (await (await own.request.get('/api/requests/mine')).json()) as { rows: Rows };
  const answering = mine.filter((row) => row.state === 'handled');
  const told = await richest(own, answering.length > 0 ? answering : mine.slice(0, 30));
  await own.goto(`/p/#/r/${told.id}`);
  await own.getByText('前面的经过').waitFor();
  await take(own, 'phone-thread');
}

const data = await mkdtemp(join(tmpdir(), 'lastmetre-pictures-'));
const { origin, program } = await start(data);
try {
  await pictures(await openBrowser(), origin);
} finally {
  await closeBrowser();
  program.removeAllListeners('exit');
  const gone = new Promise((done) => program.once('exit', done));
  program.kill('SIGTERM');
  await gone;
  await rm(data, { recursive: true, force: true });
}
