import { moduleTables, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('knowledge');

export interface ArticleContent {
  zh: string;
  en: string;
  body_zh: string;
  body_en: string;
  keywords: string;
  category_id: number | null;
}

const like = (search: string): string => `%${search.replace(/[%_\\]/g, '\\$&')}%`;
const searched = ['zh', 'en', 'body_zh', 'body_en', 'keywords', 'code'] as const;

/** In force and not withdrawn: what may be answered from. */
export const findArticles = (tx: Tx, search: string | undefined) =>
  db(tx)
    .selectFrom('article')
    .selectAll()
    .where('in_force', 'is not', null)
    .where('withdrawn_at', 'is', null)
    .$if(Boolean(search), (q) => q.where((e) => e.or(searched.map((column) => e(column, 'ilike', like(search!))))))
    .orderBy(sql`length(code)`)
    .orderBy('code')
    .limit(50)
    .execute();

/** Everything that may be suggested, and the mark by which one sees that it has changed. */
export const articlesInForce = (tx: Tx) =>
  db(tx)
    .selectFrom('article')
    .selectAll()
    .where('in_force', 'is not', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('code')
    .execute();

export const allArticles = (tx: Tx, search: string | undefined) =>
  db(tx)
    .selectFrom('article')
    .leftJoin('version', (join) =>
      join.onRef('version.article_code', '=', 'article.code').on('version.state', 'in', ['draft', 'in_review']),
    )
    .select([
      'article.code',
      'article.category_id',
      'article.owner_label',
      'article.in_force',
      'article.withdrawn_at',
      'article.review_by',
      'version.no as open_no',
      'version.state as open_state',
      'version.author_label as open_author',
    ])
    .select((e) => [
      // What nobody may answer from yet is known by the words of its draft.
      e.fn.coalesce('version.zh', 'article.zh').as('draft_zh'),
      e.fn.coalesce('version.en', 'article.en').as('draft_en'),
      'article.zh',
      'article.en',
    ])
    .$if(Boolean(search), (q) =>
      q.where((e) => e.or(searched.map((column) => e(`article.${column}`, 'ilike', like(search!))))),
    )
    .orderBy(sql`length(article.code)`)
    .orderBy('article.code')
    .limit(500)
    .execute();

export const lockArticle = (tx: Tx, code: string) =>
  db(tx).selectFrom('article').selectAll().where('code', '=', code).forUpdate().executeTakeFirst();

export const articleByCode = (tx: Tx, code: string) =>
  db(tx).selectFrom('article').selectAll().where('code', '=', code).executeTakeFirst();
export type ArticleRecord = NonNullable<Awaited<ReturnType<typeof articleByCode>>>;

export const versionsOf = (tx: Tx, code: string) =>
  db(tx).selectFrom('version').selectAll().where('article_code', '=', code).orderBy('no', 'desc').execute();
export type VersionRecord = Awaited<ReturnType<typeof versionsOf>>[number];

export const nextCode = async (tx: Tx): Promise<string> => {
  const { rows } = await sql<{ n: string }>`select nextval('knowledge.article_number') as n`.execute(db(tx));
  return `K${rows[0]!.n}`;
};

export const insertArticle = (tx: Tx, row: { code: string; owner_id: string; owner_label: string } & ArticleContent) =>
  db(tx).insertInto('article').values(row).returning('id').executeTakeFirstOrThrow();

export interface ArticlePatch extends Partial<ArticleContent> {
  in_force?: number | null;
  owner_id?: string;
  owner_label?: string;
  review_by?: string;
  withdrawn_at?: Date | null;
}
export const patchArticle = (tx: Tx, code: string, set: ArticlePatch) =>
  db(tx).updateTable('article').set(set).where('code', '=', code).execute();

export const insertVersion = (
  tx: Tx,
  row: {
    article_code: string;
    no: number;
    state: string;
    author_id: string;
    author_label: string;
    writers: string[];
    written_at: Date;
  } & ArticleContent,
) => db(tx).insertInto('version').values(row).execute();

export interface VersionPatch extends Partial<ArticleContent> {
  state?: string;
  author_id?: string;
  author_label?: string;
  writers?: string[];
  written_at?: Date;
  saves?: number;
  reviewer_id?: string;
  reviewer_label?: string;
  reviewed_at?: Date;
  review_words?: string | null;
}
export const patchVersion = (tx: Tx, code: string, no: number, set: VersionPatch) =>
  db(tx).updateTable('version').set(set).where('article_code', '=', code).where('no', '=', no).execute();

export const supersede = (tx: Tx, code: string) =>
  db(tx)
    .updateTable('version')
    .set({ state: 'superseded' })
    .where('article_code', '=', code)
    .where('state', '=', 'in_force')
    .execute();

export const insertUse = (tx: Tx, row: { request_id: string; article_code: string; version_no: number; at: Date }) =>
  db(tx)
    .insertInto('use')
    .values(row)
    .onConflict((c) => c.column('request_id').doNothing())
    .execute();

/** In bulk, for whoever makes a history without commands. */
export const insertUses = async (
  tx: Tx,
  rows: { request_id: string; article_code: string; version_no: number; at: Date }[],
): Promise<void> => {
  for (let from = 0; from < rows.length; from += 1000)
    await db(tx)
      .insertInto('use')
      .values(rows.slice(from, from + 1000))
      .execute();
};

/** The newest uses of each article, as many as its figures are made of. */
export const usesOf = async (tx: Tx, codes: string[], most: number) => {
  if (codes.length === 0) return [];
  const { rows } = await sql<{ article_code: string; request_id: string; version_no: number; at: Date }>`
    select u.article_code, u.request_id, u.version_no, u.at from unnest(${codes}::text[]) as c(code)
    cross join lateral (select * from knowledge.use where article_code = c.code order by at desc limit ${most}) as u`.execute(
    db(tx),
  );
  return rows;
};

/** Whose review day came and who has not been told of it for this day. */
export const overdueArticles = (tx: Tx, today: string) =>
  db(tx)
    .selectFrom('article')
    .select(['id', 'code', 'owner_id', 'review_by'])
    .where('withdrawn_at', 'is', null)
    .where('review_by', '<=', today)
    .execute();

export interface LoadedArticle {
  code: string;
  zh: string;
  en: string;
  body_zh: string;
  body_en: string;
  keywords: string;
  category_id: number | null;
  owner_id: string | null;
  owner_label: string | null;
  review_by: string | null;
  at: Date;
}

/** First versions, in force at once: what a group begins with. */
export const insertArticles = async (tx: Tx, rows: LoadedArticle[]): Promise<void> => {
  if (rows.length === 0) return;
  await db(tx)
    .insertInto('article')
    .values(rows.map(({ at: _at, ...row }) => ({ ...row, in_force: 1 })))
    .onConflict((c) => c.column('code').doNothing())
    .execute();
  await db(tx)
    .insertInto('version')
    .values(
      rows.map((row) => ({
        article_code: row.code,
        no: 1,
        state: 'in_force',
        zh: row.zh,
        en: row.en,
        body_zh: row.body_zh,
        body_en: row.body_en,
        keywords: row.keywords,
        category_id: row.category_id,
        author_label: row.owner_label ?? 'system',
        written_at: row.at,
        reviewer_label: 'system',
        reviewed_at: row.at,
      })),
    )
    .onConflict((c) => c.columns(['article_code', 'no']).doNothing())
    .execute();
};
