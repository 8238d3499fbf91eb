import { randomUUID } from 'node:crypto';
import { type CloudEvent, HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventData, eventTypes, stageEventData } from '../../../contract/webhooks.ts';
import { waitAfter } from '../../platform/waiting.ts';
import { type Answer, type Gateway, type Posted, startGateway } from '../../testing/gateway.ts';
import { api, day, type House, hour, minute, openHouse } from '../../testing/program.ts';
import { sendDue, waits } from './sending.ts';

let house: House;
let receiver: Gateway;
let usual: (post: Posted) => Answer = () => ({ status: 204 });
const planted = '琥珀色水杯在三号泵房，欧阳紫鸢，13912345678';

beforeAll(async () => {
  house = await openHouse();
  receiver = await startGateway((post) => usual(post));
});
afterAll(async () => {
  await receiver.stop();
  await house.stop();
});

const deps = () => ({
  pool: house.program.pool,
  keys: house.program.keys,
  now: house.clock.now,
  committed: house.program.desk.committed,
});
/** Everything that settled is read, and sent once. */
async function round(): Promise<void> {
  await house.settled();
  while ((await sendDue(deps())) > 0);
}
const secadmin = () => house.as('sec01');
const log = async (subscriptionId: string) =>
  (await (await secadmin()).do(api.webhooks.deliveries, { subscriptionId })).deliveries;
const standing = async (id: string) =>
  (await (await secadmin()).do(api.webhooks.subscriptions, {})).subscriptions.find((one) => one.id === id)!;

async function subscribe(path: string, more: object = {}) {
  const { subscription, secret } = await (await secadmin()).do(api.webhooks.save, {
    name: `city ${path}`,
    url: `${receiver.url}/${path}`,
    types: [...eventTypes],
    allowPrivate: true,
    ...more,
  });
  return {
    id: subscription.id,
    secret: secret!,
    heard: () => receiver.posted.filter((post) => post.path === `/${path}`),
  };
}
const typesOf = (posts: Posted[]): string[] => posts.map(({ body }) => JSON.parse(body).type.split('.').at(-1));

beforeEach(() => {
  usual = () => ({ status: 204 });
});

describe('who may subscribe', () => {
  test('the security administrator, and nobody else', async () => {
    for (const login of ['sys01', 'aud01', 'disp01', 'lead00'])
      expect((await (await house.as(login)).try(api.webhooks.subscriptions, {})).status, login).toBe(403);
  });
  test.each([
    ['http://example.com/hook', 'https_needed'],
    ['https://127.0.0.1/hook', 'private_address'],
    ['https://169.254.169.254/latest', 'private_address'],
    ['https://localhost/hook', 'private_address'],
    ['ftp://example.com/', 'bad_address'],
    ['https://user:pass@example.com/', 'bad_address'],
  ])('%s: %s, named by its field', async (url, code) => {
    const reply = await (await secadmin()).try(api.webhooks.save, { name: 'x y', url, types: [eventTypes[0]] });
    expect(reply.problem.fields).toMatchObject([{ field: 'url', code }]);
  });
  test('the secret is shown once and stands nowhere in the open', async () => {
    const { id, secret } = await subscribe('once');
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    const rows = await house.sql('select * from webhooks.subscription where id = $1', [id]);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(6));
    expect(JSON.stringify(await standing(id))).not.toContain(secret.slice(6));
    await (await secadmin()).do(api.webhooks.end, { id });
  });
});

