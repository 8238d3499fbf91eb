import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTable, type TableRow } from '../../platform/sheets.ts';
import { type Client, type House, openHouse } from '../../testing/program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

async function exported(client: Client, path: string): Promise<{ rows: TableRow[]; bytes: Buffer; name: string }> {
  const answer = await client.fetch('GET', path);
  expect(answer.status).toBe(200);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const rows: TableRow[] = [];
  for await (const row of readTable(bytes, 'xlsx')) rows.push(row);
  return {
    rows,
    bytes,
    name: decodeURIComponent(
      /filename\*=UTF-8''(\S+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '',
    ),
  };
}
const texts = ({ rows }: { rows: TableRow[] }, column = '内容'): (string | undefined)[] =>
  rows.map((row) => row.cells[column]);

test('nobody exports confidential, personal or health requests, and their number is told only from ten on', async () => {
  const planted: string[] = [];
  const plant = async (wanted: { category: string; confidentiality?: 'confidential' }): Promise<void> => {
    const text = `不许出现在表里的第${planted.length}句话`;
    planted.push(text);
    await house.given.request({ ...wanted, site: 'U05-01', text, until: 'received' });
  };
  await house.given.request({ category: 'A02', site: 'U05-01', text: '可以导出的一件', until: 'received' });
  for (let i = 0; i < 3; i++) for (const category of ['G01', 'C03']) await plant({ category });
  for (let i = 0; i < 3; i++) await plant({ category: 'A02', confidentiality: 'confidential' });
  const nine = await exported(
    await house.as('disp01'),
    `/api/requests/export.xlsx?view=all&nodeId=${house.site('U05-01')}`,
  );
  expect(texts(nine)).toEqual(['可以导出的一件']);
  await plant({ category: 'A02', confidentiality: 'confidential' });
  for (const login of ['disp01', 'lead01', 'worker01', 'site01', 'hand15', 'lead00']) {
    const client = await house.as(login);
    const answer = await client.fetch('GET', '/api/requests/export.xlsx?view=all');
    if (login === 'worker01') {
      expect(answer.status).toBe(403);
      continue;
    }
    const { rows } = await exported(client, '/api/requests/export.xlsx?view=all');
    const everything = JSON.stringify(rows);
    for (const sentence of planted) expect(everything).not.toContain(sentence);
  }
  const ten = await exported(
    await house.as('disp01'),
    `/api/requests/export.xlsx?view=all&nodeId=${house.site('U05-01')}`,
  );
  expect(ten.rows.at(-1)!.cells.编号).toContain('另有 10 件');
});

test('titles are in the reader’s language, and what looks like a formula stays text', async () => {
  await house.given.request({
    category: 'A02',
    site: 'U05-02',
    text: '=HYPERLINK("http://x","点我")',
    until: 'received',
  });
  const path = `/api/requests/export.xlsx?view=all&nodeId=${house.site('U05-02')}`;
  const dispatcher = await house.as('disp01');
  const chinese = await exported(dispatcher, path);
  expect(chinese.rows[0]!.cells).toMatchObject({
    状态: '已受理',
    类别代码: 'A02',
    类别: '饮水用水',
    渠道: '扫码',
    内容: '=HYPERLINK("http://x","点我")',
  });
  expect(chinese.name).toMatch(/^诉求 \d{4}-\d\d-\d\d\.xlsx$/);
  expect(chinese.bytes.includes(Buffer.from('<f>'))).toBe(false);
  await house.sql(`update access.account set locale = 'en' where login = 'disp02'`);
  const english = await exported(await house.as('disp02'), path);
  expect(english.rows[0]!.cells).toMatchObject({ State: 'received', Category: 'Drinking and domestic water' });
});

test('an export is the list: its filters, its scope, the whole of a long text, and more than one page', async () => {
  const long = `${'很长的内容'.repeat(60)}完`;
  await house.given.request({ category: 'A02', site: 'U06-01', text: long, until: 'received' });
  const own = await exported(
    await house.as('disp01'),
    `/api/requests/export.xlsx?view=all&nodeId=${house.site('U06-01')}&categoryId=${house.category('A02')}`,
  );
  expect(texts(own)).toEqual([long]);
  const none = await exported(
    await house.as('disp01'),
    `/api/requests/export.xlsx?view=all&nodeId=${house.site('U06-01')}&state=handled`,
  );
  expect(none.rows).toEqual([]);
  await house.sql(`insert into requests.request (id, number, channel, confidentiality, class, category_id, first_category_id, unit_id, site_id, priority, code_hmac,
      submitted_at, received_at, triage_due, contact_due, resolve_due, resolve_now, promise_at, next_due)
    select gen_random_uuid(), 'TL-200101-' || (90000 + n), 'import', 'anonymous', 'normal', ${house.category('A02')}, 1, ${house.unit('U06')}, ${house.site('U06-02')}, 'high', 'x',
      t, t, t, t, t, t, t, t from (select n, timestamptz '2020-01-01' + n / 3 * interval '1 second' as t from generate_series(1, 2500) n) as rows`);
  const many = await exported(
    await house.as('disp01'),
    `/api/requests/export.xlsx?view=all&nodeId=${house.site('U06-02')}`,
  );
  expect(new Set(texts(many, '编号')).size).toBe(2500);
});

test('every export is journalled with how many rows went out', async () => {
  await house.given.request({ category: 'A02', site: 'U07-01', text: '要记账的导出', until: 'received' });
  await exported(await house.as('disp01'), `/api/requests/export.xlsx?view=all&nodeId=${house.site('U07-01')}`);
  await exported(await house.as('fu01'), '/api/followups/export.xlsx');
  const accounts = await exported(await house.as('sys01'), '/api/accounts/export.xlsx?search=worker0');
  expect(accounts.rows.map((row) => row.cells.登录名)).toEqual(['worker01', 'worker02', 'worker03']);
  await house.settled();
  const journal = await exported(await house.as('aud01'), '/api/journal/export.xlsx?action=requests.exported');
  expect(journal.rows.length).toBeGreaterThan(0);
  const entries = await house.sql<{ action: string; figures: { rows: number; complete: boolean } }>(
    `select action, figures from journal.entry where action like '%.exported' order by seq`,
  );
  expect(entries.filter((entry) => entry.action === 'requests.exported').at(-1)!.figures).toMatchObject({
    rows: 1,
    complete: true,
  });
  expect(new Set(entries.map((entry) => entry.action))).toEqual(
    new Set(['requests.exported', 'followups.exported', 'access.exported', 'journal.exported']),
  );
});

test('the other tables open only to those whose work they are', async () => {
  const paths = {
    '/api/followups/export.xlsx': 'fu01',
    '/api/accounts/export.xlsx': 'sys01',
    '/api/journal/export.xlsx': 'aud01',
  };
  for (const [path, login] of Object.entries(paths)) {
    expect((await (await house.visitor()).fetch('GET', path)).status).toBe(401);
    for (const other of ['worker01', 'hand11', ...Object.values(paths).filter((one) => one !== login)])
      expect((await (await house.as(other)).fetch('GET', path)).status).toBe(403);
  }
  expect((await (await house.visitor()).fetch('GET', '/api/requests/export.xlsx')).status).toBe(401);
  expect((await (await house.given.token(['requests:read'])).fetch('GET', '/api/requests/export.xlsx')).status).toBe(
    403,
  );
});
