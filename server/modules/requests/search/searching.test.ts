import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { between, pick, seeded } from '../../../demo/random.ts';
import { inTransaction } from '../../../platform/transaction.ts';
import { api, type Client, day, type House, hour, openHouse } from '../../../testing/program.ts';
import { indexForSearch } from '../reactions.ts';
import { fold, keysOf, periodDays, soughtKeys } from './keys.ts';

const random = seeded(11);
let house: House;
/** What everybody wrote, by id: of those that may be searched. */
const texts = new Map<string, string>();

const things = ['热水器', '通行证', '板房', '塔吊', '口罩', 'WiFi', '配电箱', '水', 'ＬＥＤ灯', '蚊子', 'the Gate'];
const ends = [
  '坏了',
  '不够',
  '停了两天，请修',
  '没人管！！',
  '到期。',
  '漏水',
  '太少；夜班 3 个人',
  '50% 不能用',
  'a_b',
  '𠮷字牌掉了',
];
const sentence = (i: number): string =>
  `${pick(things, random)}${pick(ends, random)}${i % 9 === 0 ? '，全体同志都盼着' : ''}${i % 400 === 7 ? '琥珀' : ''}`;

/** A year of requests in every state, at five sites of two units, some in confidence and some nobody may search. */
async function fill(): Promise<void> {
  const category = { normal: house.category('A02'), personal: house.category('G01'), health: house.category('C03') };
  const first = new Map(
    (
      await house.sql<{ id: number; parent_id: number }>(
        'select id, parent_id from organization.category where id = any($1)',
        [Object.values(category)],
      )
    ).map((row) => [row.id, row.parent_id]),
  );
  const start = house.clock.now().getTime();
  const rows = Array.from({ length: 1_400 }, (_, i) => {
    const state = pick(
      ['received', 'in_work', 'in_work', 'handled', 'reopened', 'resolved_confirmed', 'resolved_confirmed'],
      random,
    );
    const kind = i % 23 === 0 ? 'personal' : i % 29 === 0 ? 'health' : 'normal';
    const unit = pick(['U03', 'U04'], random);
    // Half of all within two days, so that one period is crowded.
    const at = new Date(start - Math.floor(random() * (i % 2 === 0 ? 2 * day : 300 * day)));
    return {
      id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      number: `T-${i}`,
      confidentiality: i % 17 === 0 ? 'confidential' : i % 5 === 0 ? 'anonymous' : 'open',
      class: kind,
      category_id: category[kind],
      first_category_id: first.get(category[kind]),
      unit_id: house.unit(unit),
      site_id: house.site(`${unit}-0${between(1, 3, random)}`),
      priority: pick(['urgent', 'high', 'normal24'], random),
      at,
      state,
      work:
        state === 'received'
          ? 'new'
          : state === 'reopened'
            ? 'reopened'
            : state === 'in_work'
              ? 'in_progress'
              : 'handled',
      line_id: state === 'received' ? null : house.line('L11'),
      lead_unit_id: state === 'received' ? null : house.unit(unit),
      next_due: ['received', 'in_work', 'reopened'].includes(state)
        ? new Date(at.getTime() + between(1, 96, random) * hour)
        : null,
      closed_at: state === 'resolved_confirmed' ? new Date(at.getTime() + 9 * hour) : null,
      text: sentence(i),
    };
  });
  await house.sql(
    `with s as (select * from json_to_recordset($1) as s(id uuid, number text, confidentiality text, class text, category_id int, first_category_id int, unit_id int,
       site_id int, priority text, at timestamptz, state text, work text, line_id int, lead_unit_id int, next_due timestamptz, closed_at timestamptz, text text)),
     r as (insert into requests.request (id, number, channel, confidentiality, class, category_id, first_category_id, unit_id, site_id, priority, code_hmac,
         submitted_at, received_at, state, triage_due, contact_due, resolve_due, resolve_now, promise_at, next_due, closed_at, work, case_id, line_id, lead_unit_id)
       select id, number, 'qr_form', confidentiality, class, category_id, first_category_id, unit_id, site_id, priority, decode(md5(number), 'hex'),
         at, at, state, at, at, at, at, at, next_due, closed_at, work, case when line_id is not null then gen_random_uuid() end, line_id, lead_unit_id from s)
     insert into requests.content (request_id, key, text) select id, '\\x00', text from s`,
    [JSON.stringify(rows)],
  );
  const entries = rows.map(({ id }) => ({ action: 'requests.submitted', record_id: id }));
  await inTransaction(house.program.pool, (tx) => indexForSearch(tx, entries));
  for (const row of rows)
    if (row.class === 'normal' && row.confidentiality !== 'confidential') texts.set(row.id, row.text);
}

