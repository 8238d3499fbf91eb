import type { OutputOf } from '../../../contract/endpoint.ts';
import type { MeasureDue, MeasureEvent, measureEndpoints } from '../../../contract/measures.ts';
import type { Item } from '../../app/outbox.ts';

/** The list as the server last told it, kept on the phone under its account. */
export type Kept = OutputOf<(typeof measureEndpoints)['mine']>;

export const keptAs = (account: string): string => `measures:${account}`;

export type Said = 'tick' | 'cannot' | 'event';
/** What an item of the outbox says about a measure. */
export function saidBy(item: Item): Said {
  const path = item.calls.at(-1)?.path ?? '';
  return path.endsWith('/events') ? 'event' : path.endsWith('/cannot') ? 'cannot' : 'tick';
}

/** A measure as this phone knows it: what the server told, and what was said here since. */
export interface Entry {
  due: MeasureDue;
  state: 'lapsed' | 'todo' | 'cannot' | 'done';
  /** Still on this phone. */
  item: Item | null;
  /** Made on this phone and not known to the server yet. */
  local: boolean;
  /** When it counts as done as far as this phone knows. */
  doneAt: string | null;
  late: boolean;
}

export interface Arranged {
  lapsed: Entry[];
  todo: Entry[];
  cannot: Entry[];
  done: Entry[];
  events: MeasureEvent[];
  all: number;
}

/** A measure that fell due here and has no answer of the server yet. */
function fallenDue(
  event: MeasureEvent,
  item: Item,
  { trueTime, dayOf }: { trueTime(iso: string): string; dayOf(iso: string): string },
): MeasureDue {
  const from = trueTime(item.madeAt);
  const { minutes, fever: _fever, ...line } = event;
  return {
    ...line,
    id: item.subject,
    day: dayOf(from),
    from,
    due: new Date(Date.parse(from) + minutes * 60_000).toISOString(),
    state: 'open',
    lapsedAt: null,
    doneAt: null,
    doneBy: null,
    late: false,
    offline: true,
    proof: null,
    cannot: null,
    verdict: null,
    version: 0,
    can: { tick: true, cannot: true, answer: false, check: false },
  };
}

/**
 * The list of this moment: what the server told last, with what waits in the outbox on top, so that a tick made without
 * signal is a tick. Windows that have not begun are not shown; what was due and is not done has lapsed, signal or not.
 * @param today group-local day of `now`
 * @param trueTime the time something really was that this phone wrote down
 */
export function arrange(
  kept: Kept,
  items: readonly Item[],
  {
    now,
    today,
    dayOf,
    trueTime,
  }: { now: Date; today: string; dayOf(iso: string): string; trueTime(iso: string): string },
): Arranged {
  const mine = items.filter((one) => one.kind === 'tick');
  const known = new Set(kept.rows.map((one) => one.id));
  const fallen = mine.flatMap((item) => {
    if (saidBy(item) !== 'event' || known.has(item.subject)) return [];
    const lineId = item.calls[0]?.path.split('/').at(-2);
    const event = kept.events.find((one) => one.lineId === lineId);
    return event ? [fallenDue(event, item, { trueTime, dayOf })] : [];
  });
  const entries = [...kept.rows, ...fallen]
    .filter((due) => due.from <= now.toISOString())
    .map((due): Entry => {
      const said = mine.filter((one) => one.subject === due.id && saidBy(one) !== 'event');
      const ticked = said.find((one) => saidBy(one) === 'tick');
      const item = ticked ?? said[0] ?? mine.find((one) => one.subject === due.id) ?? null;
      const local = ticked !== undefined && due.state !== 'done';
      const doneAt = local ? trueTime(ticked.madeAt) : due.doneAt;
      const over = due.due <= now.toISOString();
      const state =
        doneAt !== null
          ? 'done'
          : said.length > 0 || due.state === 'cannot'
            ? 'cannot'
            : due.state === 'lapsed' || over
              ? 'lapsed'
              : 'todo';
      return { due, state, item, local, doneAt, late: local ? doneAt! > due.due : due.late };
    })
    // Yesterday's that is done is not today's; what was done today for a week or a month is.
    .filter((one) => one.state !== 'done' || one.due.day === today || dayOf(one.doneAt!) === today);
  const by = (state: Entry['state']): Entry[] =>
    entries.filter((one) => one.state === state).sort((a, b) => a.due.due.localeCompare(b.due.due));
  const lapsed = by('lapsed').sort((a, b) => Number(b.due.red) - Number(a.due.red));
  const done = by('done').sort((a, b) => b.doneAt!.localeCompare(a.doneAt!));
  // What is urgent and has not left this phone is never below something with more time: it says whom to ring.
  const todo = by('todo').sort((a, b) => Number(b.item?.urgent ?? false) - Number(a.item?.urgent ?? false));
  return { lapsed, todo, cannot: by('cannot'), done, events: kept.events, all: entries.length };
}
