import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import type { Page } from '../browser.ts';
import { api, becomes, gone, inWorld, numberPattern, see } from '../story.ts';

const world = inWorld();

/** The text on the poster at the canteen of the site officer's own site, and on one of another site. */
let poster = '';
let elsewhere = '';

async function posterAt(login: string, site: string): Promise<string> {
  const { points } = await (await world().as(login)).do(api.organization.points, { siteId: world().site(site) });
  const { pathname, search } = new URL(points[1]!.url);
  return pathname + search;
}

beforeAll(async () => {
  poster = await posterAt('site01', 'U04-01');
  elsewhere = await posterAt('sys01', 'U04-02');
});

/** The number and the code on the page after sending. */
async function receipt(page: Page): Promise<{ number: string; code: string }> {
  await see(page.getByRole('heading', { level: 1, name: '收到了' }));
  const number = await page.getByText(numberPattern).innerText();
  const code = (await page.locator('.digits').innerText()).replace(/\s/g, '');
  return { number, code };
}

async function threeTaps(page: Page, first: string, second: string): Promise<void> {
  await page.getByRole('link', { name: /^我有需要/ }).click();
  await page.getByRole('link', { name: new RegExp(`^${first}`) }).click();
  await page.getByRole('link', { name: new RegExp(`^${second}`) }).click();
}

const say = (page: Page) => page.getByRole('textbox', { name: '说明情况' });
const send = (page: Page) => page.getByRole('button', { name: '发出去' });

/** Puts the phone away and takes it out again: the page looks at once instead of at its next round. */
/** What the phone has on its disk by now under names of its own: a page thrown away at once keeps what was written before. */
const keptOn = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const asked = indexedDB.open('lastmetre');
        asked.onerror = () => reject(asked.error);
        asked.onsuccess = () => {
          const all = asked.result.transaction('kept').objectStore('kept').getAll();
          all.onsuccess = () => {
            asked.result.close();
            resolve(JSON.stringify(all.result));
          };
        };
      }),
  );
const looksAgain = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

const rowsSaying = async (search: string): Promise<number> => {
  const dispatcher = await world().as('disp01');
  return (await dispatcher.do(api.requests.list, { view: 'all', limit: 200 })).rows.filter((row) =>
    row.text?.includes(search),
  ).length;
};

