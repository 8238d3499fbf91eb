import { uuidv7 } from 'uuidv7';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { LineClass, ProblemRow, ProblemView, taskEndpoints } from '../../../contract/tasks.ts';
import { type Actor, areasFor, covers, sameHand } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { claimFiles, filesOf } from '../../platform/files.ts';
import type { Context } from '../../platform/serve.ts';
import { grantsOf, labelsOf, leadersAbove } from '../access/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { zoneOffset } from '../requests/index.ts';
import { readerOfTask } from './policy.ts';
import {
  entriesOf,
  insertLinks,
  insertMember,
  insertMovement,
  linksOf,
  lockProblem,
  type MemberRecord,
  type MovementRecord,
  membersOf,
  movementsOf,
  type ProblemRecord,
  patchMember,
  patchProblem,
  problemById,
  problemsIn,
  taskById,
} from './queries.ts';
import { openHardProblem } from './raising.ts';
import { note } from './record.ts';
import { evidenceRefs, referenceTo } from './references.ts';
import { type TeamMember, teamLacks, weekAfter, weekOf, weeksOf } from './team.ts';
import { entryViews, titleFor } from './view.ts';

const present = (members: MemberRecord[]): MemberRecord[] => members.filter((one) => one.left_at === null);
const isMember = (actor: Actor, members: MemberRecord[]): boolean =>
  members.some((one) => one.account_id === actor.accountId);

/** Who puts teams together and closes: whoever issues tasks at that place or above it. */
const leadsIt = (actor: Actor, problem: ProblemRecord): boolean =>
  areasFor(actor, 'tasks.issue').some(
    (area) =>
      area.lineId === null && (area.everywhere || covers(area, { unitId: problem.unit_id, siteId: problem.site_id })),
  );

/** As what this person reads it: of the team or leading there; overseeing the place; not at all. */
export function readerIn(actor: Actor, problem: ProblemRecord, members: MemberRecord[]): 'party' | 'overseer' | null {
  if (isMember(actor, members) || leadsIt(actor, problem) || problem.opened_by === actor.accountId) return 'party';
  return areasFor(actor, 'tasks.read').some(
    (area) => area.lineId === null && covers(area, { unitId: problem.unit_id, siteId: problem.site_id }),
  )
    ? 'overseer'
    : null;
}

export const readerOfProblem = async (context: Context, problem: ProblemRecord): Promise<'party' | 'overseer' | null> =>
  readerIn(context.actor, problem, await membersOf(context.tx, [problem.id]));

const mayReadWords = (reader: 'party' | 'overseer', problem: ProblemRecord): boolean =>
  reader === 'party' || !problem.guarded;

const recordOfProblem = (problem: ProblemRecord) => ({
  id: problem.id,
  class: problem.class,
  unitId: problem.unit_id,
  siteId: problem.site_id,
  lineId: null,
});

interface Found {
  problem: ProblemRecord;
  /** Everybody who ever was in the team. */
  members: MemberRecord[];
  dir: Directory;
}

/** Locked, and readable by this person. @throws not_found */
async function locked(context: Context, id: string): Promise<Found> {
  const problem = await lockProblem(context.tx, id);
  if (!problem) throw notFound();
  const members = await membersOf(context.tx, [id]);
  const reader = readerIn(context.actor, problem, members);
  if (!reader || !mayReadWords(reader, problem)) throw notFound();
  return { problem, members, dir: await directory(context.tx) };
}

const stillOpen = (problem: ProblemRecord): void => {
  if (problem.state !== 'open') throw new Refusal(409, 'not_in_this_state', { values: { state: 'problem_closed' } });
};

/** A leader puts something on the list. @throws outside_what_you_lead */
export async function openProblem(
  context: Context,
  input: ParsedOf<typeof taskEndpoints.openProblem>,
): Promise<{ id: string; number: string }> {
  const { tx, actor } = context;
  const dir = await directory(tx);
  const before = await problemById(tx, input.id);
  if (before) {
    if (before.opened_by !== actor.accountId) throw notFound();
    return { id: before.id, number: before.number };
  }
  const task = input.taskId ? await taskById(tx, input.taskId) : undefined;
  if (input.taskId && (!task || readerOfTask(actor, task, dir) !== 'party'))
    throw badField('taskId', 'no_such_record', { number: '' });
  const node = input.nodeId ? dir.nodes.get(input.nodeId) : undefined;
  if (input.nodeId && !node) throw badField('nodeId', 'bad_choice');
  const unitId = task ? task.unit_id : node ? dir.unitOf(node.id) : null;
  const siteId = task ? task.site_id : node?.kind === 'site' ? node.id : null;
  const leads = areasFor(actor, 'tasks.issue').some(
    (area) => area.lineId === null && (area.everywhere || covers(area, { unitId, siteId })),
  );
  if (!leads) throw forbidden('outside_what_you_lead');
  return openHardProblem(context, {
    id: input.id,
    source: task
      ? { kind: 'task', id: task.id, label: task.number }
      : { kind: 'instruction', id: '', label: actor.label },
    title: input.title,
    matter: input.matter,
    unitId,
    siteId,
    class: task?.class ?? 'normal',
    guarded: task?.guarded ?? false,
    requiredClasses: input.requiredClasses,
  });
}

