import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTable, type TableRow, writeSheets } from '../platform/sheets.ts';
import { configFor, type Listened, listen } from '../testing/commands.ts';
import { rootFolder } from '../testing/database.ts';
import { api, day, type House, hour, openHouse } from '../testing/program.ts';
import { placesOf } from '../testing/tables.ts';
import { importRequests } from './importRequests.ts';
import { CommandError } from './terminal.ts';

const sample = join(rootFolder, 'e2e', 'samples', 'sf311-200.csv');
const categories = join(rootFolder, 'e2e', 'samples', 'sf311-categories.yaml');

let house: House;
let folder: string;
beforeAll(async () => {
  house = await openHouse();
  folder = await mkdtemp(join(tmpdir(), 'lastmetre-import-'));
});
afterAll(async () => {
  await house.stop();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => importWith(listen(), ...args);
const importWith = (terminal: Listened, ...args: string[]) =>
  importRequests(args, configFor(house.database.ownerUrl, house.dataFolder), terminal);
async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}
async function rowsOf(file: string, kind: 'csv' | 'xlsx'): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of readTable(file, kind)) rows.push(row);
  return rows;
}
const count = async (where: string): Promise<number> =>
  (await house.sql<{ n: number }>(`select count(*)::int as n from requests.request where ${where}`))[0]!.n;

test('a file brought twice is imported once, and rows closed before they were made are handed back saying so', async () => {
  const file = await fileOf('sf311.csv', await readFile(sample));
  const first = await run(file, '--site', 'U04-01', '--categories', categories);
  expect(first).toMatchObject({ read: 200, added: 192, already: 0, bad: 8 });
  const rejected = await rowsOf(first.rejectedFile!, 'csv');
  expect(rejected).toHaveLength(8);
  expect(await readFile(first.rejectedFile!, 'utf8')).toContain(
    'closed_date: 办结早于提出 / closed before it was submitted',
  );
  expect(await run(file, '--site', 'U04-01', '--categories', categories)).toMatchObject({
    added: 0,
    already: 192,
    bad: 8,
  });
  expect(await count(`channel = 'import'`)).toBe(192);
  expect(
    (
      await house.sql<{ n: number }>(`select count(*)::int as n from journal.entry where action = 'requests.imported'`)
    )[0]!.n,
  ).toBe(192);
});

test('an import that was interrupted goes on with what is missing', async () => {
  const lines = (await readFile(sample, 'utf8')).split('\n');
  const half = await fileOf('half.csv', lines.slice(0, 91).join('\n'));
  const whole = await fileOf('whole.csv', lines.join('\n'));
  const begun = await run(half, '--site', 'U04-02', '--source', 'again');
  const ended = await run(whole, '--site', 'U04-02', '--source', 'again');
  expect(ended.already).toBe(begun.added);
  expect(begun.added + ended.added).toBe(192);
});

test('the time of submission is kept and every clock starts there; labels find their category', async () => {
  const submitted = new Date(Date.now() - 3 * day);
  const file = await fileOf(
    'one.jsonl',
    `${JSON.stringify({ 编号: 'k1', 提出时间: submitted.toISOString(), 内容: '食堂热水器坏了三天', 类别: '供餐问题', 工地: 'U04-01' })}\n`,
  );
  expect(await run(file)).toMatchObject({ added: 1, bad: 0 });
  const [row] = await house.sql<{
    submitted_at: Date;
    contact_due: Date;
    state: string;
    work: string;
    category_id: number;
    number: string;
    next_due: Date;
    triage_due: Date;
  }>(
    `select r.* from requests.request r join requests.content c on c.request_id = r.id where c.source_ref = 'jsonl:k1'`,
  );
  expect(row).toMatchObject({ state: 'received', work: 'new', category_id: house.category('A01') });
  expect(row!.submitted_at.getTime()).toBe(new Date(Math.floor(submitted.getTime() / 1000) * 1000).getTime());
  expect(row!.contact_due.getTime() - row!.submitted_at.getTime()).toBe(hour);
  expect(row!.next_due).toEqual(row!.triage_due);
  const list = await (await house.as('disp01')).do(api.requests.list, { view: 'to_dispatch', search: row!.number });
  expect(list.rows[0]).toMatchObject({ channel: 'import', text: '食堂热水器坏了三天' });
});

test('nothing of a file is warned of before its dispatch; whoever leads dispatching is told once how many wait', async () => {
  const submitted = new Date(Date.now() - 3 * day).toISOString();
  const lines = ['w1', 'w2'].map((n) =>
    JSON.stringify({ 编号: n, 提出时间: submitted, 内容: '浴室没有热水', 类别: '饮水用水', 工地: 'U04-01' }),
  );
  const file = await fileOf('waits.jsonl', `${lines.join('\n')}\n`);
  await run(file, '--source', 'old-desk');
  await run(file, '--source', 'old-desk');
  const lead = await house.as('disp00');
  const told = (await lead.do(api.messages.inbox, {})).messages.filter((one) => one.about.label === 'old-desk');
  expect(told).toMatchObject([{ kind: 'requests.imported', values: { n: 2 }, about: { route: '/requests' } }]);
  const [{ id } = { id: '' }] = await house.sql<{ id: string }>(
    `select request_id as id from requests.content where source_ref = 'old-desk:w1'`,
  );
  const warned = async () =>
    (await house.sql<{ clock: string }>(`select clock from requests.warning where request_id = $1`, [id])).length;
  await house.timers.run('requests.warnings');
  expect(await warned()).toBe(0);
  const { version } = await house.standing(id);
  const to = { lineId: house.line('L11'), unitId: null };
  await (await house.as('disp01')).do(api.cases.dispatch, { id, version, ...to });
  await house.timers.run('requests.warnings');
  expect(await warned()).toBeGreaterThan(0);
});

