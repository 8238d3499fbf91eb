import { expect, test } from 'vitest';
import type { Page } from '../browser.ts';
import { api, becomes, inWorld, see } from '../story.ts';

const world = inWorld();

const row = (page: Page, text: string) =>
  page.getByRole('region', { name: '诉求队列' }).getByRole('listitem').filter({ hasText: text });
const preview = (page: Page) => page.getByRole('complementary', { name: '预览' });

async function standing(id: string) {
  return (await world().as('disp01')).do(api.requests.thread, { id });
}

/** The suggestion is written behind the journal, a moment after the request was answered. */
async function suggested(id: string): Promise<void> {
  const dispatcher = await world().as('disp01');
  await becomes(async () => (await dispatcher.do(api.triage.ofRequest, { id })).suggestion !== null, true);
}

test('a dispatcher sees what the words are about and why, and takes it by one key; the lead sees what was decided and writes a word', async () => {
  await world().timer('triage.train');
  const meals = await world().request({ category: 'A02', text: '食堂盒饭又是凉的，饭菜分量也不够吃。' });
  const beds = await world().request({ by: 'worker02', category: 'A05', text: '上铺的床板断了，宿舍想换个床位。' });
  await suggested(meals.id);
  await suggested(beds.id);

  const page = await world().page('disp01');
  await row(page, '食堂盒饭又是凉的').click();
  await see(preview(page).getByText(meals.number));
  const sorting = preview(page).getByRole('region', { name: '分拣建议' });
  await see(sorting.getByText('A01 供餐问题'));
  await see(sorting.getByText(/依据 .*“盒饭”/));
  await see(sorting.getByRole('button', { name: /采纳并派单/, disabled: false }));
  await page.keyboard.press('q');
  await see(page.getByText(`${meals.number} 已按建议派往`));
  const taken = await standing(meals.id);
  expect(taken.work).toBe('dispatched');
  expect(taken.categoryId).toBe(world().category('A01'));

  // A number corrects the category and dispatches nothing.
  await row(page, '上铺的床板断了').click();
  await see(preview(page).getByText(beds.number));
  await see(sorting.getByText('A03 住宿床位'));
  await see(preview(page).getByRole('button', { name: /采纳并派单/, disabled: false }));
  await page.keyboard.press('1');
  await see(page.getByText(`${beds.number} 改为 住宿床位`));
  expect((await standing(beds.id)).work).toBe('new');
  // Pressed by mistake: back as it was, priority too, and both changes stand in the thread.
  const before = await standing(beds.id);
  expect(before.categoryId).toBe(world().category('A03'));
  await page.keyboard.press('z');
  await see(page.getByText(`${beds.number} 又是 生活用品`));
  const after = await standing(beds.id);
  expect(after.categoryId).toBe(world().category('A05'));
  expect(after.entries.filter(({ kind }) => kind === 'facts_changed')).toHaveLength(2);

  const lead = await world().page('disp00', { path: '/desk/sorting' });
  await see(lead.getByRole('heading', { name: '分拣' }));
  const client = await world().as('disp00');
  await becomes(async () => (await client.do(api.triage.overview, {})).accepted, 1);
  await lead.reload();
  await lead.getByRole('button', { name: /A01 供餐问题/ }).click();
  await see(lead.getByRole('link', { name: meals.number }));
  const keywords = lead.getByRole('textbox', { name: '关键词' });
  await keywords.fill(`${await keywords.inputValue()} 开小灶`);
  await lead.getByRole('button', { name: '保存' }).click();
  await see(lead.getByText('已保存，马上按新词重新学习'));

  // Nothing is dispatched by itself: no rule, and none can be put in force before it was tried.
  await lead.getByRole('button', { name: '规则' }).click();
  await see(lead.getByText('还没有规则'));
  await lead.getByRole('combobox', { name: '类别' }).fill('B03');
  await lead.keyboard.press('Enter');
  await lead.getByRole('button', { name: '写一条规则' }).click();
  await see(lead.getByText('草稿'));
  expect(await lead.getByRole('button', { name: '启用' }).isDisabled()).toBe(true);
  await lead.getByRole('button', { name: '用上周试跑' }).click();
  await see(lead.getByText('上周没有一件符合'));
  await lead.getByRole('button', { name: '启用', disabled: false }).click();
  await see(lead.getByText('在用'));
});
