import { describe, expect, it } from 'vitest';
import type { RequestRow } from '../../../contract/requests.ts';
import { grouped, groupOf } from './grouping.ts';

const at = Date.parse('2026-03-15T10:00:00Z');
const endOfDay = Date.parse('2026-03-15T16:00:00Z');
const due = (time: string, paused = false) => {
  const iso = `2026-03-${time}:00Z`;
  return { clock: { kind: 'resolve' as const, due: iso, originalDue: iso, from: iso, paused } };
};
const row = (id: string, time: string) => ({ id, ...due(time) }) as RequestRow;

describe('the clock is the left margin of the queue', () => {
  it('puts what is past due first, then the next hour, then today', () => {
    expect(groupOf(due('15T09:59'), at, endOfDay)).toBe('over');
    expect(groupOf(due('15T11:00'), at, endOfDay)).toBe('hour');
    expect(groupOf(due('15T15:00'), at, endOfDay)).toBe('today');
    expect(groupOf(due('16T09:00'), at, endOfDay)).toBe('later');
  });
  it('keeps a suspended request apart, however late it would be', () => {
    expect(groupOf(due('14T09:00', true), at, endOfDay)).toBe('paused');
    expect(groupOf({ clock: null }, at, endOfDay)).toBe('none');
  });
  it('says of the last group that there may be more while rows are still to come', () => {
    const lines = grouped([row('a', '15T09:00'), row('b', '15T10:30')], at, endOfDay, false);
    expect(
      lines.map((line) => ('head' in line ? `${line.head} ${line.count}${line.complete ? '' : '+'}` : line.row.id)),
    ).toEqual(['over 1', 'a', 'hour 1+', 'b']);
  });
});