beforeAll(async () => {
  house = await openHouse();
  await fill();
});
afterAll(() => house.stop());

type Asked = Omit<Parameters<typeof api.requests.list.input.parse>[0] & object, 'after'>;

async function everyPage(client: Client, asked: object, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const { rows, next } = await client.do(api.requests.list, { ...(asked as Asked), limit, after });
    ids.push(...rows.map((row) => row.id));
    if (!next) return ids;
    after = next;
  }
}

/** Pieces of what was written, as somebody would type them: short and long, across punctuation, in other letters. */
function words(): string {
  const text = pick([...texts.values()], random);
  const from = between(0, [...text].length - 1, random);
  const piece = [...text]
    .slice(from, from + between(1, 8, random))
    .join('')
    .trim();
  const asTyped = random() < 0.3 ? piece.toUpperCase() : piece;
  return asTyped || '水';
}
const always = [
  '水',
  '热水',
  '琥珀',
  '全体同志都盼着',
  '没有这样的词',
  '，',
  '！！',
  '%',
  '_',
  'wifi',
  'LED',
  'E G',
  '𠮷',
  '3',
];

const people = ['disp01', 'the officer of U04-01', 'u04-deputy', 'u03-l11', 'lead00', 'a program of U04-01'];

async function clientOf(person: string): Promise<Client> {
  if (person === 'a program of U04-01') return house.given.token(['requests:read'], 'U04-01');
  if (person !== 'the officer of U04-01') return house.as(person);
  const [account] = await house.sql<{ login: string }>(
    `select a.login from access.account a join access.grant_ g on g.account_id = a.id where g.role = 'site_officer' and g.node_id = $1 limit 1`,
    [house.site('U04-01')],
  );
  return house.as(account!.login);
}
const views = [
  { view: 'all', sort: 'newest' },
  { view: 'all', sort: 'oldest' },
  { view: 'todo' },
  { view: 'open', sort: 'newest' },
  { view: 'handled' },
  { view: 'closed' },
] as const;

describe('what a search finds is what a look through the whole list would find, in its order', () => {
  for (const person of people)
    test(`as ${person}`, async () => {
      const client = await clientOf(person);
      let hits = 0;
      for (const view of views) {
        const narrowed = pick(
          [{}, {}, { nodeId: house.site('U04-01') }, { nodeId: house.unit('U03') }, { priority: 'high' }],
          random,
        );
        const whole = await everyPage(client, { ...view, ...narrowed }, 200);
        for (const search of [...always, ...Array.from({ length: 4 }, words)]) {
          const expected = whole.filter((id) => fold(texts.get(id) ?? '').includes(fold(search)));
          hits += expected.length;
          const found = await everyPage(client, { ...view, ...narrowed, search }, pick([9, 50, 200], random));
          expect(found, `${search} in ${JSON.stringify({ ...view, ...narrowed })}`).toEqual(expected);
        }
      }
      expect(hits).toBeGreaterThan(100);
    }, 120_000);
});

describe('keys', () => {
  test('of any piece of a text are keys of the text', () => {
    for (let i = 0; i < 500; i++) {
      const text = sentence(i);
      const at = new Date(Math.floor(random() * 4e12));
      const keys = new Set(keysOf(text, at, 17, 3));
      const units = fold(text);
      const from = between(0, units.length - 1, random);
      const piece = units.slice(from, between(from + 1, units.length, random));
      for (const key of soughtKeys(piece)) {
        const turn = Math.floor(at.getTime() / (periodDays * day)) * 300_007;
        expect(keys.has(key ^ turn), `${piece} of ${text}`).toBe(true);
      }
    }
  });
  test('stay numbers of 32 bits, far into the future too', () => {
    for (const key of keysOf('汉字𠮷 abc', new Date('2099-12-31'), 70_000, 9)) expect(key).toBe(key | 0);
  });
});

test('what comes to be confidential is found by nobody from that moment on, whatever the index still holds', async () => {
  const asked = await house.given.request({ site: 'U04-01', text: '三色堇的花盆挡住了消防门' });
  await house.settled();
  const search = async (login: string, nodeId?: number): Promise<string[]> =>
    (await (await house.as(login)).do(api.requests.list, { view: 'all', search: '三色堇', nodeId })).rows.map(
      (row) => row.id,
    );
  expect(await search('disp01', house.site('U04-01'))).toEqual([asked.id]);
  await house.sql(`update requests.request set confidentiality = 'confidential' where id = $1`, [asked.id]);
  expect(await search('disp01')).toEqual([]);
});
