import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { system } from '../../platform/actor.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { api, day, type House, openHouse } from '../../testing/program.ts';
import { type Telling, tell } from './index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());
beforeEach(async () => {
  for (const table of ['delivery', 'copy', 'message']) await house.sql(`delete from messages.${table}`);
});

const idOf = async (login: string): Promise<string> =>
  (await house.sql<{ id: string }>('select id from access.account where login = $1', [login]))[0]!.id;
async function told(logins: string[], more: Partial<Telling> = {}): Promise<string> {
  const accountIds = await Promise.all(logins.map(idOf));
  const label = randomUUID();
  await inTransaction(house.program.pool, (tx) =>
    tell(
      { tx, actor: system, now: house.clock.now() },
      {
        kind: 'clock.near',
        about: { kind: 'request', id: '0197a000-0000-7000-8000-000000000001', label },
        level: 'info',
        to: { accountIds },
        ...more,
      },
    ),
  );
  await house.sql('update messages.message set planned_at = sent_at');
  return (await house.sql<{ id: string }>('select id from messages.message where about_label = $1', [label]))[0]!.id;
}
const opens = async (login: string, id: string) => (await house.as(login)).do(api.messages.open, { ids: [id] });
const forget = () => house.timers.run('messages.forget');
const left = async (table: string): Promise<number> =>
  (await house.sql<{ n: number }>(`select count(*)::int as n from messages.${table}`))[0]!.n;

test('a bell that was read goes after 180 days with its telling; one that was not is kept', async () => {
  const both = await told(['disp01', 'disp02']);
  await opens('disp01', both);
  house.clock.forward(179 * day);
  await forget();
  expect(await left('copy')).toBe(2);
  house.clock.forward(2 * day);
  await forget();
  expect(await left('copy')).toBe(1);
  expect(await left('message')).toBe(1);
  await opens('disp02', both);
  house.clock.forward(181 * day);
  await forget();
  expect([await left('copy'), await left('message')]).toEqual([0, 0]);
  const gone = await house.sql(`select 1 from journal.entry where action = 'messages.forgotten'`);
  expect(gone.length).toBeGreaterThan(0);
});

test('who has confirmed stays beside who has not, until all have', async () => {
  const asked = await told(['disp01', 'disp02'], { confirmWithin: 60 });
  await (await house.as('disp01')).do(api.messages.confirm, { id: asked, reply: '收到，今晚办好' });
  await opens('disp02', asked);
  house.clock.forward(400 * day);
  await forget();
  expect(await left('copy')).toBe(2);
  await (await house.as('disp02')).do(api.messages.confirm, { id: asked });
  await forget();
  expect(await left('copy')).toBe(2);
  house.clock.forward(181 * day);
  await forget();
  expect([await left('copy'), await left('message')]).toEqual([0, 0]);
});

test('what was told once under a key is not told again because it was forgotten', async () => {
  const key = { once: `told:${randomUUID()}` };
  const first = await told(['disp01'], key);
  await opens('disp01', first);
  house.clock.forward(181 * day);
  await forget();
  expect([await left('copy'), await left('message')]).toEqual([0, 1]);
  const again = await inTransaction(house.program.pool, async (tx) =>
    tell(
      { tx, actor: system, now: house.clock.now() },
      {
        kind: 'clock.near',
        about: { kind: 'request', id: '0197a000-0000-7000-8000-000000000001', label: 'x' },
        level: 'info',
        to: { accountIds: [await idOf('disp01')] },
        ...key,
      },
    ),
  );
  expect(again).toBe(0);
});

test('what went out goes after 90 days with what the other side answered; what waits is kept', async () => {
  const message = await told(['disp01']);
  const { id: channel } = await (await house.as('sys01')).do(api.messages.saveChannel, {
    kind: 'wecom',
    name: '值班群',
    enabled: true,
    settings: { allowPrivate: true },
    url: 'http://127.0.0.1:9/x',
    perMinute: 20,
  });
  const at = house.clock.now();
  for (const [i, state] of ['sent', 'dead', 'dropped', 'waiting'].entries())
    await house.sql(
      `insert into messages.delivery (id, channel_id, purpose, message_id, occasion, state, not_before, answer, sealed, created_at, done_at)
       values ($1, $2, 'message', $3, $4, $5, $6, '250 ok', 'x', $6, $7)`,
      [randomUUID(), channel, message, String(i), state, at, state === 'waiting' ? null : at],
    );
  house.clock.forward(89 * day);
  await forget();
  expect(await left('delivery')).toBe(4);
  house.clock.forward(2 * day);
  await forget();
  expect(await house.sql('select state from messages.delivery')).toEqual([{ state: 'waiting' }]);
});
