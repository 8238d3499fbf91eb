import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { between, pick, seeded } from '../../../demo/random.ts';
import { inTransaction } from '../../../platform/transaction.ts';
import { api, type Client, day, type House, hour, newCode, openHouse } from '../../../testing/program.ts';
import { indexForSearch } from '../reactions.ts';
import { fold, keysOf, periodDays, soughtKeys } from './keys.ts';
import { searchable } from './queries.ts';

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
  const somewhere = {
    site_id: 17,
    unit_id: 3,
    line_id: 5_000,
    lead_unit_id: 70_001,
    registrar_id: '0198c0de-0000-7000-8000-00000000ffff',
    open: true,
  };
  test('of any piece of a text are keys of the text', () => {
    for (let i = 0; i < 500; i++) {
      const text = sentence(i);
      const at = new Date(Math.floor(random() * 4e12));
      const keys = new Set(keysOf({ ...somewhere, text, submitted_at: at }));
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
    const keys = keysOf({ ...somewhere, text: '汉字𠮷 abc', submitted_at: new Date('2099-12-31'), site_id: 70_000 });
    for (const key of keys) expect(key).toBe(key | 0);
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

describe('the search knows where a request lies and whether it is open', () => {
  const flowers = '茉莉花茶受潮了';
  const found = async (login: string, view: 'all' | 'open' | 'handled' | 'closed'): Promise<string[]> =>
    (await (await house.as(login)).do(api.requests.list, { view, search: '茉莉花' })).rows.map((row) => row.id);
  /** What the search would keep of it now, and what it keeps. */
  const kept = (id: string) =>
    inTransaction(house.program.pool, async (tx) => ({
      now: (await searchable(tx, [id])).map(keysOf),
      kept: (await house.sql<{ keys: number[] }>('select keys from requests.search where request_id = $1', [id])).map(
        (row) => row.keys,
      ),
    }));

  test('through a line that returns it, one that is relieved of it, to its end, back and to its end again', async () => {
    const { id } = await house.given.request({ text: flowers });
    const [desk, lead] = [await house.as('disp01'), await house.as('disp00')];
    const version = async (): Promise<number> => (await house.standing(id)).version;
    const caseId = async (): Promise<string> => (await house.standing(id)).caseId!;
    const to = async (line: string) => ({ id, version: await version(), lineId: house.line(line), unitId: null });
    const handled = async (login: string): Promise<void> => {
      const handler = await house.as(login);
      await handler.do(api.cases.accept, { id: await caseId() });
      await handler.do(api.cases.progress, { id: await caseId(), text: '已联系本人，正在换。', contacted: true });
      await handler.do(api.cases.handled, { id: await caseId(), solution: 'solved', text: '受潮的茶叶全部换过了。' });
    };
    const asker = await house.as('worker01');
    const steps: [what: string, act: () => Promise<unknown>, line: string, view: 'open' | 'handled' | 'closed'][] = [
      ['dispatched', async () => desk.do(api.cases.dispatch, await to('L12')), 'l12', 'open'],
      [
        'returned',
        async () =>
          (await house.as('ho-l12')).do(api.cases.return, {
            id: await caseId(),
            reason: 'not_our_line',
            lineId: house.line('L11'),
            text: '茶叶由后勤条线发放，请转后勤。',
          }),
        'l12',
        'open',
      ],
      ['dispatched again', async () => desk.do(api.cases.dispatch, await to('L11')), 'l11', 'open'],
      [
        'taken over',
        async () => {
          const limit = {
            lineId: house.line('L11'),
            backupLineId: house.line('L10'),
            mostPerHandler: 1,
            mostOverdue: 0,
          };
          // Past its due, and one is too many.
          house.clock.forward(5 * day);
          await lead.do(api.catalogue.setLimit, limit);
          await (await house.as('ho-l10')).do(api.cases.takeOver, { id: await caseId() });
        },
        'l10',
        'open',
      ],
      [
        'handed back',
        async () => (await house.as('ho-l10')).do(api.cases.handBack, { id: await caseId(), why: '后勤已经不忙' }),
        'l11',
        'open',
      ],
      ['handled', () => handled('ho-l11'), 'l11', 'handled'],
      ['confirmed', () => asker.do(api.requests.judge, { id, solved: true }), 'l11', 'closed'],
      ['come back', () => asker.do(api.requests.judge, { id, solved: false, why: '又受潮了' }), 'l11', 'open'],
      ['withdrawn', () => asker.do(api.requests.withdraw, { id, why: '自己买到了' }), 'l11', 'closed'],
    ];
    for (const [what, act, line, view] of steps) {
      await act();
      await house.settled();
      const { now, kept: stored } = await kept(id);
      expect(stored, what).toEqual(now);
      for (const shown of ['all', 'open', 'handled', 'closed'] as const)
        expect([what, shown, await found(`ho-${line}`, shown)]).toEqual([
          what,
          shown,
          shown === 'all' || shown === view ? [id] : [],
        ]);
      for (const other of ['l10', 'l11', 'l12'])
        if (other !== line) expect(await found(`ho-${other}`, 'all'), `${what}, ${other}`).toEqual([]);
    }
  });

  test('who took it down finds it', async () => {
    const operator = await house.as('op01');
    const { id } = await operator.do(api.requests.register, {
      id: crypto.randomUUID(),
      queryCode: newCode(),
      categoryId: house.category('A02'),
      siteId: house.site('U04-01'),
      text: flowers,
      confidentiality: 'open',
      channel: 'paper_or_face',
    });
    await house.settled();
    expect(await found('op01', 'all')).toContain(id);
  });
});