test('a worker scans the poster, taps three times, says it with a photo and a number, and follows it to the end from another phone', async () => {
  const phone = await world().page(null, { viewport: 'phone', path: poster });
  await see(phone.getByRole('heading', { level: 1 }));
  await threeTaps(phone, '吃住用水', '喝水用水');

  await phone.getByRole('button', { name: '停水了' }).click();
  await say(phone).fill('3 号板房二层从早上六点起没有水');
  await phone.locator('input[type=file]').setInputFiles({
    name: 'tap.jpg',
    mimeType: 'image/jpeg',
    buffer: await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#88aacc' } })
      .jpeg()
      .toBuffer(),
  });
  await see(phone.getByRole('img', { name: '第 1 张照片' }));
  await phone.getByRole('radio', { name: /^公开/ }).check();
  await phone.getByRole('textbox', { name: /^电话/ }).fill('138 0000 1234');
  await send(phone).click();
  const { number, code } = await receipt(phone);
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);

  const dispatcher = await world().as('disp01');
  const { rows } = await dispatcher.do(api.requests.list, { view: 'todo' });
  const row = rows.find((one) => one.number === number)!;
  expect(row.text).toContain('3 号板房二层从早上六点起没有水');
  const asked = await dispatcher.do(api.requests.thread, { id: row.id });
  expect(asked.requester?.callback).toContain('138 0000 1234');
  expect(asked.entries[0]?.files).toHaveLength(1);
  expect(asked.siteId).toBe(world().site('U04-01'));

  // Another phone knows nothing of it but number and code.
  const other = await world().page(null, { viewport: 'phone', path: '/p/#/follow' });
  await other.getByRole('textbox', { name: /^编号/ }).fill(number.toLowerCase());
  await other.getByRole('textbox', { name: /^查询码/ }).fill(code.toLowerCase());
  await other.getByRole('button', { name: '查', exact: true }).click();
  await see(other.getByText('收到了', { exact: true }));
  expect(await other.getByText('138 0000 1234').count()).toBe(0);

  await other.getByRole('button', { name: /^催办/ }).click();
  await see(other.getByText('催到了，这是第 1 次'));

  const { caseId } = await dispatcher.do(api.cases.dispatch, {
    id: row.id,
    version: (await dispatcher.do(api.requests.thread, { id: row.id })).version,
    lineId: world().line('L11'),
    unitId: null,
  });
  const handler = await world().as('hand11');
  await handler.do(api.cases.handled, { id: caseId, solution: 'solved', text: '水泵换好了，两层龙头都试过，有水。' });
  await looksAgain(other);
  await see(other.getByText('该你说了', { exact: true }));

  await other.getByRole('button', { name: '没解决' }).click();
  await other.getByRole('button', { name: '就这样，发出去' }).click();
  await see(other.getByRole('button', { name: '还差：点一个或写两个字' }));
  await other.getByRole('button', { name: '只办了一半' }).click();
  await other.getByRole('textbox', { name: /^再说两句/ }).fill('一层有水，二层还是没有');
  await other.getByRole('button', { name: '就这样，发出去' }).click();
  await see(other.getByText('退回重办', { exact: true }));
  await becomes(async () => (await dispatcher.do(api.requests.thread, { id: row.id })).state, 'reopened');

  await handler.do(api.cases.handled, { id: caseId, solution: 'solved', text: '二层阀门打开，现场放水十分钟正常。' });
  await looksAgain(other);
  await see(other.getByText('该你说了', { exact: true }));
  await other.getByRole('button', { name: '解决了', exact: true }).click();
  for (const question of ['事情办得', '快不快', '对人态度']) {
    await other.getByRole('group', { name: question }).getByText('4', { exact: true }).click();
  }
  await other.getByRole('button', { name: '就这样，发出去' }).click();
  await see(other.getByText('你的话算数，已经记下。'));
  expect((await dispatcher.do(api.requests.thread, { id: row.id })).state).toBe('resolved_confirmed');
  // The marks are the person's own; whoever handled it does not see who gave them.
  await becomes(async () => (await world().visitor().do(api.requests.follow, { number, code })).rating, {
    result: 4,
    speed: 4,
    attitude: 4,
  });
});

test('without network it waits on the phone and is sent once when the network is back', async () => {
  const phone = await world().page(null, { viewport: 'phone', path: poster });
  await see(phone.getByRole('link', { name: /^我有需要/ }));
  await phone.context().setOffline(true);
  await see(phone.getByText('没网，照样能用'));
  await threeTaps(phone, '吃住用水', '喝水用水');
  await say(phone).fill('离线写的：桶装水今天没送来');
  await send(phone).click();
  await see(phone.getByRole('heading', { level: 1, name: '存在手机里，没丢' }));
  await see(phone.getByText('联网后自动发出，只发一次'));
  const code = await phone.locator('.digits').innerText();
  expect(await rowsSaying('桶装水今天没送来')).toBe(0);

  await phone.context().setOffline(false);
  expect((await receipt(phone)).code).toBe(code.replace(/\s/g, ''));
  await becomes(() => rowsSaying('桶装水今天没送来'), 1);
  // Nothing is left to be sent a second time.
  await phone.reload();
  await phone.getByRole('link', { name: '好，回首页' }).click();
  await see(phone.getByRole('link', { name: /桶装水今天没送来/ }));
  await gone(phone.getByText('等网络'));
  expect(await rowsSaying('桶装水今天没送来')).toBe(1);
});

test('an urgent one without network says 未发出——请立即拨打 and never that it waits', async () => {
  const phone = await world().page(null, { viewport: 'phone', path: poster });
  await see(phone.getByRole('link', { name: /^我有需要/ }));
  await phone.context().setOffline(true);
  await threeTaps(phone, '身体和看病', '急病要送医');
  await see(phone.getByRole('heading', { name: '先打电话，再写' }));
  await see(phone.getByRole('link', { name: /120/ }));
  await say(phone).fill('塔吊司机胸口痛');
  await send(phone).click();
  await see(phone.getByRole('heading', { level: 1, name: /^未发出——请立即拨打.*120/ }));
  await see(phone.getByRole('alert').getByRole('link', { name: /120/ }));
  expect(
    await phone
      .getByText(/等网络|自动发|联网后/)
      .filter({ visible: true })
      .count(),
  ).toBe(0);
  await phone.goto('/p/#/');
  await see(phone.getByText('未发出——请立即拨打', { exact: true }));
  expect(
    await phone
      .getByText(/等网络|联网后/)
      .filter({ visible: true })
      .count(),
  ).toBe(0);
});

