import { describe, expect, test } from 'vitest';
import { type Role, roles } from '../../../contract/permissions.ts';
import { crossing, neverDelegated, separations } from '../../../contract/separation.ts';
import { tiredBy } from './fatigue.ts';
import { cellsOf, gapsIn, hoursIn, type Span } from './gaps.ts';

const zone = 'Asia/Shanghai';
/** Hours from midnight of 2026-03-02 on the group's clock. */
const at = (hour: number): Date => new Date(Date.parse('2026-03-01T16:00:00Z') + hour * 3_600_000);
const span = (from: number, to: number): Span => ({ from: at(from), to: at(to) });

describe('hours without a named officer', () => {
  test.each([
    ['nothing named', [[0, 24]], [], [[0, 24]]],
    [
      'all named',
      [
        [0, 8],
        [8, 16],
        [16, 24],
      ],
      [
        [0, 8],
        [8, 16],
        [16, 24],
      ],
      [],
    ],
    [
      'a night missing',
      [
        [0, 8],
        [8, 16],
      ],
      [[8, 16]],
      [[0, 8]],
    ],
    [
      'stretches that meet are one gap',
      [
        [0, 8],
        [8, 16],
      ],
      [],
      [[0, 16]],
    ],
    [
      'a hole in the middle',
      [[0, 24]],
      [
        [0, 8],
        [10, 24],
      ],
      [[8, 10]],
    ],
    [
      'named out of order and twice',
      [[0, 24]],
      [
        [12, 24],
        [0, 10],
        [2, 12],
      ],
      [],
    ],
    ['named beyond what is asked', [[8, 16]], [[0, 24]], []],
    ['nothing asked', [], [[0, 24]], []],
  ] as const)('%s', (_, asked, named, open) => {
    const spans = (all: readonly (readonly number[])[]) => all.map(([from, to]) => span(from!, to!));
    expect(gapsIn(spans(asked), spans(named))).toEqual(spans(open));
  });
  test('the duty officer is on from 08:30 to 08:30 of the next day', () => {
    const [cell] = cellsOf(zone, ['H'], 20_514, 1);
    expect(cell).toMatchObject({ day: '2026-03-02', from: at(8.5), to: at(32.5) });
    expect(hoursIn([cell!])).toBe(24);
  });
});

describe('the fatigue guard (12 hours, 14 days)', () => {
  const on = (from: number, to: number, standby = false) => ({ ...span(from, to), standby });
  test.each([
    ['eight hours are right', [on(8, 16)], []],
    ['twelve in 24 are right', [on(0, 8), on(20, 24)], []],
    ['a night after a day is too much', [on(8, 16), on(24, 32)], [['hours', 16]]],
    ['day, and the night of the day after, is right', [on(8, 16), on(48, 56)], []],
    ['a standing officer rests: a third of the hours count', [on(8.5, 32.5, true)], []],
    ['standing by after a day shift is too much', [on(8, 16), on(16, 40, true)], [['hours', 13.3]]],
  ])('%s', (_, shifts, tired) => {
    const last = shifts.at(-1)!;
    expect(tiredBy(zone, shifts, last).map((one) => [one.kind, one.value])).toEqual(tired);
  });
  test('fourteen days in a row are right, the fifteenth is not, and a day of rest breaks the row', () => {
    const days = (list: number[]) => list.map((day) => on(day * 24 + 8, day * 24 + 16));
    const row = Array.from({ length: 14 }, (_, i) => i);
    expect(tiredBy(zone, days(row), days([13])[0]!)).toEqual([]);
    expect(tiredBy(zone, days([...row, 14]), days([14])[0]!)).toEqual([{ kind: 'days', value: 15 }]);
    // One who fills the gap between two rows makes one row of them.
    expect(tiredBy(zone, days([...row, 15]), days([15])[0]!)).toEqual([]);
    expect(tiredBy(zone, days([...row, 15, 14]), days([14])[0]!)).toEqual([{ kind: 'days', value: 16 }]);
  });
});

describe('delegation never crosses a separation of duties', () => {
  const pairs = separations.flatMap(({ a, b, en }) =>
    a.flatMap((one) => b.map((other): [string, Role, Role] => [en, one, other])),
  );
  test.each(pairs)('%s: %s and %s', (_, a, b) => {
    expect(crossing([a], b)).not.toBeNull();
    expect(crossing([b], a)).not.toBeNull();
  });
  test.each([...neverDelegated])('%s is held in person', (role) => {
    expect(crossing(['unit_leader'], role)).not.toBeNull();
  });
  test.each(['sysadmin', 'secadmin', 'auditor'] as Role[])('%s does no business on behalf of anybody', (role) => {
    for (const other of roles) expect(crossing([role], other)).not.toBeNull();
  });
  test.each([
    ['unit_leader', 'unit_leader'],
    ['handler', 'handler'],
    ['followup_caller', 'followup_lead'],
    ['dispatcher', 'dispatcher_lead'],
    ['operator', 'dispatcher'],
  ] as [Role, Role][])('%s may stand in as %s', (held, taken) => {
    expect(crossing([held], taken)).toBeNull();
  });
});
