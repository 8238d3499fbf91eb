import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../platform/transaction.ts';
import { api, type Client, type House, openHouse } from '../../testing/program.ts';
import { insertHistory } from './history.ts';

let house: House;
let support: Client;
beforeAll(async () => {
  house = await openHouse();
  support = await house.as('sup01');
});
afterAll(() => house.stop());

/** A set in force that was not approved here: nobody has compared it with any other. */
async function came(site: string, minutes: number, how: string, reason: string | null = null): Promise<string> {
  const id = randomUUID();
  const siteId = house.site(site);
  const unitId = house.dir.unitOf(siteId);
  const at = new Date(house.clock.now().getTime() - 3_600_000 + minutes * 60_000);
  await inTransaction(house.program.pool, (tx) =>
    insertHistory(tx, {
      plans: [
        {
          id,
          kind: 'site_set',
          node_id: siteId,
          unit_id: unitId,
          site_id: siteId,
          stage_code: 'S4',
          version_no: 1,
          state: 'in_force',
          tailoring_reason: reason,
          trigger_kind: 'stage',
          trigger_words: '转入',
          written_by: randomUUID(),
          written_label: '联络员',
          created_at: at,
          approved_at: at,
          in_force_from: at,
        },
      ],
      lines: (['before', 'during', 'after'] as const).map((phase, position) => ({
        id: randomUUID(),
        plan_id: id,
        key: randomUUID(),
        position,
        level: 'site',
        zh: `${house.dir.nodes.get(siteId)!.zh}${phase}查验大门和围挡`,
        en: 'Checked',
        who: '工地保障员',
        place: '大门',
        how: `${how}，第 ${position + 1} 遍由夜班做`,
        phase,
        nature: 'service',
        frequency: 'daily',
        evidence: 'record',
        red: false,
        clause: 'S4-M20',
        own: true,
      })),
      signatures: [],
    }),
  );
  return id;
}

const until = async (): Promise<Awaited<ReturnType<typeof read>>> => {
  for (const end = Date.now() + 15_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const seen = await read(support);
    if (!seen.running && seen.looked) return seen;
    if (Date.now() > end) throw new Error('the look did not end');
  }
};
const read = (by: Client) => by.do(api.plans.copies, {});

test('copies nobody compared are found over the whole group, the later of two marked, and it covers nothing', async () => {
  const words = '班组长带队逐间查验登记，缺什么当场补，异常十分钟内报单位';
  const first = await came('U04-03', 0, words);
  const copy = await came('U07-01', 1, words);
  const reasoned = await came('U08-01', 2, words, '同一张图纸建的两个站');
  const honest = await came('U05-02', 3, '渣土车二十二点后由西门单向进，司机不下车，保安记车号');
  expect(await read(support)).toMatchObject({ looked: null, running: false, can: { look: true }, rows: [] });

  expect(await support.do(api.plans.lookForCopies, {})).toEqual({ started: true });
  const seen = await until();
  expect(seen.looked).toMatchObject({ sets: 4, found: 1 });
  expect(seen.looked!.by).not.toBeNull();
  expect(seen.rows).toMatchObject([
    { planId: copy, siteId: house.site('U07-01'), of: { planId: first, siteId: house.site('U04-03'), opens: true } },
  ]);
  expect(seen.rows[0]!.own).toBeGreaterThan(0.95);
  const marked = await house.sql<{ id: string; copied: boolean }>('select id, copied from plans.plan where copied');
  expect(marked.map((one) => one.id)).toEqual([copy]);
  expect([reasoned, honest]).not.toContain(marked[0]!.id);

  // Both can be laid side by side, and the matrix does not count it.
  const { against } = await support.do(api.plans.differences, { id: copy, against: first });
  expect(against?.id).toBe(first);
  const { rows } = await support.do(api.plans.coverage, {});
  const cells = rows.flatMap((row) => row.cells);
  expect(cells.find((cell) => cell.siteId === house.site('U07-01'))?.state).toBe('copy');
  expect(cells.find((cell) => cell.siteId === house.site('U04-03'))?.state).toBe('covered');

  // In the journal: who asked, what came of it, and each copy.
  const told = await house.sql<{ action: string }>(
    `select action from journal.entry where record_kind = 'copy_look' or action = 'plans.copied' order by seq`,
  );
  expect(told.map((one) => one.action)).toEqual(['plans.copies_asked', 'plans.copied', 'plans.copies_looked']);

  // The night finds nothing that is known already.
  await house.timers.run('plans.copies');
  expect((await until()).looked).toMatchObject({ by: null, sets: 4, found: 0 });
});

test('a unit sees its own copies and not its neighbours’, and may not open what another unit wrote', async () => {
  const liaison = await house.as('liai07');
  const seen = await read(liaison);
  expect(seen.can.look).toBe(false);
  expect(seen.rows).toMatchObject([{ siteId: house.site('U07-01'), of: { opens: false } }]);
  expect((await read(await house.as('liai04'))).rows).toEqual([]);
});

test('only who reviews plans of the whole group starts a look; a worker reads nothing of it', async () => {
  expect((await (await house.as('liai04')).try(api.plans.lookForCopies, {})).status).toBe(403);
  expect((await (await house.as('lead04')).try(api.plans.lookForCopies, {})).status).toBe(403);
  const worker = await house.as('worker01');
  expect((await worker.try(api.plans.lookForCopies, {})).status).toBe(403);
  expect((await worker.try(api.plans.copies, {})).status).toBe(403);
});

test('two presses are one look', async () => {
  const other = await house.as('sup02');
  const before = await house.sql<{ n: number }>('select count(*)::int as n from plans.copy_look');
  const started = await Promise.all([
    support.do(api.plans.lookForCopies, {}),
    other.do(api.plans.lookForCopies, {}),
    support.do(api.plans.lookForCopies, {}),
  ]);
  expect(started.length).toBe(3);
  await until();
  const after = await house.sql<{ n: number }>('select count(*)::int as n from plans.copy_look');
  expect(after[0]!.n).toBeGreaterThan(before[0]!.n);
  expect(await house.sql('select 1 from plans.copy_look where finished_at is null')).toEqual([]);
});
