import type { Insertable, Selectable, Updateable } from 'kysely';
import { moduleTables, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('lessons');

export type ReviewRecord = Selectable<DB['review']>;
export type LessonRecord = Selectable<DB['lesson']>;
export type EvidenceRecord = Selectable<DB['evidence']>;
export type AdoptionRecord = Selectable<DB['adoption']>;

/** The next number of this year; the counter is held until the transaction ends, so that there are no gaps. */
export async function nextNumber(tx: Tx, year: number): Promise<number> {
  const { last } = await db(tx)
    .insertInto('counter')
    .values({ year, last: 1 })
    .onConflict((c) => c.column('year').doUpdateSet({ last: sql<number>`counter.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
}
export const setCounters = (tx: Tx, rows: Insertable<DB['counter']>[]) =>
  db(tx)
    .insertInto('counter')
    .values(rows)
    .onConflict((c) => c.column('year').doUpdateSet((e) => ({ last: e.ref('excluded.last') })))
    .execute();

// ---- reviews

/** One look back per period and unit, however often the switch is told of. @returns those that are new */
export const insertReviews = async (tx: Tx, rows: Insertable<DB['review']>[]): Promise<{ unit_id: number }[]> =>
  rows.length === 0
    ? []
    : db(tx)
        .insertInto('review')
        .values(rows)
        .onConflict((c) => c.columns(['period_id', 'unit_id']).doNothing())
        .returning('unit_id')
        .execute();
export const allReviews = (tx: Tx) =>
  db(tx).selectFrom('review').selectAll().orderBy('left_at', 'desc').limit(2000).execute();
export const lockReview = (tx: Tx, id: string) =>
  db(tx).selectFrom('review').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const patchReview = (tx: Tx, id: string, patch: Omit<Updateable<DB['review']>, 'id' | 'version'>) =>
  db(tx)
    .updateTable('review')
    .set({ ...patch, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute();
export const openReviewsOfOrder = async (tx: Tx, orderId: string): Promise<number> =>
  (
    await db(tx)
      .selectFrom('review')
      .select('id')
      .where('order_id', '=', orderId)
      .where('state', '<>', 'answered')
      .execute()
  ).length;
export const reviewsDueBefore = (tx: Tx, at: Date) =>
  db(tx).selectFrom('review').selectAll().where('state', '<>', 'answered').where('due_at', '<=', at).execute();
export const reviewsOfUnits = async (tx: Tx, unitIds: number[], from: Date, to: Date): Promise<ReviewRecord[]> =>
  unitIds.length === 0
    ? []
    : db(tx)
        .selectFrom('review')
        .selectAll()
        .where('unit_id', 'in', unitIds)
        .where('due_at', '>=', from)
        .where('due_at', '<', to)
        .execute();

// ---- lessons

export const insertLessons = (tx: Tx, rows: Insertable<DB['lesson']>[]) =>
  db(tx).insertInto('lesson').values(rows).execute();
export const lessonById = (tx: Tx, id: string) =>
  db(tx).selectFrom('lesson').selectAll().where('id', '=', id).executeTakeFirst();
export const lockLesson = (tx: Tx, id: string) =>
  db(tx).selectFrom('lesson').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const patchLesson = (tx: Tx, id: string, patch: Omit<Updateable<DB['lesson']>, 'id' | 'version'>) =>
  db(tx)
    .updateTable('lesson')
    .set({ ...patch, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute();
/** How many lessons of each review there are, and how many of them are proposed or further. */
export const lessonsOfReviews = (tx: Tx) =>
  db(tx)
    .selectFrom('lesson')
    .select([
      'review_id',
      sql<number>`count(*)::int`.as('all'),
      sql<number>`(count(*) filter (where proposal is not null))::int`.as('proposed'),
    ])
    .where('review_id', 'is not', null)
    .groupBy('review_id')
    .execute();
export const effectsDue = (tx: Tx, at: Date) =>
  db(tx).selectFrom('lesson').selectAll().where('state', '=', 'adopted').where('effect_due', '<=', at).execute();

export interface LessonFilter {
  stage?: string;
  unitId?: number;
  lineId?: number;
  kind?: string;
  reviewId?: string;
  /** Words of title, observation, cause or proposal, or a number. */
  like?: string;
}

export const findLessons = (tx: Tx, filter: LessonFilter): Promise<LessonRecord[]> => {
  let query = db(tx).selectFrom('lesson').selectAll();
  if (filter.stage) query = query.where('stage_code', '=', filter.stage);
  if (filter.unitId) query = query.where('unit_id', '=', filter.unitId);
  if (filter.lineId) query = query.where('line_id', '=', filter.lineId);
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  if (filter.reviewId) query = query.where('review_id', '=', filter.reviewId);
  const { like } = filter;
  if (like)
    query = query.where((e) =>
      e.or(
        (['number', 'title', 'title_en', 'observed', 'cause', 'proposal'] as const).map((column) =>
          e(column, 'ilike', like),
        ),
      ),
    );
  return query.orderBy('observed_at', 'desc').limit(1000).execute();
};

export const insertEvidence = (tx: Tx, rows: Insertable<DB['evidence']>[]) =>
  db(tx)
    .insertInto('evidence')
    .values(rows)
    .onConflict((c) => c.doNothing())
    .execute();
export const evidenceOf = (tx: Tx, lessonId: string) =>
  db(tx).selectFrom('evidence').selectAll().where('lesson_id', '=', lessonId).orderBy('added_at').execute();

export const insertAdoptions = async (tx: Tx, rows: Insertable<DB['adoption']>[]): Promise<void> => {
  if (rows.length > 0) await db(tx).insertInto('adoption').values(rows).execute();
};
export const adoptionsOf = async (tx: Tx, lessonIds: string[]): Promise<AdoptionRecord[]> =>
  lessonIds.length === 0
    ? []
    : db(tx).selectFrom('adoption').selectAll().where('lesson_id', 'in', lessonIds).orderBy('zh').execute();
/** By whose records, or by what a page of theirs shows: a plan has taken up what a line of it has. */
export const lessonsAdoptedBy = (
  tx: Tx,
  by: { kind: string; recordIds: string[]; routes: string[] },
): Promise<LessonRecord[]> =>
  db(tx)
    .selectFrom('lesson')
    .selectAll()
    .where((e) =>
      e.exists(
        e
          .selectFrom('adoption')
          .select('adoption.lesson_id')
          .whereRef('adoption.lesson_id', '=', 'lesson.id')
          .where((of) =>
            of.or([
              of.and([
                of('adoption.kind', '=', by.kind),
                of('adoption.record_id', '=', sql<string>`any(${by.recordIds}::text[])`),
              ]),
              of('adoption.route', '=', sql<string>`any(${by.routes}::text[])`),
            ]),
          ),
      ),
    )
    .orderBy('observed_at', 'desc')
    .execute();
