import { uuidv7 } from 'uuidv7';
import type { dutyEndpoints as api, LentView, TeamView } from '../../../contract/duty.ts';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { Actor } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { correspondents, grantsOf, listAccounts } from '../access/index.ts';
import { dayNumber, instantAt, localDay } from '../clocks/index.ts';
import { tell } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { note } from './noting.ts';
import {
  endMembers,
  insertLent,
  insertMembers,
  insertTeams,
  type LentRecord,
  lentAt,
  lockLent,
  lockTeam,
  type MemberRecord,
  membersOfTeams,
  overdueUntold,
  patchLent,
  patchTeam,
  type TeamRecord,
  teamsAt,
} from './queries.ts';
import { nodesFor, ofOrganisationLine, organisationLine, reaches } from './rights.ts';

type Input<K extends keyof typeof api> = ParsedOf<(typeof api)[K]>;

const isParty = (team: Pick<TeamRecord, 'kind'>): boolean => team.kind !== 'task_force';
const isNow = (row: { from_at: Date; to_at: Date | null }, at: Date): boolean =>
  row.from_at <= at && (row.to_at === null || row.to_at > at);

/**
 * Whether somebody may read who is in a team. Of a vanguard team that says who belongs to the Party: only the organisation
 * line, and the team itself while they are in it (domain row 8).
 */
export function readsMembers(
  actor: Actor,
  dir: Directory,
  line: number | null,
  team: TeamRecord,
  members: readonly MemberRecord[],
  at: Date,
): boolean {
  if (!isParty(team)) return true;
  if (ofOrganisationLine(actor, dir, line, team.node_id)) return true;
  if (team.ended_at !== null) return false;
  return (
    team.head_id === actor.accountId || members.some((one) => one.account_id === actor.accountId && isNow(one, at))
  );
}

/** A task force is led by whoever plans duty there; a vanguard team by the organisation line. Its head adds members. */
const mayMake = (actor: Actor, dir: Directory, line: number | null, kind: string, nodeId: number): boolean =>
  kind === 'task_force' ? reaches(actor, dir, 'duty.plan', nodeId) : ofOrganisationLine(actor, dir, line, nodeId);
const mayChange = (actor: Actor, dir: Directory, line: number | null, team: TeamRecord): boolean =>
  team.ended_at === null && (team.head_id === actor.accountId || mayMake(actor, dir, line, team.kind, team.node_id));

export async function teams({ tx, actor, now }: Context, { nodeId }: Input<'teams'>) {
  const dir = await directory(tx);
  if (nodeId !== undefined && !dir.nodes.has(nodeId)) throw badField('nodeId', 'unknown_site');
  const under = nodeId === undefined ? null : [...dir.nodes.keys()].filter((id) => dir.ancestors(id).includes(nodeId));
  const line = await organisationLine(tx, dir);
  const found = await teamsAt(tx, under, now);
  const members = new Map<string, MemberRecord[]>();
  for (const row of await membersOfTeams(
    tx,
    found.map((team) => team.id),
  ))
    members.set(row.team_id, [...(members.get(row.team_id) ?? []), row]);
  const everybody = [...members.values()].flat().map((row) => row.account_id);
  const home = new Map((await correspondents(tx, [...new Set(everybody)])).map((one) => [one.id, one.home_node_id]));
  const heads = [...new Set(found.map((team) => team.head_id))];
  const headRoles = new Map((await grantsOf(tx, heads)).map((grant) => [grant.account_id, grant.role]));
  const mine = nodesFor(actor, dir, 'duty.plan');
  const sees = (row: LentRecord): boolean =>
    row.account_id === actor.accountId ||
    (actor.permissions.has('duty.plan') &&
      (mine === null || mine.includes(row.from_node) || mine.includes(row.to_node)));
  return {
    teams: found.map((team): TeamView => {
      const all = members.get(team.id) ?? [];
      const current = all.filter((row) => isNow(row, now));
      const readers = readsMembers(actor, dir, line, team, all, now);
      const shown = readers ? (team.ended_at ? all : current) : null;
      return {
        id: team.id,
        kind: team.kind as TeamView['kind'],
        nodeId: team.node_id,
        name: team.name,
        purpose: team.purpose,
        head: readers ? { accountId: team.head_id, name: team.head_label } : null,
        headRole: headRoles.get(team.head_id) ?? null,
        from: team.from_at.toISOString(),
        to: team.to_at.toISOString(),
        endedAt: team.ended_at?.toISOString() ?? null,
        version: team.version,
        people: current.length,
        members:
          shown?.map((row) => ({
            id: row.id,
            accountId: row.account_id,
            name: row.label,
            homeNodeId: home.get(row.account_id) ?? team.node_id,
            from: row.from_at.toISOString(),
            to: row.to_at?.toISOString() ?? null,
          })) ?? null,
        can: { change: mayChange(actor, dir, line, team) },
      };
    }),
    lent: (await lentAt(tx, under, now)).filter(sees).map((row) => lentView(dir, actor, row, now)),
    can: {
      taskForce: actor.permissions.has('duty.plan'),
      vanguard: line !== null && actor.areas.some((area) => area.lineId === line),
      lend: actor.permissions.has('duty.plan'),
    },
  };
}

