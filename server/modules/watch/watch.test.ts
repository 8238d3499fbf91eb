import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inStatement } from '../../platform/transaction.ts';
import { api, day, type House, hour, minute, openHouse } from '../../testing/program.ts';
import { campaignStarts } from './courses.ts';
import { checkWatch } from './verifying.ts';

let house: House;
let start: number;
let columns: string[];
let pattern: string;

interface Planted {
  unit?: string;
  site?: string;
  line?: string;
  at: number;
  contactMinutes: number | null;
  attitude?: number;
  confidentiality?: string;
  state?: string;
  reopens?: number;
  handledMinutes?: number | null;
  label?: string;
}

/** Needs as commands would have left them, by the dozen: one that went through the desk is the pattern. */
async function plant(rows: Planted[]): Promise<string[]> {
  const made = rows.map((row) => {
    const at = new Date(row.at).toISOString();
    const after = (minutes: number | null | undefined) =>
      minutes == null ? null : new Date(row.at + minutes * minute).toISOString();
    return {
      change: {
        id: randomUUID(),
        number: `TL-260101-${String(10_000 + Math.floor(Math.random() * 80_000))}${String(planted++).padStart(2, '0')}`,
        unit_id: house.unit(row.unit ?? 'U04'),
        site_id: house.site(row.site ?? 'U04-05'),
        line_id: house.line(row.line ?? 'L11'),
        code_hmac: null as string | null,
        confidentiality: row.confidentiality ?? 'open',
        state: row.state ?? 'resolved_confirmed',
        reopens: row.reopens ?? 0,
        submitted_at: at,
        received_at: at,
        contact_due: after(100),
        contacted_at: after(row.contactMinutes),
        resolve_due: after(24 * 60),
        handled_at: after(row.handledMinutes === undefined ? 600 : row.handledMinutes),
        closed_at: (row.state ?? 'resolved_confirmed') === 'resolved_confirmed' ? after(2000) : null,
        verdict_by: 'followup',
        next_due: null,
      },
      row,
    };
  });
  await house.sql(
    `insert into requests.request (${columns.join(', ')})
     select ${columns.map((name) => (name === 'code_hmac' ? 'r.code_hmac' : `x.${name}`)).join(', ')}
     from requests.request r, jsonb_array_elements($2::jsonb) as change, jsonb_populate_record(r, change - 'code_hmac') as x
     where r.id = $1`,
    [pattern, JSON.stringify(made.map(({ change }) => change))],
  );
  for (const { change, row } of made) {
    if (row.label)
      await house.sql(
        `insert into requests.content (request_id, key, text, requester_label) values ($1, '\\x00', '水管漏了', $2)`,
        [change.id, row.label],
      );
    if (row.attitude === undefined) continue;
    const [call, done] = [randomUUID(), new Date(row.at + day)];
    await house.sql(
      `insert into followups.call (id, request_id, reason, kind, class, unit_id, due_at, created_at, done_at, outcome)
       values ($1, $2, 'drawn', 'closure', 'normal', $3, $4, $4, $4, 'answered')`,
      [call, change.id, change.unit_id, done],
    );
    await house.sql(
      `insert into followups.answer (call_id, at, caller_id, contacted, answer, satisfied, attitude, script_version)
       values ($1, $2, (select id from access.account where login = 'fu01'), true, 'solved', 5, $3, '1')`,
      [call, done, row.attitude],
    );
  }
  return made.map(({ change }) => change.id);
}
let planted = 0;

/** So many of one week, spread over its days, each with a contact after so many minutes. */
const week = (no: number, n: number, row: Partial<Planted> & { contactMinutes: number }): Planted[] =>
  Array.from({ length: n }, (_, i) => ({
    attitude: i % 3 === 0 ? 4 : 5,
    ...row,
    at: start + (no - 1) * 7 * day + ((i * 7) / n) * day + 2 * hour,
    contactMinutes: row.contactMinutes + (i % 5),
  }));

const warmthOf = async (login: string, input: { nodeId?: number; lineId?: number } = {}) =>
  (await house.as(login)).do(api.watch.warmth, input);
