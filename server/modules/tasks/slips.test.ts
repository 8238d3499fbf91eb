import { describe, expect, test } from 'vitest';
import type { Directory } from '../organization/index.ts';
import { ladderOf, rungAt } from './ladder.ts';
import { isOpenTask, transitions } from './lifecycle.ts';
import {
  basisOf,
  colourOf,
  hour,
  nearDueAt,
  nextLook,
  occasions,
  type SlipBasis,
  slipsDue,
  tellingDueAt,
  tellingEvery,
} from './slips.ts';

const day = 24 * hour;
const t0 = Date.parse('2026-11-01T00:00:00Z');
const at = (ms: number): Date => new Date(t0 + ms);
const task = (more: Partial<SlipBasis> = {}): SlipBasis => ({
  state: 'in_progress',
  issuedAt: at(0),
  dueAt: at(4 * day),
  submittedAt: null,
  returnedAt: null,
  returns: 0,
  milestones: [],
  ...more,
});
const none = new Set<string>();
const colours = (basis: SlipBasis, ms: number): string[] => slipsDue(basis, none, at(ms)).map((one) => one.colour);

describe('three-colour slips', () => {
  test('blue when a quarter of the time is left, and not a moment sooner', () => {
    expect(nearDueAt(task())).toEqual(at(3 * day));
    expect(colours(task(), 3 * day - 1)).toEqual([]);
    expect(colours(task(), 3 * day)).toEqual(['blue']);
  });
  test('yellow when a milestone has passed unmet, or when it was returned for quality', () => {
    const milestones = [{ id: 'm', dueAt: at(day), metAt: null }];
    expect(colours(task({ milestones }), day - 1)).toEqual([]);
    expect(colours(task({ milestones }), day)).toEqual(['yellow']);
    expect(colours(task({ milestones: [{ ...milestones[0]!, metAt: at(2) }] }), 2 * day)).toEqual([]);
    const returned = task({ state: 'returned', submittedAt: at(day), returnedAt: at(2 * day), returns: 1 });
    expect(slipsDue(returned, none, at(2 * day)).map((one) => one.why)).toEqual(['quality']);
  });
  test('red when overdue; a late look writes what is true, not "soon due"', () => {
    expect(colours(task(), 4 * day)).toEqual(['red']);
    expect(colours(task(), 9 * day)).toEqual(['red']);
  });
  test('while it waits for acceptance nothing is held against the owner; from the return on it is', () => {
    const waiting = task({ state: 'submitted', submittedAt: at(2 * day) });
    expect(colours(waiting, 9 * day)).toEqual([]);
    expect(colourOf(waiting, at(9 * day))).toBeNull();
    const returned = task({ state: 'returned', submittedAt: at(2 * day), returnedAt: at(6 * day), returns: 1 });
    expect(occasions(returned).find((one) => one.colour === 'red')?.occurredAt).toEqual(at(6 * day));
    expect(tellingDueAt(returned, null)).toEqual(at(6 * day));
    expect(tellingDueAt(waiting, null)).toBeNull();
    const late = task({ state: 'submitted', submittedAt: at(5 * day) });
    expect(colourOf(late, at(9 * day))).toBe('red');
  });
  test('an extension makes new occasions: the slips of the first due stay written', () => {
    const first = slipsDue(task(), none, at(3 * day));
    const extended = task({ dueAt: at(8 * day) });
    const written = new Set(first.map((one) => one.reason));
    expect(slipsDue(extended, written, at(4 * day))).toEqual([]);
    expect(slipsDue(extended, written, at(6 * day)).map((one) => one.colour)).toEqual(['blue']);
  });
  test('told at once when red, then 24 h after the last telling, however late that one came', () => {
    expect(tellingDueAt(task(), null)).toEqual(at(4 * day));
    expect(tellingDueAt(task(), at(6 * day))).toEqual(at(6 * day));
    expect(tellingDueAt(task({ state: 'accepted' }), null)).toBeNull();
  });
});

