import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { system } from '../platform/actor.ts';
import { inTransaction } from '../platform/transaction.ts';
import { bringIntoForce } from '../testing/measures.ts';
import { api, type House, openHouse } from '../testing/program.ts';
import { drawEvidence, loadMeasures } from './measures.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

test('a fortnight of measures is played: most in time, U09 worse, every figure with its records', async () => {
  const { pool } = house.program.desk;
  const since = new Date(house.clock.now().getTime() - 20 * 24 * 3_600_000);
  const places = [...house.dir.nodes.values()].filter((node) => node.kind === 'site');
  await inTransaction(pool, (tx) =>
    bringIntoForce(
      { tx, actor: system, now: house.clock.now() },
      places.flatMap(({ id }) => {
        const here = { unit_id: house.dir.unitOf(id)!, site_id: id, in_force_from: since, due_minute: 1200 };
        return [here, { ...here, evidence: 'count' }];
      }),
    ),
  );
  const folder = join(house.dataFolder, 'files');
  const drawn = await drawEvidence(folder);
  await inTransaction(pool, (tx) => loadMeasures(tx, house.clock.now(), { folder, drawn }));
  const shares = await house.sql<{ slow: boolean; in_time: number; lapsed: number }>(
    `select unit_id = $1 as slow,
       (count(*) filter (where state = 'done' and not late))::float / count(*) as in_time,
       (count(*) filter (where state = 'lapsed'))::float / count(*) as lapsed
     from measures.occurrence where due_at < now() - interval '1 day' group by 1 order by 1`,
    [house.unit('U09')],
  );
  expect(shares[0]!.in_time).toBeGreaterThan(0.9);
  expect(shares[1]!.in_time).toBeLessThan(0.85);
  expect(shares[1]!.lapsed).toBeGreaterThan(shares[0]!.lapsed);
  const unshown = await house.sql(
    `select 1 from measures.occurrence o where state = 'done'
       and not exists (select from measures.mark m where m.occurrence_id = o.id and m.kind = 'done')`,
  );
  expect(unshown).toEqual([]);
  const sameHand = await house.sql(
    `select 1 from measures.mark d join measures.mark c using (occurrence_id)
     where d.kind = 'done' and c.kind = 'agreed' and d.by_id = c.by_id`,
  );
  expect(sameHand).toEqual([]);
  // Evidence of the last days can be looked at by whoever checks it.
  const shown = await house.sql<{ occurrence_id: string; file: string }>(
    `select occurrence_id, file_ids[1] as file from measures.mark where cardinality(file_ids) > 0`,
  );
  expect(shown).toHaveLength(drawn.length);
  const picture = await (await house.as('sup01')).fetch(
    'GET',
    `/api/measures/${shown[0]!.occurrence_id}/files/${shown[0]!.file}`,
  );
  expect(picture.headers.get('content-type')).toBe('image/jpeg');
  const board = await (await house.as('sup01')).do(api.measures.board, {});
  expect(board.unanswered).toBeGreaterThan(0);
  expect(board.units.length).toBeGreaterThan(9);
});