const of = (answer: Awaited<ReturnType<typeof warmthOf>>, measure: string) =>
  answer.series.find((one) => one.measure === measure)!.weeks;

beforeAll(async () => {
  house = await openHouse();
  const starts = await inStatement(house.program.pool, (tx) => campaignStarts(tx, house.dir, house.clock.now()));
  start = starts.get(house.unit('U04'))!.getTime();
  house.clock.set(new Date(start + 36 * day));
  pattern = (await house.given.request({ until: 'handled' })).id;
  columns = (
    await house.sql<{ column_name: string }>(
      `select column_name from information_schema.columns
       where table_schema = 'requests' and table_name = 'request' and is_generated = 'NEVER'`,
    )
  ).map((row) => row.column_name);
  await plant([
    ...week(1, 20, { contactMinutes: 40 }),
    ...week(2, 20, { contactMinutes: 40 }),
    ...week(3, 20, { contactMinutes: 42 }),
    ...week(4, 20, { contactMinutes: 60 }),
    ...week(5, 20, { contactMinutes: 90, attitude: 3 }),
    ...week(2, 4, { contactMinutes: 40, unit: 'U09', site: 'U09-07' }),
    ...week(3, 4, { contactMinutes: 40, unit: 'U09', site: 'U09-07', confidentiality: 'confidential' }),
  ]);
  await house.timers.run('watch.reckon');
});
afterAll(() => house.stop());

