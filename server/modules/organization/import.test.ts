import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemTitle, readTable, sheetNames, sheetTitles, writeSheets } from '../../platform/sheets.ts';
import { api, type Client, type House, openHouse } from '../../testing/program.ts';
import { rowCounts } from '../../testing/tables.ts';
import type { ImportAnswer } from './import.ts';

let house: House;
let sys: Client;
beforeAll(async () => {
  house = await openHouse();
  sys = await house.as('sys01');
});
afterAll(() => house.stop());

type Rows = Record<string, string>[];
const sheet = (name: string, titles: string[], rows: Rows) => ({
  name,
  columns: titles.map((title) => ({ key: title, title })),
  rows,
});
const units = (rows: Rows) => sheet('单位', ['编码', '名称', '英文名称', '板块编码', '板块名称'], rows);
// Another order than the template's, on purpose.
const sites = (rows: Rows) => sheet('工地', ['名称', '编码', '单位编码', '类型', '人数', '英文名称'], rows);
const people = (rows: Rows) => sheet('人员', ['工号', '姓名', '单位或工地编码', '岗位'], rows);
const accounts = (rows: Rows) => sheet('账号', ['登录名', '显示名', '工号', '单位或工地编码'], rows);

async function post(client: Client, mode: string, bytes: Buffer, key?: string): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), 'organization.xlsx');
  return client.fetch('POST', `/api/import/organization?mode=${mode}`, form, { key });
}
async function send(
  mode: 'check' | 'apply',
  sheets: Parameters<typeof writeSheets>[0],
  key?: string,
): Promise<ImportAnswer> {
  const answer = await post(sys, mode, await writeSheets(sheets), key);
  expect(answer.status).toBe(200);
  return (await answer.json()) as ImportAnswer;
}
const download = async (path: string): Promise<Buffer> =>
  Buffer.from(await (await sys.fetch('GET', path)).arrayBuffer());

const organisation = () => [
  units([
    { 编码: 'N01', 名称: '新桥公司', 板块编码: 'NEW', 板块名称: '新板块' },
    { 编码: 'N02', 名称: '新路公司', 英文名称: 'New Roads', 板块编码: 'NEW' },
  ]),
  sites([
    { 编码: 'N01-01', 名称: '新桥一标', 单位编码: 'N01', 类型: '工地', 人数: '120' },
    { 编码: 'N02-01', 名称: '新路泵站', 单位编码: 'N02', 类型: '厂站' },
  ]),
  people([
    { 工号: 'N0001', 姓名: '甲一', 单位或工地编码: 'N01-01', 岗位: '工长' },
    { 工号: 'N0002', 姓名: '乙二', 单位或工地编码: 'N02' },
  ]),
  accounts([
    { 登录名: 'n0001', 工号: 'N0001' },
    { 登录名: 'n.desk', 显示名: '新桥值班室', 单位或工地编码: 'N01' },
  ]),
];

test('the template is the four sheets, and filling in nothing changes nothing', async () => {
  const template = await download('/api/import/organization/template.xlsx');
  expect(await sheetNames(template)).toEqual(['单位', '工地', '人员', '账号', '填写说明']);
  expect(await sheetTitles(template, { sheet: 1 })).toEqual(['编码', '单位编码', '名称', '英文名称', '类型', '人数']);
  const answer = (await (await post(sys, 'check', template)).json()) as ImportAnswer;
  expect(answer).toMatchObject({ problems: [], rejectedFileUrl: null });
  expect(answer.summary.map((sum) => sum.rows)).toEqual([0, 0, 0, 0]);
});

test('a check changes nothing; applied it is all there; brought again it is all the same', async () => {
  const before = await rowCounts(house);
  const checked = await send('check', organisation());
  expect(checked.summary).toEqual(
    ['单位', '工地', '人员', '账号'].map((name) => ({ sheet: name, rows: 2, adds: 2, changes: 0, same: 0, bad: 0 })),
  );
  expect(await rowCounts(house)).toEqual({ ...before, 'access.session': (await rowCounts(house))['access.session'] });

  const applied = await send('apply', organisation());
  expect(applied.problems).toEqual([]);
  const directory = await sys.do(api.organization.directory, {});
  const node = (code: string) => directory.nodes.find((one) => one.code === code)!;
  expect(node('N01-01')).toMatchObject({
    zh: '新桥一标',
    siteKind: 'construction',
    heads: 120,
    parentId: node('N01').id,
    initials: 'xqyb',
  });
  expect(node('N01').parentId).toBe(node('NEW').id);
  expect(node('NEW')).toMatchObject({ kind: 'sector', zh: '新板块' });

  const again = await send('apply', organisation());
  expect(again.summary.every((sum) => sum.same === 2 && sum.adds + sum.changes + sum.bad === 0)).toBe(true);
  expect(again.passwordsFileUrl).toBeNull();
  const kinds = await house.sql<{ reason: string; figures: { adds: number } }>(
    `select reason, figures from journal.entry where action = 'organization.imported' order by seq limit 4`,
  );
  expect(kinds.map((entry) => [entry.reason, entry.figures.adds])).toEqual([
    ['units', 2],
    ['sites', 2],
    ['people', 2],
    ['accounts', 2],
  ]);
});

