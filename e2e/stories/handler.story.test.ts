import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Page } from '../browser.ts';
import { api, becomes, gone, hour, inWorld, see } from '../story.ts';

const world = inWorld();

/** Words by which somebody could declare it done; none of them may stand on a button of the handler. */
const closing = /关闭|结案|了结|已解决|确认解决|满意/;

async function noWayToClose(page: Page): Promise<void> {
  for (const role of ['button', 'menuitem', 'link', 'radio'] as const) {
    const words = await page.getByRole(role).allInnerTexts();
    // Views of what others closed are lists, not acts.
    expect(words.filter((word) => closing.test(word) && !/^已了结/.test(word))).toEqual([]);
  }
}

/** As a field for date and time wants it, in the group's zone. */
const localTime = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })
    .format(at)
    .replace(' ', 'T');

const send = (page: Page) => page.keyboard.press('Control+Enter');

test('the handler accepts, writes progress, is granted an extension by somebody else, and can say handled but never close', async () => {
  const asked = await world().request({ text: '板房区早上停水两个小时，洗漱都成问题。', until: 'dispatched' });
  const page = await world().page('hand11');
  const queue = page.getByRole('region', { name: '诉求队列' });
  await queue.getByRole('listitem').filter({ hasText: '板房区早上停水两个小时' }).click();
  await see(page.getByRole('complementary', { name: '预览' }).getByRole('button', { name: /^签收/, disabled: false }));
  await noWayToClose(page);
  await page.keyboard.press('s');
  await see(page.getByText(`${asked.number} 已签收`));

  await page.keyboard.press('Enter');
  await see(page.getByRole('heading', { level: 1, name: asked.number }));
  await see(page.getByText('承办只能报“已办理”，由本人或随访关闭'));
  await noWayToClose(page);

  await page.keyboard.press('p');
  await page.getByRole('textbox', { name: '做了什么，下一步' }).fill('已和本人通话，水泵坏了，配件在路上。');
  await page.getByRole('checkbox', { name: /和本人说上话了/ }).check();
  await send(page);
  await see(page.getByText('进展已记'));

  const before = await (await world().as('hand11')).do(api.requests.thread, { id: asked.id });
  const later = new Date(Date.parse(before.dues.resolve) + 6 * hour);
  await page.keyboard.press('e');
  await see(page.getByText('还差：原因、到什么时候、理由'));
  await page.getByText('等配件物资', { exact: true }).click();
  await page.getByLabel('到什么时候').fill(localTime(new Date(Date.parse(before.dues.resolve) - hour)));
  await see(page.getByText(/^要晚于现在的期限/));
  await page.getByLabel('到什么时候').fill(localTime(later));
  await page.getByRole('textbox', { name: '理由' }).fill('水泵配件明早到货。');
  await send(page);
  await see(page.getByText('申请已提交'));
  await gone(page.getByRole('button', { name: /^申请延期/ }));

  const arbiter = await world().page('disp00', { path: '/desk/approvals' });
  const card = arbiter.getByRole('listitem').filter({ hasText: asked.number });
  await see(card.getByText('水泵配件明早到货。'));
  await card.getByRole('button', { name: /^同意/ }).click();
  await see(arbiter.getByText(`已同意 ${asked.number}`));
  await see(arbiter.getByText('没有等您批的'));

  // The handler's open page says so by itself; the original due stays in sight, struck through.
  await see(page.getByText('延期', { exact: true }));
  const after = await (await world().as('hand11')).do(api.requests.thread, { id: asked.id });
  expect(after.dues.resolve).toBe(before.dues.resolve);
  expect(Date.parse(after.dues.resolveNow)).toBe(Math.floor(later.getTime() / 60_000) * 60_000);
  await see(page.locator('s, del'));

  await page.keyboard.press('h');
  await see(page.getByText('您只能报“已办理”；办没办成由本人或随访说了算。'));
  await page.getByText('办成了', { exact: true }).click();
  await page.getByRole('textbox', { name: '做了什么、到了什么地方' }).fill('水泵换好');
  await see(page.getByText('还差：证据，或不少于 10 个字'));
  await page.getByLabel('照片、单据').setInputFiles({
    name: '现场.jpg',
    mimeType: 'image/jpeg',
    buffer: await sharp({ create: { width: 800, height: 600, channels: 3, background: '#99bb99' } })
      .jpeg()
      .toBuffer(),
  });
  await see(page.getByText('证据 1 份，够提交'));
  await send(page);
  await see(page.getByText('已报办理，由本人或随访确认'));
  await gone(page.getByRole('button', { name: /^报已办理/ }));
  await noWayToClose(page);

  const thread = await (await world().as('worker01')).do(api.requests.thread, { id: asked.id });
  expect(thread.state).toBe('handled');
  const report = thread.entries.find((entry) => entry.kind === 'handled')!;
  expect([report.text, report.files.length]).toEqual(['水泵换好', 1]);
  const handler = await world().as('hand11');
  expect(await handler.refused(api.requests.judge, { id: asked.id, solved: true })).not.toBeNull();
});

