import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import { moduleTables } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('plans');

/** So many rows go into one statement: their parameters stay below PostgreSQL's 65,535. */
const atOnce = 1_000;

export type Template = Selectable<DB['template_measure']>;

export const insertTemplates = (tx: Tx, rows: Insertable<DB['template_measure']>[]) =>
  db(tx).insertInto('template_measure').values(rows).execute();

export const templatesOf = (tx: Tx, stage: string, levels: readonly string[]): Promise<Template[]> =>
  db(tx)
    .selectFrom('template_measure')
    .selectAll()
    .where('stage_code', '=', stage)
    .where('level', 'in', levels)
    .orderBy('ordinal')
    .execute();

/** Plans whose lines are due at `at`: in force by then and not ended; those to be renewed among them. */
export const linesOfPlansInForce = (
  tx: Tx,
  of: { planIds?: string[]; siteIds?: number[]; unitIds?: number[] },
  at: Date,
) => {
  let query = db(tx)
    .selectFrom('line')
    .innerJoin('plan', 'plan.id', 'line.plan_id')
    .selectAll('line')
    .select(['plan.kind', 'plan.stage_code', 'plan.unit_id', 'plan.site_id', 'plan.in_force_from'])
    .where('plan.in_force_from', '<=', at)
    .where((e) => e.or([e('plan.ended_at', 'is', null), e('plan.ended_at', '>', at)]))
    .where('line.removed_at', 'is', null)
    // What a plan hands down is due in the plans below it.
    .where((e) =>
      e.not(
        e.or([
          e.and([e('plan.kind', '=', 'strategy'), e('line.level', '=', 'unit')]),
          e.and([e('plan.kind', '=', 'unit_plan'), e('line.level', '=', 'site')]),
        ]),
      ),
    );
  // A list that names nobody asks for nothing.
  if (of.planIds) query = query.where('plan.id', 'in', of.planIds.length > 0 ? of.planIds : [none]);
  if (of.siteIds) query = query.where('plan.site_id', 'in', of.siteIds.length > 0 ? of.siteIds : [-1]);
  if (of.unitIds) query = query.where('plan.unit_id', 'in', of.unitIds.length > 0 ? of.unitIds : [-1]);
  return query.orderBy('plan.id').orderBy('line.position').execute();
};
const none = '00000000-0000-0000-0000-000000000000';

export type PlanRecord = Selectable<DB['plan']>;
export type LineRecord = Selectable<DB['line']>;
export type SignatureRecord = Selectable<DB['signature']>;
export type ChangeRecord = Selectable<DB['change']>;

export const planById = (tx: Tx, id: string): Promise<PlanRecord | undefined> =>
  db(tx).selectFrom('plan').selectAll().where('id', '=', id).executeTakeFirst();
export const lockPlan = (tx: Tx, id: string): Promise<PlanRecord | undefined> =>
  db(tx).selectFrom('plan').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
/** One plan of a place is written, put into force and ended at a time. */
export const lockPlansOf = (tx: Tx, kind: string, nodeId: number): Promise<PlanRecord[]> =>
  db(tx)
    .selectFrom('plan')
    .selectAll()
    .where('kind', '=', kind)
    .where('node_id', '=', nodeId)
    .orderBy('version_no')
    .forUpdate()
    .execute();
/** Two who begin a plan of one place at once, or approve two sets of one stage, do so one after the other. */
export const lockTogether = (tx: Tx, what: string) =>
  sql`select pg_advisory_xact_lock(49, hashtext(${what}))`.execute(db(tx));
export const plansOf = (tx: Tx, kind: string, nodeId: number, stage: string): Promise<PlanRecord[]> =>
  db(tx)
    .selectFrom('plan')
    .selectAll()
    .where('kind', '=', kind)
    .where('node_id', '=', nodeId)
    .where('stage_code', '=', stage)
    .orderBy('version_no')
    .execute();
export const plansByIds = async (tx: Tx, ids: string[]): Promise<PlanRecord[]> =>
  ids.length === 0 ? [] : db(tx).selectFrom('plan').selectAll().where('id', 'in', ids).execute();

export const plansOfStage = (tx: Tx, stage: string, states: readonly string[]): Promise<PlanRecord[]> =>
  db(tx)
    .selectFrom('plan')
    .selectAll()
    .where('stage_code', '=', stage)
    .where('state', 'in', states)
    .orderBy('node_id')
    .orderBy('version_no', 'desc')
    .execute();
/** Plans of any stage somebody may have to do something about. */
export const plansOnTheWay = (tx: Tx, at: Date): Promise<PlanRecord[]> =>
  db(tx)
    .selectFrom('plan')
    .selectAll()
    .where((e) =>
      e.or([
        e('state', 'in', ['draft', 'site_feasible', 'reviewed', 'approved']),
        e.and([e('effect_due', '<=', at), e('effect_at', 'is', null)]),
      ]),
    )
    .orderBy('node_id')
    .orderBy('version_no', 'desc')
    .execute();
