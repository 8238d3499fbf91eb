import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { triageEndpoints } from '../../../contract/triage.ts';
import { badField, conflict } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Directory } from '../organization/index.ts';
import { putWords } from './queries.ts';

// A category has no record of its own in the journal; all changes of words stand under one.
const wordsRecord = '00000000-0000-4000-8000-000000000016';

/** @throws unknown_category, stale */
export async function setWords(
  context: Context,
  dir: Directory,
  { categoryId, version, keywords, examples }: ParsedOf<typeof triageEndpoints.setWords>,
): Promise<void> {
  if (!dir.categories.get(categoryId)?.parentId) throw badField('categoryId', 'unknown_category');
  const unique = (list: readonly string[]): string[] => [...new Set(list)];
  const row = {
    category_id: categoryId,
    keywords: unique(keywords),
    examples: unique(examples),
    changed_at: context.now,
    changed_by: context.actor.accountId,
  };
  if (!(await putWords(context.tx, row, version))) throw conflict('stale');
  await append(context.tx, {
    at: context.now,
    actorId: context.actor.accountId,
    role: 'dispatcher_lead',
    action: 'triage.words_changed',
    recordKind: 'triage_words',
    recordId: wordsRecord,
    class: 'normal',
    categoryId,
    figures: { keywords: row.keywords.length, examples: row.examples.length },
  });
}
