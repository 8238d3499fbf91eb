import { moduleTables } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('knowledge');

export const findArticles = (tx: Tx, search: string | undefined) =>
  db(tx)
    .selectFrom('article')
    .selectAll()
    .$if(Boolean(search), (q) =>
      q.where((e) =>
        e.or(
          (['zh', 'en', 'body_zh', 'body_en', 'code'] as const).map((column) =>
            e(column, 'ilike', `%${search!.replace(/[%_\\]/g, '\\$&')}%`),
          ),
        ),
      ),
    )
    .orderBy('code')
    .limit(50)
    .execute();

export const insertArticles = (
  tx: Tx,
  rows: { code: string; zh: string; en: string; body_zh: string; body_en: string }[],
) =>
  db(tx)
    .insertInto('article')
    .values(rows)
    .onConflict((c) => c.column('code').doNothing())
    .execute();
