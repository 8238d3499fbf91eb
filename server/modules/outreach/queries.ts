import type { Insertable, Selectable } from 'kysely';
import { moduleTables, preparedStatement, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('outreach');

export type TouchRecord = Selectable<DB['touch']>;
export type NeedRecord = Selectable<DB['need']>;
export type RhythmRecord = Selectable<DB['rhythm']>;

export const rhythmsInForce = (tx: Tx): Promise<RhythmRecord[]> =>
  db(tx).selectFrom('rhythm').selectAll().where('ended_at', 'is', null).orderBy('set_at').execute();

export const endRhythm = (tx: Tx, nodeId: number | null, kind: string, at: Date) =>
  db(tx)
    .updateTable('rhythm')
    .set({ ended_at: at })
    .where('node_id', nodeId === null ? 'is' : '=', nodeId)
    .where('kind', '=', kind)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute();
export const insertRhythm = (tx: Tx, row: Insertable<DB['rhythm']>) =>
  db(tx).insertInto('rhythm').values(row).execute();
/** The rhythms an installation begins with speak from its first day on. */
export const redateRhythms = (tx: Tx, at: Date) =>
  db(tx).updateTable('rhythm').set({ set_at: at }).where('set_by', 'is', null).execute();

/** The latest finished touch of each place and kind, and whoever is at one now. */
export const latestTouches = preparedStatement<{
  site_id: number;
  kind: string;
  last_day: string | null;
  running: string | null;
}>(
  'outreach',
  'latest_touches',
  `select s.site_id, k.kind,
     (select t.day from outreach.touch t where t.site_id = s.site_id and t.kind = k.kind
        and t.ended_at is not null and t.found <> 'unfinished' order by t.began_at desc limit 1) as last_day,
     (select t.by_label from outreach.touch t where t.site_id = s.site_id and t.kind = k.kind
        and t.began_at > $3 and t.ended_at is null order by t.began_at desc limit 1) as running
   from unnest($1::int[]) as s(site_id), unnest($2::text[]) as k(kind)`,
);

export const insertTouch = (tx: Tx, row: Insertable<DB['touch']>): Promise<{ id: string } | undefined> =>
  db(tx)
    .insertInto('touch')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
/** In bulk, for whoever makes a history without commands. */
export async function insertTouches(tx: Tx, touches: TouchRecord[], needs: NeedRecord[]): Promise<void> {
  for (let from = 0; from < touches.length; from += 1000)
    await db(tx)
      .insertInto('touch')
      .values(touches.slice(from, from + 1000))
      .execute();
  for (let from = 0; from < needs.length; from += 1000)
    await db(tx)
      .insertInto('need')
      .values(needs.slice(from, from + 1000))
      .execute();
}

export const touchById = (tx: Tx, id: string): Promise<TouchRecord | undefined> =>
  db(tx).selectFrom('touch').selectAll().where('id', '=', id).executeTakeFirst();
export const lockTouch = (tx: Tx, id: string): Promise<TouchRecord | undefined> =>
  db(tx).selectFrom('touch').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const openTouchOf = (tx: Tx, accountId: string): Promise<TouchRecord | undefined> =>
  db(tx)
    .selectFrom('touch')
    .selectAll()
    .where('by_id', '=', accountId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
export const touchesBy = (tx: Tx, accountId: string, limit: number): Promise<TouchRecord[]> =>
  db(tx)
    .selectFrom('touch')
    .selectAll()
    .where('by_id', '=', accountId)
    .where('ended_at', 'is not', null)
    .orderBy('began_at', 'desc')
    .limit(limit)
    .execute();
export const countTouchesBy = async (tx: Tx, accountId: string, day: string): Promise<number> =>
  Number(
    (
      await db(tx)
        .selectFrom('touch')
        .select((e) => e.fn.countAll<string>().as('n'))
        .where('by_id', '=', accountId)
        .where('day', '=', day)
        .where('ended_at', 'is not', null)
        .where('found', '<>', 'unfinished')
        .executeTakeFirstOrThrow()
    ).n,
  );

export interface TouchPatch {
  ended_at?: Date;
  found?: string;
  topics?: number[];
  crew?: string | null;
  point?: string | null;
  words?: string | null;
}
export const patchTouch = (tx: Tx, id: string, set: TouchPatch) =>
  db(tx).updateTable('touch').set(set).where('id', '=', id).execute();

export const insertNeed = (tx: Tx, row: NeedRecord) =>
  db(tx)
    .insertInto('need')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute();
export const needsOf = (tx: Tx, touchId: string): Promise<NeedRecord[]> =>
  db(tx).selectFrom('need').selectAll().where('touch_id', '=', touchId).orderBy('at').execute();
/** The link goes; @returns the touch it was found on. */
export const dropNeed = (tx: Tx, requestId: string): Promise<{ touch_id: string } | undefined> =>
  db(tx).deleteFrom('need').where('request_id', '=', requestId).returning('touch_id').executeTakeFirst();

export interface Within {
  /** Of [from, to). */
  from: Date;
  to: Date;
  /** Null: everywhere. */
  unitIds: number[] | null;
}

export const needsWithin = (tx: Tx, { from, to, unitIds }: Within): Promise<(NeedRecord & { began_at: Date })[]> =>
  db(tx)
    .selectFrom('need')
    .innerJoin('touch', 'touch.id', 'need.touch_id')
    .selectAll('need')
    .select('touch.began_at')
    .where('need.at', '>=', from)
    .where('need.at', '<', to)
    .$if(unitIds !== null, (q) => q.where('need.unit_id', '=', sql<number>`any(${unitIds}::int[])`))
    .orderBy('need.at', 'desc')
    .execute();

/** How a touch ended: one that still runs has no finding, one left open so long ago is unfinished. */
const findingAt = (leftBefore: Date) =>
  sql<string | null>`coalesce(found, case when began_at < ${leftBefore} then 'unfinished' end)`;

/** How touches of a period ended, by unit. */
export const findingsWithin = async (tx: Tx, { from, to, unitIds }: Within, leftBefore: Date) =>
  (
    await db(tx)
      .selectFrom('touch')
      .select((e) => ['unit_id', findingAt(leftBefore).as('finding'), e.fn.countAll<string>().as('n')])
      .where('began_at', '>=', from)
      .where('began_at', '<', to)
      .$if(unitIds !== null, (q) => q.where('unit_id', '=', sql<number>`any(${unitIds}::int[])`))
      .groupBy(['unit_id', 'finding'])
      .execute()
  ).map((row) => ({ unitId: row.unit_id, finding: row.finding, n: Number(row.n) }));

export const listTouches = (
  tx: Tx,
  filter: Within & {
    siteId?: number;
    kind?: string;
    found?: string;
    after?: string;
    limit: number;
  },
  leftBefore: Date,
): Promise<TouchRecord[]> =>
  db(tx)
    .selectFrom('touch')
    .selectAll()
    .where('began_at', '>=', filter.from)
    .where('began_at', '<', filter.to)
    .$if(filter.unitIds !== null, (q) => q.where('unit_id', '=', sql<number>`any(${filter.unitIds}::int[])`))
    .$if(filter.siteId !== undefined, (q) => q.where('site_id', '=', filter.siteId!))
    .$if(filter.kind !== undefined, (q) => q.where('kind', '=', filter.kind!))
    .$if(filter.found !== undefined, (q) => q.where(findingAt(leftBefore), '=', filter.found!))
    .$if(filter.after !== undefined, (q) =>
      q.where(
        sql<boolean>`(began_at, id) < (select t.began_at, t.id from outreach.touch t where t.id = ${filter.after})`,
      ),
    )
    .orderBy('began_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute();

// ---- for the check beside the journal

/** In the order in which they began, before a moment. */
export const touchesAfter = (
  tx: Tx,
  after: Pick<TouchRecord, 'began_at' | 'id'> | undefined,
  before: Date,
  limit: number,
): Promise<TouchRecord[]> =>
  db(tx)
    .selectFrom('touch')
    .selectAll()
    .where('began_at', '<', before)
    .$if(after !== undefined, (q) =>
      q.where(sql<boolean>`(began_at, id) > (${after!.began_at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy('began_at')
    .orderBy('id')
    .limit(limit)
    .execute();

export const needsOfTouches = (tx: Tx, touchIds: string[]): Promise<NeedRecord[]> =>
  db(tx).selectFrom('need').selectAll().where('touch_id', '=', sql<string>`any(${touchIds}::uuid[])`).execute();
