import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../platform/transaction.ts';
import { api, type House, openHouse } from '../../testing/program.ts';
import type { MailByEnvironment } from './channels.ts';
import { takeMailFromEnvironment } from './index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

/** A start of the program with what the environment says of mail. */
const start = (mail: MailByEnvironment | null): Promise<void> =>
  inTransaction(house.program.pool, (tx) => takeMailFromEnvironment(tx, house.program.keys, mail, house.clock.now()));
const mailChannels = async () =>
  (await (await house.as('sys01')).do(api.messages.channels, {})).channels
    .filter(({ kind }) => kind === 'email')
    .map(({ name, enabled, settings }) => ({ name, enabled, ...settings }));
const from = 'desk@example.com';

test('the mail server of the environment becomes the channel for mail, and is one channel however often it starts', async () => {
  const url = 'smtps://desk%40group:s3cret%20word@mail.example.com';
  for (let i = 0; i < 2; i++) await start({ url, from });
  expect(await mailChannels()).toEqual([
    { name: 'SMTP', enabled: true, host: 'mail.example.com', port: 465, encryption: 'tls', from, user: 'desk@group' },
  ]);
  const stored = await house.sql<{ sealed: Buffer }>('select * from messages.channel');
  expect(JSON.stringify(stored.map((row) => ({ ...row, sealed: row.sealed.toString('latin1') })))).not.toContain(
    's3cret',
  );
  expect(JSON.parse(house.program.keys.unseal('channel', stored[0]!.sealed)!)).toEqual({ password: 's3cret word' });
});

test.each([
  ['smtp://mail.example.com', { port: 587, encryption: 'starttls' }],
  ['smtp://mail.example.com:2525?encryption=none', { port: 2525, encryption: 'none' }],
  ['smtps://mail.example.com:4650', { port: 4650, encryption: 'tls' }],
])('%s', async (url, wanted) => {
  await start({ url, from });
  const channels = await mailChannels();
  expect(channels).toHaveLength(1);
  expect(channels[0]).toMatchObject({ enabled: true, ...wanted });
  expect(channels[0]).not.toHaveProperty('user');
});

test('it takes the place of one set up by hand, and is switched off when the environment names none', async () => {
  await start(null);
  expect((await mailChannels()).map(({ enabled }) => enabled)).toEqual([false]);
  await (await house.as('sys01')).do(api.messages.saveChannel, {
    kind: 'email',
    name: '集团邮箱',
    enabled: true,
    settings: { host: 'other.example.com', port: 587, encryption: 'starttls', from },
    perMinute: 60,
    leastLevel: 'important',
    nodeId: null,
    lineId: null,
  });
  await start({ url: 'smtps://mail.example.com', from });
  expect(new Map((await mailChannels()).map(({ name, enabled }) => [name, enabled]))).toEqual(
    new Map([
      ['SMTP', true],
      ['集团邮箱', false],
    ]),
  );
});