function lentView(dir: Directory, actor: Actor, row: LentRecord, now: Date): LentView {
  const zone = dir.group.timezone;
  const until = row.returned_at ?? now;
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.label,
    fromNode: row.from_node,
    toNode: row.to_node,
    from: row.from_at.toISOString(),
    returnAt: row.return_at.toISOString(),
    returnedAt: row.returned_at?.toISOString() ?? null,
    daysLate: until > row.return_at ? localDay(zone, until) - localDay(zone, new Date(row.return_at.getTime() - 1)) : 0,
    purpose: row.purpose,
    version: row.version,
    can: { return: row.returned_at === null && reaches(actor, dir, 'duty.plan', row.from_node) },
  };
}

/** By a part of the label; for whoever plans duty, belongs to the organisation line or heads a team. */
export async function colleagues({ tx, actor, now }: Context, { search }: Input<'colleagues'>) {
  const dir = await directory(tx);
  const line = await organisationLine(tx, dir);
  const chooses =
    actor.permissions.has('duty.plan') ||
    (line !== null && actor.areas.some((area) => area.lineId === line)) ||
    (await teamsAt(tx, null, now)).some((team) => team.ended_at === null && team.head_id === actor.accountId);
  if (!chooses) throw forbidden();
  const found = await listAccounts(tx, search, undefined, 40);
  return {
    people: found
      .filter((row) => !row.disabled)
      .map((row) => ({ accountId: row.id, name: row.label, nodeId: row.home_node_id })),
  };
}

/** The end of a local day. @throws bad_input naming the field, also for a day before today */
function endOf(dir: Directory, field: string, day: string, now: Date): Date {
  const number = dayNumber(day);
  if (number === null) throw badField(field, 'bad_format');
  const at = instantAt(dir.group.timezone, number + 1, 0);
  if (at <= now) throw badField(field, 'in_the_past');
  return at;
}

/** Accounts by id. @throws bad_input naming the field where one does not exist or is out of use */
async function known(context: Context, field: string, ids: readonly string[]) {
  const found = new Map((await correspondents(context.tx, [...new Set(ids)])).map((one) => [one.id, one]));
  if (ids.some((id) => !found.has(id) || found.get(id)!.disabled)) throw badField(field, 'bad_choice');
  return found;
}

export async function saveTeam(context: Context, input: Input<'saveTeam'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  if (!dir.nodes.has(input.nodeId)) throw badField('nodeId', 'unknown_site');
  const line = await organisationLine(tx, dir);
  if (!mayMake(actor, dir, line, input.kind, input.nodeId))
    throw forbidden(input.kind === 'task_force' ? 'forbidden' : 'organisation_line_only');
  const to = endOf(dir, 'to', input.to, now);
  const memberIds = [...new Set([input.headId, ...input.memberIds])];
  const found = await known(context, 'memberIds', memberIds);
  await insertTeams(tx, [
    {
      id: input.id,
      kind: input.kind,
      node_id: input.nodeId,
      name: input.name,
      purpose: input.purpose,
      head_id: input.headId,
      head_label: found.get(input.headId)!.label,
      from_at: now,
      to_at: to,
      made_by: actor.accountId,
      made_at: now,
    },
  ]);
  await insertMembers(
    tx,
    memberIds.map((id) => ({
      id: uuidv7(),
      team_id: input.id,
      account_id: id,
      label: found.get(id)!.label,
      from_at: now,
      to_at: null,
      added_by: actor.accountId,
    })),
  );
  await noteTeam(context, dir, { id: input.id, node_id: input.nodeId, kind: input.kind }, 'duty.team_made', {
    people: memberIds.length,
  });
}

