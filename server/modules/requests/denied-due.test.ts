import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { api, type House, openHouse } from '../../testing/program.ts';
import { forgetTimetable } from '../clocks/held.ts';
import { forgetTimeline } from '../stages/index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ at: '2026-10-14T02:00:00Z' });
  await house.sql(`update stages.stage set working_time = true`);
  forgetTimeline();
});
afterAll(() => house.stop());
// Wednesday morning in Shanghai.
beforeEach(() => house.clock.set('2026-10-14T02:00:00Z'));

const deny = async (id: string): Promise<void> => {
  await (await house.as('worker01')).do(api.requests.judge, { id, solved: false, why: '还是一样，没有解决。' });
};
const resolveNow = async (id: string): Promise<string> => (await house.standing(id)).dues.resolveNow;

describe('the new working due after a denial (decision 3)', () => {
  test('of a need that is not urgent counts working time, like every clock', async () => {
    // 48 working hours, one step up: 24.
    const { id } = await house.given.request({ category: 'E04', until: 'handled' });
    const before = await house.standing(id);
    // Friday, 17:00 in Shanghai: half an hour, nine on Monday, nine on Tuesday, five and a half on Wednesday.
    house.clock.set('2026-10-16T09:00:00Z');
    await deny(id);
    const after = await house.standing(id);
    expect(after.dues.resolveNow).toBe('2026-10-21T06:00:00.000Z');
    expect(after.dues.resolve).toBe(before.dues.resolve);
  });

  test('of a need that is high by now runs round the clock', async () => {
    const { id } = await house.given.request({ category: 'F01', until: 'handled' });
    house.clock.set('2026-10-16T09:00:00Z');
    await deny(id);
    expect(await resolveNow(id)).toBe('2026-10-16T17:00:00.000Z');
  });

  test('is reckoned by the level that holds at the denial, not by the one the group began with', async () => {
    const { id } = await house.given.request({ category: 'F01', until: 'handled' });
    await (await house.as('disp00')).do(api.clocks.setLevel, {
      priority: 'high',
      triageMinutes: 15,
      contactMinutes: 60,
      innerMinutes: 240,
      resolveMinutes: 300,
    });
    forgetTimetable();
    house.clock.set('2026-10-16T09:00:00Z');
    await deny(id);
    expect(await resolveNow(id)).toBe('2026-10-16T14:00:00.000Z');
  });

  test('of what was answered at the desk is that of the dispatch, by the same calendar', async () => {
    const { id } = await house.given.request({ category: 'E04' });
    const { version } = await house.standing(id);
    await (await house.as('disp01')).do(api.requests.answer, { id, version, text: '今晚八点恢复。' });
    // Friday, 17:15: a quarter of an hour then, a quarter on Monday.
    house.clock.set('2026-10-16T09:15:00Z');
    await deny(id);
    expect((await house.standing(id)).clock).toMatchObject({ kind: 'triage', due: '2026-10-19T00:45:00.000Z' });
  });
});
