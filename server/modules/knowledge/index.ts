import { badField } from '../../platform/errors.ts';
import type { Tx } from '../../platform/transaction.ts';
import { articleByCode, insertUse } from './queries.ts';

/** Front door of `knowledge`: articles people are answered from, and what came of it. */
export { articlesInForce, insertArticles, insertUses } from './queries.ts';
export { type Fate, provideFates } from './results.ts';
export { remindOfReviews } from './reviewing.ts';

/** Counts an answer for the article it was given from. @throws unknown article, naming articleCode */
export async function noteUse(tx: Tx, requestId: string, articleCode: string, at: Date): Promise<void> {
  const article = await articleByCode(tx, articleCode);
  if (article?.in_force == null) throw badField('articleCode', 'article_unknown');
  await insertUse(tx, { request_id: requestId, article_code: articleCode, version_no: article.in_force, at });
}
