import type { AcceptanceRule, TaskAbilities } from '../../../contract/tasks.ts';
import { type Actor, type Area, areasFor, covers, sameHand } from '../../platform/actor.ts';
import type { Directory } from '../organization/index.ts';
import { mayMove } from './lifecycle.ts';
import type { TaskRecord } from './queries.ts';

/** Who may see, own, accept and issue a supervised task. Pure. */

type Owned = Pick<TaskRecord, 'owner_id' | 'owner_line_id' | 'owner_unit_id'>;

/** The accountable person, or whoever holds the post: the handlers of that line at that place, the leader of that unit. */
export function mayOwn(actor: Actor, task: Owned): boolean {
  if (actor.kind !== 'account') return false;
  if (task.owner_id !== null) return task.owner_id === actor.accountId;
  if (task.owner_line_id !== null)
    return areasFor(actor, 'cases.handle').some(
      (area) =>
        area.lineId === task.owner_line_id &&
        (task.owner_unit_id === null ? area.everywhere : area.unitIds.includes(task.owner_unit_id)),
    );
  return actor.areas.some(
    (area) => area.role === 'unit_leader' && !area.everywhere && area.unitIds.includes(task.owner_unit_id!),
  );
}

const issuingAreas = (actor: Actor): Area[] => areasFor(actor, 'tasks.issue').filter((area) => area.lineId === null);

/** The issuing side: who issues at that place or above it. */
export const onIssuingSide = (
  actor: Actor,
  task: Pick<TaskRecord, 'issuer_node_id'>,
  dir: Pick<Directory, 'ancestors'>,
): boolean => issuingAreas(actor).some((area) => dir.ancestors(task.issuer_node_id).includes(area.nodeId));

/**
 * The node in whose name this person may issue: the owner and the place lie within what they lead. Null = not theirs to
 * issue. A unit's leader gives nothing to head office.
 */
export function issuesFrom(
  actor: Actor,
  owner: { unitId: number | null; siteId: number | null },
  place: { unitId: number | null; siteId: number | null },
): number | null {
  const area = issuingAreas(actor).find(
    (one) => one.everywhere || (covers(one, owner) && (place.unitId === null || covers(one, place))),
  );
  return area?.nodeId ?? null;
}

/** Roles that see what lies in their part of the group. */
const overseers = ['site_officer', 'unit_liaison', 'unit_leader', 'group_leader', 'dispatcher', 'dispatcher_lead'];

/**
 * What this person may see: `party`, everything; `overseer`, everything unless it is guarded, then that it is there; null,
 * nothing.
 */
export function readerOfTask(
  actor: Actor,
  task: TaskRecord,
  dir: Pick<Directory, 'ancestors'>,
): 'party' | 'overseer' | null {
  if (actor.kind !== 'account') return null;
  const me = actor.accountId;
  if (mayOwn(actor, task) || task.holder_id === me || task.issuer_id === me || onIssuingSide(actor, task, dir))
    return 'party';
  const seen = areasFor(actor, 'tasks.read').some((area) =>
    area.role === 'handler'
      ? area.lineId !== null &&
        area.lineId === task.owner_line_id &&
        (area.everywhere || (task.owner_unit_id !== null && area.unitIds.includes(task.owner_unit_id)))
      : overseers.includes(area.role) &&
        (covers(area, { unitId: task.unit_id, siteId: task.site_id }) ||
          (task.owner_unit_id !== null && covers(area, { unitId: task.owner_unit_id, siteId: null }))),
  );
  return seen ? 'overseer' : null;
}

/** Whether the words of it are this reader's to read. */
export const mayReadWords = (reader: 'party' | 'overseer', task: Pick<TaskRecord, 'guarded'>): boolean =>
  reader === 'party' || !task.guarded;

/** Somebody who did something for the owner. */
export interface TaskHand {
  accountId: string;
  /** When they last did; null where they answer for it and did nothing. */
  at: Date | null;
  lineId: number | null;
  /** Nodes this person leads. */
  leads: number[];
}

/**
 * Nobody who did the work declares it done. The issuing side accepts, but nobody who had a part in it, holds the post that
 * answers for it, belongs to its line, or stands below whoever answers for it. A leader's peers are not below the leader.
 */
export function acceptance(
  actor: Actor,
  task: TaskRecord,
  hands: TaskHand[],
  dir: Pick<Directory, 'ancestors'>,
): { rule: AcceptanceRule; holds: boolean }[] {
  const lines = new Set([task.owner_line_id, ...hands.map((hand) => hand.lineId)].filter((id) => id !== null));
  const above = actor.homeNodeId === null ? [] : dir.ancestors(actor.homeNodeId);
  const own = actor.areas
    .filter((area) => area.role === 'unit_leader' || area.role === 'group_leader')
    .flatMap((area) => dir.ancestors(area.nodeId).slice(0, 1));
  return [
    { rule: 'issuing_side', holds: onIssuingSide(actor, task, dir) },
    {
      rule: 'no_part',
      holds: !sameHand(actor, task.owner_id) && !hands.some((hand) => sameHand(actor, hand.accountId, hand.at)),
    },
    { rule: 'not_owner_post', holds: !mayOwn(actor, task) },
    { rule: 'other_line', holds: !actor.areas.some((area) => area.lineId !== null && lines.has(area.lineId)) },
    {
      rule: 'not_below_owner',
      holds: !hands.some((hand) => hand.leads.some((node) => above.includes(node) && !own.includes(node))),
    },
  ];
}

export const nothingToDo: TaskAbilities = {
  receive: false,
  progress: false,
  submit: false,
  accept: false,
  return: false,
  extend: false,
  void: false,
};

/** More time is granted once, before it is overdue and while the owner still works on it. */
export const mayExtend = (task: TaskRecord, now: Date): boolean =>
  mayMove('extend', task.state) && task.extended_at === null && now < task.due_at;

/**
 * What this person may do now; and, for acts one would expect, why not. The commands ask the same rules.
 * @param awaited the person whose dissatisfaction it came from has not said that it is solved
 */
export function abilitiesOf(
  actor: Actor,
  task: TaskRecord,
  hands: TaskHand[],
  awaited: boolean,
  dir: Pick<Directory, 'ancestors'>,
  now: Date,
): {
  can: TaskAbilities;
  cannot: Record<string, string>;
  independence: { rule: AcceptanceRule; holds: boolean }[];
} {
  const can = { ...nothingToDo };
  const cannot: Record<string, string> = {};
  const independence = acceptance(actor, task, hands, dir);
  if (mayOwn(actor, task)) {
    can.receive = mayMove('receive', task.state);
    can.progress = mayMove('progress', task.state);
    can.submit = mayMove('submit', task.state);
    cannot.accept = 'owner_never_accepts';
  }
  if (onIssuingSide(actor, task, dir)) {
    const free = independence.every((one) => one.holds);
    can.accept = free && !awaited && mayMove('accept', task.state);
    can.return = free && mayMove('return', task.state);
    if (!free) cannot.accept = 'not_independent_task';
    else if (awaited && mayMove('accept', task.state)) cannot.accept = 'not_said_solved';
    // Whoever answers for it neither grants themselves more time nor makes it void.
    const apart = !mayOwn(actor, task);
    can.extend = apart && mayExtend(task, now);
    can.void = apart && mayMove('void', task.state);
    if (!can.extend && mayMove('extend', task.state))
      cannot.extend = task.extended_at !== null ? 'extended_once' : 'after_due';
  }
  return { can, cannot, independence };
}
