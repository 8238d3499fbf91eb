import type { Insertable, Selectable, Updateable } from 'kysely';
import { moduleTables, preparedStatement, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('duty');

export type PostRecord = Selectable<DB['post']>;
export type ShiftRecord = Selectable<DB['shift']>;
export type HandoverRecord = Selectable<DB['handover']>;
export type TeamRecord = Selectable<DB['team']>;
export type MemberRecord = Selectable<DB['team_member']>;
export type LentRecord = Selectable<DB['lent']>;
export type StatusRecord = Selectable<DB['status']>;
export type DelegationRecord = Selectable<DB['delegation']>;

/** States in which a shift names somebody for its hours. */
const naming = ['planned', 'taken', 'handed_over'];
const none = '00000000-0000-0000-0000-000000000000';
const any = (ids: readonly string[]): readonly string[] => (ids.length > 0 ? ids : [none]);

// ---- posts

export const postsAt = (tx: Tx, nodeIds: readonly number[] | null, at: Date): Promise<PostRecord[]> =>
  db(tx)
    .selectFrom('post')
    .selectAll()
    .$if(nodeIds !== null, (q) => q.where('node_id', 'in', [...nodeIds!, 0]))
    .where((e) => e.or([e('ended_at', 'is', null), e('ended_at', '>', at)]))
    .orderBy('node_id')
    .orderBy('standby')
    .orderBy('zh')
    .execute();
export const postById = (tx: Tx, id: string): Promise<PostRecord | undefined> =>
  db(tx).selectFrom('post').selectAll().where('id', '=', id).executeTakeFirst();
export const postsByIds = (tx: Tx, ids: readonly string[]): Promise<PostRecord[]> =>
  db(tx).selectFrom('post').selectAll().where('id', 'in', any(ids)).execute();
export const lockPost = (tx: Tx, id: string): Promise<PostRecord | undefined> =>
  db(tx).selectFrom('post').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const insertPosts = (tx: Tx, rows: Insertable<DB['post']>[]) => db(tx).insertInto('post').values(rows).execute();
export const patchPost = (tx: Tx, id: string, set: Updateable<DB['post']>) =>
  db(tx).updateTable('post').set(set).where('id', '=', id).execute();

// ---- shifts

/** Whoever is named for that moment at these nodes: planned or taken, and not given back. */
export const shiftsAt = (tx: Tx, nodeIds: readonly number[], at: Date) =>
  db(tx)
    .selectFrom('shift')
    .innerJoin('post', 'post.id', 'shift.post_id')
    .select([
      'shift.id',
      'shift.account_id',
      'shift.label',
      'shift.state',
      'shift.to_at',
      'post.id as post_id',
      'post.node_id',
      'post.line_id',
      'post.standby',
      'post.phone',
      'post.zh',
      'post.en',
    ])
    .where('post.node_id', 'in', [...nodeIds, 0])
    .where('shift.from_at', '<=', at)
    .where('shift.to_at', '>', at)
    .where('shift.state', 'in', naming)
    .orderBy('post.zh')
    .execute();

/** Of these posts, whatever reaches into [from, to) and names somebody. */
export const shiftsBetween = (tx: Tx, postIds: readonly string[], from: Date, to: Date): Promise<ShiftRecord[]> =>
  db(tx)
    .selectFrom('shift')
    .selectAll()
    .where('post_id', 'in', any(postIds))
    .where('from_at', '<', to)
    .where('to_at', '>', from)
    .where('state', 'in', naming)
    .orderBy('from_at')
    .execute();

/** Of these people, with whether the post rests; a shift reaches a month back at most for days in a row. */
export const strainOf = (
  tx: Tx,
  accountIds: readonly string[],
  from: Date,
  to: Date,
): Promise<(ShiftRecord & { standby: boolean })[]> =>
  db(tx)
    .selectFrom('shift')
    .innerJoin('post', 'post.id', 'shift.post_id')
    .selectAll('shift')
    .select('post.standby')
    .where('shift.account_id', 'in', any(accountIds))
    .where('shift.from_at', '<', to)
    .where('shift.to_at', '>', from)
    .where('shift.state', 'in', naming)
    .orderBy('shift.from_at')
    .execute();

/** Own shifts in any state, with their post; swapped ones show who was asked at first. */
export const shiftsOf = (tx: Tx, accountId: string, from: Date, to: Date) =>
  db(tx)
    .selectFrom('shift')
    .innerJoin('post', 'post.id', 'shift.post_id')
    .selectAll('shift')
    .select(['post.zh', 'post.en', 'post.node_id', 'post.line_id'])
    .where('shift.account_id', '=', accountId)
    .where('shift.from_at', '<', to)
    .where('shift.to_at', '>', from)
    .orderBy('shift.from_at')
    .execute();

/** The one before this moment on each post: of those that began earlier and were taken, the latest. */
export const takenBefore = (tx: Tx, postId: string, before: Date): Promise<ShiftRecord | undefined> =>
  db(tx)
    .selectFrom('shift')
    .selectAll()
    .where('post_id', '=', postId)
    .where('from_at', '<', before)
    .where('state', 'in', ['taken', 'handed_over'])
    .orderBy('from_at', 'desc')
    .limit(1)
    .executeTakeFirst();

export const nextShifts = (tx: Tx, postIds: readonly string[], after: Date): Promise<ShiftRecord[]> =>
  db(tx)
    .selectFrom('shift')
    .distinctOn('post_id')
    .selectAll()
    .where('post_id', 'in', any(postIds))
    .where('from_at', '>', after)
    .where('state', '=', 'planned')
    .orderBy('post_id')
    .orderBy('from_at')
    .execute();

export const lockShift = (tx: Tx, id: string): Promise<ShiftRecord | undefined> =>
  db(tx).selectFrom('shift').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export async function insertShifts(tx: Tx, rows: Insertable<DB['shift']>[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 1000)
    await db(tx)
      .insertInto('shift')
      .values(rows.slice(from, from + 1000))
      .execute();
}
export const patchShift = (tx: Tx, id: string, set: Updateable<DB['shift']>) =>
  db(tx).updateTable('shift').set(set).where('id', '=', id).execute();
export const withdrawPlanned = (tx: Tx, postId: string, after: Date) =>
  db(tx)
    .updateTable('shift')
    .set((e) => ({ state: 'swapped', version: e('version', '+', 1) }))
    .where('post_id', '=', postId)
    .where('state', '=', 'planned')
    .where('from_at', '>', after)
    .returning('id')
    .execute();

/** Planned and begun, or taken and over: what time has to look at. */
export const shiftsToLookAt = (tx: Tx, at: Date) =>
  db(tx)
    .selectFrom('shift')
    .innerJoin('post', 'post.id', 'shift.post_id')
    .leftJoin('handover', 'handover.from_shift', 'shift.id')
    .selectAll('shift')
    .select(['post.node_id', 'post.zh', 'post.en', 'handover.id as handover_id'])
    .where('shift.state', 'in', ['planned', 'taken'])
    .where((e) =>
      e.or([
        e.and([e('shift.state', '=', 'planned'), e('shift.from_at', '<', new Date(at.getTime() - 30 * 60_000))]),
        e.and([
          e('shift.state', '=', 'taken'),
          e('handover.id', 'is', null),
          e('shift.to_at', '>', new Date(at.getTime() - 3 * 86_400_000)),
          e('shift.to_at', '<', new Date(at.getTime() - 30 * 60_000)),
        ]),
      ]),
    )
    .orderBy('shift.from_at')
    .limit(500)
    .execute();

/** Two who plan the same people at once: the second waits here and then reckons with what the first wrote. */
const lockPerson = preparedStatement<{ locked: string }>(
  'duty',
  'lock_person',
  `select pg_advisory_xact_lock(52, hashtext($1))::text as locked`,
);
export async function lockPeople(tx: Tx, accountIds: readonly string[]): Promise<void> {
  for (const id of [...new Set(accountIds)].sort()) await lockPerson(tx, [id]);
}

// ---- hand-overs

export const insertHandovers = (tx: Tx, rows: Insertable<DB['handover']>[]) =>
  db(tx).insertInto('handover').values(rows).execute();
export const handoverFrom = (tx: Tx, shiftIds: readonly string[]): Promise<HandoverRecord[]> =>
  db(tx).selectFrom('handover').selectAll().where('from_shift', 'in', any(shiftIds)).execute();
export const latestHandovers = (tx: Tx, postIds: readonly string[]): Promise<HandoverRecord[]> =>
  db(tx)
    .selectFrom('handover')
    .distinctOn('post_id')
    .selectAll()
    .where('post_id', 'in', any(postIds))
    .orderBy('post_id')
    .orderBy('given_at', 'desc')
    .execute();
export const handoversOf = (tx: Tx, postId: string, limit: number): Promise<HandoverRecord[]> =>
  db(tx)
    .selectFrom('handover')
    .selectAll()
    .where('post_id', '=', postId)
    .orderBy('given_at', 'desc')
    .limit(limit)
    .execute();
export const receiveHandover = (
  tx: Tx,
  id: string,
  set: { to_shift: string; received_by: string; received_label: string; received_at: Date },
) => db(tx).updateTable('handover').set(set).where('id', '=', id).where('received_by', 'is', null).execute();
/** What a note says of a need that went to a sealed line is gone with it (rules 5). */
export const eraseNotesNaming = (tx: Tx, number: string) =>
  db(tx)
    .updateTable('handover')
    .set({ note: '—', open_matters: sql<string[]>`array_remove(open_matters, ${number})` })
    .where((e) => e.or([sql<boolean>`${number} = any(open_matters)`, e('note', 'like', `%${number}%`)]))
    .returning('id')
    .execute();

// ---- teams and lent staff

export const teamsAt = (tx: Tx, nodeIds: readonly number[] | null, at: Date): Promise<TeamRecord[]> =>
  db(tx)
    .selectFrom('team')
    .selectAll()
    .$if(nodeIds !== null, (q) => q.where('node_id', 'in', [...nodeIds!, 0]))
    .where((e) => e.or([e('ended_at', 'is', null), e('ended_at', '>', new Date(at.getTime() - 30 * 86_400_000))]))
    .orderBy('from_at', 'desc')
    .limit(300)
    .execute();
export const lockTeam = (tx: Tx, id: string): Promise<TeamRecord | undefined> =>
  db(tx).selectFrom('team').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const insertTeams = (tx: Tx, rows: Insertable<DB['team']>[]) => db(tx).insertInto('team').values(rows).execute();
export const patchTeam = (tx: Tx, id: string, set: Updateable<DB['team']>) =>
  db(tx).updateTable('team').set(set).where('id', '=', id).execute();
export const membersOfTeams = (tx: Tx, teamIds: readonly string[]): Promise<MemberRecord[]> =>
  db(tx).selectFrom('team_member').selectAll().where('team_id', 'in', any(teamIds)).orderBy('from_at').execute();
export const insertMembers = (tx: Tx, rows: Insertable<DB['team_member']>[]) =>
  db(tx).insertInto('team_member').values(rows).execute();
export const endMembers = (tx: Tx, teamId: string, accountIds: readonly string[] | null, at: Date) =>
  db(tx)
    .updateTable('team_member')
    // Let go in the moment they joined: a period of no length is none.
    .set({ to_at: sql<Date>`greatest(${at}::timestamptz, from_at + interval '1 millisecond')` })
    .where('team_id', '=', teamId)
    .where('to_at', 'is', null)
    .$if(accountIds !== null, (q) => q.where('account_id', 'in', any(accountIds!)))
    .returning('account_id')
    .execute();

export const lentAt = (tx: Tx, nodeIds: readonly number[] | null, at: Date): Promise<LentRecord[]> =>
  db(tx)
    .selectFrom('lent')
    .selectAll()
    .$if(nodeIds !== null, (q) =>
      q.where((e) => e.or([e('from_node', 'in', [...nodeIds!, 0]), e('to_node', 'in', [...nodeIds!, 0])])),
    )
    .where((e) => e.or([e('returned_at', 'is', null), e('returned_at', '>', new Date(at.getTime() - 30 * 86_400_000))]))
    .orderBy('return_at')
    .limit(300)
    .execute();
export const lentNow = (tx: Tx, accountIds: readonly string[], at: Date): Promise<LentRecord[]> =>
  db(tx)
    .selectFrom('lent')
    .selectAll()
    .where('account_id', 'in', any(accountIds))
    .where('returned_at', 'is', null)
    .where('from_at', '<=', at)
    .execute();
export const lentTo = (tx: Tx, nodeId: number, at: Date): Promise<LentRecord[]> =>
  db(tx)
    .selectFrom('lent')
    .selectAll()
    .where('to_node', '=', nodeId)
    .where('returned_at', 'is', null)
    .where('from_at', '<=', at)
    .execute();
export const lockLent = (tx: Tx, id: string): Promise<LentRecord | undefined> =>
  db(tx).selectFrom('lent').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const insertLent = (tx: Tx, rows: Insertable<DB['lent']>[]) => db(tx).insertInto('lent').values(rows).execute();
export const patchLent = (tx: Tx, id: string, set: Updateable<DB['lent']>) =>
  db(tx).updateTable('lent').set(set).where('id', '=', id).execute();
export const overdueUntold = (tx: Tx, at: Date): Promise<LentRecord[]> =>
  db(tx)
    .selectFrom('lent')
    .selectAll()
    .where('returned_at', 'is', null)
    .where('return_at', '<', at)
    .where('told_at', 'is', null)
    .limit(200)
    .execute();

// ---- where people are

export const statusesAt = (tx: Tx, accountIds: readonly string[], at: Date): Promise<StatusRecord[]> =>
  db(tx)
    .selectFrom('status')
    .selectAll()
    .where('account_id', 'in', any(accountIds))
    .where('from_at', '<=', at)
    .where((e) => e.or([e('to_at', 'is', null), e('to_at', '>', at)]))
    .execute();
export const lockStatusesOf = (tx: Tx, who: { account: string } | { person: string }, after: Date) =>
  db(tx)
    .selectFrom('status')
    .selectAll()
    .$if('account' in who, (q) => q.where('account_id', '=', (who as { account: string }).account))
    .$if('person' in who, (q) => q.where('person_id', '=', (who as { person: string }).person))
    .where((e) => e.or([e('to_at', 'is', null), e('to_at', '>', after)]))
    .orderBy('from_at')
    .forUpdate()
    .execute();
export const insertStatuses = (tx: Tx, rows: Insertable<DB['status']>[]) =>
  db(tx).insertInto('status').values(rows).execute();
export const patchStatus = (tx: Tx, id: string, set: Updateable<DB['status']>) =>
  db(tx).updateTable('status').set(set).where('id', '=', id).execute();

/** When these people are at home, of what touches [from, to]. */
export const homePeriods = (tx: Tx, accountIds: readonly string[], from: Date, to: Date): Promise<StatusRecord[]> =>
  db(tx)
    .selectFrom('status')
    .selectAll()
    .where('account_id', 'in', any(accountIds))
    .where('state', '=', 'at_home')
    .where('from_at', '<=', to)
    .where((e) => e.or([e('to_at', 'is', null), e('to_at', '>', from)]))
    .execute();

/** Of these accounts, whoever is at home at that moment. */
export const atHome = async (tx: Tx, accountIds: readonly string[], at: Date): Promise<Set<string>> =>
  new Set((await statusesAt(tx, accountIds, at)).flatMap((row) => (row.state === 'at_home' ? [row.account_id!] : [])));

// ---- delegations

export const lockDelegation = (tx: Tx, id: string): Promise<DelegationRecord | undefined> =>
  db(tx).selectFrom('delegation').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const insertDelegations = (tx: Tx, rows: Insertable<DB['delegation']>[]) =>
  db(tx).insertInto('delegation').values(rows).execute();
export const patchDelegation = (tx: Tx, id: string, set: Updateable<DB['delegation']>) =>
  db(tx).updateTable('delegation').set(set).where('id', '=', id).execute();
export const delegationsOf = (tx: Tx, accountId: string, since: Date): Promise<DelegationRecord[]> =>
  db(tx)
    .selectFrom('delegation')
    .selectAll()
    .where((e) => e.or([e('from_id', '=', accountId), e('to_id', '=', accountId)]))
    .where('to_at', '>', since)
    .orderBy('from_at', 'desc')
    .limit(50)
    .execute();
export const delegationsSince = (tx: Tx, since: Date): Promise<DelegationRecord[]> =>
  db(tx)
    .selectFrom('delegation')
    .selectAll()
    .where('to_at', '>', since)
    .orderBy(sql`state <> 'asked'`)
    .orderBy('from_at', 'desc')
    .limit(200)
    .execute();
/** Boxes of one person that share a moment with [from, to), approved or waiting. */
export const boxesOf = (tx: Tx, accountId: string, from: Date, to: Date): Promise<DelegationRecord[]> =>
  db(tx)
    .selectFrom('delegation')
    .selectAll()
    .where('to_id', '=', accountId)
    .where('state', 'in', ['asked', 'approved'])
    .where('from_at', '<', to)
    .where('to_at', '>', from)
    .execute();

/** Over for half an hour, taken, and nothing handed over; of three days back. */
export const unhandedOf = (tx: Tx, postIds: readonly string[], at: Date): Promise<ShiftRecord[]> =>
  db(tx)
    .selectFrom('shift')
    .leftJoin('handover', 'handover.from_shift', 'shift.id')
    .selectAll('shift')
    .where('shift.post_id', 'in', any(postIds))
    .where('shift.state', '=', 'taken')
    .where('handover.id', 'is', null)
    .where('shift.to_at', '<', new Date(at.getTime() - 30 * 60_000))
    .where('shift.to_at', '>', new Date(at.getTime() - 3 * 86_400_000))
    .execute();

/** Of people without an account, at these places. */
export const personStatusesAt = (tx: Tx, nodeIds: readonly number[] | null, at: Date): Promise<StatusRecord[]> =>
  db(tx)
    .selectFrom('status')
    .selectAll()
    .where('person_id', 'is not', null)
    .$if(nodeIds !== null, (q) => q.where('node_id', 'in', [...nodeIds!, 0]))
    .where('from_at', '<=', at)
    .where((e) => e.or([e('to_at', 'is', null), e('to_at', '>', at)]))
    .limit(1000)
    .execute();
