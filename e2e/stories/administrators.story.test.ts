import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { writeSheets } from '../../server/platform/sheets.ts';
import type { Page } from '../browser.ts';
import { api, becomes, gone, inWorld, minute, see } from '../story.ts';

const world = inWorld();

const columns = (titles: readonly string[]) => titles.map((title) => ({ key: title, title }));
const siteTitles = ['编码', '单位编码', '名称', '英文名称', '类型', '人数'] as const;

/** The workbook as somebody would fill it in: two new sites, one of them perhaps in a unit that does not exist. */
async function workbook(unit: string): Promise<Buffer> {
  return writeSheets([
    {
      name: '工地',
      columns: columns(siteTitles),
      rows: [
        {
          编码: 'U04-91',
          单位编码: 'U04',
          名称: '滨江隧道北洞口',
          英文名称: 'Riverside tunnel, north portal',
          类型: '工地',
          人数: '85',
        },
        {
          编码: 'U04-92',
          单位编码: unit,
          名称: '滨江隧道南洞口',
          英文名称: 'Riverside tunnel, south portal',
          类型: '工地',
          人数: '60',
        },
      ],
    },
  ]);
}
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

test('the system administrator checks a workbook, is told which cell to mend, and nothing changes before it is applied', async () => {
  const page = await world().page('sys01', { path: '/desk/import' });
  const template = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载模板' }).click();
  expect((await template).suggestedFilename()).toMatch(/\.xlsx$/);

  const choose = page.locator('input[type=file]');
  await choose.setInputFiles({ name: '工地.xlsx', mimeType: xlsx, buffer: await workbook('U77') });
  await see(page.getByText('核对完了：工地.xlsx'));
  await see(page.getByText('到这一步什么都还没改。'));
  const faults = page.getByRole('region', { name: '1 处要改' });
  await see(faults.getByRole('row').filter({ hasText: '单位编码' }));
  await see(faults.getByRole('link', { name: '下载标出错处的表格' }));
  await gone(page.getByRole('button', { name: /^写入/ }));

  await choose.setInputFiles({ name: '工地改.xlsx', mimeType: xlsx, buffer: await workbook('U04') });
  await see(page.getByText('核对完了：工地改.xlsx'));
  await see(page.getByText('没有错，可以写入'));
  const names = async () =>
    (await (await world().as('disp02')).do(api.organization.directory, {})).nodes.map((node) => node.zh);
  expect(await names()).not.toContain('滨江隧道北洞口');
  await page.getByRole('button', { name: '写入 2 行' }).click();
  await see(page.getByText('已写入：新增 2，改动 0'));
  expect(await names()).toEqual(expect.arrayContaining(['滨江隧道北洞口', '滨江隧道南洞口']));
});

test('the security administrator grants a role and takes it back; system, security and audit stay with three people, said in plain words', async () => {
  const page = await world().page('sec01');
  const find = page.getByRole('searchbox', { name: '登录名、姓名、工号' });
  await find.fill('worker03');
  await page.getByRole('row').filter({ hasText: 'worker03' }).getByRole('button').click();
  const panel = page.getByRole('complementary', { name: '分包工人03' });
  await panel.getByRole('combobox', { name: '角色', exact: true }).selectOption({ label: '派单调度' });
  await panel.getByRole('button', { name: '授予' }).click();
  await see(panel.getByRole('listitem').filter({ hasText: '派单调度' }));
  const promoted = await world().page('worker03');
  await see(promoted.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: /^派单/ }));

  await panel.getByRole('listitem').filter({ hasText: '派单调度' }).getByRole('button', { name: '收回' }).click();
  // A stray Enter or space answers nothing.
  await see(page.getByRole('dialog').and(page.locator(':focus')));
  await page.getByRole('dialog').getByRole('button', { name: '收回' }).click();
  await gone(panel.getByRole('listitem').filter({ hasText: '派单调度' }));
  const worker = await world().as('worker03');
  await becomes(() => worker.refused(api.requests.list, {}), 'forbidden');

  await find.fill('sys01');
  await page.getByRole('row').filter({ hasText: 'sys01' }).getByRole('button').click();
  const keeper = page.getByRole('complementary', { name: '系统管理员' });
  await keeper.getByRole('combobox', { name: '角色', exact: true }).selectOption({ label: '审计员' });
  await see(keeper.getByRole('alert').getByText(/系统、安全、审计三个管理员必须是三个不同的人/));
  expect(await keeper.getByRole('button', { name: '授予' }).isDisabled()).toBe(true);
  // What the page does not offer is refused by the program too.
  const { accounts } = await (await world().as('sec01')).do(api.access.accounts, { search: 'sys01' });
  expect(
    await (await world().as('sec01')).refused(api.access.grant, {
      id: accounts[0]!.id,
      role: 'auditor',
      nodeId: accounts[0]!.homeNodeId!,
      lineId: null,
    }),
  ).toBe('administrator_exclusive');
  // Neither makes accounts nor reads the journal.
  await gone(page.getByRole('button', { name: '新建账号' }));
  await page.goto('/desk/journal');
  await see(page.getByText('这一页不在您的权限里'));
});