test('in a unit the leader decides, and whoever asked cannot', async () => {
  const asked = await world().request({
    text: '三号板房的空调坏了两台。',
    category: 'A03',
    unit: 'U04',
    handler: 'u04-l11',
    until: 'accepted',
  });
  const page = await world().page('u04-l11', { path: `/desk/requests/${asked.id}` });
  await page.getByRole('button', { name: /^申请挂起/ }).click();
  await page.getByText('等本人', { exact: true }).click();
  await page.getByLabel('到什么时候').fill(localTime(new Date(world().clock.now().getTime() + 24 * hour)));
  await page.getByRole('textbox', { name: '理由' }).fill('本人明天回来才能进屋修。');
  await send(page);
  await see(page.getByText('申请已提交'));
  await gone(page.getByRole('button', { name: /^批复申请/ }));

  const elsewhere = await world().page('lead04', { path: `/desk/requests/${asked.id}` });
  await see(elsewhere.getByRole('button', { name: /^批复申请/ }));
  await elsewhere.keyboard.press('v');
  await see(elsewhere.getByText('本人明天回来才能进屋修。').and(elsewhere.locator('.act-form *')));

  const leader = await world().page('lead04', { path: '/desk/approvals' });
  const card = leader.getByRole('listitem').filter({ hasText: asked.number });
  await see(card);
  await leader.keyboard.press('n');
  await see(card.getByText('不同意要写明为什么，申请人才知道怎么办'));
  await card.getByRole('textbox').fill('今天就可以请保管员开门。');
  await card.getByRole('button', { name: /^不同意/ }).click();
  await see(leader.getByText(`已退回 ${asked.number} 的申请`));
  await see(page.getByText('申请未同意'));
  await see(page.getByText('今天就可以请保管员开门。'));

  // A form whose application was decided meanwhile says so, and Escape leaves it.
  await see(elsewhere.getByText('这项申请已经有人批了'));
  await elsewhere.keyboard.press('Escape');
  await gone(elsewhere.getByText('这项申请已经有人批了'));
  await see(elsewhere.getByRole('heading', { level: 1, name: asked.number }));
});

test('signing out without a network says that the session is still open, and stays', async () => {
  const page = await world().page('hand11');
  const leave = async () => {
    await page.getByRole('button', { name: /我的菜单$/ }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
  };
  // The page must have come whole before its network goes.
  await see(page.getByRole('region', { name: '诉求队列' }).or(page.getByText('这里没有了')));
  await page.context().setOffline(true);
  await leave();
  await see(page.getByText(/^没有退出：/));
  await see(page.getByRole('navigation', { name: '主导航' }));
  await page.context().setOffline(false);
  await leave();
  await see(page.getByRole('button', { name: '登录', exact: true }));
  await page.reload();
  await see(page.getByRole('button', { name: '登录', exact: true }));
});

test('a network that is cut in the middle of an act loses no word, and the second try does not do it twice', async () => {
  const asked = await world().request({
    by: 'worker02',
    text: '二层的插座全都没有电。',
    category: 'A03',
    until: 'accepted',
  });
  const page = await world().page('hand11', { path: `/desk/requests/${asked.id}` });
  await see(page.getByRole('heading', { level: 1, name: asked.number }));
  await page.keyboard.press('p');
  const words = page.getByRole('textbox', { name: '做了什么，下一步' });
  await words.fill('电工已经到二层，正在查线。');
  await page.context().setOffline(true);
  await send(page);
  await see(page.getByText('网络没有通。写的都还在，请再试一次。'));
  await page.context().setOffline(false);
  // This time it arrives, and only the answer is lost.
  await page.route('**/progress', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await send(page);
  await becomes(
    async () =>
      (await (await world().as('hand11')).do(api.requests.thread, { id: asked.id })).entries.filter(
        (entry) => entry.text === '电工已经到二层，正在查线。',
      ).length,
    1,
  );
  await page.unroute('**/progress');
  // Closed by mistake and reloaded: what was typed is still there.
  await page.reload();
  await see(page.getByRole('heading', { level: 1, name: asked.number }));
  await page.keyboard.press('p');
  expect(await words.inputValue()).toBe('电工已经到二层，正在查线。');
});

test('a wrong case is returned with a reason, once however often it is pressed; the queue one came from is the queue one comes back to', async () => {
  const asked = await world().request({ category: 'E05', text: '大门口的洗手池坏了三天。', until: 'dispatched' });
  const page = await world().page('hand11', { path: '/desk/requests?view=unaccepted&sort=newest' });
  const queue = page.getByRole('region', { name: '诉求队列' });
  await queue.getByRole('listitem').filter({ hasText: '大门口的洗手池坏了三天' }).dblclick();
  await see(page.getByRole('heading', { level: 1, name: asked.number }));
  await page.keyboard.press('r');
  await page.getByText('缺要紧的情况', { exact: true }).click();
  await page.getByRole('group', { name: '缺什么' }).getByText('地点', { exact: true }).click();
  await page.getByRole('textbox', { name: '说明' }).fill('没写是哪个大门，南北两门都去看过。');
  // Pressed twice, returned once.
  await page.locator('.act-form').getByRole('button', { name: '退单' }).dblclick();
  await see(page.getByText(`${asked.number} 已退回派单台`));
  const { returns, work } = await (await world().as('disp01')).do(api.requests.thread, { id: asked.id });
  expect([returns, work]).toEqual([1, 'returned']);
  await page.getByRole('link', { name: '队列' }).click();
  await see(page.getByRole('button', { name: /^未签收/ }).and(page.locator('[aria-current]')));
  expect(new URL(page.url()).searchParams.get('sort')).toBe('newest');
  // Beside what waits for this handler, all that is open in the line.
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: /^在办/ }).click();
  await see(page.getByRole('button', { name: /^全部在办/ }).and(page.locator('[aria-current]')));
});
