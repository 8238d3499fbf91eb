import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from '../testing/program.ts';
import { moduleTables } from './sql.ts';
import { connectionOf, inTransaction } from './transaction.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

test('what is asked again and again is planned once, and answers as before', async () => {
  const db = moduleTables<{ line: { id: number; code: string } }>('organization');
  await inTransaction(house.program.pool, async (tx) => {
    const planned = async (): Promise<string[]> =>
      (await connectionOf(tx).query(`select statement from pg_prepared_statements where name like 'hot.%'`)).rows.map(
        (row) => String(row.statement),
      );
    const ask = () => db(tx).selectFrom('line').select(['code', 'id']).where('code', '=', 'L11').execute();
    const first = await ask();
    expect(first).toHaveLength(1);
    expect((await planned()).filter((text) => /"code", "id" from "organization"\."line"/.test(text))).toEqual([]);
    for (let i = 0; i < 25; i++) expect(await ask()).toEqual(first);
    expect((await planned()).filter((text) => /"code", "id" from "organization"\."line"/.test(text))).toHaveLength(1);
  });
});