describe('as warm as at the start', () => {
  test('a place that answers ever later is found, by its own first two weeks', async () => {
    const answer = await warmthOf('lead04');
    expect(answer).toMatchObject({ nodeId: house.unit('U04'), campaign: { week: 6 } });
    const contact = of(answer, 'contact');
    expect(contact.slice(0, 5).map((one) => [one.week, one.n, Math.round(one.value!)])).toEqual([
      [1, 20, 42],
      [2, 20, 42],
      [3, 20, 44],
      [4, 20, 62],
      [5, 20, 92],
    ]);
    expect(contact[2]!.drift).toBeNull();
    expect(contact[3]!.drift).toMatchObject({ baseN: 40, n: 40, grey: false });
    expect(contact[4]!.drift).toMatchObject({ byFifth: true, outside: true, grey: false });
    const alarm = answer.alarms.find((one) => one.measure === 'contact' && one.lineId === null);
    expect(alarm).toMatchObject({ nodeId: house.unit('U04'), toWeek: 5, standing: true, outside: true });
    expect(of(answer, 'attitude')[4]!.drift).toMatchObject({ outside: true });
  });

  test('who answers for it is told once, in codes and weeks', async () => {
    const told = (await (await house.as('lead04')).do(api.messages.inbox, {})).messages.filter(
      (one) => one.kind === 'watch.contact',
    );
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ level: 'important', about: { label: 'U04' }, values: { week: 5 } });
    const lead = (await (await house.as('disp00')).do(api.messages.inbox, {})).messages;
    expect(lead.filter((one) => one.kind === 'watch.contact' && one.about.label === 'U04')).toHaveLength(1);
    await house.timers.run('watch.reckon');
    const again = (await (await house.as('lead04')).do(api.messages.inbox, {})).messages;
    expect(again.filter((one) => one.kind === 'watch.contact')).toHaveLength(1);
  });

  test('below ten no figure stands anywhere; with confidential ones among them not even how many', async () => {
    const answer = await warmthOf('lead00', { nodeId: house.unit('U09') });
    expect(of(answer, 'contact').map(({ week, n, value }) => [week, n, value])).toEqual([
      [2, 4, null],
      [3, null, null],
    ]);
    const stored = await house.sql<{ n: number | null }>(
      `select n from watch.weekly where node_id = $1 and week = 3 and measure = 'contact'`,
      [house.unit('U09')],
    );
    expect(stored.every(({ n }) => n === null)).toBe(true);
  });

  test('each figure opens to exactly the records it counts, and what somebody gave for attitude to callers only', async () => {
    const nodeId = house.unit('U04');
    const open = async (login: string, measure: 'contact' | 'attitude') =>
      (await house.as(login)).do(api.watch.warmthRecords, { nodeId, week: 5, measure });
    const contact = await open('lead04', 'contact');
    expect(contact).toMatchObject({ kept: 0, more: false });
    expect(contact.rows).toHaveLength(20);
    expect(contact.rows[0]!.value).toBeCloseTo(94, 6);
    expect(contact.rows.every((row) => row.opens && row.callId === null)).toBe(true);
    expect((await open('lead04', 'attitude')).rows.map((row) => row.value)).toEqual(Array(20).fill(null));
    const toCallers = await open('fu00', 'attitude');
    expect(toCallers.rows.map((row) => row.value)).toEqual(Array(20).fill(3));
    expect(toCallers.rows.every((row) => !row.opens && row.callId !== null)).toBe(true);
  });

  test('of a confidential need nothing is told from which its hour could be reckoned', async () => {
    const { rows } = await (await house.as('lead00')).do(api.watch.warmthRecords, {
      nodeId: house.unit('U09'),
      week: 3,
      measure: 'contact',
    });
    expect(rows.every((row) => row.value === null && row.day.endsWith('T00:00:00.000Z'))).toBe(true);
    expect(rows).toHaveLength(4);
  });

  test('a unit’s leader sees their unit, the group’s leader and the leads all, and nobody else any', async () => {
    expect((await warmthOf('lead00')).nodeId).toBe(house.dir.groupNode.id);
    for (const login of ['disp00', 'fu00']) expect((await warmthOf(login)).reach.everywhere).toBe(true);
    const lead = await house.as('lead04');
    for (const nodeId of [house.dir.groupNode.id, house.unit('U09'), house.site('U04-05'), 999_999]) {
      expect((await lead.try(api.watch.warmth, { nodeId })).status).toBe(403);
      expect((await lead.try(api.watch.warmthRecords, { nodeId, week: 2, measure: 'contact' })).status).toBe(403);
    }
    expect((await warmthOf('lead04')).alarms.every((one) => one.nodeId === house.unit('U04'))).toBe(true);
    for (const login of ['worker01', 'disp01', 'hand11', 'fu01', 'liai04', 'site01', 'sys01', 'sec01', 'aud01'])
      expect((await (await house.as(login)).try(api.watch.warmth, {})).status, login).toBe(403);
    const wrong = await lead.try(api.watch.warmthRecords, { nodeId: 1, week: 0, measure: 'contact' });
    expect(wrong.problem.fields?.[0]?.field).toBe('week');
  });

  test('the figures are rebuilt from the records, and one that was changed is named', async () => {
    const check = () => inStatement(house.program.pool, (tx) => checkWatch(tx));
    const sound = await check();
    expect(sound.differences).toEqual([]);
    expect(sound.figures).toBeGreaterThan(50);
    const at = [house.unit('U04')];
    await house.sql(
      `update watch.weekly set value = value - 1 where node_id = $1 and line_id is null and week = 5 and measure = 'contact'`,
      at,
    );
    expect((await check()).differences).toEqual([`weekly ${at[0]}/all/5/contact`]);
    await house.timers.run('watch.reckon');
    expect((await check()).differences).toEqual([]);
  });

  test('reckoned twice at once it stands once', async () => {
    await Promise.all([house.timers.run('watch.reckon'), house.timers.run('watch.reckon')]);
    const [twice] = await house.sql(
      `select 1 from watch.weekly group by node_id, line_id, week, measure having count(*) > 1`,
    );
    expect(twice).toBeUndefined();
  });
});

