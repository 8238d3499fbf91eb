import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LineClass } from '../../../contract/tasks.ts';
import { api, day, type House, openHouse } from '../../testing/program.ts';
import { type TeamMember, teamLacks, weekAfter, weekOf, weeksOf } from './team.ts';

let house: House;
beforeAll(async () => {
  // A Friday in the group's zone.
  house = await openHouse({ at: '2026-11-20T02:00:00Z' });
});
afterAll(() => house.stop());

const accountId = async (login: string): Promise<string> =>
  (await house.sql<{ id: string }>('select id from access.account where login = $1', [login]))[0]!.id;
const seen = async (id: string, login = 'lead00') => (await house.as(login)).do(api.tasks.problem, { id });
async function opened(by = 'lead00'): Promise<string> {
  const { id } = await (await house.as(by)).do(api.tasks.openProblem, {
    id: randomUUID(),
    title: '宿舍拥挤反复',
    matter: '两次整改后仍有 24 人超员',
    nodeId: house.site('U09-07'),
  });
  return id;
}
async function join(id: string, login: string, more: { line?: string; leads?: boolean; returnDue?: string } = {}) {
  return (await house.as('lead00')).try(api.tasks.addMember, {
    id,
    accountId: await accountId(login),
    lineId: more.line ? house.line(more.line) : undefined,
    leads: more.leads ?? false,
    returnDue: more.returnDue,
  });
}

describe('the joint team', () => {
  test('it takes two levels, a leader and one of each class that is required', () => {
    const one = (level: TeamMember['level'], lineClass: LineClass | null, leads = false): TeamMember => ({
      level,
      lineClass,
      leads,
    });
    const all: LineClass[] = ['party', 'business', 'oversight'];
    expect(teamLacks([], all)).toEqual(['two_levels', 'no_leader', 'party', 'business', 'oversight']);
    const whole = [one('head_office', 'business', true), one('unit', 'party'), one('head_office', 'oversight')];
    expect(teamLacks(whole, all)).toEqual([]);
    expect(teamLacks([one('unit', 'business', true), one('unit', 'party')], ['party', 'business'])).toEqual([
      'two_levels',
    ]);
  });
  test('level and class follow from the person; oversight watches: it neither leads nor records', async () => {
    const id = await opened();
    expect((await join(id, 'hand11', { leads: true })).code).toBeNull();
    expect((await seen(id)).lacks).toEqual(['two_levels', 'party', 'oversight']);
    expect((await join(id, 'ho-l04', { leads: true })).problem.fields?.[0]).toMatchObject({
      field: 'leads',
      code: 'oversight_leads',
    });
    expect((await join(id, 'ho-l04')).code).toBeNull();
    expect((await join(id, 'u09-l03', { leads: true })).problem.fields?.[0]?.code).toBe('one_leader');
    expect((await join(id, 'u09-l03')).code).toBeNull();
    expect((await join(id, 'u09-l03')).problem.fields?.[0]?.code).toBe('already_there');
    const problem = await seen(id);
    expect(problem.lacks).toEqual([]);
    expect(problem.team.map((one) => [one.level, one.lineClass])).toEqual([
      ['head_office', 'business'],
      ['head_office', 'oversight'],
      ['unit', 'party'],
    ]);
    const move = { id, direction: 'better' as const, text: '腾出 12 张床' };
    expect((await (await house.as('ho-l04')).try(api.tasks.move, move)).code).toBe('not_in_team');
    expect((await (await house.as('lead00')).try(api.tasks.move, move)).code).toBe('not_in_team');
    expect((await (await house.as('u09-l03')).try(api.tasks.move, move)).code).toBeNull();
  });
  test('lent people have a day of return; who is still there after it is counted', async () => {
    const id = await opened();
    await join(id, 'u04-l11', { returnDue: new Date(house.clock.now().getTime() + 5 * day).toISOString() });
    expect((await seen(id)).overdueReturns).toBe(0);
    house.clock.forward(6 * day);
    const late = await seen(id);
    expect([late.overdueReturns, late.team[0]!.returnOverdue]).toEqual([1, true]);
    await (await house.as('lead00')).do(api.tasks.endMember, { id, memberId: late.team[0]!.id });
    const back = await seen(id);
    expect([back.overdueReturns, back.members, back.team[0]!.returnedAt !== null]).toEqual([0, 0, true]);
  });
});

