import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { bringIntoForce } from '../../server/testing/measures.ts';
import type { Page } from '../browser.ts';
import { api, becomes, gone, inWorld, see } from '../story.ts';

const world = inWorld();

const fever = {
  zh: '异常人员30分钟内单独安置并报告',
  en: 'Separate and report within 30 minutes',
  frequency: 'per_event',
  rhythm: 'per_event',
  within_minutes: 30,
  red: true,
  fever: true,
};

beforeAll(async () => {
  const here = { unit_id: world().site('U04'), site_id: world().site('U04-01') };
  await world().within((context) =>
    bringIntoForce(context, [
      { ...here, zh: '医废规范收集转运', en: 'Medical waste', place: '医废暂存间', evidence: 'photo', red: true },
      { ...here, zh: '消杀和通风记录', en: 'Disinfection log', place: '宿舍、食堂、厕所' },
      { ...here, zh: '按要求组织每日检测', en: 'Daily testing', place: '检测点', evidence: 'count' },
      { ...here, zh: '防护用品按岗日发签收', en: 'Protective issue, signed', place: '仓库', evidence: 'sign' },
      { ...here, ...fever, place: '隔离间' },
    ]),
  );
});

const jpeg = () =>
  sharp({ create: { width: 1200, height: 900, channels: 3, background: '#88aacc' } })
    .jpeg()
    .toBuffer();
/** Takes the phone out of the pocket again: the page looks at once instead of at its next round. */
const looksAgain = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
const mine = async () => (await world().as('site01')).do(api.measures.mine, {});

test('a site officer on a 360 px phone without signal ticks two measures, one with a picture, and the server has each once', async () => {
  const phone = await world().page('site01', { viewport: 'phone' });
  await phone.setViewportSize({ width: 360, height: 780 });
  await phone.goto('/p/');
  // The site of the account, although nothing was scanned.
  await see(phone.getByRole('heading', { level: 1, name: /U04|高速|标/ }));
  // An answer that was on its way would say that there is a network.
  const asked = phone.waitForResponse('**/api/measures/mine');
  await phone.getByRole('link', { name: /今天的措施/ }).click();
  await asked;
  await see(phone.getByRole('heading', { level: 2, name: '还要做 4 条' }));
  await phone.context().setOffline(true);
  await see(phone.getByText('没网，照样打钩'));

  await phone.getByRole('button', { name: /拍 1 张.*医废/ }).click();
  const sheet = phone.getByRole('dialog');
  await sheet.getByRole('button', { name: '做完了，打钩' }).click();
  await see(sheet.getByRole('alert').getByText('还差：1 张照片'));
  await sheet
    .locator('input[type=file]')
    .setInputFiles({ name: 'w.jpg', mimeType: 'image/jpeg', buffer: await jpeg() });
  await see(sheet.getByAltText('第 1 张照片'));
  const tickIt = sheet.getByRole('button', { name: '做完了，打钩' });
  await tickIt.dblclick().catch(() => {});
  await see(phone.getByRole('heading', { level: 2, name: '做完 1 条' }));

  await phone.getByRole('button', { name: /记.*消杀和通风/ }).click();
  await sheet.getByRole('textbox', { name: '记一笔' }).fill('三层宿舍、食堂都喷了');
  await sheet.getByRole('button', { name: '做完了，打钩' }).click();
  await see(phone.getByRole('heading', { level: 2, name: '做完 2 条' }));
  await see(phone.getByText('存在手机里，有网自动发').first());
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect((await mine()).rows.filter((one) => one.state === 'done')).toEqual([]);

  // The page is thrown away without a network and opened again: nothing is lost.
  await phone.reload();
  await see(phone.getByRole('heading', { level: 2, name: '做完 2 条' }));

  // A page that was opened without a network is not told by this browser that it is back: while it is looked at, it tries.
  await phone.context().setOffline(false);
  await gone(phone.getByText('没网，照样打钩'));
  await becomes(async () => (await mine()).rows.filter((one) => one.state === 'done').length, 2);
  await gone(phone.getByText('存在手机里，有网自动发'));
  await see(phone.getByRole('heading', { level: 2, name: '做完 2 条' }));
  const done = (await mine()).rows.filter((one) => one.state === 'done');
  for (const { id, title } of done) {
    const { marks } = await (await world().as('liai04')).do(api.measures.one, { id });
    expect(marks.map((one) => one.kind)).toEqual(['done']);
    expect(marks[0]!.files).toHaveLength(title.zh.startsWith('医废') ? 1 : 0);
  }
});

test('somebody feverish without signal: whom to ring first, never that it waits, and half an hour from now', async () => {
  const phone = await world().page('site01', { viewport: 'phone', path: '/p/#/measures' });
  await see(phone.getByRole('button', { name: /有人发热/ }));
  await phone.context().setOffline(true);
  await phone.getByRole('button', { name: /有人发热/ }).click();
  const sheet = phone.getByRole('dialog');
  await see(sheet.getByRole('link', { name: /120/ }));
  await sheet.getByRole('button', { name: /从现在算 30 分钟/ }).click();
  await see(phone.getByText('未发出——请立即拨打', { exact: true }));
  await see(phone.getByText('异常人员30分钟内单独安置并报告').first());
  await phone.context().setOffline(false);
  await becomes(async () => (await mine()).rows.filter((one) => one.title.zh === fever.zh).length, 1);
});

test('what cannot be done is answered by the liaison at the desk, and the officer reads it on the phone', async () => {
  const phone = await world().page('site01', { viewport: 'phone', path: '/p/#/measures' });
  await phone.getByRole('button', { name: /签.*防护用品/ }).click();
  await phone.getByRole('dialog').getByRole('button', { name: '做不了' }).click();
  const sheet = phone.getByRole('dialog');
  await sheet.getByRole('textbox', { name: '为什么做不了' }).fill('口罩昨天发完了，没货');
  await sheet.getByRole('button', { name: '发给联络员' }).click();
  await see(phone.getByRole('heading', { level: 2, name: '做不了 1 条' }));

  const desk = await world().page('liai04', { path: '/desk/measures?show=cannots' });
  await desk.getByRole('link', { name: /防护用品/ }).click();
  await desk.getByRole('button', { name: '同意不做' }).click();
  await desk.getByRole('textbox', { name: '为什么可以不做' }).fill('今天停工，明早送两箱');
  await desk.getByRole('button', { name: '确定' }).click();
  await see(desk.getByText('现在没有要您做的'));
  await see(desk.getByText('“今天停工，明早送两箱”'));

  await looksAgain(phone);
  await see(phone.getByText(/同意不做 · 今天停工/));
});

test('the liaison opens a figure of the board to its records and agrees with one drawn by lot', async () => {
  const officer = await world().as('site01');
  const counted = (await mine()).rows.find((one) => one.evidence === 'count' && one.state === 'open')!;
  await officer.do(api.measures.tick, { id: counted.id, markId: crypto.randomUUID(), number: 421 });
  const desk = await world().page('liai04', { path: '/desk/measures' });
  await see(desk.getByRole('heading', { level: 1, name: '措施打卡' }));
  await desk.getByRole('button', { name: /^按时做了 \d+$/ }).click();
  await see(desk.getByRole('link', { name: /每日检测/ }));
  await desk.getByRole('button', { name: /^抽查/ }).first().click();
  await desk.getByRole('link', { name: /每日检测/ }).click();
  await see(desk.getByText('421').first());
  await desk.getByRole('button', { name: '查过，通过' }).click();
  await desk.getByRole('button', { name: '确定' }).click();
  await see(desk.getByText('抽查通过').first());
});
