import { beforeAll, expect, test } from 'vitest';
import type { Page } from '../browser.ts';
import { api, becomes, type Given, inWorld, minute, see } from '../story.ts';

const world = inWorld();
let nudged: Given;

beforeAll(async () => {
  nudged = await world().request({ site: 'U04-01', unit: 'U04', until: 'dispatched' });
});

const bell = (page: Page) => page.getByRole('link', { name: /^消息，/ });
const row = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });

test('the third nudge rings the unit leader’s bell; the silent are chased, and a confirmation with words ends it', async () => {
  const leader = await world().page('lead04');
  await see(leader.getByRole('link', { name: '消息，0 条未读，0 条待确认' }));
  const worker = await world().as('worker01');
  for (let i = 0; i < 3; i++) await worker.do(api.requests.nudge, { id: nudged.id });
  // Nobody reloads anything: the stream brings it.
  await see(leader.getByRole('link', { name: '消息，1 条未读，1 条待确认' }));

  const liaison = await world().page('liai04', { path: '/desk/messages/asked' });
  await liaison.getByRole('link', { name: `${nudged.number} 已被催办 3 次，升到您这一级` }).click();
  // Two lead the unit.
  await see(liaison.getByText('未答复 2'));
  await liaison.getByRole('button', { name: '只催未回的 2 人' }).click();
  await see(liaison.getByText('已催 2 人；其中 2 人要打电话'));
  await see(liaison.getByText(/已催 1 次/));
  await liaison.getByRole('button', { name: '只催未回的 2 人' }).click();
  await see(liaison.getByText('刚刚催过 2 人，十分钟内不再催'));

  await bell(leader).click();
  await see(row(leader, nudged.number).getByText(/又催了一次/));
  await leader.getByLabel('回话（可不写）').fill('今晚七点前派人上门');
  await leader.getByRole('button', { name: '我已知悉' }).click();
  await leader.getByRole('button', { name: /^全部$/ }).click();
  await see(row(leader, nudged.number).getByText('今晚七点前派人上门'));
  await see(leader.getByRole('link', { name: '消息，0 条未读，0 条待确认' }));

  await liaison.reload();
  await see(liaison.getByText('今晚七点前派人上门'));
  world().clock.forward(11 * minute);
  await liaison.getByRole('button', { name: '只催未回的 1 人' }).click();
  await see(liaison.getByText('已催 1 人；其中 1 人要打电话'));
  // Who has answered was left alone.
  await see(leader.getByRole('link', { name: '消息，0 条未读，0 条待确认' }));
});

test('a message leads to its record, and opening it there is reading it', async () => {
  const given = await world().request({ site: 'U04-01', until: 'dispatched' });
  const page = await world().page('hand11', { path: '/desk/messages' });
  await page.getByRole('link', { name: `${given.number} 派到您的条线，请接单` }).click();
  await see(page.getByRole('heading', { level: 1, name: given.number }));
  const handler = await world().as('hand11');
  await becomes(
    async () =>
      (await handler.do(api.messages.inbox, { view: 'unread' })).messages.some(({ about }) => about.id === given.id),
    false,
  );
});

test('somebody chooses how to be told; what they chose is there the next time', async () => {
  const page = await world().page('lead04', { path: '/desk/messages/preferences' });
  await see(page.getByText('集团还没有开通邮件'));
  await page.getByLabel('免打扰从').fill('23:30');
  await page.getByRole('button', { name: '保存' }).click();
  await see(page.getByText('已保存'));
  await page.reload();
  expect(await page.getByLabel('免打扰从').inputValue()).toBe('23:30');
});

test('the system administrator sets up a group robot: a bad address is named, its secret is never shown again', async () => {
  const page = await world().page('sys01', { path: '/desk/channels' });
  await page.getByRole('button', { name: '添加渠道' }).click();
  await page.getByLabel('种类').selectOption('dingtalk');
  await page.getByLabel('名称').fill('值班群');
  await page.getByLabel('接口地址').fill('http://10.0.0.8/robot?access_token=planted-token');
  await page.getByRole('button', { name: '保存' }).click();
  await see(page.getByText('须以 https:// 开头'));
  await page.getByLabel('接口地址').fill('https://oapi.dingtalk.com/robot/send?access_token=planted-token');
  await page.getByLabel('签名密钥').fill('planted-key');
  await page.getByRole('button', { name: '保存' }).click();
  await see(page.getByText('oapi.dingtalk.com', { exact: false }));
  await page.getByRole('button', { name: '修改' }).click();
  await see(page.getByText('已保存（oapi.dingtalk.com），留空则不变'));
  expect(await page.content()).not.toContain('planted');
});
