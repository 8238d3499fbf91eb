/** Tricks of those who would look better than they are, each tried through the doors they have. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, type Given, type House, hour, minute, openHouse } from '../../testing/program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const handler = () => house.as('ho-l11');
const lead = () => house.as('disp00');
const later = (ms: number): string => new Date(house.clock.now().getTime() + ms).toISOString();
const done = { solution: 'solved', text: '水泵换好了，两层龙头都试过，有水。' } as const;
const wrongLine = { reason: 'not_our_line', text: '不属本条线职责，应归物资条线' } as const;
const sendBack = async (one: Given) =>
  (await handler()).do(api.cases.return, { id: one.caseId, ...wrongLine, lineId: house.line('L10') });
const sendAgain = async (one: Given) =>
  (await house.as('disp01')).do(api.cases.dispatch, {
    id: one.id,
    version: (await house.standing(one.id)).version,
    lineId: house.line('L11'),
    unitId: null,
  });
const suspend = async (one: Given, hours: number) => {
  const { askId } = await (await handler()).do(api.cases.ask, {
    id: one.caseId,
    kind: 'suspension',
    reasonCode: 'policy',
    text: '封控，进不了场',
    until: later(hours * hour),
  });
  await (await lead()).do(api.cases.decide, { id: askId, approve: true });
};

describe('looking good without doing it', () => {
  test('refusing to accept pays nothing: it is taken as accepted and every clock stands as it stood', async () => {
    const accepting = await house.given.request({ until: 'accepted' });
    const refusing = await house.given.request({ until: 'dispatched' });
    const before = await house.standing(refusing.id);
    house.clock.forward(31 * minute);
    await house.timers.run('cases.silent_acceptance');
    const after = await house.standing(refusing.id);
    expect(after).toMatchObject({ work: 'accepted', silentlyAccepted: true, dues: before.dues });
    expect(after.clock).toEqual(before.clock);
    expect(after.clock!.due).toBe((await house.standing(accepting.id)).clock!.due);
    const log = await (await handler()).do(api.clocks.ofRequest, { id: refusing.id });
    expect(log.clocks.find((one) => one.kind === 'contact')!.lines.at(-1)!.code).toBe('silently_accepted');
  });

  test('bouncing pays nothing: the clock runs on, and after two the arbiter assigns for good', async () => {
    const one = await house.given.request({ until: 'dispatched' });
    const before = (await house.standing(one.id)).dues;
    house.clock.forward(40 * minute);
    await sendBack(one);
    expect((await house.standing(one.id)).dues).toEqual(before);
    await sendAgain(one);
    house.clock.forward(40 * minute);
    await sendBack(one);
    const bounced = await house.standing(one.id);
    expect(bounced).toMatchObject({ returns: 2, dues: before });
    expect(bounced.entries.filter((entry) => entry.kind === 'returned').map((entry) => entry.data)).toMatchObject([
      { proposedLine: 'L10', byLine: 'L11' },
      { proposedLine: 'L10', byLine: 'L11' },
    ]);
    const { rows } = await (await lead()).do(api.requests.list, { view: 'arbitration' });
    expect(rows.map((row) => row.id)).toContain(one.id);
    await (await lead()).do(api.cases.arbitrate, {
      id: one.id,
      version: bounced.version,
      lineId: house.line('L11'),
      unitId: null,
      note: '生活区用水归后勤，不再来回',
    });
    expect(
      (await (await handler()).try(api.cases.return, { id: one.caseId, ...wrongLine, lineId: house.line('L10') })).code,
    ).toBe('arbitrated');
    house.clock.forward(9 * hour);
    await (await handler()).do(api.cases.handled, { id: one.caseId, ...done });
    const handled = (await house.standing(one.id)).entries.find((entry) => entry.kind === 'handled');
    expect(handled!.data.onTime).toBe(false);
  });

  test('suspending does not stop the statistic’s clock; 72 h in all, however often', async () => {
    const one = await house.given.request({ until: 'in_progress' });
    const original = (await house.standing(one.id)).dues.resolve;
    await suspend(one, 40);
    expect((await house.standing(one.id)).suspendedMinutes).toBe(40 * 60);
    house.clock.forward(40 * hour + minute);
    await house.timers.run('cases.suspensions_over');
    const again = {
      id: one.caseId,
      kind: 'suspension',
      reasonCode: 'policy',
      text: '还在封控，进不了场',
    } as const;
    expect(await (await handler()).try(api.cases.ask, { ...again, until: later(33 * hour) })).toMatchObject({
      status: 422,
      code: 'too_long',
    });
    await suspend(one, 32);
    house.clock.forward(32 * hour + minute);
    await house.timers.run('cases.suspensions_over');
    expect((await (await handler()).try(api.cases.ask, { ...again, until: later(hour) })).code).toBe('too_long');
    await (await handler()).do(api.cases.handled, { id: one.caseId, ...done });
    const after = await house.standing(one.id);
    expect(after.dues.resolve).toBe(original);
    expect(after.entries.find((entry) => entry.kind === 'handled')!.data.onTime).toBe(false);
    const log = await (await handler()).do(api.clocks.ofRequest, { id: one.id });
    expect(log.pausedMinutes).toBe(72 * 60);
    expect(log.pausedShare).toBeGreaterThan(0.95);
    expect(log.clocks.find((each) => each.kind === 'resolve')).toMatchObject({ originalDue: original, met: false });
  });

  test('an extension does not move the original due, and whoever approves is named with their role', async () => {
    const one = await house.given.request({ until: 'in_progress' });
    const original = (await house.standing(one.id)).dues.resolve;
    const { askId } = await (await handler()).do(api.cases.ask, {
      id: one.caseId,
      kind: 'extension',
      reasonCode: 'parts',
      text: '等配件到货',
      until: later(30 * hour),
    });
    await (await lead()).do(api.cases.decide, { id: askId, approve: true });
    const log = await (await handler()).do(api.clocks.ofRequest, { id: one.id });
    const resolve = log.clocks.find((each) => each.kind === 'resolve')!;
    expect(resolve.originalDue).toBe(original);
    expect(resolve.lines.at(-1)).toMatchObject({ code: 'extended', values: { role: 'dispatcher_lead' } });
  });
});

describe('a return needs its evidence', () => {
  const tryReturn = async (input: object) => {
    const one = await house.given.request({ until: 'dispatched' });
    const reply = await (await handler()).try(api.cases.return, { id: one.caseId, ...input } as never);
    return reply.code === null ? null : [reply.code, ...(reply.problem.fields ?? []).map((field) => field.field)];
  };
  test.each<[string, object, string[] | null]>([
    ['too few words and no file', { reason: 'other', text: '不归我们' }, ['return_evidence', 'text']],
    ['not our line, and no line named', wrongLine, ['bad_input', 'lineId']],
    [
      'facts missing, and not which',
      { reason: 'needs_facts', text: '写得太简单，不知从哪下手' },
      ['bad_input', 'missing'],
    ],
    [
      'not our unit, and no place named',
      { reason: 'not_our_unit', text: '位置不在我单位，请重新派' },
      ['bad_input', 'unitId'],
    ],
    ['a copy, and not of what', { reason: 'duplicate', text: '跟前面一件是同一件事' }, ['bad_input', 'duplicateOf']],
    [
      'a copy of a number nobody knows',
      { reason: 'duplicate', text: '跟前面一件是同一件事', duplicateOf: 'TL-260101-99999' },
      ['bad_input', 'duplicateOf'],
    ],
    ['what is missing, and why', { reason: 'needs_facts', text: '写得太简单，不知从哪下手', missing: ['place'] }, null],
  ])('%s', async (_, input, expected) => {
    expect(await tryReturn(input)).toEqual(expected);
  });
  test('its own line cannot be named, nor its own number', async () => {
    expect(await tryReturn({ ...wrongLine, lineId: house.line('L11') })).toEqual(['bad_input', 'lineId']);
    const one = await house.given.request({ until: 'dispatched' });
    const reply = await (await handler()).try(api.cases.return, {
      id: one.caseId,
      reason: 'duplicate',
      text: '跟前面一件是同一件事',
      duplicateOf: one.number,
    });
    expect(reply.problem.fields![0]!.field).toBe('duplicateOf');
  });
  test('pressed twice it is returned once', async () => {
    const one = await house.given.request({ until: 'dispatched' });
    const client = await handler();
    const input = { id: one.caseId, ...wrongLine, lineId: house.line('L10') };
    const replies = await Promise.all([client.try(api.cases.return, input), client.try(api.cases.return, input)]);
    expect(replies.filter((reply) => reply.code === null)).toHaveLength(1);
    expect((await house.standing(one.id)).returns).toBe(1);
  });
});
