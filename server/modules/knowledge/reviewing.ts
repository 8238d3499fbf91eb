import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import { overdueArticles } from './queries.ts';

/** Whoever answers for an article is told once that its review day has come; without an owner, the dispatch lead is. */
export async function remindOfReviews(context: Context): Promise<void> {
  const dir = await directory(context.tx);
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: dir.group.timezone }).format(context.now);
  for (const row of await overdueArticles(context.tx, today))
    await tell(context, {
      kind: 'article.review',
      to: row.owner_id ? { accountIds: [row.owner_id] } : { role: 'dispatcher_lead' },
      about: { kind: 'article', id: row.id, label: row.code, route: `/knowledge?code=${row.code}` },
      level: 'info',
      once: `article.review:${row.code}:${row.review_by}`,
    });
}
