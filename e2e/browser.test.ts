import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, type Browser, closeBrowser, newPage, openBrowser, screenshot } from './browser.ts';

// The policy of the product: no inline script, no inline style. What passes here needs no exception there.
const policy = "default-src 'self'";
const body = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>最后一米</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/page.css">
<main><h1>最后一米 · 应急保障</h1><p>汉字 <b>粗体</b> Last Metre 100&nbsp;㎡ → ✓ ① 20&nbsp;℃ 毖谰赜芈龘</p>
<p class="six">六百 600</p><button type="button">送达 Delivered</button></main></html>`;
const faulty = `<!doctype html><html><meta charset="utf-8"><title>x</title><img src="/no.png"><input></html>`;
const css = `body { font: 24px/1.5 "PingFang SC", "Microsoft YaHei", sans-serif; margin: 24px } .six { font-weight: 600 }`;

let server: Server;
let origin: string;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastmetre-browser-'));
  server = createServer((request, response) => {
    const style = request.url === '/page.css';
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', style ? 'text/css' : 'text/html; charset=utf-8');
    response.end(style ? css : request.url === '/faulty' ? faulty : body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await closeBrowser();
  await new Promise((done) => server.close(done));
  await rm(folder, { recursive: true, force: true });
});

test('Chinese text is drawn with glyphs, common and rare ones, under the strict policy', async () => {
  const page = await newPage(browser, { viewport: 'desk', origin });
  await page.goto('/');
  const pictures = await page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    return [...'汉字毖谰→✓①℃'].map((character) => {
      context.clearRect(0, 0, 60, 60);
      context.font = '40px sans-serif';
      context.fillText(character, 5, 45);
      return context.getImageData(0, 0, 60, 60).data.join();
    });
  });
  // Without a font every one of them is the same empty box.
  expect(new Set(pictures).size).toBe(pictures.length);
  const widths = await page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d')!;
    const inWeight = (weight: number) => {
      context.font = `${weight} 40px sans-serif`;
      context.clearRect(0, 0, 300, 150);
      context.fillText('六百', 0, 50);
      return context.getImageData(0, 0, 100, 100).data.reduce((sum, value) => sum + value, 0);
    };
    return [inWeight(400), inWeight(600), inWeight(700)];
  });
  expect(widths[0]).toBeLessThan(widths[1]!);
  expect(widths[1]).toBeLessThan(widths[2]!);
  await page.context().close();
});

test('the policy is enforced, not bypassed', async () => {
  const page = await newPage(browser, { viewport: 'desk', origin });
  await page.goto('/');
  const blocked = await page.evaluate(
    () =>
      new Promise<string>((done) => {
        document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
        const script = document.createElement('script');
        script.textContent = 'document.title = "stolen"';
        document.head.append(script);
      }),
  );
  expect(blocked).toBe('script-src-elem');
  expect(await page.title()).toBe('最后一米');
  await page.context().close();
});

test('desk and phone have their sizes, languages and touch', async () => {
  const about = () => ({
    width: innerWidth,
    height: innerHeight,
    language: navigator.language,
    touch: navigator.maxTouchPoints > 0,
    mobile: navigator.userAgent.includes('Mobile'),
  });
  const desk = await newPage(browser, { viewport: 'desk', origin, locale: 'en' });
  await desk.goto('/');
  const phone = await newPage(browser, { viewport: 'phone', origin });
  await phone.goto('/');
  expect(await desk.evaluate(about)).toEqual({ width: 1280, height: 800, language: 'en', touch: false, mobile: false });
  expect(await phone.evaluate(about)).toEqual({
    width: 390,
    height: 844,
    language: 'zh-CN',
    touch: true,
    mobile: true,
  });
  for (const [name, page] of Object.entries({ desk, phone })) {
    const path = join(process.env.SCREENSHOT_FOLDER ?? folder, `${name}.png`);
    await screenshot(page, path);
    const picture = await readFile(path);
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual(
      name === 'desk' ? [1280, 800] : [390 * 2, 844 * 2],
    );
    await page.context().close();
  }
});

test('permissions are granted and a page can lose its network', async () => {
  const geolocation = { latitude: 30.5, longitude: 114.3 };
  const page = await newPage(browser, { viewport: 'phone', origin, permissions: ['geolocation'], geolocation });
  await page.goto('/');
  const latitude = await page.evaluate(
    () =>
      new Promise<number>((done) => navigator.geolocation.getCurrentPosition((found) => done(found.coords.latitude))),
  );
  expect(latitude).toBe(30.5);
  await page.context().setOffline(true);
  await expect(page.goto('/')).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/);
  await page.context().close();
});

test('axe finds planted violations and passes a sound page', async () => {
  const page = await newPage(browser, { viewport: 'desk', origin });
  await page.goto('/faulty');
  const ids = (await axe(page)).map((violation) => violation.id);
  expect(ids).toEqual(expect.arrayContaining(['image-alt', 'label', 'html-has-lang']));
  await page.goto('/');
  expect(await axe(page)).toEqual([]);
  await page.context().close();
});
