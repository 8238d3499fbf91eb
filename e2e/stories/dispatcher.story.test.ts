import { expect, test } from 'vitest';
import type { Page } from '../browser.ts';
import { api, becomes, gone, holdFirst, inWorld, see } from '../story.ts';

const world = inWorld();

const row = (page: Page, text: string) =>
  page.getByRole('region', { name: '诉求队列' }).getByRole('listitem').filter({ hasText: text });
const preview = (page: Page) => page.getByRole('complementary', { name: '预览' });

async function select(page: Page, text: string, number: string): Promise<void> {
  await row(page, text).click();
  await see(preview(page).getByText(number));
  // The acts belong to the request shown once they can be pressed.
  await see(preview(page).getByRole('button', { disabled: false }));
}

async function standing(id: string) {
  return (await world().as('disp01')).do(api.requests.thread, { id });
}

/** The search index reads the journal a moment after the request was answered. */
async function found(search: string): Promise<void> {
  const dispatcher = await world().as('disp01');
  await becomes(async () => (await dispatcher.do(api.requests.list, { view: 'all', search })).rows.length > 0, true);
}

test('the queue is live, narrows by filter and by search, and one key dispatches, with ten seconds to undo', async () => {
  const page = await world().page('disp01');
  await see(page.getByText('新来的、退回的都会自动出现在这里。'));
  const water = await world().request({ text: '板房区早上停水两个小时，洗漱都成问题。' });
  await see(row(page, '板房区早上停水两个小时'));
  const window = await world().request({
    by: 'worker02',
    site: 'U04-07',
    category: 'E04',
    text: '宿舍窗户打不开，消毒水味道很重。',
  });
  await see(row(page, '宿舍窗户打不开'));
  await see(page.getByRole('navigation', { name: '视图' }).getByRole('button', { name: '待我处理 2' }));
  await see(page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: /^派单 2/ }));

  await page.getByRole('button', { name: '优先级 全部' }).click();
  await page.getByRole('menuitem', { name: '高' }).click();
  await gone(row(page, '宿舍窗户打不开'));
  await see(row(page, '板房区早上停水两个小时'));
  expect(new URL(page.url()).searchParams.get('priority')).toBe('high');
  await page.getByRole('button', { name: '清除“优先级”' }).click();
  await see(row(page, '宿舍窗户打不开'));

  await page.getByRole('button', { name: '类别 全部' }).click();
  await page.getByRole('combobox', { name: '类别' }).fill('E04');
  await page.keyboard.press('Enter');
  await gone(row(page, '板房区早上停水两个小时'));
  await see(row(page, '宿舍窗户打不开'));
  await page.getByRole('button', { name: '清除筛选' }).click();

  await found('停水');
  await page.keyboard.press('/');
  await page.keyboard.type('停水');
  await page.keyboard.press('Enter');
  await gone(row(page, '宿舍窗户打不开'));
  await see(row(page, '板房区早上停水两个小时'));
  await page.getByRole('button', { name: '清除“查找”' }).click();
  await see(row(page, '宿舍窗户打不开'));

  await select(page, '板房区早上停水两个小时', water.number);
  await page.keyboard.press('d');
  await see(page.getByText(`${water.number} 已派给后勤保障`));
  expect((await standing(water.id)).work).toBe('dispatched');
  await page.keyboard.press('z');
  await see(page.getByText(`${water.number} 已撤回派单`));
  expect((await standing(water.id)).work).toBe('returned');

  await select(page, '宿舍窗户打不开', window.number);
  await page.keyboard.press('u');
  await see(page.getByText(`${window.number} 已升为紧急`));
  expect((await standing(window.id)).priority).toBe('urgent');
});

test('two who say the same are joined into one case, each with its own verdict', async () => {
  const page = await world().page('disp01');
  const first = await world().request({ by: 'worker01', site: 'U04-01', text: '食堂的饭今天没熟。', category: 'A01' });
  const second = await world().request({
    by: 'worker02',
    site: 'U04-01',
    text: '食堂米饭夹生，大家都没吃。',
    category: 'A01',
  });
  for (const [text, one] of [
    ['食堂的饭今天没熟', first],
    ['食堂米饭夹生', second],
  ] as const) {
    await select(page, text, one.number);
    await page.keyboard.press('x');
  }
  await see(page.getByText('已选 2 件'));
  await see(page.getByText('合并的是办理；每一件各自计时、各自由本人确认'));
  await page.keyboard.press('m');
  await see(page.getByText(/已并入$/));
  const [one, other] = [await standing(first.id), await standing(second.id)];
  expect(one.caseId).not.toBeNull();
  expect(one.caseId).toBe(other.caseId);
  expect(one.siblings.map((sibling) => sibling.number)).toEqual([second.number]);

  const handler = await world().as('hand11');
  await handler.do(api.cases.handled, {
    id: one.caseId!,
    solution: 'solved',
    text: '重新蒸了一锅，十二点半送到各班组。',
  });
  await (await world().as('worker01')).do(api.requests.judge, { id: first.id, solved: true });
  expect([(await standing(first.id)).state, (await standing(second.id)).state]).toEqual([
    'resolved_confirmed',
    'handled',
  ]);
});