describe('what is told', () => {
  test('each state once, in order, as signed CloudEvents of codes and figures', async () => {
    const hook = await subscribe('order');
    const given = await house.given.request({ until: 'handled', text: planted, callback: '13912345678' });
    await (await house.as('worker01')).do(api.requests.judge, { id: given.id, solved: false, why: '二楼还是没水' });
    await (await house.as('ho-l11')).do(api.cases.handled, {
      id: given.caseId,
      solution: 'solved',
      text: '水泵换好，两层都有水，试过。',
    });
    await (await house.as('worker01')).do(api.requests.judge, { id: given.id, solved: true });
    await round();
    const posts = hook.heard().filter(({ body }) => JSON.parse(body).subject === given.number);
    expect(typesOf(posts)).toEqual(['received', 'in_work', 'handled', 'reopened', 'handled', 'resolved_confirmed']);
    let last = 0;
    for (const post of posts) {
      const event = HTTP.toEvent({ headers: post.headers, body: post.body }) as CloudEvent;
      expect(event.validate()).toBe(true);
      expect(event).toMatchObject({ specversion: '1.0', subject: given.number, source: 'urn:lastmetre:tl' });
      expect(eventData.strict().parse(event.data)).toMatchObject({
        number: given.number,
        category: 'A02',
        site: 'U04-01',
      });
      expect(() => new Webhook(hook.secret).verify(post.body, post.headers as Record<string, string>)).not.toThrow();
      expect(() => new Webhook(hook.secret).verify(`${post.body} `, post.headers as Record<string, string>)).toThrow();
      expect(post.headers['webhook-id']).toBe(event.id);
      expect(Number(event.id)).toBeGreaterThan(last);
      last = Number(event.id);
    }
    expect(JSON.stringify(receiver.posted)).not.toMatch(/琥珀|紫鸢|139123/);
    await (await secadmin()).do(api.webhooks.end, { id: hook.id });
  });
  test('a stage order: signed, begun, called off; nothing of what nobody has signed', async () => {
    const hook = await subscribe('stages');
    const of = async (login: string, endpoint: 'review' | 'sign' | 'withdraw', id: string, more: object = {}) => {
      const by = await house.as(login);
      const { version, look } = await by.do(api.stages.order, { id });
      const unreadyUnitIds = look.units.filter(({ ready }) => !ready).map(({ unitId }) => unitId);
      const seen = endpoint === 'sign' ? { unreadyUnitIds, seenUnready: true, seenConsequences: true } : {};
      await by.do(api.stages[endpoint], { id, version, ...seen, ...more } as never);
    };
    const drafted = async (): Promise<string> => {
      const id = randomUUID();
      await (await house.as('sup01')).do(api.stages.draft, {
        id,
        nodeId: house.site('U04-02'),
        toCode: 'S1',
        basisNumber: '汀澜综保〔2026〕31号',
        basisTitle: planted,
        basisDay: '2026-01-05',
        effectiveAt: new Date(house.clock.now().getTime() + hour).toISOString(),
        trigger: planted,
        emergency: false,
      });
      await of('sup02', 'review', id);
      return id;
    };
    const dropped = await drafted();
    await of('lead00', 'withdraw', dropped, { text: planted });
    const off = await drafted();
    await of('lead00', 'sign', off);
    await of('lead00', 'withdraw', off, { text: planted });
    const begun = await drafted();
    await of('lead00', 'sign', begun);
    house.clock.forward(hour);
    await house.timers.run('stages.activate');
    await round();
    const events = hook.heard().map(({ body }) => JSON.parse(body));
    expect(events.map(({ type }) => type.slice('cn.lastmetre.'.length))).toEqual([
      'stage.signed',
      'stage.called_off',
      'stage.signed',
      'stage.began',
    ]);
    const { number, effectiveAt } = await (await house.as('sup01')).do(api.stages.order, { id: begun });
    expect(stageEventData.strict().parse(events[3].data)).toEqual({
      number,
      state: 'began',
      from: 'S4',
      to: 'S1',
      unit: 'U04',
      site: 'U04-02',
      emergency: false,
      effectiveAt,
    });
    expect(events.map(({ subject }) => subject)).toEqual([events[0].subject, events[0].subject, number, number]);
    expect(JSON.stringify(receiver.posted)).not.toMatch(/琥珀|紫鸢|139123/);
    await (await secadmin()).do(api.webhooks.end, { id: hook.id });
  });
  test('only what was subscribed to, and nothing from before', async () => {
    await house.given.request({ until: 'handled' });
    await house.settled();
    const hook = await subscribe('handled', { types: ['cn.lastmetre.request.handled'] });
    const given = await house.given.request({ until: 'confirmed' });
    await round();
    expect(typesOf(hook.heard())).toEqual(['handled']);
    expect(JSON.parse(hook.heard()[0]!.body).subject).toBe(given.number);
    await (await secadmin()).do(api.webhooks.end, { id: hook.id });
  });
  test('confidential, personal, health, what complains about somebody: never; a small site not by name (rules 6)', async () => {
    const hook = await subscribe('side-door');
    const never = [
      await house.given.request({ confidentiality: 'confidential', text: planted }),
      await house.given.request({ category: 'C03', text: planted }),
      await house.given.request({ category: 'A06', text: planted }),
    ];
    const small = await house.given.request({ site: 'U03-06', by: 'u03-w01', text: planted });
    await round();
    const about = await house.given.request({ text: planted });
    const { version } = await house.standing(about.id);
    await (await house.as('disp01')).do(api.requests.setFacts, {
      id: about.id,
      version,
      aboutLineId: house.line('L11'),
    });
    await round();
    const sent = receiver.posted.map(({ body }) => body).join();
    for (const { number, id } of never) {
      expect(sent).not.toContain(number);
      expect(sent).not.toContain(id);
    }
    expect(sent).not.toMatch(/琥珀|紫鸢|139123|U03-06/);
    const [event] = hook
      .heard()
      .map(({ body }) => JSON.parse(body))
      .filter(({ subject }) => subject === small.number);
    expect(event.data).toMatchObject({ site: null, unit: 'U03' });
    const kept = await house.sql('select body from webhooks.delivery');
    expect(JSON.stringify(kept)).not.toMatch(/琥珀|紫鸢|139123/);
    await (await secadmin()).do(api.webhooks.end, { id: hook.id });
  });
  test('what is moved to a sealed line while it waits is not sent, and is not sent again by hand', async () => {
    const hook = await subscribe('sealed');
    const given = await house.given.request({ text: planted });
    await house.settled();
    const desk = await house.as('disp01');
    const { version } = await house.standing(given.id);
    await desk.do(api.requests.moveToSealed, { id: given.id, version, to: 'care' });
    await round();
    expect(hook.heard()).toEqual([]);
    const [dropped] = await log(hook.id);
    expect(dropped).toMatchObject({ state: 'dropped', reason: 'withdrawn' });
    expect((await (await secadmin()).try(api.webhooks.resend, { id: dropped!.id })).code).toBe('withdrawn_event');
    await (await secadmin()).do(api.webhooks.end, { id: hook.id });
  });
});