test("a language chosen before signing in stays the computer's; the account's changes when its own person switches", async () => {
  const page = await world().page(null, { path: '/desk/sign-in' });
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: /^派单调度02/ }).click();
  await see(page.getByRole('navigation', { name: 'Main' }));
  await page.waitForLoadState('networkidle');
  const accounts = async () => (await (await world().as('disp02')).do(api.access.me, {}))?.locale;
  expect(await accounts()).toBe('zh-CN');
  for (const [menu, language] of [
    [/my menu$/, '中文'],
    [/我的菜单$/, 'English'],
  ] as const) {
    await page.getByRole('button', { name: menu }).click();
    await page.getByRole('menuitem', { name: language }).click();
  }
  await becomes(accounts, 'en');
});

/** The six digits an authenticator shows now, in the world's time. */
const codeOf = (secret: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world().clock.now().getTime() });

async function enter(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/desk/sign-in');
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
}

test('a new account: what is wrong is named and the rest kept, the password is shown once, and an auditor needs a second factor', async () => {
  const page = await world().page('sys01', { path: '/desk/accounts' });
  await page.getByRole('button', { name: '新建账号' }).click();
  const dialog = page.getByRole('dialog', { name: '新建账号' });
  await dialog.getByRole('button', { name: '建账号' }).click();
  await see(dialog.getByText('请填姓名或岗位'));
  await dialog.getByLabel('姓名或岗位').fill('审计员二');
  await dialog.getByLabel('登录名').fill('aud01');
  await dialog.getByRole('combobox', { name: '所在单位 / 工地' }).fill('U04');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: '建账号' }).click();
  await see(dialog.getByText('登录名已被使用，请换一个'));
  expect(await dialog.getByLabel('姓名或岗位').inputValue()).toBe('审计员二');
  await dialog.getByLabel('登录名').fill('aud99');
  // Pressed twice, made once.
  await dialog.getByRole('button', { name: '建账号' }).dblclick();
  const once = page.getByRole('dialog', { name: '一次性密码，只显示这一次' });
  const password = await once.locator('code').innerText();
  await once.getByRole('button', { name: '已记下，关闭' }).click();
  await page.reload();
  await page.getByRole('searchbox').fill('aud99');
  await see(page.getByRole('row').filter({ hasText: '审计员二' }));
  expect(await page.content()).not.toContain(password);

  const security = await world().as('sec01');
  const { accounts } = await security.do(api.access.accounts, { search: 'aud99' });
  expect(accounts).toHaveLength(1);
  const { nodes } = await security.do(api.organization.directory, {});
  const group = nodes.find((node) => node.kind === 'group')!.id;
  await security.do(api.access.grant, { id: accounts[0]!.id, role: 'auditor', nodeId: group, lineId: null });

  const own = 'Tinglan-2026-audit';
  const first = await world().page(null, { path: '/desk/sign-in' });
  await enter(first, 'aud99', password);
  await see(first.getByRole('heading', { name: '换掉一次性密码' }));
  await first.getByLabel('现在的密码').fill('not the one I was given');
  await first.getByLabel('新密码').fill(own);
  await first.getByLabel('再写一遍').fill(`${own}!`);
  await first.getByRole('button', { name: '更换密码' }).click();
  await see(first.getByText('两遍不一样'));
  await first.getByLabel('再写一遍').fill(own);
  await first.getByRole('button', { name: '更换密码' }).click();
  await see(first.getByText('现在的密码不对'));
  await first.getByLabel('现在的密码').fill(password);
  await first.getByRole('button', { name: '更换密码' }).click();
  await see(first.getByRole('heading', { name: '设置第二道验证' }));
  const secret = (await first.locator('code').innerText()).replace(/\s/g, '');
  await first.getByLabel('六位验证码').fill(codeOf(secret) === '000000' ? '111111' : '000000');
  await first.getByRole('button', { name: '继续' }).click();
  await see(first.getByRole('alert'));
  await first.getByLabel('六位验证码').fill(codeOf(secret));
  await first.getByRole('button', { name: '继续' }).click();
  await see(first.getByRole('heading', { name: '日志' }));

  // From now on the password alone opens nothing.
  world().clock.forward(minute);
  const second = await world().page(null, { path: '/desk/sign-in' });
  await enter(second, 'aud99', own);
  await see(second.getByRole('heading', { name: '输入验证码' }));
  await second.goto('/desk/journal');
  await see(second.getByRole('heading', { name: '输入验证码' }));
  await second.getByLabel('六位验证码').fill(codeOf(secret));
  await second.getByRole('button', { name: '继续' }).click();
  await see(second.getByRole('heading', { name: '日志' }));

  // One's own sessions are in sight, and a strange one is ended from here.
  await second.goto('/desk/sessions');
  const sessions = second.getByRole('main').getByRole('listitem');
  await becomes(() => sessions.count(), 2);
  await sessions.getByRole('button', { name: '退出这台' }).click();
  await see(second.getByText('已退出', { exact: true }));
  await becomes(() => sessions.count(), 1);
  await first.reload();
  await see(first.getByRole('button', { name: '登录' }));
});