test('a confidential request goes out as a summary only, and the words that give the person away are pointed out', async () => {
  const original = '我是钢筋班老周，3 号板房 206，夜里两点空调还在漏水。';
  const asked = await world().request({
    by: 'worker02',
    site: 'U04-05',
    category: 'A04',
    confidentiality: 'confidential',
    text: original,
  });
  const page = await world().page('disp01');
  await select(page, '我是钢筋班老周', asked.number);
  await gone(preview(page).getByRole('button', { name: /^派给/ }));
  await page.keyboard.press('w');
  const dialog = page.getByRole('dialog', { name: `写转办摘要 · ${asked.number}` });
  await see(dialog.getByText('原话（只有您看得到）'));
  const summary = dialog.getByRole('textbox', { name: '转办摘要（承办人看到的）' });
  await summary.fill('钢筋班宿舍 206 房空调漏水，请检修。');
  await see(dialog.getByText(/可能认得出本人/));
  await summary.fill('生活区有空调漏水，请尽快检修。');
  await gone(dialog.getByText(/可能认得出本人/));
  await page.keyboard.press('Control+Enter');
  await see(page.getByText('转办摘要已存'));
  await see(preview(page).getByRole('button', { name: /^派给后勤保障/, disabled: false }));
  await page.keyboard.press('d');
  await see(page.getByText(`${asked.number} 已派给后勤保障`));

  const handler = await world().page('hand11');
  await select(handler, '生活区有空调漏水', asked.number);
  await preview(handler).getByRole('link', { name: '打开全部经过' }).click();
  await see(handler.getByRole('heading', { level: 1, name: asked.number }));
  await see(handler.getByText('生活区有空调漏水，请尽快检修。'));
  for (const secret of ['老周', '板房 206', '206 房', '一线职工02'])
    expect(await handler.content()).not.toContain(secret);
});

test('what nobody accepted yet is taken back; after two returns only the arbiter assigns, and that cannot be returned', async () => {
  const asked = await world().request({
    category: 'E05',
    site: 'U04-05',
    text: '大门口的洗手池坏了三天。',
    until: 'dispatched',
    line: 'L08',
  });
  const page = await world().page('disp01', { path: `/desk/requests/${asked.id}` });
  await see(page.getByRole('heading', { level: 1, name: asked.number }));
  await page.keyboard.press('b');
  await page.getByRole('textbox', { name: '收回的原因' }).fill('派错了条线');
  await page.keyboard.press('Control+Enter');
  await see(page.getByText(`${asked.number} 已收回`));
  expect((await standing(asked.id)).work).toBe('returned');
  expect((await standing(asked.id)).returns).toBe(0);

  const dispatcher = await world().as('disp01');
  const handler = await world().as('hand11');
  for (const text of ['这是设施管理的事，请改派工程建设', '还是不归后勤，总包应当来修']) {
    const { caseId } = await dispatcher.do(api.cases.dispatch, {
      id: asked.id,
      version: (await standing(asked.id)).version,
      lineId: world().line('L11'),
      unitId: null,
    });
    await handler.do(api.cases.return, { id: caseId, reason: 'not_our_line', lineId: world().line('L08'), text });
  }
  await see(page.getByText('退 2', { exact: true }));
  await gone(page.getByRole('button', { name: /^派单( D|$)/ }));
  await page.getByRole('button', { name: /^为什么没有/ }).click();
  await see(page.getByText(/已退两次，由仲裁人指派/));

  const arbiter = await world().page('disp00', { path: `/desk/requests/${asked.id}` });
  await see(arbiter.getByRole('button', { name: /^仲裁指派/ }));
  await arbiter.keyboard.press('d');
  await see(arbiter.getByText('已退两次。您的指派不能再退。'));
  // Both returns stand side by side with what each proposes.
  const returns = arbiter.locator('.act-form').getByRole('list', { name: '两次退单' });
  await see(returns.getByText('还是不归后勤，总包应当来修'));
  expect(await returns.getByText('认为归').count()).toBe(2);
  await arbiter.getByRole('combobox', { name: '条线' }).fill('L11');
  await arbiter.keyboard.press('Enter');
  await arbiter.getByRole('textbox', { name: '指派的理由' }).fill('生活区的洗手池归后勤管，不再来回。');
  await arbiter.keyboard.press('Control+Enter');
  await see(arbiter.getByText(`${asked.number} 已指派`));
  const assigned = await handler.do(api.requests.thread, { id: asked.id });
  expect([assigned.work, assigned.can.return]).toEqual(['dispatched', false]);
  expect(
    await handler.refused(api.cases.return, {
      id: assigned.caseId!,
      reason: 'not_our_line',
      lineId: world().line('L08'),
      text: '真的不归后勤，请再看一遍',
    }),
  ).toBe('arbitrated');
});