/** A repeatable stream of numbers, so that a failing story can be told again by its seed. */
function stream(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('whatever happens in whatever order, each slip is written once, red is told at most once in 24 h and never a step down', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const draw = stream(seed);
    const row = {
      state: 'issued',
      issued_at: at(0),
      due_at: at((1 + draw(20)) * day),
      submitted_at: null as Date | null,
      returned_at: null as Date | null,
      returns: 0,
      received: false,
    };
    const milestones = Array.from({ length: draw(3) }, (_, i) => ({
      id: `m${i}`,
      due_at: at(hour + draw(row.due_at.getTime() - t0 - hour)),
      met_at: null as Date | null,
    }));
    const receiveBy = at(4 * hour);
    const written = new Set<string>();
    const tellings: { at: number; rung: number }[] = [];
    let notBefore: Date | null = null;
    let extended = false;
    for (let now = 0; now < 40 * day && isOpenTask(row); now += 1 + draw(30 * hour)) {
      // What time does, as the sweep does it.
      if (row.state === 'issued' && receiveBy <= at(now)) row.state = 'received';
      const basis = basisOf(row, milestones);
      for (const one of slipsDue(basis, written, at(now))) {
        expect(one.occurredAt.getTime(), `seed ${seed}`).toBeLessThanOrEqual(t0 + now);
        expect(written.has(one.reason), `seed ${seed}: ${one.reason}`).toBe(false);
        written.add(one.reason);
      }
      const tellAt = tellingDueAt(basis, notBefore);
      if (tellAt && tellAt <= at(now)) {
        expect(colourOf(basis, at(now)), `seed ${seed}`).toBe('red');
        tellings.push({ at: now, rung: rungAt([1, 2, 3] as never, (tellings.at(-1)?.rung ?? -1) + 1) });
        notBefore = at(now + tellingEvery);
      }
      expect(
        slipsDue(basis, written, at(now)).filter((one) => one.colour !== 'blue'),
        `seed ${seed}`,
      ).toEqual([]);
      // The next look is never in the past: else the sweep would turn in a circle.
      const next = nextLook({ ...basis, receiveBy }, written, notBefore, at(now));
      if (next) expect(next.getTime(), `seed ${seed} at ${now} ${row.state}`).toBeGreaterThan(t0 + now);
      else expect(['submitted', 'accepted', 'void'], `seed ${seed}`).toContain(row.state);
      // What people do.
      const moves = Object.entries(transitions).filter(([, from]) => row.state in from);
      const [event, table] = moves[draw(moves.length)]!;
      if (event === 'extend') {
        if (extended || at(now) >= row.due_at) continue;
        extended = true;
        row.due_at = new Date(row.due_at.getTime() + (1 + draw(5)) * day);
      }
      if (['void', 'accept'].includes(event) && draw(10) > 0) continue;
      row.state = (table as Record<string, string>)[row.state]!;
      if (event === 'submit') row.submitted_at = at(now);
      if (event === 'return') {
        row.returned_at = at(now);
        row.returns++;
      }
      if (event === 'progress') for (const one of milestones) if (draw(4) === 0) one.met_at ??= at(now);
    }
    for (const [i, one] of tellings.entries()) {
      const before = tellings[i - 1];
      if (!before) continue;
      expect(one.rung, `seed ${seed}`).toBe(Math.min(before.rung + 1, 2));
      expect(one.at - before.at, `seed ${seed}`).toBeGreaterThanOrEqual(tellingEvery);
    }
  }
});

describe('who is told', () => {
  const nodes = new Map([
    [1, { id: 1, kind: 'group', parentId: null }],
    [2, { id: 2, kind: 'unit', parentId: 1 }],
    [3, { id: 3, kind: 'site', parentId: 2 }],
  ]) as unknown as Directory['nodes'];
  const dir = {
    nodes,
    groupNode: nodes.get(1)!,
    unitOf: (id: number) => (id === 1 ? null : 2),
  };
  const roles = (owner: Parameters<typeof ladderOf>[1]): string[] => ladderOf(dir, owner).map((one) => one.role);
  test('the owner’s leader, the unit’s leader, the dispatcher lead, the group’s leader', () => {
    expect(roles({ homeNodeId: 3, lineId: null, unitId: null, leadsUnit: false })).toEqual([
      'unit_liaison',
      'unit_leader',
      'dispatcher_lead',
      'group_leader',
    ]);
    expect(roles({ homeNodeId: null, lineId: 7, unitId: 2, leadsUnit: false })[0]).toBe('unit_leader');
    expect(roles({ homeNodeId: null, lineId: 7, unitId: null, leadsUnit: false })).toEqual([
      'dispatcher_lead',
      'group_leader',
    ]);
  });
  test('a unit’s leader is told of to head office, not to themselves; on the top step it stays', () => {
    const ladder = ladderOf(dir, { homeNodeId: null, lineId: null, unitId: 2, leadsUnit: true });
    expect(ladder.map((one) => one.role)).toEqual(['dispatcher_lead', 'group_leader']);
    expect([0, 1, 2, 9].map((n) => rungAt(ladder, n))).toEqual([0, 1, 1, 1]);
  });
});