/** How many lines plans have, and how many of them are their own; a plan without lines is not in it. */
export const lineCounts = async (tx: Tx, planIds: string[]): Promise<Map<string, { lines: number; own: number }>> => {
  if (planIds.length === 0) return new Map();
  const rows = await db(tx)
    .selectFrom('line')
    .select((e) => [
      'plan_id',
      e.fn.countAll<string>().as('lines'),
      e.fn.countAll<string>().filterWhere('own', '=', true).as('own'),
    ])
    .where('plan_id', 'in', planIds)
    .where('removed_at', 'is', null)
    .groupBy('plan_id')
    .execute();
  return new Map(rows.map((row) => [row.plan_id, { lines: Number(row.lines), own: Number(row.own) }]));
};

// ---- what waits for whom

/** @returns false where it is no longer as it was, or was asked already (only with `version`) */
export const markWaiting = async (
  tx: Tx,
  id: string,
  step: string | null,
  since: Date | null,
  version?: number,
): Promise<boolean> => {
  let query = db(tx).updateTable('plan').set({ waits_for: step, waits_since: since }).where('id', '=', id);
  if (version !== undefined) query = query.where('version', '=', version).where('waits_for', 'is', null);
  return (await query.executeTakeFirst()).numUpdatedRows > 0n;
};
/** Plans nobody was asked about; `quiet` where nobody has written on them since. */
export const plansUnasked = (tx: Tx, at: Date, quietSince: Date) =>
  db(tx)
    .selectFrom('plan')
    .selectAll()
    .select((e) =>
      e
        .and([
          e('created_at', '<=', quietSince),
          e.not(
            e.exists(
              e
                .selectFrom('change')
                .select('change.id')
                .whereRef('change.plan_id', '=', 'plan.id')
                .where('change.at', '>', quietSince),
            ),
          ),
        ])
        .as('quiet'),
    )
    .$narrowType<{ quiet: boolean }>()
    .where('waits_for', 'is', null)
    .where((e) =>
      e.or([
        e('state', 'in', ['draft', 'site_feasible', 'reviewed', 'approved']),
        e.and([e('effect_due', '<=', at), e('effect_at', 'is', null)]),
      ]),
    )
    .orderBy('id')
    .execute();
type Window = readonly [from: Date, to: Date];
export const plansWaiting = (tx: Tx, [from, to]: Window): Promise<PlanRecord[]> =>
  db(tx)
    .selectFrom('plan')
    .selectAll()
    .where('waits_for', 'is not', null)
    .where('waits_since', '>=', from)
    .where('waits_since', '<', to)
    .execute();
/** What this person signed, and since when it had waited. */
export const signedBy = (tx: Tx, accountId: string, [from, to]: Window) =>
  db(tx)
    .selectFrom('signature')
    .innerJoin('plan', 'plan.id', 'signature.plan_id')
    .select([
      'plan.id',
      'plan.node_id',
      'plan.stage_code',
      'plan.version_no',
      'signature.step',
      'signature.at',
      'signature.waited_since',
    ])
    .where('signature.account_id', '=', accountId)
    .where('signature.waited_since', '>=', from)
    .where('signature.waited_since', '<', to)
    .execute();
/** What this person looked back upon. */
export const reviewedBy = (tx: Tx, accountId: string, [from, to]: Window) =>
  db(tx)
    .selectFrom('plan')
    .select((e) => [
      'id',
      'node_id',
      'stage_code',
      'version_no',
      e.val<string>('effect').as('step'),
      'effect_at as at',
      'effect_due as waited_since',
    ])
    .where('effect_by', '=', accountId)
    .where('effect_due', '>=', from)
    .where('effect_due', '<', to)
    .execute();

export const insertPlans = async (tx: Tx, rows: Insertable<DB['plan']>[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += atOnce)
    await db(tx)
      .insertInto('plan')
      .values(rows.slice(from, from + atOnce))
      .execute();
};
export const insertLines = async (tx: Tx, rows: Insertable<DB['line']>[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += atOnce)
    await db(tx)
      .insertInto('line')
      .values(rows.slice(from, from + atOnce))
      .execute();
};
export const insertSignatures = async (tx: Tx, rows: Insertable<DB['signature']>[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += atOnce)
    await db(tx)
      .insertInto('signature')
      .values(rows.slice(from, from + atOnce))
      .execute();
};
export const insertChange = (tx: Tx, row: Insertable<DB['change']>) =>
  db(tx).insertInto('change').values(row).execute();

export const patchPlan = (tx: Tx, id: string, set: Updateable<DB['plan']>) =>
  db(tx).updateTable('plan').set(set).where('id', '=', id).execute();