/**
 * Level and class follow from where the person is at home and the line they come for. Oversight watches and never leads.
 * @throws oversight_leads, one_leader, in_the_past
 */
export async function addMember(context: Context, input: ParsedOf<typeof taskEndpoints.addMember>): Promise<void> {
  const { tx, actor, now } = context;
  const { problem, members, dir } = await locked(context, input.id);
  if (!leadsIt(actor, problem)) throw forbidden('outside_what_you_lead');
  stillOpen(problem);
  const [account] = await labelsOf(tx, [input.accountId]);
  if (!account) throw badField('accountId', 'bad_choice');
  if (present(members).some((one) => one.account_id === input.accountId)) throw badField('accountId', 'already_there');
  const own = (await grantsOf(tx, [input.accountId])).map((grant) => grant.line_id).find((id) => id !== null);
  const line = dir.lines.get(input.lineId ?? own ?? 0);
  if (input.lineId && !line) throw badField('lineId', 'bad_choice');
  if (input.leads && line?.class === 'oversight') throw badField('leads', 'oversight_leads');
  if (input.leads && present(members).some((one) => one.leads)) throw badField('leads', 'one_leader');
  const returnDue = input.returnDue ? new Date(input.returnDue) : null;
  if (returnDue && returnDue <= now)
    throw new Refusal(422, 'in_the_past', { fields: [{ field: 'returnDue', code: 'bad_choice' }] });
  const home = dir.nodes.get(account.home_node_id);
  const level = home?.kind === 'site' ? 'site' : home?.kind === 'unit' ? 'unit' : 'head_office';
  await insertMember(tx, {
    id: uuidv7(),
    problem_id: problem.id,
    account_id: account.id,
    label: account.label,
    level,
    line_id: line?.id ?? null,
    line_class: line?.class ?? null,
    home_node_id: account.home_node_id,
    leads: input.leads,
    return_due: returnDue,
    added_by: actor.accountId!,
    added_at: now,
  });
  await patchProblem(tx, problem.id, {});
  await note(context, {
    recordKind: 'problem',
    record: recordOfProblem(problem),
    kind: 'joined',
    action: 'tasks.member_joined',
    permission: 'tasks.issue',
    text: account.label,
    data: { level, line: line?.id ?? null, leads: input.leads, until: returnDue?.toISOString() ?? null },
    figures: { level, class: line?.class ?? null, leads: input.leads, lentUntil: returnDue?.toISOString() ?? null },
  });
}

/** Lent people go back, others leave. They stay in the record: who was ever in the team does not close it. */
export async function endMember(context: Context, id: string, memberId: string): Promise<void> {
  const { problem, members } = await locked(context, id);
  if (!leadsIt(context.actor, problem)) throw forbidden('outside_what_you_lead');
  const member = members.find((one) => one.id === memberId);
  if (!member) throw notFound();
  if (member.left_at !== null) throw conflict('stale');
  const lent = member.return_due !== null;
  await patchMember(context.tx, memberId, { left_at: context.now, returned_at: lent ? context.now : null });
  await patchProblem(context.tx, id, {});
  await note(context, {
    recordKind: 'problem',
    record: recordOfProblem(problem),
    kind: lent ? 'sent_back' : 'left',
    action: lent ? 'tasks.member_returned' : 'tasks.member_left',
    permission: 'tasks.issue',
    text: member.label,
    data: { late: lent && context.now > member.return_due! },
    figures: { late: lent && context.now > member.return_due! },
  });
}

const offsetAt = (dir: Directory, at: Date): number => zoneOffset(dir.group.timezone, at);
const weekAt = (dir: Directory, at: Date): string => weekOf(at, offsetAt(dir, at));

/** The team, without those who only watch. */
const mayMove = (actor: Actor, members: MemberRecord[]): boolean =>
  present(members).some((one) => one.account_id === actor.accountId && one.line_class !== 'oversight');