test('what belongs to a sealed line shows whom to ring and has nowhere to write', async () => {
  const phone = await world().page(null, { viewport: 'phone', path: poster });
  await phone.getByRole('link', { name: /^我有需要/ }).click();
  await phone.getByRole('link', { name: /^心里难受/ }).click();
  await see(phone.getByRole('heading', { level: 1, name: '这件事请直接打电话' }));
  await see(phone.getByRole('link', { name: /12356/ }));
  expect(await phone.getByRole('textbox').count()).toBe(0);
  expect(await phone.getByRole('button').count()).toBe(0);

  await phone.goto('/p/#/ask/I');
  await phone.getByRole('link', { name: /^有人违规/ }).click();
  await see(phone.getByRole('heading', { level: 1, name: '这件事请直接打监督电话' }));
  expect(await phone.getByRole('textbox').count()).toBe(0);
});

test('a full phone says that nothing was kept or sent, and two taps on a phone that has room again send one', async () => {
  const phone = await world().page(null, { viewport: 'phone', path: poster });
  await threeTaps(phone, '吃住用水', '喝水用水');
  await see(say(phone));
  await phone.evaluate(() => {
    const kept = IDBObjectStore.prototype.put;
    Object.assign(globalThis, { makeRoom: () => Object.assign(IDBObjectStore.prototype, { put: kept }) });
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await say(phone).fill('手机满了还要报：饮水机不出水');
  await send(phone).click();
  await see(phone.getByRole('alert').getByText(/^手机存满了，写的存不下，没发出去/));
  await see(phone.getByRole('link', { name: /打热线/ }));
  expect(await phone.getByText(/已存在手机里/).count()).toBe(0);
  expect(await rowsSaying('手机满了还要报')).toBe(0);

  await phone.evaluate(() => (globalThis as unknown as { makeRoom(): void }).makeRoom());
  await send(phone).dblclick();
  await receipt(phone);
  expect(await rowsSaying('手机满了还要报')).toBe(1);
});

test('a request that the phone has no room to send later is not shown as received, however often it is tried', async () => {
  const phone = await world().page(null, { viewport: 'phone', path: poster });
  await threeTaps(phone, '吃住用水', '喝水用水');
  await say(phone).fill('只差一点就存满了：桶装水没送');
  await phone.evaluate(() => {
    const kept = IDBObjectStore.prototype.put;
    Object.assign(globalThis, { makeRoom: () => Object.assign(IDBObjectStore.prototype, { put: kept }) });
    // As a full disk does it: the write is accepted, and what belongs to it is undone a moment later.
    IDBObjectStore.prototype.put = function (...given) {
      if (this.name === 'outbox') queueMicrotask(() => this.transaction.abort());
      return kept.apply(this, given);
    };
  });
  for (const _ of ['once', 'again']) {
    await send(phone).click();
    await see(phone.getByRole('alert').getByText(/^手机存满了，写的存不下，没发出去/));
    await becomes(() => send(phone).getAttribute('aria-disabled'), 'false');
  }
  await phone.goto('/p/#/');
  await see(phone.getByText('有一条没写完'));
  expect(await phone.getByText('收到了', { exact: true }).count()).toBe(0);

  await phone.getByRole('link', { name: /^有一条没写完/ }).click();
  await phone.evaluate(() => (globalThis as unknown as { makeRoom(): void }).makeRoom());
  await send(phone).click();
  await receipt(phone);
  await phone.getByRole('link', { name: '好，回首页' }).click();
  await see(phone.getByRole('link', { name: /只差一点就存满了/ }));
  expect(await phone.getByRole('link', { name: /只差一点就存满了/ }).count()).toBe(1);
  expect(await rowsSaying('只差一点就存满了')).toBe(1);
});

test('what this phone remembers but nothing will send says 没发出去, and is sent again under its own code', async () => {
  const phone = await world().page(null, { viewport: 'phone', path: poster });
  await see(phone.getByRole('link', { name: /^我有需要/ }));
  await phone.context().setOffline(true);
  await threeTaps(phone, '吃住用水', '喝水用水');
  await say(phone).fill('没进发件箱的一条：开水炉坏了');
  await send(phone).click();
  await see(phone.getByRole('heading', { level: 1, name: '存在手机里，没丢' }));
  const code = (await phone.locator('.digits').innerText()).replace(/\s/g, '');
  await phone.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((opened) => {
      const asked = indexedDB.open('lastmetre');
      asked.onsuccess = () => opened(asked.result);
    });
    const change = database.transaction('outbox', 'readwrite');
    change.objectStore('outbox').clear();
    await new Promise((done) => {
      change.oncomplete = done;
    });
    database.close();
  });
  await phone.context().setOffline(false);
  await phone.goto('/p/');
  await see(phone.getByText('没发出去', { exact: true }));
  expect(await phone.getByText('收到了', { exact: true }).count()).toBe(0);

  await phone.getByRole('link', { name: /没进发件箱的一条/ }).click();
  await see(phone.getByRole('heading', { level: 1, name: '没发出去' }));
  await phone.getByRole('button', { name: '改了再发' }).click();
  await send(phone).click();
  expect((await receipt(phone)).code).toBe(code);
  expect(await rowsSaying('没进发件箱的一条')).toBe(1);
});

