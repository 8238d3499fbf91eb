import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Page } from '../browser.ts';
import { api, becomes, gone, inWorld, see } from '../story.ts';

/** What administrators type into a form is there after a reload, until it is saved or given up. */
const world = inWorld();

const typed = (field: Locator, text: string): Promise<void> => becomes(() => field.inputValue(), text);
/** Opens the form after the page was loaded anew. */
async function anew(page: Page, open: () => Promise<void>): Promise<void> {
  await page.reload();
  await open();
}

test('a promised time: kept over a reload and Escape, forgotten when given up', async () => {
  const page = await world().page('disp00', { path: '/desk/clocks' });
  const open = () => page.getByRole('button', { name: '改“高”的时限' }).click();
  const minutes = page.getByRole('dialog').getByRole('textbox', { name: /^承诺/ });
  await open();
  const before = await minutes.inputValue();
  await minutes.fill('777');
  await anew(page, open);
  await typed(minutes, '777');
  await page.keyboard.press('Escape');
  await gone(page.getByRole('dialog'));
  await open();
  await typed(minutes, '777');
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
  await open();
  await typed(minutes, before);
});

test('warning steps and a calendar: rows and weeks are kept as they were typed', async () => {
  const page = await world().page('disp00', { path: '/desk/clocks?part=warnings' });
  const form = page.getByRole('dialog');
  const steps = () => page.getByRole('button', { name: '改“24 时 · 派单”的预警' }).click();
  await steps();
  const count = await form.getByRole('listitem').count();
  await form.getByRole('button', { name: '加一步' }).click();
  await form.getByRole('textbox').last().fill('95');
  await anew(page, steps);
  expect(await form.getByRole('listitem').count()).toBe(count + 1);
  await typed(form.getByRole('textbox').last(), '95');
  await form.getByRole('button', { name: '保存' }).click();
  await gone(form);
  await steps();
  // What is saved is no draft any more: the form shows what is stored.
  expect(await form.getByRole('listitem').count()).toBe(count + 1);
  await page.goto(page.url().replace('warnings', 'calendars'));
  const calendar = () => page.getByRole('button', { name: '新日历' }).click();
  await calendar();
  await form.getByRole('textbox', { name: '中文名' }).fill('夜班食堂');
  await form.getByRole('textbox', { name: '周六' }).fill('20:00-23:30');
  await anew(page, calendar);
  await typed(form.getByRole('textbox', { name: '中文名' }), '夜班食堂');
  await typed(form.getByRole('textbox', { name: '周六' }), '20:00-23:30');
});

test('a line of the catalogue: kept, and saved once under the number it was begun with', async () => {
  const page = await world().page('disp00', { path: '/desk/catalogue?tab=draft' });
  await page.getByRole('button', { name: '开一份草稿' }).click();
  const open = () => page.getByRole('button', { name: /^加一条/ }).click();
  await open();
  const form = page.getByRole('dialog', { name: '新的一条' });
  const category = form.getByRole('combobox', { name: /^类别/ });
  await category.fill('A02');
  await see(page.locator('.option .code').filter({ hasText: 'A02', visible: true }));
  await page.keyboard.press('Enter');
  await form.getByRole('textbox', { name: /^应答/ }).fill('25');
  await form.getByRole('button', { name: '加一级' }).click();
  await form.getByRole('textbox', { name: '超期小时' }).fill('6');
  await anew(page, open);
  await typed(form.getByRole('textbox', { name: /^应答/ }), '25');
  await typed(form.getByRole('textbox', { name: '超期小时' }), '6');
  await form.getByRole('button', { name: '存入草稿' }).click();
  await see(page.getByText('已存入草稿'));
  await open();
  await typed(form.getByRole('textbox', { name: /^应答/ }), '');
});

test('a webhook and a channel: what two change at once is not overwritten, and no secret is kept', async () => {
  const page = await world().page('sec01', { path: '/desk/integrations' });
  const form = page.getByRole('dialog');
  const add = () => page.getByRole('button', { name: '新建推送' }).first().click();
  await add();
  await form.getByRole('textbox', { name: '名称' }).fill('城市热线');
  await anew(page, add);
  await typed(form.getByRole('textbox', { name: '名称' }), '城市热线');
  await form.getByRole('textbox', { name: '网址' }).fill('https://city.example/hook');
  await form.getByRole('button', { name: '保存' }).click();
  const once = page.getByRole('dialog', { name: '签名密钥，只显示这一次' });
  await see(once);
  await page.keyboard.press('Escape');
  await gone(once);

  const edit = () => page.getByRole('button', { name: '修改' }).first().click();
  await edit();
  await form.getByRole('textbox', { name: '名称' }).fill('城市热线一');
  const other = await world().as('sec01');
  const { subscriptions } = await other.do(api.webhooks.subscriptions, {});
  const { id, version, url, types, allowPrivate } = subscriptions[0]!;
  await other.do(api.webhooks.save, { id, version, url, types, allowPrivate, enabled: true, name: '市民热线' });
  await anew(page, edit);
  await typed(form.getByRole('textbox', { name: '名称' }), '城市热线一');
  await form.getByRole('button', { name: '保存' }).click();
  await see(form.getByText(/别人刚改过/));
  await typed(form.getByRole('textbox', { name: '名称' }), '城市热线一');
  await form.getByRole('button', { name: '取消' }).click();
  await edit();
  await typed(form.getByRole('textbox', { name: '名称' }), '市民热线');
  await page.keyboard.press('Escape');

  const mail = await world().page('sys01', { path: '/desk/channels' });
  const channel = () => mail.getByRole('button', { name: '添加渠道' }).first().click();
  await channel();
  const host = mail.getByRole('dialog').getByRole('textbox', { name: '服务器' });
  const password = mail.getByRole('dialog').getByLabel(/^密码/);
  await host.fill('mail.group.example');
  await password.fill('not-to-be-kept-7');
  await anew(mail, channel);
  await typed(host, 'mail.group.example');
  await typed(password, '');
  expect(await mail.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('not-to-be-kept');
});