export const patchLine = (tx: Tx, id: string, set: Updateable<DB['line']>) =>
  db(tx).updateTable('line').set(set).where('id', '=', id).execute();

export const linesOf = async (tx: Tx, planIds: string[]): Promise<LineRecord[]> =>
  planIds.length === 0
    ? []
    : db(tx)
        .selectFrom('line')
        .selectAll()
        .where('plan_id', 'in', planIds)
        .where('removed_at', 'is', null)
        .orderBy('position')
        .execute();
/** Lines of plans above that this place was ever handed, those it left out again among them. */
export const handedTo = async (tx: Tx, kind: string, nodeId: number): Promise<Set<string>> => {
  const rows = await db(tx)
    .selectFrom('line')
    .innerJoin('plan', 'plan.id', 'line.plan_id')
    .select('line.parent_key')
    .distinct()
    .where('plan.kind', '=', kind)
    .where('plan.node_id', '=', nodeId)
    .where('line.parent_key', 'is not', null)
    .execute();
  return new Set(rows.map((row) => row.parent_key!));
};
export const lockLine = (tx: Tx, planId: string, key: string): Promise<LineRecord | undefined> =>
  db(tx)
    .selectFrom('line')
    .selectAll()
    .where('plan_id', '=', planId)
    .where('key', '=', key)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
export const lastPosition = async (tx: Tx, planId: string): Promise<number> =>
  (
    await db(tx)
      .selectFrom('line')
      .select((e) => e.fn.max('position').as('last'))
      .where('plan_id', '=', planId)
      .executeTakeFirst()
  )?.last ?? 0;

export const signaturesOf = async (tx: Tx, planIds: string[]): Promise<SignatureRecord[]> =>
  planIds.length === 0
    ? []
    : db(tx).selectFrom('signature').selectAll().where('plan_id', 'in', planIds).orderBy('at').execute();
