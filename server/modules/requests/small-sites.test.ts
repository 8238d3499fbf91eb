import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, type Client, day, type Given, type House, hour, openHouse } from '../../testing/program.ts';

/** U03-06 has 14 people: of a confidential request "somewhere in the unit" is all its own officer may know (rules 6). */
const small = 'U03-06';
let house: House;
let officer: Client;
let asked: Given;
let open: Given;
beforeAll(async () => {
  house = await openHouse();
  const [account] = await house.sql<{ login: string }>(
    `select a.login from access.account a join access.grant_ g on g.account_id = a.id where g.role = 'site_officer' and g.node_id = $1 limit 1`,
    [house.site(small)],
  );
  officer = await house.as(account!.login);
  open = await house.given.request({ by: 'worker01', site: small, unit: 'U03', until: 'dispatched' });
  asked = await house.given.request({
    by: 'worker01',
    site: small,
    unit: 'U03',
    until: 'dispatched',
    confidentiality: 'confidential',
  });
});
afterAll(() => house.stop());

describe('a confidential request at a site under 30 people (rules 6)', () => {
  test('is in no list and no count of its site’s officer', async () => {
    const { counts } = await officer.do(api.requests.counts, {});
    expect(counts).toMatchObject({ open: 1, unaccepted: 1, todo: 1 });
    for (const view of ['open', 'unaccepted', 'all'] as const) {
      const { rows } = await officer.do(api.requests.list, { view });
      expect(rows.map((row) => row.id)).toEqual([open.id]);
    }
  });
  test('leaves no gap in a page either: a short page with more behind it would tell', async () => {
    for (const sort of ['newest', 'oldest', 'due'] as const) {
      const page = await officer.do(api.requests.list, { view: 'open', sort, limit: 1 });
      expect(page.rows.map((row) => row.id)).toEqual([open.id]);
      expect(page.next).toBeNull();
    }
  });
  test('is opened by its number, its id or its files by nobody who oversees that site alone', async () => {
    expect((await officer.do(api.requests.list, { view: 'all', search: asked.number })).rows).toEqual([]);
    expect((await officer.try(api.requests.thread, { id: asked.id })).status).toBe(404);
    const program = await house.given.token(['requests:read'], small);
    expect((await program.try(api.requests.thread, { id: asked.id })).status).toBe(404);
    expect((await program.do(api.requests.list, { view: 'all' })).rows.map((row) => row.id)).toEqual([open.id]);
  });
  test('the unit’s leader and the line see it as the unit’s, whatever they filter by', async () => {
    for (const login of ['u03-deputy', 'u03-l11']) {
      const who = await house.as(login);
      expect((await who.do(api.requests.thread, { id: asked.id })).siteId).toBeNull();
      expect((await who.do(api.requests.list, { view: 'open' })).rows.map((row) => row.id)).toContain(asked.id);
      const filtered = await who.do(api.requests.list, { view: 'open', nodeId: house.site(small), limit: 1 });
      expect(filtered.rows.map((row) => row.id)).toEqual([open.id]);
      expect(filtered.next).toBeNull();
    }
  });
  test('a dispatcher finds it at its site, and who it is for always has it', async () => {
    const desk = await house.as('disp01');
    const { rows } = await desk.do(api.requests.list, { view: 'open', nodeId: house.site(small) });
    expect(rows.map((row) => row.id)).toContain(asked.id);
    expect((await (await house.as('worker01')).do(api.requests.thread, { id: asked.id })).siteId).toBe(
      house.site(small),
    );
  });
});

describe('the hour of a confidential request', () => {
  test('stands in no cursor a reader is given', async () => {
    const leader = await house.as('u03-deputy');
    for (const sort of ['newest', 'due'] as const) {
      const first = await leader.do(api.requests.list, { view: 'open', sort, limit: 1 });
      expect(first.next).not.toBeNull();
      const readable = Buffer.from(first.next!, 'base64url').toString('latin1');
      expect(readable).not.toMatch(/\d{10,}/);
      expect(readable).not.toContain(first.rows[0]!.id);
      const second = await leader.do(api.requests.list, { view: 'open', sort, limit: 1, after: first.next! });
      expect(second.rows.map((row) => row.id)).not.toEqual(first.rows.map((row) => row.id));
    }
  });
  test('cannot be found by asking what came since a moment: of its day it is always there', async () => {
    const leader = await house.as('u03-deputy');
    const since = new Date(new Date((await house.standing(open.id)).submittedAt).getTime() + 1).toISOString();
    const found = (await leader.do(api.requests.list, { view: 'all', since })).rows.map((row) => row.id);
    expect(found).toContain(asked.id);
    expect(found).not.toContain(open.id);
    const tomorrow = new Date(house.clock.now().getTime() + day + hour).toISOString();
    expect((await leader.do(api.requests.list, { view: 'all', since: tomorrow })).rows).toEqual([]);
  });
});

test('a health request is counted on no page that asks for its second-level category (rules 5)', async () => {
  const ill = await house.given.request({ category: 'C03', site: 'U04-01' });
  const desk = await house.as('disp01');
  const found = async (category: string) =>
    desk.do(api.requests.list, { view: 'open', categoryId: house.category(category), limit: 1 });
  expect(await found('C03')).toMatchObject({ rows: [], next: null });
  expect((await found('C')).rows.map((row) => row.id)).toEqual([ill.id]);
});

test('a confidential health request shows those who oversee it neither its hour nor its small site (rules 5, 6)', async () => {
  const ill = await house.given.request({ category: 'C03', site: small, confidentiality: 'confidential' });
  const seen = await (await house.as('u03-deputy')).do(api.requests.thread, { id: ill.id });
  expect(seen).toMatchObject({ dayOnly: true, siteId: null, text: null });
  expect((await officer.try(api.requests.thread, { id: ill.id })).status).toBe(404);
});
