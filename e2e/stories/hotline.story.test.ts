import { expect, test } from 'vitest';
import type { Page } from '../browser.ts';
import { api, gone, inWorld, numberPattern, see, tabTo } from '../story.ts';

const world = inWorld();
const caller = '139 0000 5678';

async function takeCall(page: Page, number: string): Promise<void> {
  await see(page.getByRole('heading', { name: '没有通话' }));
  await see(page.getByRole('textbox', { name: /^来电号码/ }).and(page.locator(':focus')));
  await page.keyboard.type(number);
  await page.keyboard.press('Enter');
  await see(page.getByRole('timer'));
  await see(page.getByRole('combobox', { name: '类别' }).and(page.locator(':focus')));
}

/** What a quick typist needs between two keys, in ms. */
const pace = { delay: 40 };

test('the operator registers a call by keyboard alone in under a minute, sees what the number asked before, and answers at once from a note', async () => {
  const page = await world().page('op01');
  const from = Date.now();
  await takeCall(page, caller);
  await see(page.getByText('填了来电号码，以前提过的会列在这里，可以直接催办。'));
  await page.keyboard.type('供餐', pace);
  await see(page.getByRole('option', { name: /A01/ }));
  await page.keyboard.press('Tab');
  await page.keyboard.type('U04-05', pace);
  await page.keyboard.press('Tab');
  await page.keyboard.type('食堂门口', pace);
  await page.keyboard.press('Tab');
  await page.keyboard.type('午饭十一点就放在大门口，送到班组已经凉了，能不能送到作业面？', pace);
  await page.keyboard.press('Control+Enter');
  await see(page.getByRole('heading', { name: '已登记，念给对方' }));
  expect(Date.now() - from).toBeLessThan(60_000);
  const number = await page.getByText(numberPattern).innerText();

  const { rows } = await (await world().as('disp01')).do(api.requests.list, { view: 'to_dispatch' });
  const row = rows.find((one) => one.number === number)!;
  expect([row.channel, row.siteId, row.categoryId]).toEqual([
    'hotline',
    world().site('U04-05'),
    world().category('A01'),
  ]);

  await tabTo(page, page.getByRole('button', { name: '挂断，接下一个' }));
  await page.keyboard.press('Enter');
  await takeCall(page, caller);
  const earlier = page.getByRole('region', { name: '这个号码以前提过' });
  await see(earlier.getByText(number));
  await see(earlier.getByText('午饭十一点就放在大门口'));

  await page.keyboard.type('I01', pace);
  await page.keyboard.press('Tab');
  await page.keyboard.type('U04-05', pace);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('口罩到底多久换一个？', pace);
  await page.keyboard.press('Alt+a');
  await see(page.getByRole('searchbox', { name: /^找知识/ }).and(page.locator(':focus')));
  await page.keyboard.type('口罩', pace);
  const note = page.getByRole('button', { name: /口罩多久换/ });
  await tabTo(page, note);
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: '用这条当场答复' }));
  await page.keyboard.press('Enter');
  await see(page.getByRole('textbox', { name: '答复内容' }).and(page.locator(':focus')));
  await page.keyboard.press('Control+Enter');
  await see(page.getByText('已记为当场答复，会有别的人回访核实'));
  const answered = await page.getByText(numberPattern).innerText();
  const all = await (await world().as('disp01')).do(api.requests.list, { view: 'all' });
  // Answered is handled, by the operator; not closed.
  expect(all.rows.find((one) => one.number === answered)?.state).toBe('handled');

  await tabTo(page, page.getByRole('button', { name: '挂断，接下一个' }));
  await page.keyboard.press('Enter');
  await takeCall(page, caller);
  await tabTo(page, page.getByRole('listitem').filter({ hasText: number }).getByRole('button', { name: '催办这件' }));
  await page.keyboard.press('Enter');
  await see(page.getByText(`已催办 ${number}，通话结束`));
  await see(page.getByRole('heading', { name: '没有通话' }));
  const urged = await (await world().as('disp01')).do(api.requests.thread, { id: row.id });
  expect(urged.nudges).toBe(1);
});

test('a sealed matter shows whom to ring in place of the form, and nothing of it is kept', async () => {
  const page = await world().page('op02');
  await takeCall(page, '');
  await page.keyboard.type('情绪疏导', pace);
  await page.keyboard.press('Tab');
  const notice = page.getByRole('alert');
  await see(notice.getByText('这类事不在这里登记'));
  await see(notice.getByRole('link', { name: '12356' }));
  await gone(page.getByRole('textbox').and(page.locator('.hl-page *')));
  await gone(page.getByRole('button', { name: /登记/ }));
  await page.keyboard.press('Control+Enter');
  await tabTo(page, page.getByRole('button', { name: '只是咨询' }));
  await page.keyboard.press('Enter');
  await see(page.getByText('已按咨询结束'));
  await see(page.getByRole('heading', { name: '没有通话' }));
});

test('an urgent matter shows whom to ring first, above the form', async () => {
  const page = await world().page('op02');
  await takeCall(page, '');
  await page.keyboard.type('C02', pace);
  await page.keyboard.press('Tab');
  await see(page.getByRole('alert').getByText('先打电话，再登记'));
  await see(page.getByRole('alert').getByRole('link', { name: '120' }));
  await see(page.getByRole('textbox', { name: '原话' }));
});
