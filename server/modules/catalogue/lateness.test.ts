import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, type Given, type House, minute, openHouse } from '../../testing/program.ts';
import { withChain } from '../requests/index.ts';
import { forgetEditions } from './held.ts';

let house: House;
let before: Given;
beforeAll(async () => {
  house = await openHouse({ at: '2026-03-10T02:00:00Z' });
  // Asked before the catalogue names anybody.
  before = await house.given.request({ site: 'U04-02', unit: 'U04', until: 'in_progress' });
  house.clock.forward(minute);
  const lead = await house.as('disp00');
  await lead.do(api.catalogue.beginDraft, {});
  await lead.do(api.catalogue.saveItem, {
    id: randomUUID(),
    revision: null,
    categoryId: house.category('A02'),
    nodeId: house.unit('U04'),
    lineId: house.line('L11'),
    lead: 'own_unit',
    leadUnitId: null,
    coLineIds: [],
    escalation: [
      { post: 'line_head_office', hours: 1 },
      { post: 'group_leader', hours: 3 },
    ],
    contactMinutes: null,
    resolveHours: null,
    validFrom: null,
    validTo: null,
  });
  await lead.do(api.catalogue.putInForce, { from: null, note: '供水超期直接告诉条线总部' });
  forgetEditions();
  house.clock.forward(minute);
});
afterAll(() => house.stop());

const warn = () => house.timers.run('requests.warnings');
const said = async (id: string) =>
  (await house.standing(id)).entries
    .filter((entry) => entry.kind === 'warned' && entry.data.clock === 'resolve')
    .map(({ data }) => [data.minutes, data.tells]);
const heard = async (login: string, number: string) =>
  (await (await house.as(login)).do(api.messages.inbox, {})).messages
    .filter((one) => one.about.label === number && one.kind.startsWith('clock.'))
    .map((one) => one.values.minutes);
const at = async (id: string, minutesLate: number): Promise<void> => {
  const { dues } = await house.standing(id);
  house.clock.set(new Date(new Date(dues.resolve).getTime() + minutesLate * minute));
  await warn();
};

describe('whom lateness tells, by the catalogue (decision 25)', () => {
  test('what was submitted before it was in force, or elsewhere, goes by the clock', async () => {
    const began = house.clock.now();
    const elsewhere = await house.given.request({ site: 'U07-01', unit: 'U07', until: 'in_progress' });
    for (const { id } of [before, elsewhere]) {
      await at(id, 1);
      expect((await said(id)).at(-1)).toEqual([0, 'line']);
    }
    house.clock.set(began);
  });

  test('late work is told to those the catalogue names, after their hours, in place of the steps of the clock', async () => {
    const began = house.clock.now();
    const given = await house.given.request({ site: 'U04-02', unit: 'U04', until: 'in_progress' });
    await at(given.id, -80);
    expect(await said(given.id)).toEqual([[-90, 'handler']]);
    // Where the usual steps would tell the line and the unit's leader, nobody is told.
    await at(given.id, 1);
    expect(await said(given.id)).toEqual([[-90, 'handler']]);
    await at(given.id, 61);
    await at(given.id, 130);
    expect((await said(given.id)).slice(1)).toEqual([[60, 'line_head_office']]);
    expect(await heard('ho-l11', given.number)).toEqual([60]);
    await at(given.id, 181);
    await warn();
    expect((await said(given.id)).slice(1)).toEqual([
      [60, 'line_head_office'],
      [180, 'group_leader'],
    ]);
    expect(await heard('lead00', given.number)).toEqual([180]);
    expect(await heard('lead04', given.number)).toEqual([]);
    house.clock.set(began);
  });
});

describe('a chain and the steps of a clock', () => {
  const step = (afterMinutes: number, tells: Parameters<typeof withChain>[0][number]['tells']) => ({
    id: `${tells} ${afterMinutes}`,
    afterMinutes,
    tells,
  });
  const usual = [step(-30, 'handler'), step(0, 'line'), step(30, 'unit_leader'), step(120, 'group_leader')];
  const chain = [step(60, 'unit_leader'), step(90, 'group_leader')];
  const ids = (raised: boolean, named = chain) => withChain(usual, named, raised).map((one) => one.id);

  test('the chain stands in place of what comes after the due time; hints before it stay', () => {
    expect(ids(false)).toEqual(['handler -30', 'unit_leader 60', 'group_leader 90']);
    expect(ids(false, [])).toEqual(usual.map((one) => one.id));
  });
  test('raised above its category, each is told at the earlier of both', () => {
    expect(ids(true)).toEqual(['handler -30', 'line 0', 'unit_leader 30', 'group_leader 90']);
  });
});