test('what belongs to a sealed line is refused row by row, and its words are written nowhere', async () => {
  const words = ['活不下去了的那句话甲乙丙', '索贿的那句话丁戊己', '睡不着的那句话庚辛'];
  const file = await fileOf(
    'sealed.csv',
    `编号,时间,内容,类别\n1,2026-01-02 08:00,${words[0]},I01\n2,2026-01-02 08:00,${words[1]},I01\n3,2026-01-02 08:00,${words[2]},D03\n4,2026-01-02 08:00,食堂的饭凉了,A01\n`,
  );
  const terminal = listen();
  const result = await importWith(terminal, file, '--site', 'U04-01');
  expect(result).toMatchObject({ added: 1, bad: 3 });
  expect(terminal.lines.join('\n')).not.toMatch(/[{}]/);
  expect(terminal.lines.join('\n')).toMatch(/× 这类事不在系统登记，请直接拨打 \d+/);
  const handedBack = await readFile(result.rejectedFile!, 'utf8');
  expect(handedBack).toContain('请直接拨打');
  for (const sentence of words) {
    expect(handedBack).not.toContain(sentence);
    expect(await placesOf(house, sentence)).toEqual([]);
  }
});

test('words erased after an import do not come back with the next', async () => {
  const sentence = '后来才认出不该登记的那句话';
  const file = await fileOf('erased.csv', `编号,时间,内容\nx9,2026-01-02 08:00,${sentence}\n`);
  await run(file, '--site', 'U04-01', '--category', 'A01');
  const [row] = await house.sql<{ id: string; version: number }>(
    `select r.id, r.version from requests.request r join requests.content c on c.request_id = r.id where c.source_ref = 'csv:x9'`,
  );
  await (await house.as('disp01')).do(api.requests.moveToSealed, { id: row!.id, version: row!.version, to: 'care' });
  expect(await run(file, '--site', 'U04-01', '--category', 'A01')).toMatchObject({ added: 0, already: 1 });
  expect(await placesOf(house, sentence)).toEqual([]);
});

test('a workbook goes back as a workbook with the bad cells marked', async () => {
  const titles = ['编号', '提出时间', '内容', '工地'];
  const bytes = await writeSheets([
    {
      name: '历史',
      columns: titles.map((title) => ({ key: title, title })),
      rows: [
        { 编号: 'a', 提出时间: '2026-01-05 09:10', 内容: '淋浴间没有热水', 工地: 'U04-01' },
        { 编号: 'b', 提出时间: '五月五号', 内容: '空调不制冷', 工地: 'U04-01' },
        { 编号: 'c', 提出时间: '2026/1/6 10:00', 内容: '', 工地: '没有的工地' },
        { 编号: 'a', 提出时间: '2026/1/6 10:00', 内容: '又一行', 工地: 'U04-01' },
      ],
    },
  ]);
  const result = await run(await fileOf('history.xlsx', bytes));
  expect(result).toMatchObject({ added: 1, bad: 3 });
  const rejected = await rowsOf(result.rejectedFile!, 'xlsx');
  expect(rejected.map((row) => row.cells.编号)).toEqual(['b', 'c', 'a']);
  expect(rejected.map((row) => row.cells['原行 / Row'])).toEqual(['3', '4', '5']);
});

test('with the unit known only, the unit sees it and the desk can still set the site', async () => {
  const file = await fileOf('unit.csv', '编号,时间,内容\nu1,2026-01-02 08:00,不知道是哪个工地的围挡倒了\n');
  await run(file, '--into-unit', 'U04', '--category', 'E05');
  const [row] = await house.sql<{ site_id: number | null; unit_id: number }>(
    `select site_id, unit_id from requests.request r join requests.content c on c.request_id = r.id where c.source_ref = 'csv:u1'`,
  );
  expect(row).toEqual({ site_id: null, unit_id: house.unit('U04') });
  await house.settled();
  const list = await (await house.as('lead04')).do(api.requests.list, { view: 'open', search: '围挡倒了' });
  expect(list.rows).toMatchObject([{ siteId: null, unitId: house.unit('U04') }]);
});

test('a check writes nothing, and a file that says neither site nor text is refused in plain words', async () => {
  const file = await fileOf('check.csv', '编号,时间,内容\nz1,2026-01-02 08:00,只检查的一行\n');
  const before = await count('true');
  expect(await run(file, '--site', 'U04-01', '--check')).toMatchObject({ read: 1, added: 0, bad: 0 });
  expect(await count('true')).toBe(before);
  await expect(run(file)).rejects.toThrow(CommandError);
  await expect(run(await fileOf('odd.csv', 'a,b\n1,2\n'), '--site', 'U04-01')).rejects.toThrow('--mapping text=');
  await expect(run(file, '--site', 'U04-01', '--mapping', 'text=没有的列')).rejects.toThrow('没有的列');
  await expect(run(file, '--site', 'U99-01')).rejects.toThrow('U99-01');
});