test('a form over the queue belongs to its request: what others do meanwhile is shown, and no word is lost', async () => {
  const asked = await world().request({ site: 'U04-07', category: 'A05', text: '小卖部的牙膏早就卖完了。' });
  const neighbour = await world().request({ by: 'worker02', site: 'U04-01', category: 'A05', text: '想买一双胶鞋。' });
  const page = await world().page('disp01');
  await select(page, '小卖部的牙膏早就卖完了', asked.number);
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: `当场答复 · ${asked.number}` });
  const answer = dialog.getByRole('textbox', { name: '答复', exact: true });
  await answer.fill('明天上午十点补货。');

  const other = await world().as('disp02');
  const { version } = await standing(asked.id);
  await other.do(api.cases.dispatch, { id: asked.id, version, lineId: world().line('L11'), unitId: null });
  await gone(row(page, '小卖部的牙膏早就卖完了'));
  await see(preview(page).getByText(neighbour.number));
  await see(dialog);
  expect(await answer.inputValue()).toBe('明天上午十点补货。');
  await page.keyboard.press('Control+Enter');
  await see(dialog.getByRole('alert'));
  expect(await answer.inputValue()).toBe('明天上午十点补货。');
  expect((await standing(neighbour.id)).entries.map((entry) => entry.kind)).toEqual(['submitted']);
  await page.keyboard.press('Escape');
  await gone(dialog);

  // Where the act is still possible, one sees what changed and sends again, also when the page was told long before;
  // and what the other corrected stays as they left it.
  await page.keyboard.press('c');
  const facts = page.getByRole('dialog', { name: `改类别等 · ${neighbour.number}` });
  await facts.getByText('72 时', { exact: true }).click();
  await other.do(api.requests.setFacts, {
    id: neighbour.id,
    version: (await standing(neighbour.id)).version,
    categoryId: world().category('E04'),
    priority: 'high',
  });
  await see(preview(page).getByRole('listitem').filter({ hasText: '更正' }));
  await page.keyboard.press('Control+Enter');
  await see(facts.getByText('您写的时候，这一件有了变化'));
  await page.keyboard.press('Control+Enter');
  await gone(facts);
  const corrected = await standing(neighbour.id);
  expect([corrected.priority, corrected.categoryId]).toEqual(['normal72', world().category('E04')]);
});

test('an answer that comes late closes no form that was opened since', async () => {
  const kettle = await world().request({ site: 'U04-07', category: 'A05', text: '想买一个烧水壶。' });
  const shelf = await world().request({ by: 'worker02', site: 'U04-01', category: 'A05', text: '货架上没有肥皂。' });
  const page = await world().page('disp01');
  await select(page, '想买一个烧水壶', kettle.number);
  const release = await holdFirst(page, '**/facts');
  await page.keyboard.press('c');
  await page.getByRole('dialog').getByText('72 时', { exact: true }).click();
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Escape');
  await gone(page.getByRole('dialog'));
  await select(page, '货架上没有肥皂', shelf.number);
  await page.keyboard.press('a');
  const answer = page
    .getByRole('dialog', { name: `当场答复 · ${shelf.number}` })
    .getByRole('textbox', { name: '答复', exact: true });
  await answer.fill('今晚');
  release();
  await see(page.getByText('已改', { exact: true }));
  await answer.fill('今晚七点补货。');
  expect(await answer.inputValue()).toBe('今晚七点补货。');
});

test('each of two quick dispatches can be undone, in whatever order they are answered', async () => {
  const kettle = await world().request({ site: 'U04-07', category: 'A05', text: '热水壶的插头断了。' });
  const shelf = await world().request({ by: 'worker02', site: 'U04-01', category: 'A05', text: '货架上没有毛巾。' });
  const page = await world().page('disp01');
  const release = await holdFirst(page, '**/dispatch');
  await select(page, '热水壶的插头断了', kettle.number);
  await page.keyboard.press('d');
  await select(page, '货架上没有毛巾', shelf.number);
  await page.keyboard.press('d');
  await see(page.getByText(`${shelf.number} 已派给`));
  release();
  await see(page.getByText(`${kettle.number} 已派给`));
  await page.keyboard.press('z');
  await page.keyboard.press('z');
  for (const each of [kettle, shelf]) {
    await see(page.getByText(`${each.number} 已撤回派单`));
    expect((await standing(each.id)).work).toBe('returned');
  }
});

test('the list goes out as an Excel file with the filters in force', async () => {
  const page = await world().page('disp01', { path: '/desk/requests?view=all&priority=high' });
  await see(page.getByRole('region', { name: '诉求队列' }).getByRole('listitem'));
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出' }).click();
  const download = await file;
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  expect(new URL(download.url()).searchParams.get('priority')).toBe('high');
  // The page is still there.
  await see(page.getByRole('region', { name: '诉求队列' }));
});
