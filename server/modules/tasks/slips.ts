import type { SlipColour, SlipWhy } from '../../../contract/tasks.ts';

/**
 * Three-colour slips (domain 3.3): blue, at most a quarter of the time is left; yellow, behind a milestone or returned for
 * quality; red, overdue. A pure function of the task and the time.
 */
export interface SlipBasis {
  state: string;
  issuedAt: Date;
  /** The due in force, an extension counted. */
  dueAt: Date;
  submittedAt: Date | null;
  returnedAt: Date | null;
  /** How often it was returned for quality. */
  returns: number;
  milestones: { id: string; dueAt: Date; metAt: Date | null }[];
}

export interface Occasion {
  /** The one occasion it stands for: the same never leads to a second slip. */
  reason: string;
  colour: SlipColour;
  why: SlipWhy;
  occurredAt: Date;
}

export const hour = 3_600_000;
/** Between one telling upward and the next. */
export const tellingEvery = 24 * hour;

/** The moment at which a quarter of the time is left. */
export const nearDueAt = ({ issuedAt, dueAt }: Pick<SlipBasis, 'issuedAt' | 'dueAt'>): Date =>
  new Date(dueAt.getTime() - (dueAt.getTime() - issuedAt.getTime()) / 4);

const ended = ({ state }: SlipBasis): boolean => state === 'accepted' || state === 'void';
const later = (a: Date, b: Date | null): Date => (b !== null && b > a ? b : a);

/** A task and its milestones as the rules here look at them. */
export function basisOf(
  task: {
    state: string;
    issued_at: Date;
    due_at: Date;
    submitted_at: Date | null;
    returned_at: Date | null;
    returns: number;
  },
  milestones: { id: string; due_at: Date; met_at: Date | null }[],
): SlipBasis {
  return {
    state: task.state,
    issuedAt: task.issued_at,
    dueAt: task.due_at,
    submittedAt: task.submitted_at,
    returnedAt: task.returned_at,
    returns: task.returns,
    milestones: milestones.map((one) => ({ id: one.id, dueAt: one.due_at, metAt: one.met_at })),
  };
}

/**
 * Every occasion this task has or will have as it stands, in the order of time. What waits for acceptance waits for
 * somebody else: the owner's clock stands still, and goes on from the return.
 */
export function occasions(task: SlipBasis): Occasion[] {
  if (ended(task)) return [];
  // Handed in on time and returned after the due: late from the return on, not for the days it waited for acceptance.
  const handedInOnTime = task.submittedAt !== null && task.submittedAt <= task.dueAt;
  const lateFrom = task.state !== 'submitted' && handedInOnTime ? later(task.dueAt, task.returnedAt) : task.dueAt;
  const list: Occasion[] = [
    { reason: `near_due:${task.dueAt.toISOString()}`, colour: 'blue', why: 'near_due', occurredAt: nearDueAt(task) },
    ...task.milestones
      .filter((one) => one.metAt === null)
      .map(
        (one): Occasion => ({
          reason: `milestone:${one.id}`,
          colour: 'yellow',
          why: 'milestone',
          occurredAt: one.dueAt,
        }),
      ),
    {
      reason: `overdue:${task.dueAt.toISOString()}`,
      colour: 'red',
      why: 'overdue',
      occurredAt: lateFrom,
    },
  ];
  if (task.state === 'returned' && task.returnedAt)
    list.push({ reason: `returned:${task.returns}`, colour: 'yellow', why: 'quality', occurredAt: task.returnedAt });
  return list.sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || a.reason.localeCompare(b.reason));
}

/**
 * The slips to be written now. One that says "soon due" is not written once the task is overdue: after a night in which no
 * program ran, the owner gets the slip that is true.
 */
export function slipsDue(task: SlipBasis, written: ReadonlySet<string>, now: Date): Occasion[] {
  if (task.state === 'submitted') return [];
  const due = occasions(task).filter((one) => one.occurredAt <= now);
  const overdue = due.some((one) => one.colour === 'red');
  return due.filter((one) => !written.has(one.reason) && !(one.colour === 'blue' && overdue));
}

/** The colour in force; while it waits for acceptance, the one it was handed in with. */
export function colourOf(task: SlipBasis, now: Date): SlipColour | null {
  if (ended(task)) return null;
  const at = task.state === 'submitted' && task.submittedAt ? task.submittedAt : now;
  const colours = new Set(
    occasions(task)
      .filter((one) => one.occurredAt <= at)
      .map((one) => one.colour),
  );
  return (['red', 'yellow', 'blue'] as const).find((colour) => colours.has(colour)) ?? null;
}

/**
 * When a task that is or will be red is told upward next: as soon as it is red, then 24 h after the last telling, however
 * late that one came. Null while it waits for acceptance or is over.
 * @param notBefore 24 h after the last telling; null = none yet
 */
export function tellingDueAt(task: SlipBasis, notBefore: Date | null): Date | null {
  if (task.state === 'submitted') return null;
  const red = occasions(task).find((one) => one.colour === 'red');
  return red ? later(red.occurredAt, notBefore) : null;
}

/** When time next does something to it by itself: silent receipt, a slip, a telling upward; null = never. */
export function nextLook(
  task: SlipBasis & { receiveBy: Date },
  written: ReadonlySet<string>,
  notBefore: Date | null,
  now: Date,
): Date | null {
  if (ended(task) || task.state === 'submitted') return null;
  const moments = occasions(task)
    .filter((one) => !written.has(one.reason) && (one.occurredAt > now || one.colour !== 'blue'))
    .map((one) => one.occurredAt.getTime());
  if (task.state === 'issued') moments.push(task.receiveBy.getTime());
  moments.push(tellingDueAt(task, notBefore)!.getTime());
  return new Date(Math.min(...moments));
}