/** How many, never who: an entry that named a member would say who belongs to the Party. */
const noteTeam = (
  context: Context,
  dir: Directory,
  team: Pick<TeamRecord, 'id' | 'node_id' | 'kind'>,
  action: string,
  figures: Record<string, number>,
) =>
  note(context, dir, {
    action,
    recordKind: 'team',
    recordId: team.id,
    nodeId: team.node_id,
    figures: { kind: team.kind, ...figures },
  });

export async function changeMembers(context: Context, input: Input<'changeMembers'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const team = await lockTeam(tx, input.id);
  if (!team) throw notFound();
  if (!mayChange(actor, dir, await organisationLine(tx, dir), team)) throw forbidden();
  if (team.version !== input.version) throw conflict('stale');
  if (input.remove.includes(team.head_id)) throw badField('remove', 'head_stays');
  const current = new Set(
    (await membersOfTeams(tx, [team.id])).filter((row) => isNow(row, now)).map((row) => row.account_id),
  );
  const fresh = [...new Set(input.add)].filter((id) => !current.has(id));
  const found = await known(context, 'add', fresh);
  const gone = await endMembers(tx, team.id, input.remove, now);
  if (fresh.length > 0)
    await insertMembers(
      tx,
      fresh.map((id) => ({
        id: uuidv7(),
        team_id: team.id,
        account_id: id,
        label: found.get(id)!.label,
        from_at: now,
        to_at: null,
        added_by: actor.accountId,
      })),
    );
  await patchTeam(tx, team.id, { version: team.version + 1 });
  await noteTeam(context, dir, team, 'duty.team_changed', { joined: fresh.length, left: gone.length });
}

export async function endTeam(context: Context, input: Input<'endTeam'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const team = await lockTeam(tx, input.id);
  if (!team) throw notFound();
  if (!mayChange(actor, dir, await organisationLine(tx, dir), team)) throw forbidden();
  if (team.version !== input.version) throw conflict('stale');
  const gone = await endMembers(tx, team.id, null, now);
  await patchTeam(tx, team.id, { ended_at: now, version: team.version + 1 });
  await noteTeam(context, dir, team, 'duty.team_ended', { left: gone.length });
}

// ---- lent staff

export async function lend(context: Context, input: Input<'lend'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const person = (await known(context, 'accountId', [input.accountId])).get(input.accountId)!;
  const from = dir.unitOf(person.home_node_id) ?? dir.groupNode.id;
  if (!reaches(actor, dir, 'duty.plan', from)) throw forbidden('own_people_only');
  if (!dir.nodes.has(input.toNode)) throw badField('toNode', 'unknown_site');
  if (input.toNode === from || dir.unitOf(input.toNode) === from) throw badField('toNode', 'lent_to_own_unit');
  const returnAt = endOf(dir, 'returnOn', input.returnOn, now);
  try {
    await insertLent(tx, [
      {
        id: input.id,
        account_id: input.accountId,
        label: person.label,
        from_node: from,
        to_node: input.toNode,
        from_at: now,
        return_at: returnAt,
        purpose: input.purpose,
        lent_by: actor.accountId,
      },
    ]);
  } catch (error) {
    throw (error as { code?: string }).code === '23P01' ? conflict('lent_already') : error;
  }
  await note(context, dir, {
    action: 'duty.lent',
    recordKind: 'lent',
    recordId: input.id,
    nodeId: from,
    figures: { to: input.toNode, returnOn: input.returnOn },
  });
}

export async function returnLent(context: Context, input: Input<'returnLent'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const row = await lockLent(tx, input.id);
  if (!row) throw notFound();
  if (!reaches(actor, dir, 'duty.plan', row.from_node)) throw forbidden();
  if (row.version !== input.version || row.returned_at) throw conflict('stale');
  await patchLent(tx, row.id, { returned_at: now, version: row.version + 1 });
  await note(context, dir, { action: 'duty.lent_back', recordKind: 'lent', recordId: row.id, nodeId: row.from_node });
}

/** Both units hear once of somebody who is past the day of return. */
export async function tellLate(context: Context): Promise<number> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const late = await overdueUntold(tx, now);
  for (const row of late) {
    for (const nodeId of [row.from_node, row.to_node])
      await tell(context, {
        kind: 'duty.lent_late',
        to: { permission: 'duty.plan', nodeId },
        about: { kind: 'duty', id: row.id, label: dir.nodes.get(row.from_node)?.code ?? '', route: '/duty/teams' },
        level: 'important',
        once: `duty.lent_late:${row.id}:${nodeId}`,
      });
    await patchLent(tx, row.id, { told_at: now });
  }
  return late.length;
}