test('a token is shown once, works for its program, and stops at once when it is revoked', async () => {
  const page = await world().page('sec01', { path: '/desk/tokens' });
  await page.getByRole('button', { name: '新建令牌' }).first().click();
  const dialog = page.getByRole('dialog', { name: '新建令牌' });
  await dialog.getByRole('button', { name: '生成令牌' }).click();
  await see(dialog.getByText('请写明给哪个程序，2–60 个字'));
  await see(dialog.getByText('至少选一项'));
  await dialog.getByLabel('给哪个程序').fill('12345 平台对接');
  await dialog.getByRole('checkbox', { name: '读取诉求' }).check();
  // A reload in the middle loses nothing that was typed.
  await page.reload();
  await page.getByRole('button', { name: '新建令牌' }).first().click();
  expect(await dialog.getByLabel('给哪个程序').inputValue()).toBe('12345 平台对接');
  await dialog.getByRole('button', { name: '生成令牌' }).dblclick();
  const once = page.getByRole('dialog', { name: '令牌，只显示这一次' });
  const token = await once.locator('code').innerText();
  await once.getByRole('button', { name: '已记下，关闭' }).click();
  await page.reload();
  const card = page.getByRole('listitem').filter({ hasText: '12345 平台对接' });
  await becomes(() => card.count(), 1);
  expect(await page.content()).not.toContain(token);

  const asProgram = async () =>
    (await fetch(`${world().origin}/api/requests?view=all`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await asProgram()).toBe(200);
  await card.getByRole('button', { name: '撤销' }).click();
  await page.getByRole('dialog', { name: '撤销“12345 平台对接”？' }).getByRole('button', { name: '撤销' }).click();
  await see(card.getByText(/^已撤销/));
  expect(await asProgram()).toBe(401);
});

test('the auditor reads who did what, without a word of content, and verifies the seals', async () => {
  const asked = await world().request({
    text: '板房区早上停水两个小时，只有本人和办的人该看到这句。',
    until: 'handled',
  });
  await becomes(
    async () => (await (await world().as('aud01')).do(api.journal.entries, { recordId: asked.id })).entries.length > 4,
    true,
  );
  await world().timer('journal.seal');
  await world().timer('journal.anchor');
  const page = await world().page('aud01');
  await see(page.getByText('cases.handled'));
  await see(page.getByText('后勤条线承办01'));
  expect(await page.content()).not.toContain('只有本人和办的人该看到这句');

  await page.getByRole('button', { name: '核验' }).click();
  await see(page.getByText('核验通过'));
  await see(page.getByText(/都对得上：没有改过、少过、插过/));
  await page.getByText('封存', { exact: true }).click();
  await see(page.getByText('全部已封').or(page.getByText(/还有 \d+ 条未封/)));

  await page.goto('/desk/accounts');
  await see(page.getByText('这一页不在您的权限里'));
});
