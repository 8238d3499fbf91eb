import { expect, test } from 'vitest';
import { writeSheets } from '../../server/platform/sheets.ts';
import { api, becomes, gone, inWorld, see } from '../story.ts';

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
