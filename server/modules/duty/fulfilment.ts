import { badField } from '../../platform/errors.ts';
import type { Tx } from '../../platform/transaction.ts';
import { dateOf, dayNumber, instantAt, localDay } from '../clocks/index.ts';
import type { Directory } from '../organization/index.ts';
import { tasksOwnedBy } from '../tasks/index.ts';
import { dayMs, mondayOf } from './gaps.ts';
import { handoverFrom, shiftsOf } from './queries.ts';
import { bothWays, type Wording } from './wording.ts';

/** One thing a person had to do, and what became of it. */
export interface DutyItem {
  /** Unique within its source. */
  key: string;
  what: Wording;
  dueAt: Date;
  doneAt: Date | null;
  /** `late`: not done by `dueAt`, whether done since or not; `delegated`: another did it, or has it, in their place. */
  state: 'due' | 'done' | 'late' | 'delegated';
  /** Page of the desk that shows the record. */
  route?: string;
}

export interface DutyListSource {
  key: string;
  words: Wording;
  /** What was or is due of this person in [from, to). */
  items(tx: Tx, accountId: string, from: Date, to: Date): Promise<DutyItem[]>;
}

const sources = new Map<string, DutyListSource>();

/** A module says what its people have to do; a second registration under the same key takes the place of the first. */
export function provideDutyList(source: DutyListSource): void {
  sources.set(source.key, source);
}

export const dutyListSources = (): DutyListSource[] => [...sources.values()];

/** Monday of the week a day lies in; of today's where none is given. @throws bad_input naming week */
export function weekOf(dir: Directory, asked: string | undefined, now: Date): { week: string; from: Date; to: Date } {
  const zone = dir.group.timezone;
  const day = asked === undefined ? localDay(zone, now) : dayNumber(asked);
  if (day === null) throw badField('week', 'bad_format');
  const monday = mondayOf(day);
  return { week: dateOf(monday), from: instantAt(zone, monday, 0), to: instantAt(zone, monday + 7, 0) };
}

/** What one person had to do in a week, from every module that registered a list, the soonest first. */
export async function listOf(tx: Tx, dir: Directory, accountId: string, asked: string | undefined, now: Date) {
  const { week, from, to } = weekOf(dir, asked, now);
  const items: (DutyItem & { source: string })[] = [];
  for (const source of dutyListSources())
    for (const item of await source.items(tx, accountId, from, to)) items.push({ ...item, source: source.key });
  items.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  return {
    week,
    sources: dutyListSources().map(({ key, words }) => ({ key, words: bothWays(words) })),
    items: items.map((item) => ({
      key: `${item.source}:${item.key}`,
      source: item.source,
      what: bothWays(item.what),
      dueAt: item.dueAt.toISOString(),
      doneAt: item.doneAt?.toISOString() ?? null,
      // A source knows what was done; whether it is late by now, the clock says.
      state: item.state === 'due' && item.dueAt <= now ? ('late' as const) : item.state,
      route: item.route ?? null,
    })),
  };
}

/** A shift is done when it was taken within a quarter of an hour and, once over, its note was received. */
const graceMs = 15 * 60_000;

/** The module's own list: taking each shift on time, and handing it over. */
export function provideShifts(): void {
  provideDutyList({
    key: 'shifts',
    words: { zh: '值班', en: 'Shifts' },
    async items(tx, accountId, from, to) {
      const shifts = (await shiftsOf(tx, accountId, from, to)).filter(
        (row) => row.from_at >= new Date(from.getTime() - dayMs),
      );
      const given = new Map(
        (
          await handoverFrom(
            tx,
            shifts.map((row) => row.id),
          )
        ).map((row) => [row.from_shift, row]),
      );
      return shifts.flatMap((row): DutyItem[] => {
        const name = (what: { zh: string; en: string }): Wording => ({
          zh: `${what.zh}：${row.zh}`,
          en: `${what.en}: ${row.en}`,
        });
        const route = `/duty?node=${row.node_id}`;
        const takeDue = row.from_at;
        const onTime = row.taken_at !== null && row.taken_at.getTime() <= takeDue.getTime() + graceMs;
        const taking: DutyItem = {
          key: `${row.id}/take`,
          what: name({ zh: '接班', en: 'Take over' }),
          dueAt: takeDue,
          doneAt: row.taken_at,
          state:
            row.state === 'swapped'
              ? 'delegated'
              : row.taken_at
                ? onTime
                  ? 'done'
                  : 'late'
                : row.state === 'missed'
                  ? 'late'
                  : 'due',
          route,
        };
        if (row.taken_at === null) return row.from_at < to && row.from_at >= from ? [taking] : [];
        const handover = given.get(row.id);
        const late = handover !== undefined && handover.given_at.getTime() > row.to_at.getTime() + graceMs;
        const handing: DutyItem = {
          key: `${row.id}/handover`,
          what: name({ zh: '交班', en: 'Hand over' }),
          dueAt: row.to_at,
          doneAt: handover?.given_at ?? row.over_at,
          state: handover ? (late ? 'late' : 'done') : row.over_at ? 'done' : 'due',
          route,
        };
        return [taking, handing].filter((item) => item.dueAt >= from && item.dueAt < to);
      });
    },
  });
  provideDutyList({
    key: 'tasks',
    words: { zh: '督办', en: 'Tasks' },
    async items(tx, accountId, from, to) {
      return (await tasksOwnedBy(tx, accountId, from, to)).map((row) => {
        const handed =
          row.returned_at !== null && row.submitted_at !== null && row.returned_at > row.submitted_at
            ? null
            : row.submitted_at;
        const onTime = handed !== null && handed <= row.due_original;
        // Reported by the owner is not done: somebody outside accepts it.
        return {
          key: row.id,
          what: { zh: `督办 ${row.number}`, en: `Task ${row.number}` },
          dueAt: row.due_original,
          doneAt: row.accepted_at,
          state: row.accepted_at ? (onTime ? ('done' as const) : ('late' as const)) : ('due' as const),
          route: `/tasks/${row.id}`,
        };
      });
    },
  });
}
