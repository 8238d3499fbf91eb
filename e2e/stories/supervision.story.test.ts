import { beforeAll, expect, test } from 'vitest';
import type { Page } from '../browser.ts';
import { api, becomes, gone, hour, inWorld, see } from '../story.ts';

const world = inWorld();
const day = 24 * hour;

beforeAll(async () => {
  await world().as('lead00');
});

const act = (page: Page, name: RegExp) => page.getByRole('region', { name: '可做的事' }).getByRole('button', { name });
const list = (page: Page) => page.getByRole('region', { name: '督办列表' });
/** As a date-time field takes it, in the group's zone. */
const local = (ms: number): string =>
  new Date(world().clock.now().getTime() + ms + 8 * hour).toISOString().slice(0, 16);

async function choose(page: Page, label: string, typed: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
}

test('a leader issues, the owner receives and hands in with evidence, somebody else accepts', async () => {
  const leader = await world().page('lead00', { path: '/desk/tasks' });
  await see(leader.getByText('这里没有督办'));
  await leader.keyboard.press('n');
  await leader.getByLabel('事项').fill('夜班送餐改到作业面');
  await leader.getByLabel('完成标准').fill('切实改进');
  await see(leader.getByText(/看不出数量、日期或交付物/));
  await leader.getByLabel('完成标准').fill('连续 3 天 23:30 前送到，附签收单');
  await see(leader.getByText('有可衡量的内容'));
  await see(leader.getByText(/还差：由谁负责、期限/));
  await choose(leader, '条线', '后勤');
  await choose(leader, '单位', '公路');
  await leader.getByLabel('期限').fill(local(2 * day));
  // What was typed is still there after a reload.
  await leader.reload();
  await becomes(() => leader.getByLabel('事项').inputValue(), '夜班送餐改到作业面');
  await leader.getByRole('button', { name: /^交办/ }).click();
  await see(leader.getByRole('heading', { level: 1, name: /^督办〔\d{4}〕1号$/ }));

  const owner = await world().page('u04-l11', { path: '/desk/tasks' });
  await see(list(owner).getByRole('listitem').filter({ hasText: '夜班送餐改到作业面' }));
  await owner.keyboard.press('Enter');
  await see(owner.getByText('等责任人签收'));
  await owner.keyboard.press('r');
  await see(owner.getByText('等责任人办理'));
  await gone(act(owner, /^验收通过/));
  await owner.keyboard.press('s');
  await owner.getByLabel('对照完成标准，做成了什么').fill('三晚都在 23:20 前送到。');
  await see(owner.getByText(/还差：至少一份文件或一个编号/));
  await owner.locator('input[type="file"]').setInputFiles({
    name: '签收单.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('三晚签收'),
  });
  await see(owner.getByText('签收单.txt'));
  await owner.keyboard.press('Control+Enter');
  await see(owner.getByText('等交办一方没有经手的人验收'));
  await see(owner.getByText('谁办的谁不验收'));

  // The owner's own leader is not the issuing side; somebody else of the issuing side accepts.
  const unitLeader = await world().page('lead04', { path: '/desk/tasks?view=open' });
  await see(list(unitLeader).getByText('夜班送餐改到作业面'));
  await unitLeader.keyboard.press('Enter');
  await see(unitLeader.getByText('等交办一方没有经手的人验收'));
  await gone(act(unitLeader, /^验收通过/));

  const other = await world().page('disp00', { path: '/desk/tasks?view=to_accept' });
  await see(list(other).getByText('夜班送餐改到作业面'));
  await other.keyboard.press('Enter');
  await see(other.getByRole('region', { name: '您能否验收' }).getByText('没有经手'));
  await other.keyboard.press('a');
  await other.getByLabel('凭什么认定达标').fill('签收单齐全。');
  await other.keyboard.press('Control+Enter');
  await see(other.getByText('验收通过').first());
  // The owner's page hears of it by itself.
  await see(owner.getByText('签收单齐全。'));
});

test('a red slip is a sheet of paper: number, date, and its colour as word and shape', async () => {
  const lead = await world().as('lead00');
  const { id } = await lead.do(api.tasks.issue, {
    id: crypto.randomUUID(),
    source: { kind: 'instruction', label: '' },
    title: '补齐消毒记录',
    criterion: '补齐 7 天记录并拍照',
    owner: { lineId: world().line('L15'), unitId: world().site('U07') },
    dueAt: new Date(world().clock.now().getTime() + day).toISOString(),
  });
  world().clock.forward(25 * hour);
  await world().timer('tasks.look');
  const page = await world().page('lead00', { path: `/desk/tasks/${id}` });
  await see(page.getByText('红单').first());
  await page.getByRole('link', { name: /^打印 红单/ }).click();
  const sheet = page.getByRole('article', { name: /^督办单/ });
  for (const words of [/^督办〔\d{4}〕2号$/, '红单', '补齐 7 天记录并拍照', '验收人（签名）'])
    await see(sheet.getByText(words));
  await page.emulateMedia({ media: 'print' });
  await gone(page.getByRole('button', { name: '打印这份督办单' }));
  await gone(page.getByRole('navigation', { name: '主导航' }));
  const { width, height } = (await sheet.boundingBox())!;
  expect(Math.round((width * 25.4) / 96)).toBe(210);
  expect((height * 25.4) / 96).toBeLessThanOrEqual(297);
});

test('a pasted directive falls into paragraphs; each is mapped by key or signed off, and what leads nowhere is counted', async () => {
  const page = await world().page('lead00', { path: '/desk/directives/new' });
  await page.getByLabel('标题').fill('关于夜间保障的通知');
  await page.getByLabel('文号').fill('汀澜综保〔2026〕31号');
  await page.getByLabel('发文单位').fill('集团党委');
  await page.getByLabel('全文').fill('一、夜班热餐。\n\n二、夜间照明。\n三、旧文废止。');
  await see(page.getByText('分成 3 段'));
  await page.getByRole('button', { name: /^录入/ }).click();
  await see(page.getByText('3 / 3'));
  await page.keyboard.press('n');
  await see(page.getByText(/落实号召第 1 段/));
  await page.getByLabel('事项').fill('夜班热餐');
  await page.getByLabel('完成标准').fill('每晚 200 份热餐');
  await choose(page, '条线', '后勤');
  await page.getByLabel('期限').fill(local(3 * day));
  await page.getByRole('button', { name: /^交办/ }).click();
  await page.getByRole('link', { name: /汀澜综保〔2026〕31号/ }).click();
  await see(page.getByText('2 / 3'));
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('s');
  await page.getByLabel('为什么不需行动').fill('仅说明旧文废止');
  await page.getByRole('button', { name: /^签名/ }).click();
  await see(page.getByText('1 / 3'));
});
