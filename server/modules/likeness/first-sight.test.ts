import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { between, seeded } from '../../demo/random.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { type House, hour, openHouse } from '../../testing/program.ts';
import { likeliestOf } from './queries.ts';
import { firstSight } from './terms.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const random = seeded(3);
const someTerms = (): number[] => [
  ...new Set(Array.from({ length: between(1, 12, random) }, () => between(1, 40, random))),
];

test('of one site those likeliest at first sight are compared; of all sites those that share letters, within the days', async () => {
  const at = house.clock.now();
  const [site, elsewhere] = [house.site('U03-01'), house.site('U04-01')];
  const prints = Array.from({ length: 300 }, (_, i) => ({
    request_id: randomUUID(),
    site_id: i % 3 === 0 ? elsewhere : site,
    at: new Date(at.getTime() - i * hour),
    keys: i % 50 === 0 ? [-7, -8, i] : [i],
    terms: someTerms(),
  }));
  await house.sql(
    `insert into likeness.print (request_id, unit_id, site_id, category_id, at, keys, terms)
     select request_id, 1, site_id, 1, at, keys, terms
     from json_to_recordset($1) as s(request_id uuid, site_id int, at timestamptz, keys int[], terms int[])`,
    [JSON.stringify(prints)],
  );
  const terms = new Map(someTerms().map((term) => [term, 1 + 5 * random()]));
  const [from, until] = [new Date(at.getTime() - 72 * hour), at];
  const found = await inTransaction(house.program.pool, (tx) =>
    likeliestOf(
      tx,
      prints[0]!.request_id,
      { siteId: site, from, until, terms, most: 12 },
      { keys: [-7, -8], around: at, seconds: 120 * 3600, most: 20 },
    ),
  );
  const near = prints
    .filter((one) => one.site_id === site && one.at >= from && firstSight(terms, one.terms) > 0)
    .sort((a, b) => firstSight(terms, b.terms) - firstSight(terms, a.terms))
    .slice(0, 12);
  const copied = [prints[50]!, prints[100]!];
  expect(found.map((one) => one.request_id).sort()).toEqual(
    [...new Set([...near, ...copied].map((one) => one.request_id))].sort(),
  );
});