test('one that is sent while the person is asked whether to delete it stays, with its number and its code', async () => {
  const phone = await world().page(null, { viewport: 'phone', path: poster });
  await see(phone.getByRole('link', { name: /^我有需要/ }));
  await phone.context().setOffline(true);
  await threeTaps(phone, '吃住用水', '喝水用水');
  await say(phone).fill('删晚了的一条：水龙头滴水');
  await send(phone).click();
  await phone.getByRole('button', { name: '不发了，删掉' }).click();
  await see(phone.getByRole('dialog'));
  await phone.context().setOffline(false);
  await see(phone.getByText(numberPattern));
  await phone.getByRole('dialog').getByRole('button', { name: '不发了，删掉' }).click();
  await see(phone.getByText(/^已经在发或者发出去了，删不掉/));
  await receipt(phone);
  await phone.getByRole('link', { name: '好，回首页' }).click();
  await see(phone.getByRole('link', { name: /删晚了的一条/ }));
});

test('one that was not sent is deleted when asked, and is not sent afterwards', async () => {
  const phone = await world().page(null, { viewport: 'phone', path: poster });
  await see(phone.getByRole('link', { name: /^我有需要/ }));
  await phone.context().setOffline(true);
  await threeTaps(phone, '吃住用水', '喝水用水');
  await say(phone).fill('不发了的一条：热水来了');
  await send(phone).click();
  await phone.getByRole('button', { name: '不发了，删掉' }).click();
  await phone.getByRole('dialog').getByRole('button', { name: '不发了，删掉' }).click();
  await see(phone.getByText('还没有提过'));
  await phone.context().setOffline(false);
  await phone.reload();
  await see(phone.getByText('还没有提过'));
  expect(await rowsSaying('不发了的一条')).toBe(0);
});

test('words and a picture in a sheet are still there when the phone threw the page away', async () => {
  const { number, code } = await world().request({ until: 'handled' });
  const phone = await world().page(null, { viewport: 'phone', path: '/p/#/follow' });
  await phone.getByRole('textbox', { name: /^编号/ }).fill(number);
  await phone.getByRole('textbox', { name: /^查询码/ }).fill(code);
  await phone.getByRole('checkbox', { name: /^这是我的手机/ }).check();
  await phone.getByRole('button', { name: '查', exact: true }).click();

  const why = phone.getByRole('textbox', { name: /^再说两句/ });
  await phone.getByRole('button', { name: '没解决' }).click();
  await phone.getByRole('button', { name: '只办了一半' }).click();
  await why.fill('东头还是没有水');
  await becomes(async () => /只办了一半.*东头还是没有水/.test(await keptOn(phone)), true);
  await phone.reload();
  await phone.getByRole('button', { name: '没解决' }).click();
  await see(phone.getByRole('button', { name: '只办了一半', pressed: true }));
  await becomes(() => why.inputValue(), '东头还是没有水');
  await phone.getByRole('dialog').getByRole('button', { name: '返回' }).click();

  const message = phone.getByRole('dialog').getByRole('textbox', { name: '补一句' });
  await phone.getByRole('button', { name: '补一句' }).click();
  await message.fill('照片里是东头的水管');
  await phone.locator('input[type=file]').setInputFiles({
    name: 'pipe.png',
    mimeType: 'image/png',
    buffer: await sharp({ create: { width: 60, height: 40, channels: 3, background: '#88aacc' } })
      .png()
      .toBuffer(),
  });
  await see(phone.getByRole('img', { name: '第 1 张照片' }));
  await becomes(async () => /照片里是东头的水管","photos":\["/.test(await keptOn(phone)), true);
  await phone.reload();
  await phone.getByRole('button', { name: '补一句' }).click();
  await see(phone.getByRole('img', { name: '第 1 张照片' }));
  expect(await message.inputValue()).toBe('照片里是东头的水管');
  await phone.getByRole('dialog').getByRole('button', { name: '发出去' }).click();
  await see(phone.getByRole('listitem').filter({ hasText: '照片里是东头的水管' }));

  // What was sent is not offered a second time.
  await phone.getByRole('button', { name: '补一句' }).click();
  await see(message);
  expect(await message.inputValue()).toBe('');
  expect(await phone.getByRole('img', { name: '第 1 张照片' }).count()).toBe(0);
});