describe('what does not arrive', () => {
  test('is tried again later and later under the same id, until it arrives', async () => {
    const hook = await subscribe('again', { types: ['cn.lastmetre.request.received'] });
    usual = ({ path }) => ({ status: path === '/again' ? 500 : 204 });
    await house.given.request();
    await round();
    expect(await log(hook.id)).toMatchObject([{ state: 'waiting', attempts: 1, status: 500, reason: 'refused' }]);
    await round();
    expect(hook.heard().length).toBe(1);
    house.clock.forward(minute);
    await round();
    usual = () => ({ status: 200 });
    house.clock.forward(5 * minute);
    await round();
    expect(await log(hook.id)).toMatchObject([{ state: 'sent', attempts: 3 }]);
    expect(new Set(hook.heard().map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect((await standing(hook.id)).failingSince).toBeNull();
    await (await secadmin()).do(api.webhooks.end, { id: hook.id });
  });
  test('who cannot be reached is tried once a round, and what else waits for them waits with it', async () => {
    await house.settled();
    const hook = await subscribe('dead', { url: 'http://127.0.0.1:1/dead' });
    await house.given.request({ until: 'handled' });
    await round();
    const tried = (await log(hook.id)).map(({ attempts, state }) => [state, attempts]).sort();
    expect(tried).toEqual([...tried.slice(1).map(() => ['waiting', 0]), ['waiting', 1]]);
    expect(tried.length).toBeGreaterThan(2);
    house.clock.forward(minute);
    await round();
    expect((await log(hook.id)).reduce((sum, one) => sum + one.attempts, 0)).toBe(2);
    await (await secadmin()).do(api.webhooks.end, { id: hook.id });
  });
  test('waits double from 20 seconds to 6 hours, a quarter more or less', () => {
    expect(waitAfter(1, waits, () => 0.5)).toBe(20_000);
    expect(waitAfter(2, waits, () => 0.5)).toBe(40_000);
    expect(waitAfter(40, waits, () => 0.5)).toBe(6 * hour);
    expect([waitAfter(3, waits, () => 0), waitAfter(3, waits, () => 1)]).toEqual([60_000, 100_000]);
  });
  test('a redirect is not followed; “later” is believed', async () => {
    const hook = await subscribe('moved', { types: ['cn.lastmetre.request.received'] });
    usual = () => ({ status: 302, headers: { location: `${receiver.url}/elsewhere` } });
    await house.given.request();
    await round();
    expect(receiver.posted.filter(({ path }) => path === '/elsewhere')).toEqual([]);
    expect(await log(hook.id)).toMatchObject([{ reason: 'redirected', status: 302 }]);
    usual = () => ({ status: 503, headers: { 'retry-after': '7200' } });
    house.clock.forward(minute);
    await round();
    const [waiting] = await log(hook.id);
    expect(Date.parse(waiting!.nextAt!) - house.clock.now().getTime()).toBe(7_200_000);
    await (await secadmin()).do(api.webhooks.end, { id: hook.id });
  });
  test('three days without one success: switched off, and the security administrator is told', async () => {
    const hook = await subscribe('dead', { types: ['cn.lastmetre.request.received'] });
    usual = () => ({ status: 500 });
    await house.given.request();
    await round();
    for (let i = 0; i < 14; i++) {
      house.clock.forward(6 * hour);
      await round();
    }
    expect(await standing(hook.id)).toMatchObject({ enabled: false, stoppedBecause: 'failing' });
    expect((await log(hook.id))[0]!.state).toMatch(/dead|dropped/);
    const { messages } = await (await secadmin()).do(api.messages.inbox, {});
    expect(messages[0]).toMatchObject({ kind: 'webhook.stopped', about: { route: '/integrations' } });
    const before = hook.heard().length;
    await house.given.request();
    await round();
    expect(hook.heard().length).toBe(before);
    // Switched on again it begins with what happens from then on.
    usual = () => ({ status: 200 });
    const { version, name, url, types } = await standing(hook.id);
    await (await secadmin()).do(api.webhooks.save, {
      id: hook.id,
      version,
      name,
      url,
      types,
      allowPrivate: true,
      enabled: true,
    });
    const given = await house.given.request();
    await round();
    expect(
      hook
        .heard()
        .slice(before)
        .map(({ body }) => JSON.parse(body).subject),
    ).toEqual([given.number]);
    await (await secadmin()).do(api.webhooks.end, { id: hook.id });
  });
  test('410 switches it off at once; what was sent can be sent again by hand, under its id', async () => {
    const hook = await subscribe('gone', { types: ['cn.lastmetre.request.received'] });
    await house.given.request();
    await round();
    const [sent] = await log(hook.id);
    await (await secadmin()).do(api.webhooks.resend, { id: sent!.id });
    expect((await (await secadmin()).try(api.webhooks.resend, { id: sent!.id })).code).toBe('in_sending');
    await round();
    expect(hook.heard().map(({ headers }) => headers['webhook-id'])).toEqual([
      String(sent!.position),
      String(sent!.position),
    ]);
    usual = () => ({ status: 410 });
    await house.given.request();
    await round();
    expect(await standing(hook.id)).toMatchObject({ enabled: false, stoppedBecause: 'gone' });
    expect((await (await secadmin()).try(api.webhooks.resend, { id: sent!.id })).code).toBe('webhook_off');
    await (await secadmin()).do(api.webhooks.end, { id: hook.id });
  });
});

test('a test event arrives signed and stands in the log', async () => {
  const hook = await subscribe('try-it');
  const { id } = await (await secadmin()).do(api.webhooks.test, { id: hook.id });
  await round();
  const [post] = hook.heard();
  expect(JSON.parse(post!.body)).toMatchObject({ type: 'cn.lastmetre.test', id, data: { test: true } });
  expect((await log(hook.id))[0]).toMatchObject({ id, state: 'sent', position: null });
  await (await secadmin()).do(api.webhooks.end, { id: hook.id });
});

test('what ended 90 days ago leaves the log, what waits stays, and the journal says how many went', async () => {
  const hook = await subscribe('long-ago', { types: ['cn.lastmetre.request.received'] });
  for (let i = 0; i < 3; i++) await house.given.request();
  await round();
  const [kept, waiting, gone] = (await log(hook.id)).map((one) => one.id);
  const daysAgo = (n: number) => new Date(house.clock.now().getTime() - n * day);
  await house.sql(`update webhooks.delivery set created_at = $2, done_at = $2 where id = $1`, [kept, daysAgo(89)]);
  await house.sql(`update webhooks.delivery set created_at = $2, done_at = $2 where id = $1`, [gone, daysAgo(91)]);
  await house.sql(
    `update webhooks.delivery set created_at = $2, done_at = null, state = 'waiting', not_before = $3 where id = $1`,
    [waiting, daysAgo(91), daysAgo(-1)],
  );
  await house.timers.run('webhooks.forget');
  expect((await log(hook.id)).map((one) => one.id).sort()).toEqual([kept, waiting].sort());
  const entries = await house.sql<{ figures: object }>(
    `select figures from journal.entry where action = 'webhooks.forgotten'`,
  );
  expect(entries).toEqual([{ figures: expect.objectContaining({ deliveries: 1, days: 90 }) }]);
  // Nothing to forget: nothing to say.
  await house.timers.run('webhooks.forget');
  expect(await house.sql(`select 1 from journal.entry where action = 'webhooks.forgotten'`)).toHaveLength(1);
  await (await secadmin()).do(api.webhooks.end, { id: hook.id });
});

test('a renewed secret: both sign for a day, then the new one alone', async () => {
  const hook = await subscribe('renew', { types: ['cn.lastmetre.request.received'] });
  const { version } = await standing(hook.id);
  const { secret } = await (await secadmin()).do(api.webhooks.renewSecret, { id: hook.id, version });
  expect((await (await secadmin()).try(api.webhooks.renewSecret, { id: hook.id, version })).code).toBe('stale');
  const signs = (key: string, { body, headers }: Posted): boolean => {
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    return String(headers['webhook-signature'])
      .split(' ')
      .includes(new Webhook(key).sign(String(headers['webhook-id']), at, body));
  };
  await house.given.request();
  await round();
  expect([hook.secret, secret!].map((key) => signs(key, hook.heard()[0]!))).toEqual([true, true]);
  house.clock.forward(day + minute);
  await house.given.request();
  await round();
  expect([hook.secret, secret!].map((key) => signs(key, hook.heard()[1]!))).toEqual([false, true]);
  await (await secadmin()).do(api.webhooks.end, { id: hook.id });
});

test('two programs that send at once send each event once', async () => {
  const hook = await subscribe('two', { types: ['cn.lastmetre.request.received'] });
  for (let i = 0; i < 12; i++) await house.given.request();
  await house.settled();
  await Promise.all([sendDue(deps()), sendDue(deps()), sendDue(deps())]);
  await round();
  const ids = hook.heard().map(({ headers }) => headers['webhook-id']);
  expect(ids.length).toBe(12);
  expect(new Set(ids).size).toBe(12);
  await (await secadmin()).do(api.webhooks.end, { id: hook.id });
});

test('what a program had taken when it died is sent by another after two minutes', async () => {
  const hook = await subscribe('died', { types: ['cn.lastmetre.request.received'] });
  await house.given.request();
  await house.settled();
  await house.sql(
    `update webhooks.delivery set state = 'sending', attempts = 1, claimed_until = $2 where subscription_id = $1`,
    [hook.id, new Date(house.clock.now().getTime() + 2 * minute)],
  );
  await round();
  expect(hook.heard().length).toBe(0);
  house.clock.forward(3 * minute);
  await round();
  expect(hook.heard().length).toBe(1);
  await (await secadmin()).do(api.webhooks.end, { id: hook.id });
});