describe('its weeks', () => {
  test('a week is Monday to Sunday in the group’s zone', () => {
    expect(weekOf(new Date('2026-11-22T15:59:00Z'), 480)).toBe('2026-11-16');
    expect(weekOf(new Date('2026-11-22T16:00:00Z'), 480)).toBe('2026-11-23');
    expect(weekAfter('2026-12-28', 1)).toBe('2027-01-04');
  });
  test('a week without a word has no movement recorded, which is not "the same"', async () => {
    const rows = [
      { week: '2026-11-02', direction: 'worse' },
      { week: '2026-11-16', direction: 'same' },
      { week: '2026-11-16', direction: 'better' },
    ];
    expect(weeksOf('2026-11-02', '2026-11-16', rows).map((one) => [one.week, one.direction])).toEqual([
      ['2026-11-16', 'better'],
      ['2026-11-09', null],
      ['2026-11-02', 'worse'],
    ]);
    const id = await opened();
    await join(id, 'hand11', { leads: true });
    await (await house.as('hand11')).do(api.tasks.move, { id, direction: 'same', text: '方案在报批' });
    house.clock.forward(7 * day);
    const row = (await (await house.as('lead00')).do(api.tasks.problems, {})).rows.find((one) => one.id === id)!;
    expect([row.thisWeek, row.lastWeek]).toEqual([null, 'same']);
  });
});

describe('closing', () => {
  test('only somebody outside the team closes it, with evidence; who was ever in it stays barred', async () => {
    const id = await opened('disp00');
    await join(id, 'disp00', { line: 'L11', leads: true });
    await join(id, 'u09-l11');
    const request = await house.given.request({ site: 'U09-07', by: 'worker03', unit: 'U09', until: 'handled' });
    await (await house.as('u09-l11')).do(api.tasks.link, { id, number: request.number });
    expect((await seen(id)).links.map((one) => one.label)).toEqual([request.number]);
    const close = async (login: string, references: string[] = [request.number]) =>
      (
        await (
          await house.as(login)
        ).try(api.tasks.closeProblem, {
          id,
          version: (await seen(id)).version,
          text: '24 张床已移出',
          references,
        })
      ).code;
    expect(await close('disp00')).toBe('team_never_closes');
    expect(await close('u09-l11')).toBe('forbidden');
    const member = (await seen(id)).team.find((one) => one.leads)!;
    await (await house.as('lead00')).do(api.tasks.endMember, { id, memberId: member.id });
    expect(await close('disp00')).toBe('team_never_closes');
    expect((await seen(id, 'disp00')).cannot).toEqual({ close: 'team_never_closes' });
    expect(await close('lead00', [])).toBe('evidence_needed_task');
    expect(await close('lead00')).toBeNull();
    expect(await close('lead01')).toBe('not_in_this_state');
    const closed = await seen(id);
    expect([closed.state, closed.closedBy]).toEqual(['closed', '集团分管领导']);
  });
  test('a unit’s leader closes what lies in the unit, and nothing elsewhere', async () => {
    const id = await opened();
    expect((await seen(id, 'u09-deputy')).can.close).toBe(true);
    expect((await (await house.as('lead04')).try(api.tasks.problem, { id })).code).toBe('not_found');
    expect(
      (
        await (
          await house.as('lead04')
        ).try(api.tasks.openProblem, {
          id: randomUUID(),
          title: '别家的事',
          matter: '不归这里',
          nodeId: house.site('U09-07'),
        })
      ).code,
    ).toBe('outside_what_you_lead');
  });
});