/** What this week brought, by somebody of the team; oversight watches. @throws not_in_team */
export async function recordMovement(context: Context, input: ParsedOf<typeof taskEndpoints.move>): Promise<void> {
  const { problem, members, dir } = await locked(context, input.id);
  if (!mayMove(context.actor, members)) throw forbidden('not_in_team');
  stillOpen(problem);
  const week = weekAt(dir, context.now);
  await insertMovement(context.tx, {
    id: uuidv7(),
    problem_id: problem.id,
    week,
    direction: input.direction,
    text: input.text,
    recorded_by: context.actor.accountId!,
    recorded_label: context.actor.label,
    at: context.now,
  });
  await patchProblem(context.tx, problem.id, {});
  await note(context, {
    recordKind: 'problem',
    record: recordOfProblem(problem),
    kind: 'movement',
    action: 'tasks.problem_moved',
    permission: 'tasks.read',
    text: input.text,
    data: { direction: input.direction, week },
    figures: { direction: input.direction, week },
  });
}

export async function linkRecord(context: Context, id: string, number: string): Promise<void> {
  const { problem, members } = await locked(context, id);
  if (!leadsIt(context.actor, problem) && !mayMove(context.actor, members)) throw forbidden('not_in_team');
  stillOpen(problem);
  const found = await referenceTo(context, number);
  if (!found) throw badField('number', 'no_such_record', { number });
  await insertLinks(context.tx, [
    {
      problem_id: id,
      kind: found.kind,
      record_id: found.id,
      label: found.number,
      linked_by: context.actor.accountId,
      linked_at: context.now,
    },
  ]);
  await note(context, {
    recordKind: 'problem',
    record: recordOfProblem(problem),
    kind: 'linked',
    action: 'tasks.problem_linked',
    permission: 'tasks.read',
    data: { refs: `${found.kind}:${found.id}:${found.number}` },
    figures: { kind: found.kind },
  });
}

/** Why this person may not close it; null = they may. Whoever was ever in the team, or stands below its leader, may not. */
async function barredFromClosing(context: Context, { problem, members, dir }: Found): Promise<string | null> {
  const { actor, tx } = context;
  if (!leadsIt(actor, problem)) return 'outside_what_you_lead';
  if (members.some((one) => sameHand(actor, one.account_id))) return 'team_never_closes';
  const leaders = members.filter((one) => one.leads).map((one) => one.account_id);
  const above = actor.homeNodeId === null ? [] : dir.ancestors(actor.homeNodeId);
  const own = actor.areas
    .filter((area) => ['unit_leader', 'group_leader'].includes(area.role))
    .map((area) => area.nodeId);
  const led = await leadersAbove(tx, leaders);
  return led.some((row) => above.includes(row.node_id) && !own.includes(row.node_id)) ? 'team_never_closes' : null;
}

/** @throws team_never_closes, evidence_needed_task */
export async function closeProblem(
  context: Context,
  input: ParsedOf<typeof taskEndpoints.closeProblem>,
): Promise<void> {
  const { tx, actor, now } = context;
  const found = await locked(context, input.id);
  const { problem } = found;
  const barred = await barredFromClosing(context, found);
  if (barred === 'team_never_closes') throw forbidden('team_never_closes');
  if (barred) throw forbidden('outside_what_you_lead');
  stillOpen(problem);
  if (problem.version !== input.version) throw conflict('stale', { state: problem.state, version: problem.version });
  if (input.fileIds.length + input.references.length === 0)
    throw new Refusal(422, 'evidence_needed_task', { fields: [{ field: 'fileIds', code: 'required' }] });
  const refs = await evidenceRefs(context, input.references);
  await claimFiles(tx, input.fileIds, 'problem', problem.id, actor);
  await patchProblem(tx, problem.id, {
    state: 'closed',
    closed_by: actor.accountId,
    closed_label: actor.label,
    closed_at: now,
  });
  await note(context, {
    recordKind: 'problem',
    record: recordOfProblem(problem),
    kind: 'closed',
    action: 'tasks.problem_closed',
    permission: 'tasks.issue',
    text: input.text,
    fileIds: input.fileIds,
    data: { refs },
    from: 'open',
    to: 'closed',
    figures: { references: input.references.length },
  });
}

const asTeam = (members: MemberRecord[]): TeamMember[] =>
  present(members).map((one) => ({
    level: one.level as TeamMember['level'],
    lineClass: one.line_class as LineClass | null,
    leads: one.leads,
  }));

const returnOverdue = (one: MemberRecord, now: Date): boolean =>
  one.return_due !== null && one.returned_at === null && one.left_at === null && one.return_due <= now;

