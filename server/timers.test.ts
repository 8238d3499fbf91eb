import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyJournal } from './platform/seal.ts';
import { type House, openHouse } from './testing/program.ts';
import { startSecondProgram } from './testing/second-program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await condition()); await sleep(50))
    if (Date.now() > end) throw new Error(`It did not come about: ${what}.`);
}

test('what is due once a day and found no program running is made up for at the next start', async () => {
  await house.given.request();
  await house.settled();
  await house.timers.run('journal.seal');
  const first = await startSecondProgram(house);
  try {
    await until('the daily work is known', async () => {
      const known = await house.sql(
        `select 1 from graphile_worker._private_known_crontabs where identifier = 'journal.anchor'`,
      );
      return known.length === 1;
    });
  } finally {
    await first.kill();
  }
  expect(existsSync(house.program.anchorsFile)).toBe(false);
  // As if no program had run since yesterday.
  await house.sql(
    `update graphile_worker._private_known_crontabs set known_since = now() - interval '3 days', last_execution = now() - interval '25 hours'`,
  );
  const second = await startSecondProgram(house);
  try {
    await until('the seal is anchored', async () => existsSync(house.program.anchorsFile));
  } finally {
    await second.kill();
  }
  expect(await verifyJournal(house.program.pool, house.program.keys, house.program.anchorsFile)).toMatchObject({
    valid: true,
  });
});
