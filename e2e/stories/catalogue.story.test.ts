import { expect, test } from 'vitest';
import { api, becomes, gone, inWorld, see } from '../story.ts';

const world = inWorld();

const send = (page: Awaited<ReturnType<ReturnType<typeof world>['page']>>) => page.keyboard.press('Control+Enter');

test('the dispatchers’ lead changes who owns what, looks ahead, puts it in force, and the dispatcher sees the suggestion', async () => {
  const asked = await world().request({ text: '板房区热水器坏了，夜班洗不上澡。' });
  const lead = await world().page('disp00', { path: '/desk/catalogue?tab=draft' });
  await lead.getByRole('button', { name: '开一份草稿' }).click();
  await lead.getByRole('button', { name: /^加一条/ }).click();
  const form = lead.getByRole('dialog', { name: '新的一条' });
  const choose = async (label: RegExp, typed: string): Promise<void> => {
    await form.getByRole('combobox', { name: label }).fill(typed);
    await see(lead.locator('.option .code').filter({ hasText: typed, visible: true }));
    await lead.keyboard.press('Enter');
  };
  await choose(/^类别/, 'A02');
  await choose(/^范围/, 'U04-01');
  await choose(/^主办条线/, 'L09');
  await form.getByText('总部', { exact: true }).click();
  await choose(/^协办条线/, 'L11');
  await form.getByRole('button', { name: '存入草稿' }).click();
  await see(lead.getByText('已存入草稿'));
  await see(lead.getByText(/加 1、改 0、删 0/));

  await lead.getByRole('button', { name: '预览', exact: true }).first().click();
  await see(lead.getByRole('heading', { name: '从哪里改到哪里' }));
  await lead
    .getByRole('button', { name: /^看这 \d+ 件/ })
    .first()
    .click();
  await see(lead.getByRole('link', { name: asked.number }));
  await lead.keyboard.press('Escape');

  await lead.getByRole('button', { name: '草稿', exact: true }).click();
  await lead.getByRole('button', { name: '定时生效' }).click();
  await lead.getByRole('textbox', { name: /^为什么改/ }).fill('热水归运营，后勤协办');
  await lead.getByRole('dialog').getByRole('button', { name: '定时生效' }).click();
  await see(lead.getByText(/第 \d+ 版已定/));
  await see(lead.getByText('热水归运营，后勤协办'));

  const desk = await world().page('disp01');
  const row = desk.getByRole('region', { name: '诉求队列' }).getByRole('listitem').filter({ hasText: '热水器坏了' });
  await row.click();
  const preview = desk.getByRole('complementary', { name: '预览' });
  await see(preview.locator('.suggestion').filter({ hasText: '运营管理' }));
  await see(preview.locator('.suggestion').filter({ hasText: '后勤保障' }));
  await desk.keyboard.press('l');
  await see(desk.getByText(/派单目录第 \d+ 版/));
  await see(desk.getByText('与建议一致'));
  await desk.keyboard.press('Escape');
  // One key accepts the suggestion, lead and helper alike.
  await desk.keyboard.press('d');
  await see(desk.getByText(new RegExp(`${asked.number} 已派给运营管理`)));
  const { lineId, parts } = await (await world().as('disp01')).do(api.requests.thread, { id: asked.id });
  expect(lineId).toBe(world().line('L09'));
  expect(parts.map((part) => part.lineId)).toEqual([world().line('L11')]);
});

test('the handler of a co-line does its own part and can neither handle nor close the whole', async () => {
  const asked = await world().request({ text: '食堂滤芯用完了，水有味道。', until: 'accepted' });
  await (await world().as('hand11')).do(api.cases.askPart, {
    id: asked.caseId,
    lineId: world().line('L10'),
    unitId: null,
    task: '送两箱滤芯到食堂',
  });
  const page = await world().page('hand10', { path: '/desk/parts' });
  const row = page.getByRole('row').filter({ hasText: asked.number });
  await see(row.getByText('送两箱滤芯到食堂'));
  await row.getByRole('button', { name: '签收' }).click();
  await see(page.getByText(`${asked.number} 的协办已签收`));
  await row.getByRole('button', { name: '打开' }).click();
  await see(page.getByRole('heading', { level: 1, name: asked.number }));
  await see(page.getByText('送两箱滤芯到食堂'));
  await gone(page.getByRole('button', { name: /^报已办理/ }));
  await page.keyboard.press('f');
  await page.getByRole('textbox', { name: /^我这一份做了什么/ }).fill('两箱滤芯已送到食堂，值班员当面签收。');
  await send(page);
  await see(page.getByText('协办完成', { exact: true }));
  await becomes(
    async () => (await (await world().as('hand11')).do(api.requests.thread, { id: asked.id })).parts[0]?.state,
    'done',
  );
  expect((await (await world().as('hand11')).do(api.requests.thread, { id: asked.id })).state).toBe('in_work');
});