test('an old poster is noticed before anything is written: the site is asked for', async () => {
  const phone = await world().page(null, { viewport: 'phone', path: '/p/?q=1.AAAAAAAAAAAAAAAAAAAAAA' });
  await threeTaps(phone, '吃住用水', '喝水用水');
  await phone.getByRole('button', { name: '停水了' }).click();
  await send(phone).click();
  await see(phone.getByRole('button', { name: '还差：哪个工地' }));
});

test('an old poster does not stand for the site of the poster scanned before it', async () => {
  const phone = await world().page(null, { viewport: 'phone', path: poster });
  await see(phone.getByRole('link', { name: /^我有需要/ }));
  await phone.goto('/p/?q=1.AAAAAAAAAAAAAAAAAAAAAA');
  await threeTaps(phone, '吃住用水', '喝水用水');
  await phone.getByRole('button', { name: '停水了' }).click();
  await send(phone).click();
  await see(phone.getByRole('button', { name: '还差：哪个工地' }));
});

test('a poster scanned while the server is restarting is kept: the request goes to its site, not to the last one', async () => {
  const phone = await world().page(null, { viewport: 'phone', path: poster });
  await see(phone.getByRole('link', { name: /^我有需要/ }));
  await phone.context().route('**/api/public/points/*', (route) => route.fulfill({ status: 503, body: 'restarting' }));
  await phone.goto(elsewhere);
  await see(phone.getByText('还不知道你在哪个工地'));
  // Opened again from the home screen, with the server still away: one more failure says no more about the poster.
  await phone.goto('/p/');
  await threeTaps(phone, '吃住用水', '喝水用水');
  await say(phone).fill('扫了另一个工地的码：没有热水');
  await send(phone).click();
  const { number } = await receipt(phone);
  const dispatcher = await world().as('disp01');
  const row = (await dispatcher.do(api.requests.list, { view: 'all', limit: 200 })).rows.find(
    (one) => one.number === number,
  )!;
  expect((await dispatcher.do(api.requests.thread, { id: row.id })).siteId).toBe(world().site('U04-02'));

  await phone.context().unroute('**/api/public/points/*');
  await phone.goto('/p/');
  await gone(phone.getByText('还不知道你在哪个工地'));
});

test('on a phone whose clock is three hours fast the times shown are those of the server', async () => {
  const phone = await world().page(null, { viewport: 'phone', path: '/p/' });
  await phone.addInitScript(() => {
    const fast = 3 * 3_600_000;
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given: [] | [number]) {
        super(given.length === 0 ? Real.now() + fast : given[0]);
      }
      static override now = () => Real.now() + fast;
    } as DateConstructor;
  });
  await phone.goto(poster);
  await threeTaps(phone, '吃住用水', '喝水用水');
  await phone.getByRole('button', { name: '没热水' }).click();
  await send(phone).click();
  await receipt(phone);
  const clock = (at: Date): string =>
    at.toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' });
  const around = [-60_000, 0, 60_000].map((ms) => clock(new Date(Date.now() + ms)));
  const shown = await phone.getByRole('listitem').filter({ hasText: '收到了' }).locator('.when').innerText();
  expect(around).toContain(shown);
  await phone.getByRole('link', { name: '好，回首页' }).click();
  const asked = await phone.getByText(/^今天 \d\d:\d\d 提$/).innerText();
  expect(around.map((time) => `今天 ${time} 提`)).toContain(asked);
});