test('one-time passwords are handed out once, to who applied, and must be changed at the first sign-in', async () => {
  const file = [accounts([{ 登录名: 'n.second', 显示名: '第二个', 单位或工地编码: 'U04' }])];
  const applied = await send('apply', file, 'key-of-this-apply');
  // The answer was lost and the page asks again with the same key.
  expect(await send('apply', file, 'key-of-this-apply')).toEqual(applied);
  expect((await (await house.as('sec01')).fetch('GET', applied.passwordsFileUrl!)).status).toBe(403);
  const rows = [];
  for await (const row of readTable(await download(applied.passwordsFileUrl!), 'xlsx')) rows.push(row.cells);
  expect(rows).toHaveLength(1);
  expect((await sys.fetch('GET', applied.passwordsFileUrl!)).status).toBe(404);
  const me = await (await house.visitor()).do(api.access.signIn, {
    login: 'n.second',
    password: rows[0]!.一次性密码!,
  });
  expect(me).toMatchObject({ pending: 'password', roles: [] });
  expect(JSON.stringify(await house.sql('select figures from journal.entry'))).not.toContain(rows[0]!.一次性密码);
});

test('every bad cell is named, marked in the file that goes back, and nothing is applied', async () => {
  const bad = [
    units([
      { 编码: 'U 04', 名称: '' },
      { 编码: 'U04-01', 名称: '工地的编码' },
      { 编码: 'N09', 名称: '没有板块名', 板块编码: 'ZZZ' },
    ]),
    sites([
      { 编码: 'N10-01', 名称: '无主', 单位编码: 'N99', 类型: '别的', 人数: '很多' },
      { 编码: 'U04-02', 名称: '搬家', 单位编码: 'U05', 类型: '工地' },
    ]),
    people([
      { 工号: 'P1', 姓名: '甲', 单位或工地编码: 'U04' },
      { 工号: 'P1', 姓名: '乙', 单位或工地编码: 'U04' },
    ]),
    accounts([
      { 登录名: 'worker01', 工号: 'P1' },
      { 登录名: 'q', 工号: '没有' },
    ]),
  ];
  const before = await rowCounts(house);
  const answer = await send('apply', bad);
  expect(await rowCounts(house)).toEqual(before);
  expect(answer.problems.map(({ sheet: name, row, column, message }) => `${name} ${row} ${column} ${message}`)).toEqual(
    [
      '单位 2 编码 只能用字母、数字、点、横线，最多 20 个',
      '单位 2 名称 必填',
      '单位 3 编码 这个编码已用于别的层级',
      '单位 4 板块名称 新板块要写名称',
      '工地 2 类型 只能填 工地 或 厂站',
      '工地 2 人数 只能填 0 或正整数',
      '工地 2 单位编码 没有这个单位',
      '工地 3 单位编码 已有工地不能改到别的单位',
      '人员 3 工号 与第 2 行相同',
      '账号 2 工号 已有账号不能换人',
      '账号 3 登录名 只能用字母、数字、点、横线，2 到 40 个',
      '账号 3 工号 没有这个工号',
      '账号 3 单位或工地编码 没有工号时要填单位或工地',
      '账号 3 显示名 必填',
    ],
  );
  expect(answer.summary.map((sum) => sum.bad)).toEqual([3, 2, 1, 2]);
  const file = await download(answer.rejectedFileUrl!);
  const { sheets: marked } = await readXlsx(file);
  for (const one of marked) expect(one.rows[0]!.at(-1)).toContain(problemTitle);
  expect(marked[0]!.rows[1]!.at(-1)).toBe('编码: 只能用字母、数字、点、横线，最多 20 个\n名称: 必填');
  expect((await post(sys, 'check', file)).status).toBe(200);
  expect((await (await house.as('sec01')).fetch('GET', answer.rejectedFileUrl!)).status).toBe(403);
});

test('titles may be moved but not renamed, and sheets nobody knows are named', async () => {
  const answer = await send('check', [
    sheet('单位', ['编码', '名字'], [{ 编码: 'X', 名字: 'x' }]),
    sheet('其他', ['a'], []),
  ]);
  expect(answer.problems.map(({ sheet: name, row, column, message }) => `${name} ${row} ${column} ${message}`)).toEqual(
    ['其他 1  不认识的表名，请用模板里的表名', '单位 1 名称 缺少这一列', '单位 1 名字 不认识的列名，请用模板里的列名'],
  );
  expect(answer.summary.reduce((sum, one) => sum + one.bad, 0)).toBeGreaterThan(0);
});

test('a changed name is a change, told before it is made', async () => {
  const renamed = [units([{ 编码: 'U05', 名称: '养护集团' }])];
  expect((await send('check', renamed)).summary[0]).toMatchObject({ adds: 0, changes: 1 });
  await send('apply', renamed);
  const unit = (await sys.do(api.organization.directory, {})).nodes.find((one) => one.code === 'U05')!;
  // What the file does not say stays: the English name and the sector.
  expect(unit).toMatchObject({ zh: '养护集团', en: 'Tinglan Road and Bridge Maintenance' });
  expect(house.dir.nodes.get(unit.parentId!)!.code).toBe('RDB');
});

test('only who manages the organisation may import, and what is no workbook is said to be none', async () => {
  const bytes = await writeSheets(organisation());
  for (const login of ['sec01', 'aud01', 'disp01', 'worker01'])
    expect((await post(await house.as(login), 'check', bytes)).status).toBe(403);
  expect((await post(await house.visitor(), 'check', bytes)).status).toBe(401);
  expect((await post(sys, 'check', Buffer.from('not a workbook'))).status).toBe(422);
  expect((await post(sys, 'guess', bytes)).status).toBe(422);
});