describe('the same for everybody', () => {
  const nodeId = (): number => house.unit('U10');
  const side = async (
    login: string,
    input: {
      pair: 'hours' | 'employment' | 'site';
      side: 'first' | 'other';
      measure?: 'response' | 'time' | 'attitude';
    },
  ) =>
    (await house.as(login)).do(api.watch.equityRecords, {
      nodeId: nodeId(),
      week: 5,
      measure: input.measure ?? 'response',
      ...input,
    });

  beforeAll(async () => {
    const zone = house.dir.group.timezone;
    expect(zone).toBe('Asia/Shanghai');
    // Of a Wednesday in week 4: 02:00 in the group's zone is night, 10:00 is day.
    const first = start + 21 * day;
    const wednesday = [0, 1, 2, 3, 4, 5, 6]
      .map((more) => first + more * day)
      .find((at) => new Date(at + 8 * hour).getUTCDay() === 3)!;
    const midnight = Math.floor((wednesday + 8 * hour) / day) * day - 8 * hour;
    const at = (hours: number, n: number, row: Partial<Planted>): Planted[] =>
      Array.from({ length: n }, (_, i) => ({
        unit: 'U10',
        site: 'U10-01',
        at: midnight + hours * hour + i * minute,
        contactMinutes: 50,
        attitude: 5,
        ...row,
      }));
    await plant([
      ...at(2, 24, { contactMinutes: 130, attitude: 4, label: '分包职工' }),
      ...at(10, 36, { label: '一线职工' }),
      ...at(2, 3, { contactMinutes: 130, confidentiality: 'confidential', label: '分包职工' }),
    ]);
    await house.timers.run('watch.reckon');
  });

  test('night against day and contractors against staff: the gap, its interval, and how many on each side', async () => {
    const { gaps } = await (await house.as('lead00')).do(api.watch.equity, { nodeId: nodeId() });
    const of = (pair: string, measure: string) =>
      gaps.find((one) => one.week === 5 && one.pair === pair && one.measure === measure)!;
    expect(of('hours', 'response')).toMatchObject({
      firstN: 27,
      otherN: 36,
      firstValue: 0,
      otherValue: 100,
      gap: -100,
    });
    expect(of('hours', 'response').high).toBeLessThan(-80);
    expect(of('hours', 'time')).toMatchObject({ gap: 80, low: 80, high: 80, like: null });
    expect(of('employment', 'attitude')).toMatchObject({ firstN: 27, otherN: 36, otherValue: 5 });
    expect(of('employment', 'attitude').like!.gap).toBeCloseTo(of('employment', 'attitude').gap!, 9);
    // Everything is at one site: the other size has nobody, and says so.
    expect(of('site', 'response').gap).toBeNull();
    expect(gaps.filter((one) => one.gap !== null).every((one) => one.firstN! >= 10 && one.otherN! >= 10)).toBe(true);
  });

  test('a side opens to its records; that a confidential one is on it is told to nobody who may not know its hour', async () => {
    const listed = await side('lead00', { pair: 'hours', side: 'first' });
    // Three are confidential: ten are kept back, so that nobody learns by subtraction that they are three.
    expect(listed.rows).toHaveLength(17);
    expect(listed.kept).toBe(10);
    expect(listed).toEqual(await side('lead00', { pair: 'hours', side: 'first' }));
    expect((await side('lead00', { pair: 'hours', side: 'other' })).rows).toHaveLength(36);
    expect((await side('disp00', { pair: 'hours', side: 'first' })).rows).toHaveLength(27);
    const attitude = await side('lead00', { pair: 'employment', side: 'first', measure: 'attitude' });
    expect(attitude.rows).toHaveLength(17);
    expect(attitude.rows.every((row) => row.value === null)).toBe(true);
  });

  test('only for their own unit, and for nobody else', async () => {
    expect((await (await house.as('lead04')).do(api.watch.equity, {})).nodeId).toBe(house.unit('U04'));
    for (const login of ['lead04', 'worker01', 'disp01', 'hand11', 'liai04', 'aud01']) {
      const client = await house.as(login);
      expect((await client.try(api.watch.equity, { nodeId: nodeId() })).status, login).toBe(403);
      const asked = { nodeId: nodeId(), week: 5, pair: 'hours', side: 'first', measure: 'time' } as const;
      expect((await client.try(api.watch.equityRecords, asked)).status, login).toBe(403);
    }
  });

  test('the gaps too are what the records give', async () => {
    const { differences } = await inStatement(house.program.pool, (tx) => checkWatch(tx));
    expect(differences).toEqual([]);
  });
});
