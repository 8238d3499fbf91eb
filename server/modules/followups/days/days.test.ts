import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAnchors, verifyJournal } from '../../../platform/seal.ts';
import { inStatement } from '../../../platform/transaction.ts';
import { api, day, type Given, type House, hour, openHouse, type Wanted } from '../../../testing/program.ts';
import { drawKey, isDrawn } from './draw.ts';
import { planText } from './rates.ts';
import { checkDay, type DayCheck, evidenceOf, verifyDay } from './verifying.ts';

/** From the second day on, half of the ordinary ones are drawn. */
const second = '2026-11-26';
let house: House;
const localDay = (at: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(at);

const turn = async (): Promise<void> => {
  await house.settled();
  await house.timers.run('followups.turn_days');
};
const tick = async (): Promise<void> => {
  await turn();
  for (const name of ['draw', 'list_silent', 'close_unverified', 'freeze_days'])
    await house.timers.run(`followups.${name}`);
};
/** Time passes as it does beside a running program: a look every six hours, and the turn of each day in its first minutes. */
async function pass(ms: number): Promise<void> {
  const until = house.clock.now().getTime() + ms;
  while (house.clock.now().getTime() < until) {
    const now = house.clock.now().getTime();
    const midnight = Date.parse(`${localDay(new Date(now + day))}T00:00:00+08:00`);
    const next = Math.min(now + 6 * hour, until);
    if (midnight <= next) {
      house.clock.set(new Date(midnight + 5_000));
      await turn();
      house.clock.set(new Date(midnight + 65_000));
      await tick();
      await house.timers.run('journal.anchor');
    } else {
      house.clock.set(new Date(next));
      await tick();
    }
  }
}
const check = (of: string): Promise<DayCheck> =>
  inStatement(house.program.pool, async (tx) => verifyDay(tx, of, await readAnchors(house.program.anchorsFile)));
const callOf = async (id: string) =>
  (
    await house.sql<{ id: string; reason: string; day: string | null; outcome: string | null }>(
      `select id, reason, day, outcome from followups.call where request_id = $1 and kind = 'closure' order by created_at desc`,
      [id],
    )
  )[0];
const handled = (more: Wanted = {}): Promise<Given> =>
  house.given.request({ until: 'handled', category: 'A03', callback: '13900000001', ...more });
const answer = { contacted: true, answer: 'solved', satisfied: 5, speed: 5, attitude: 5 } as const;
const keyOf = (found: DayCheck): Buffer =>
  drawKey(Buffer.from(found.secret!, 'hex'), Buffer.from(found.sealRoot!, 'hex'));

/** Handled for the second time, and three who judge find that the service owed was not given. */
async function judgedAnew(given: Given): Promise<void> {
  const handler = await house.as('ho-l11');
  const { entryId } = (await house.standing(given.id)).dissatisfaction!;
  const { version } = await handler.do(api.ledger.entry, { id: entryId! });
  const { measureId } = await handler.do(api.ledger.referToPanel, {
    id: entryId!,
    version,
    reason: '请评议是否已经尽到应尽的服务。',
  });
  for (const login of ['pan01', 'pan02', 'pan03'])
    await (await house.as(login)).do(api.ledger.vote, { id: measureId, given: false, reason: '没有修好就报了办结。' });
}

/** Requests of the second day: by what they are. */
const asked: Record<string, Given> = {};
const ordinary: Given[] = [];

beforeAll(async () => {
  house = await openHouse({ at: '2026-11-25T14:00:00+08:00' });
  await turn();
  await (await house.as('fu00')).do(api.followups.setRates, { from: second, base: 0.5, again: 1, lines: [] });
  await pass(18 * hour);
  for (let i = 0; i < 14; i++) ordinary.push(await handled());
  asked.urgent = await handled({ category: 'B04', line: 'L10' });
  asked.confidential = await handled({ confidentiality: 'confidential' });
  asked.complaint = await handled({ category: 'I02' });
  asked.reopened = await handled();
  await (await house.as('worker01')).do(api.requests.judge, { id: asked.reopened.id, solved: false, why: '没好' });
  await (await house.as('ho-l11')).do(api.cases.handled, {
    id: asked.reopened.caseId,
    solution: 'solved',
    text: '又修了一次，水压正常。',
  });
  asked.judged = await handled();
  await (await house.as('worker01')).do(api.requests.judge, { id: asked.judged.id, solved: false, why: '没好' });
  await (await house.as('ho-l11')).do(api.cases.handled, {
    id: asked.judged.caseId,
    solution: 'solved',
    text: '又修了一次，水压正常。',
  });
  asked.own = await handled();
  asked.ownNot = await handled();
  asked.withdrawn = await handled();
  await (await house.as('worker01')).do(api.requests.withdraw, { id: asked.withdrawn.id, why: '不用了' });
  house.clock.forward(3 * hour);
  await (await house.as('worker01')).do(api.requests.judge, { id: asked.own.id, solved: true });
  await (await house.as('worker01')).do(api.requests.judge, { id: asked.ownNot.id, solved: false, why: '没好' });
  await judgedAnew(asked.judged);
  await pass(30 * hour);
}, 180_000);
afterAll(() => house.stop());

test('each day begins with a commitment that is sealed and stands outside the database', async () => {
  const rows = await house.sql<{ day: string; anchored: boolean; late: boolean }>(
    'select day, anchored_at is not null as anchored, late from followups.day order by day',
  );
  expect(rows.map((row) => row.day)).toEqual(['2026-11-25', second, '2026-11-27']);
  for (const row of rows) expect(row).toMatchObject({ anchored: true, late: false });
});

test('every close enters the frame of its day, withdrawals too', async () => {
  const rows = await house.sql<{ request_id: string; exit: string; mandatory: string | null }>(
    'select request_id, exit, mandatory from followups.frame where day = $1',
    [second],
  );
  const of = new Map(rows.map((row) => [row.request_id, row]));
  expect(rows).toHaveLength(ordinary.length + Object.keys(asked).length);
  for (const one of ordinary) expect(of.get(one.id)).toMatchObject({ exit: 'handled', mandatory: null });
  for (const name of ['urgent', 'confidential', 'complaint', 'reopened', 'withdrawn'])
    expect(of.get(asked[name]!.id)!.mandatory).toBe(name);
});

test('mandatory ones are called, who spoke is not, and of the rest those the draw names', async () => {
  for (const name of ['urgent', 'confidential', 'complaint', 'reopened', 'withdrawn'])
    expect((await callOf(asked[name]!.id))?.day, name).toBe(second);
  for (const name of ['own', 'ownNot']) expect(await callOf(asked[name]!.id)).toBeUndefined();
  const called = await Promise.all(ordinary.map((one) => callOf(one.id)));
  const drawn = called.filter((call) => call?.reason === 'drawn').length;
  expect(drawn).toBe(called.filter(Boolean).length);
  expect(drawn).toBeGreaterThan(0);
  expect(drawn).toBeLessThan(ordinary.length);
});

test('what a panel found within the day is nobody’s own word: it stays in the count as non-response', async () => {
  const rows = await house.sql<{ request_id: string; disposed: string; outcome: string | null }>(
    'select request_id, disposed, outcome from followups.frame where request_id = any($1)',
    [[asked.judged!.id, asked.ownNot!.id]],
  );
  const of = new Map(rows.map((row) => [row.request_id, row]));
  expect(of.get(asked.ownNot!.id)).toMatchObject({ disposed: 'own_not' });
  expect(of.get(asked.judged!.id)).toMatchObject({ disposed: 'mandatory', outcome: 'gone' });
});

test('only callers see the list while it is open, and nobody sees the secret', async () => {
  expect(await check(second)).toMatchObject({ state: 'sealed', valid: true, secret: null });
  for (const login of ['ho-l11', 'disp01', 'lead04', 'site01'])
    expect(await (await house.as(login)).try(api.followups.dayLines, { day: second, figure: 'drawn' })).toMatchObject({
      status: 403,
    });
  const journal = await house.sql<{ n: number }>(
    `select count(*)::int as n from journal.entry where action in ('followups.result', 'followups.day_frozen')`,
  );
  expect(journal[0]!.n).toBeLessThanOrEqual(1);
});

test('rates hold from a later day only; a running day is never changed', async () => {
  const lead = await house.as('fu00');
  const today = localDay(house.clock.now());
  expect(await lead.try(api.followups.setRates, { from: today, base: 0.2, again: 0.03, lines: [] })).toMatchObject({
    status: 422,
  });
  for (const login of ['fu01', 'disp00', 'sys01'])
    expect(
      await (await house.as(login)).try(api.followups.setRates, { from: '2027-01-01', base: 1, again: 0, lines: [] }),
    ).toMatchObject({ status: 403 });
});

test('once the calls are done the day is frozen, the secret told, and anybody draws the same list', async () => {
  const caller = await house.as('fu01');
  const other = await house.as('fu02');
  for (;;) {
    const { rows } = await caller.do(api.followups.list, { limit: 200 });
    const closures = rows.filter((row) => row.kind === 'closure');
    if (closures.length === 0) break;
    for (const [i, row] of closures.entries())
      if (i === 1) await caller.do(api.followups.attempt, { id: row.id, channel: 'phone', outcome: 'refused' });
      else await caller.do(api.followups.complete, { id: row.id, ...answer, seconds: i === 0 ? 6 : 95 });
  }
  await pass(30 * hour);
  const found = await check(second);
  expect(found).toMatchObject({ state: 'frozen', valid: true, differences: [] });
  const drawnAgain = ordinary.filter((one) => isDrawn(keyOf(found), one.id, 5000)).map((one) => one.id);
  const called = [];
  for (const one of ordinary) if (await callOf(one.id)) called.push(one.id);
  expect(drawnAgain.sort()).toEqual(called.sort());
  // Refusals stay in the denominator.
  const total = found.cells.reduce(
    (sum, cell) => ({
      b: sum.b + cell.b,
      r: sum.r + cell.r,
      refused: sum.refused + cell.refused,
      gone: sum.gone + cell.gone,
    }),
    { b: 0, r: 0, refused: 0, gone: 0 },
  );
  expect(total.refused).toBe(1);
  // One refused; one was before the line again by a panel's word when its call was due.
  expect(total.gone).toBe(1);
  expect(total.r).toBe(total.b - 2);
  // Published for every answered call: somebody else asks again, never the one who asked first.
  const again = (await other.do(api.followups.list, { limit: 200 })).rows.filter((row) => row.kind === 'again');
  expect(again.length).toBe(total.r);
  expect((await caller.do(api.followups.list, { limit: 200 })).rows.filter((row) => row.kind === 'again')).toEqual([]);
});

test('what was not drawn and stays silent is unverified after seven days, never satisfied', async () => {
  await pass(7 * day);
  for (const one of ordinary)
    if (!(await callOf(one.id))) expect((await house.standing(one.id)).state).toBe('closed_unverified');
}, 60_000);

test('any difference between what was sealed and what is shown later is named', async () => {
  const text = await readFile(house.program.anchorsFile, 'utf8');
  // An admin who changes the shares afterwards changes the module's tables, not what was sealed: nothing that is verified moves.
  await house.sql('update followups.rates set base = 100 where from_day = $1', [second]);
  await house.sql('update followups.frame set mandatory = null where day = $1', [second]);
  expect(await check(second)).toMatchObject({ valid: true });
  // Without the anchor of the commitment, the commitment might have been made at any time.
  const anchors = text.split('\n').filter(Boolean);
  await writeFile(house.program.anchorsFile, `${anchors.at(-1)}\n`);
  expect((await check(second)).differences.map((one) => one.what)).toContain('commitment_not_anchored');
  await writeFile(house.program.anchorsFile, text);
  expect((await verifyJournal(house.program.pool, house.program.keys, house.program.anchorsFile)).valid).toBe(true);
});

describe('grinding: whatever is changed afterwards is named', () => {
  type Evidence = Parameters<typeof checkDay>[0];
  const tampered = async (change: (evidence: Evidence) => void): Promise<string[]> => {
    const evidence = await inStatement(house.program.pool, async (tx) =>
      evidenceOf(tx, 'Asia/Shanghai', second, await readAnchors(house.program.anchorsFile)),
    );
    change(evidence);
    return [...new Set(checkDay(evidence).differences.map((one) => one.what))];
  };
  const of = (e: Evidence, action: string) => e.own.filter((entry) => entry.action === action);
  const write = (e: Evidence, action: string, figures: Evidence['own'][number]['figures'], at = 0): void => {
    const entry = of(e, action)[at]!;
    e.own[e.own.indexOf(entry)] = { ...entry, figures: { ...entry.figures, ...figures } };
  };

  test('untouched, it agrees', async () => {
    expect(await tampered(() => {})).toEqual([]);
  });
  test('a handler who says "handled" at a chosen moment stands in the frame of that day all the same; left out is named', async () => {
    expect(await tampered((e) => e.own.splice(e.own.indexOf(of(e, 'followups.framed')[0]!), 1))).toEqual(
      expect.arrayContaining(['frame_missing', 'frame_digest']),
    );
  });
  test('a stratum that is changed for a smaller share', async () => {
    expect(await tampered((e) => write(e, 'followups.framed', { stratum: 'I/normal72/on_time' }))).toContain(
      'frame_digest',
    );
  });
  test('rates published on or after midnight of the day they are for', async () => {
    const late = { from: second, base: 100, again: 0, lines: [] };
    expect(
      await tampered((e) =>
        e.rates.push({
          ...of(e, 'followups.day_committed')[0]!,
          at: new Date(`${second}T00:00:01+08:00`),
          figures: { from: second, plan: planText(late) },
        }),
      ),
    ).toContain('rates_changed_late');
    expect(await tampered((e) => write(e, 'followups.day_committed', { plan: planText(late) }))).toContain(
      'rates_differ',
    );
  });
  test('an administrator who seals the frame again gets another list, and it is not the one that was called', async () => {
    const found = await Promise.all(
      [1, 2, 3].map((n) =>
        tampered((e) => {
          e.seal = { root: Buffer.alloc(32, n) };
        }),
      ),
    );
    for (const what of found)
      expect(what.some((one) => ['not_called', 'called_without_draw'].includes(one))).toBe(true);
  });
  test('another secret than the one committed to', async () => {
    expect(await tampered((e) => write(e, 'followups.day_frozen', { secret: 'ab'.repeat(32) }))).toContain(
      'secret_differs',
    );
  });
  test('a cherry-picked call, and a dropped one', async () => {
    const at = (e: Evidence, disposed: string): number =>
      of(e, 'followups.result').findIndex((entry) => entry.figures.disposed === disposed);
    expect(
      await tampered((e) => write(e, 'followups.result', { disposed: 'drawn', outcome: 'solved' }, at(e, 'not_drawn'))),
    ).toEqual(expect.arrayContaining(['called_without_draw', 'answer_missing', 'totals_differ']));
    expect(
      await tampered((e) => write(e, 'followups.result', { disposed: 'not_drawn', outcome: null }, at(e, 'drawn'))),
    ).toEqual(expect.arrayContaining(['not_called', 'totals_differ']));
  });
  test('an answer nobody gave', async () => {
    expect(
      await tampered((e) => {
        const refused = of(e, 'followups.result').findIndex((entry) => entry.figures.outcome === 'refused');
        write(e, 'followups.result', { outcome: 'solved' }, refused);
      }),
    ).toEqual(expect.arrayContaining(['answer_missing', 'totals_differ']));
  });
});

test('an auditor draws a day again on a page; nobody else can', async () => {
  const auditor = await house.as('aud01');
  expect(await auditor.do(api.followups.verifyDay, { day: second })).toMatchObject({ valid: true, state: 'frozen' });
  expect(await auditor.do(api.followups.verifyDay, { day: '2020-01-01' })).toMatchObject({ state: 'none' });
  expect(await auditor.try(api.followups.verifyDay, { day: '2026-13-45' })).toMatchObject({ status: 422 });
  expect(await (await house.as('fu00')).try(api.followups.verifyDay, { day: second })).toMatchObject({ status: 403 });
  const { days } = await auditor.do(api.followups.days, {});
  expect(days.find((one) => one.day === second)).toMatchObject({ state: 'frozen', refused: 1 });
  expect(await auditor.try(api.followups.dayLines, { day: second, figure: 'framed' })).toMatchObject({ status: 403 });
});

test('each figure of a day opens to exactly its records', async () => {
  const lead = await house.as('fu00');
  const { day: row } = await lead.do(api.followups.day, { day: second });
  for (const figure of [
    'framed',
    'own',
    'silent',
    'drawn',
    'mandatory',
    'reached',
    'solved',
    'refused',
    'unreachable',
    'gone',
    'open',
  ] as const) {
    const { lines } = await lead.do(api.followups.dayLines, { day: second, figure });
    expect(lines.length, figure).toBe(row[figure]);
    const paged: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await lead.do(api.followups.dayLines, { day: second, figure, limit: 3, after });
      expect(page.lines.length).toBeLessThanOrEqual(3);
      paged.push(...page.lines.map((line) => line.requestId));
      if (!page.next) break;
      after = page.next;
    }
    expect(paged, figure).toEqual(lines.map((line) => line.requestId));
  }
});

test('each figure of a cell opens to exactly its records, those called for certain apart', async () => {
  const lead = await house.as('fu00');
  const { cells } = await lead.do(api.followups.day, { day: second });
  expect(new Set(cells.map((cell) => cell.mandatory)).size).toBe(2);
  for (const { stratum, mandatory, ...figures } of cells)
    for (const [name, figure] of [
      ['A', 'own'],
      ['yA', 'own_solved'],
      ['B', 'silent'],
      ['b', 'to_call'],
      ['r', 'reached'],
      ['y', 'solved'],
    ] as const) {
      const certain = mandatory ? 'yes' : 'no';
      const { lines } = await lead.do(api.followups.dayLines, { day: second, figure, stratum, certain });
      expect(lines.length, `${stratum} ${certain} ${name}`).toBe(figures[name]);
    }
});
