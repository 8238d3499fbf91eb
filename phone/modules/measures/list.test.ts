import { describe, expect, test } from 'vitest';
import type { MeasureDue, MeasureEvent } from '../../../contract/measures.ts';
import type { Item } from '../../app/outbox.ts';
import { arrange, type Kept } from './list.ts';
import { writtenAgain } from './written.ts';

const line = {
  lineId: 'l1',
  level: 'site' as const,
  unitId: 4,
  siteId: 41,
  stage: 'S2',
  title: { zh: '消杀', en: 'Disinfection' },
  where: '宿舍',
  how: '',
  own: false,
  workLineId: null,
  frequency: 'daily',
  phase: 'during',
  nature: 'business',
  evidence: 'record' as const,
  evidenceCount: 1,
  red: false,
};
const due = (id: string, other: Partial<MeasureDue> = {}): MeasureDue => ({
  ...line,
  id,
  day: '2026-03-03',
  from: '2026-03-02T16:00:00.000Z',
  due: '2026-03-03T12:00:00.000Z',
  state: 'open',
  lapsedAt: null,
  doneAt: null,
  doneBy: null,
  late: false,
  offline: false,
  proof: null,
  cannot: null,
  verdict: null,
  version: 0,
  can: { tick: true, cannot: true, answer: false, check: false },
  ...other,
});
const fever: MeasureEvent = { ...line, lineId: 'l9', minutes: 30, fever: true, red: true };
const said = (subject: string, path: string, madeAt = '2026-03-03T10:00:00.000Z'): Item => ({
  id: `i-${subject}`,
  kind: 'tick',
  subject,
  account: 'a1',
  urgent: false,
  ring: [],
  madeAt,
  phase: 'waiting',
  tries: 0,
  notBefore: 0,
  problem: null,
  calls: [
    { path: '/api/files', key: 'p1', body: null, photo: 'p1', stamped: false },
    { path, key: 'k', body: { markId: 'm', words: '喷了' }, photo: null, stamped: true },
  ],
});
const kept = (rows: MeasureDue[]): Kept => ({
  day: '2026-03-03',
  asOf: '2026-03-03T08:00:00.000Z',
  siteIds: [41],
  rows,
  events: [fever],
  ring: [],
});
const at = (now: string) => ({
  now: new Date(now),
  today: new Date(Date.parse(now) + 8 * 3_600_000).toISOString().slice(0, 10),
  dayOf: (iso: string) => new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 10),
  trueTime: (iso: string) => iso,
});
const ids = (list: { due: MeasureDue }[]): string[] => list.map((one) => one.due.id);

describe('the list of today, with or without a network', () => {
  test('a tick that is still on the phone is a tick, and in time by the phone’s own time', () => {
    const list = arrange(kept([due('d1')]), [said('d1', '/api/measures/d1/ticks')], at('2026-03-03T13:00:00Z'));
    expect(ids(list.done)).toEqual(['d1']);
    expect(list.done[0]).toMatchObject({ local: true, late: false, doneAt: '2026-03-03T10:00:00.000Z' });
  });

  test('past its due it has lapsed although no server could say so; ticked then, it is late', () => {
    expect(ids(arrange(kept([due('d1')]), [], at('2026-03-03T12:00:00Z')).lapsed)).toEqual(['d1']);
    const late = said('d1', '/api/measures/d1/ticks', '2026-03-03T12:30:00.000Z');
    expect(arrange(kept([due('d1')]), [late], at('2026-03-03T13:00:00Z')).done[0]?.late).toBe(true);
  });

  test('what begins tomorrow is not shown today, and is there at midnight without a network', () => {
    const rows = [
      due('d1', { state: 'done', doneAt: '2026-03-03T09:00:00.000Z' }),
      due('d2', { day: '2026-03-04', from: '2026-03-03T16:00:00.000Z', due: '2026-03-04T12:00:00.000Z' }),
    ];
    const today = arrange(kept(rows), [], at('2026-03-03T13:00:00Z'));
    expect([ids(today.done), ids(today.todo), today.all]).toEqual([['d1'], [], 1]);
    const tomorrow = arrange(kept(rows), [], at('2026-03-03T16:01:00Z'));
    expect([ids(tomorrow.done), ids(tomorrow.todo), tomorrow.all]).toEqual([[], ['d2'], 1]);
  });

  test('red lines stand first among what lapsed, the soonest among what is to do', () => {
    const rows = [
      due('late', { state: 'lapsed', due: '2026-03-03T02:00:00.000Z' }),
      due('red', { state: 'lapsed', due: '2026-03-03T03:00:00.000Z', red: true }),
      due('evening'),
      due('noon', { due: '2026-03-03T06:00:00.000Z' }),
    ];
    const list = arrange(kept(rows), [], at('2026-03-03T04:00:00Z'));
    expect(ids(list.lapsed)).toEqual(['red', 'late']);
    expect(ids(list.todo)).toEqual(['noon', 'evening']);
  });

  test('what cannot be done waits apart, also before it was sent; done after all, it is done', () => {
    const cannot = said('d1', '/api/measures/d1/cannot');
    expect(ids(arrange(kept([due('d1')]), [cannot], at('2026-03-03T11:00:00Z')).cannot)).toEqual(['d1']);
    const both = [cannot, said('d1', '/api/measures/d1/ticks')];
    expect(ids(arrange(kept([due('d1')]), both, at('2026-03-03T11:00:00Z')).done)).toEqual(['d1']);
  });

  test('what happened without a network falls due from that moment and can be ticked', () => {
    const event = said('d7', '/api/measures/lines/l9/events');
    event.calls.shift();
    const list = arrange(kept([]), [event], at('2026-03-03T10:10:00Z'));
    expect(list.todo[0]?.due).toMatchObject({ id: 'd7', due: '2026-03-03T10:30:00.000Z', red: true });
    const ticked = arrange(kept([]), [event, said('d7', '/api/measures/d7/ticks')], at('2026-03-03T10:40:00Z'));
    expect(ids(ticked.done)).toEqual(['d7']);
    // Once the server knows it, it is there once.
    expect(arrange(kept([due('d7')]), [event], at('2026-03-03T10:40:00Z')).all).toBe(1);
  });

  test('an urgent one that has not left the phone stands first, however soon something else is due', () => {
    const event = { ...said('d7', '/api/measures/lines/l9/events'), urgent: true };
    event.calls.shift();
    const soon = due('soon', { due: '2026-03-03T10:15:00.000Z' });
    expect(ids(arrange(kept([soon]), [event], at('2026-03-03T10:10:00Z')).todo)).toEqual(['d7', 'soon']);
    expect(ids(arrange(kept([soon, due('d7')]), [], at('2026-03-03T10:10:00Z')).todo)).toEqual(['soon', 'd7']);
  });

  test('a refused one is written anew with its words and pictures', () => {
    expect(writtenAgain(said('d1', '/api/measures/d1/ticks'))).toEqual({
      key: 'draft:measure:d1',
      value: { id: '', words: '喷了', number: '', signer: '', photos: ['p1'] },
    });
  });
});