export const changesOf = (tx: Tx, planId: string): Promise<ChangeRecord[]> =>
  db(tx)
    .selectFrom('change')
    .selectAll()
    .where('plan_id', '=', planId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();
export const lastChangeOf = (tx: Tx, planId: string, key: string): Promise<ChangeRecord | undefined> =>
  db(tx)
    .selectFrom('change')
    .selectAll()
    .where('plan_id', '=', planId)
    .where('line_key', '=', key)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
/** Whose words stand in these plans. */
export const writersOf = async (tx: Tx, planIds: string[]) =>
  planIds.length === 0
    ? []
    : db(tx)
        .selectFrom('change')
        .select(['plan_id', 'by_id'])
        .distinct()
        .where('plan_id', 'in', planIds)
        .where('kind', 'in', ['added', 'changed', 'removed', 'reason'])
        .execute();

/** Sets of a stage, with the words that are compared; of other sites than this one, approved before it. */
export const setsToCompare = (
  tx: Tx,
  stage: string,
  siteId: number,
): Promise<{ id: string; site_id: number | null }[]> =>
  db(tx)
    .selectFrom('plan')
    .select(['id', 'site_id'])
    .where('kind', '=', 'site_set')
    .where('stage_code', '=', stage)
    .where('site_id', '<>', siteId)
    .where('state', 'in', compared)
    .orderBy('id')
    .execute();

const compared = ['approved', 'in_force', 'to_be_renewed'];
/** Every set that stands, in the order in which they were approved. */
export const setsStanding = (tx: Tx) =>
  db(tx)
    .selectFrom('plan')
    .select(['id', 'site_id', 'stage_code'])
    .where('kind', '=', 'site_set')
    .where('state', 'in', compared)
    .orderBy('approved_at')
    .orderBy('id')
    .execute();
/** Marks a copy that was none until now. @returns nothing where it is known, reasoned or does not stand any more */
export const markCopied = (
  tx: Tx,
  id: string,
  like: { like_plan_id: string; like_whole: number; like_own: number },
): Promise<PlanRecord | undefined> =>
  db(tx)
    .updateTable('plan')
    .set({ ...like, copied: true })
    .where('id', '=', id)
    .where('state', 'in', compared)
    .where('copied', '=', false)
    .where('tailoring_reason', 'is', null)
    .returningAll()
    .executeTakeFirst();
/** Sets that stand and are copies. */
export const copiesStanding = (tx: Tx): Promise<PlanRecord[]> =>
  db(tx)
    .selectFrom('plan')
    .selectAll()
    .where('kind', '=', 'site_set')
    .where('state', 'in', compared)
    .where('copied', '=', true)
    .orderBy('approved_at', 'desc')
    .execute();

export const sketchesOf = async (tx: Tx, planIds: string[]): Promise<Map<string, Uint32Array>> => {
  const rows = await db(tx)
    .selectFrom('sketch')
    .selectAll()
    .where('plan_id', '=', sql<string>`any(${planIds}::uuid[])`)
    .execute();
  return new Map(
    rows.map(({ plan_id, hashes }) => [
      plan_id,
      Uint32Array.from({ length: hashes.length / 4 }, (_, i) => hashes.readUInt32LE(4 * i)),
    ]),
  );
};
export const saveSketch = (tx: Tx, planId: string, sketch: Uint32Array) => {
  const hashes = Buffer.alloc(4 * sketch.length);
  for (const [i, hash] of sketch.entries()) hashes.writeUInt32LE(hash, 4 * i);
  return db(tx)
    .insertInto('sketch')
    .values({ plan_id: planId, hashes })
    .onConflict((c) => c.column('plan_id').doUpdateSet({ hashes }))
    .execute();
};

/** Two who press at once begin one look; until the transaction ends. */
export const lockLooks = (tx: Tx) => sql`select pg_advisory_xact_lock(7301, 59)`.execute(db(tx));
export const insertLook = (tx: Tx, row: Insertable<DB['copy_look']>) =>
  db(tx).insertInto('copy_look').values(row).execute();
export const finishLook = (tx: Tx, id: string, set: Updateable<DB['copy_look']>) =>
  db(tx).updateTable('copy_look').set(set).where('id', '=', id).execute();
/** The latest first; the last that ended is among them. */
export const lastLooks = (tx: Tx) =>
  db(tx).selectFrom('copy_look').selectAll().orderBy('started_at', 'desc').orderBy('id', 'desc').limit(5).execute();

/** A switch: what was in force for another stage is to be renewed. @returns the plans it touched */
export const markToBeRenewed = async (tx: Tx, nodeIds: number[], stage: string) =>
  nodeIds.length === 0
    ? []
    : db(tx)
        .updateTable('plan')
        .set((e) => ({ state: 'to_be_renewed', version: e('version', '+', 1) }))
        .where('node_id', 'in', nodeIds)
        .where('state', '=', 'in_force')
        .where('stage_code', '<>', stage)
        .returning(['id', 'kind', 'unit_id', 'site_id', 'stage_code', 'version_no'])
        .execute();

const standing = ['draft', 'site_feasible', 'reviewed', 'approved', 'in_force', 'to_be_renewed'];
/** Every plan that still says something; of some units only, unless null. */
export const standingPlans = (tx: Tx, unitIds: number[] | null) => {
  let query = db(tx)
    .selectFrom('plan')
    .select([
      'id',
      'kind',
      'node_id',
      'unit_id',
      'site_id',
      'stage_code',
      'state',
      'copied',
      'in_force_from',
      'approved_at',
    ])
    .where('state', 'in', standing);
  if (unitIds) query = query.where('unit_id', 'in', unitIds.length > 0 ? unitIds : [-1]);
  return query.execute();
};
export type StandingPlan = Awaited<ReturnType<typeof standingPlans>>[number];

/**
 * When each place's plan of a stage first stood in force, copies left out: what the curve since the switch is drawn from; of
 * some units only, unless null.
 */
export const firstInForce = (tx: Tx, stage: string, since: Date, unitIds: number[] | null) =>
  db(tx)
    .selectFrom('plan')
    .select((e) => ['site_id', e.fn.min('in_force_from').as('at')])
    .where('kind', '=', 'site_set')
    .where('stage_code', '=', stage)
    .where('in_force_from', '>=', since)
    .where('copied', '=', false)
    .$if(unitIds !== null, (q) => q.where('unit_id', 'in', [...unitIds!, -1]))
    .groupBy('site_id')
    .execute();

/** Measure sets that were in force at some moment of [from, to), the earliest first; `to` null: until now. */
export const setsInForceBetween = async (tx: Tx, from: Date, to: Date | null) => {
  let found = db(tx)
    .selectFrom('plan')
    .select(['id', 'site_id', 'stage_code', 'in_force_from', 'copied', 'like_plan_id', 'like_own'])
    .where('kind', '=', 'site_set')
    .where('in_force_from', 'is not', null)
    .where((e) => e.or([e('ended_at', 'is', null), e('ended_at', '>=', from)]));
  if (to) found = found.where('in_force_from', '<', to);
  const rows = await found.orderBy('in_force_from').orderBy('id').execute();
  return rows.map((row) => ({ ...row, site_id: row.site_id!, in_force_from: row.in_force_from! }));
};

/** Prepared or better, for a stage: what readiness counts. */
export const preparedFor = async (tx: Tx, stage: string, nodeIds: number[]) =>
  nodeIds.length === 0
    ? []
    : db(tx)
        .selectFrom('plan')
        .select(['kind', 'node_id', 'state'])
        .where('stage_code', '=', stage)
        .where('node_id', 'in', nodeIds)
        .where('state', 'in', standing)
        .execute();