function rowView(
  dir: Directory,
  actor: Actor,
  problem: ProblemRecord,
  members: MemberRecord[],
  movements: MovementRecord[],
  now: Date,
): ProblemRow | null {
  const reader = readerIn(actor, problem, members);
  if (!reader) return null;
  const words = mayReadWords(reader, problem);
  const week = weekAt(dir, problem.closed_at ?? now);
  const of = (one: string): ProblemRow['thisWeek'] =>
    (movements.filter((row) => row.week === one).at(-1)?.direction as ProblemRow['thisWeek'] | undefined) ?? null;
  return {
    id: problem.id,
    number: problem.number,
    state: problem.state as ProblemRow['state'],
    title: words ? titleFor(actor, problem) : null,
    unitId: problem.unit_id,
    siteId: words ? problem.site_id : null,
    openedAt: problem.opened_at.toISOString(),
    closedAt: problem.closed_at?.toISOString() ?? null,
    members: present(members).length,
    lacks: problem.state === 'open' ? teamLacks(asTeam(members), problem.required_classes as LineClass[]) : [],
    overdueReturns: members.filter((one) => returnOverdue(one, now)).length,
    thisWeek: of(week),
    lastWeek: of(weekAfter(week, -1)),
    mine: isMember(actor, members),
    version: problem.version,
  };
}

export async function problemRows(context: Context, state: 'open' | 'closed'): Promise<ProblemRow[]> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const problems = await problemsIn(tx, state);
  const ids = problems.map((one) => one.id);
  const members = await membersOf(tx, ids);
  const movements = await movementsOf(tx, ids);
  return problems.flatMap((problem) => {
    const row = rowView(
      dir,
      actor,
      problem,
      members.filter((one) => one.problem_id === problem.id),
      movements.filter((one) => one.problem_id === problem.id),
      now,
    );
    return row ? [row] : [];
  });
}

/** @throws not_found */
export async function readProblem(context: Context, id: string): Promise<ProblemView> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const problem = await problemById(tx, id);
  const members = await membersOf(tx, [id]);
  const movements = await movementsOf(tx, [id]);
  const row = problem && rowView(dir, actor, problem, members, movements, now);
  if (!problem || !row) throw notFound();
  const words = mayReadWords(readerIn(actor, problem, members)!, problem);
  const entries = await entriesOf(tx, id);
  const open = problem.state === 'open' && words;
  const barred = words ? await barredFromClosing(context, { problem, members, dir }) : 'outside_what_you_lead';
  const leads = leadsIt(actor, problem);
  return {
    ...row,
    matter: words ? problem.matter : null,
    source: {
      kind: problem.source_kind,
      id: words ? problem.source_id : null,
      label: words ? problem.source_label : null,
    },
    requiredClasses: problem.required_classes as LineClass[],
    openedBy: problem.opened_by === null ? '' : problem.opened_label,
    closedBy: problem.closed_label,
    team: words
      ? members.map((one) => ({
          id: one.id,
          accountId: one.account_id,
          label: one.label,
          level: one.level as TeamMember['level'],
          lineId: one.line_id,
          lineClass: one.line_class as LineClass | null,
          leads: one.leads,
          returnDue: one.return_due?.toISOString() ?? null,
          returnedAt: one.returned_at?.toISOString() ?? null,
          returnOverdue: returnOverdue(one, now),
          addedAt: one.added_at.toISOString(),
          leftAt: one.left_at?.toISOString() ?? null,
        }))
      : [],
    weeks: weeksOf(weekAt(dir, problem.opened_at), weekAt(dir, problem.closed_at ?? now), movements).map((week) => ({
      week: week.week,
      direction: week.direction,
      entries: words
        ? week.entries.map((one) => ({
            id: one.id,
            direction: one.direction as 'same',
            text: one.text,
            by: one.recorded_label,
            at: one.at.toISOString(),
          }))
        : [],
    })),
    links: words
      ? (await linksOf(tx, id)).map((one) => ({
          kind: one.kind as 'task',
          id: one.record_id,
          label: one.label,
          at: one.linked_at.toISOString(),
        }))
      : [],
    entries: entryViews(
      entries,
      words && entries.some((one) => one.file_ids.length > 0) ? await filesOf(tx, id) : new Map(),
      words,
    ),
    can: {
      team: open && leads,
      move: open && mayMove(actor, members),
      link: open && (leads || mayMove(actor, members)),
      close: open && barred === null,
    },
    cannot: open && barred !== null && (leads || isMember(actor, members)) ? { close: barred } : {},
  };
}
