import { uuidv7 } from 'uuidv7';
import { type Suggestion, surenessOf } from '../../../contract/triage.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import { openWords, type RequestRecord, requestsByIds } from '../requests/index.ts';
import type { Classifier, Ready } from './classifier.ts';
import { destinationOf } from './destination.ts';
import {
  dropSuggestions,
  insertDecisions,
  putSuggestions,
  rulesThatDispatched,
  type SuggestionRow,
  suggestionsOf,
} from './queries.ts';
import { urgentWords } from './urgency.ts';

/** What the reader of the journal needs of an entry. */
export interface Happened {
  action: string;
  record_id: string;
  at: Date;
  line_id: number | null;
}

/** After these there are words to suggest from. */
const came = new Set(['requests.submitted', 'requests.registered', 'requests.imported']);
/** After these somebody has decided what it is and who does it. */
const decided = new Set(['cases.dispatched', 'cases.arbitrated', 'cases.joined', 'requests.answered']);
/** After these the request may have left what suggestions may be made of. */
const changed = new Set(['requests.facts_changed', 'requests.moved_to_sealed']);
/** Journal actions that are followed. */
export const sortedActions = [...came, ...decided, ...changed];

const codes = 3;
/** A category below this is no suggestion. */
const leastP = 0.02;

/** What is suggested of some words: categories that may be stored here, the likeliest first. */
export function suggestFrom(
  ready: Ready,
  dir: Directory,
  text: string,
): { categories: { categoryId: number; p: number }[]; reasons: string[] } {
  const categories = ready
    .guess(text)
    .map(({ label, p }) => ({ category: dir.categoriesByCode.get(label), p }))
    .filter(({ category }) => category && !['psych', 'discipline'].includes(category.recordClass))
    .slice(0, codes)
    .filter(({ p }, i) => i === 0 || p >= leastP)
    .map(({ category, p }) => ({ categoryId: category!.id, p }));
  const first = categories[0] && dir.categories.get(categories[0].categoryId)!;
  return { categories, reasons: first ? ready.reasons(text, first.code) : [] };
}

/**
 * Keeps suggestions and decisions behind the journal, so that a create never waits for them; of open, normal requests
 * only. @returns the requests that were suggested for now
 */
export async function followJournal(
  tx: Tx,
  classifier: Classifier,
  entries: readonly Happened[],
): Promise<{ suggested: string[]; decisions: number }> {
  const ids = [...new Set(entries.filter((one) => isConcern(one.action)).map((one) => one.record_id))];
  if (ids.length === 0) return { suggested: [], decisions: 0 };
  const ready = await classifier.ready(tx);
  if (!ready) throw new Error('there is no model yet');
  const dir = await directory(tx);
  const words = await openWords(tx, ids);
  await dropSuggestions(
    tx,
    ids.filter((id) => !words.has(id)),
  );
  const fresh = new Map(entries.filter((one) => came.has(one.action)).map((one) => [one.record_id, one.at]));
  const rows: SuggestionRow[] = [];
  for (const [id, at] of fresh) {
    const text = words.get(id);
    if (text === undefined) continue;
    const { categories, reasons } = suggestFrom(ready, dir, text);
    const [first, ...others] = categories;
    if (!first) continue;
    rows.push({
      request_id: id,
      category_id: first.categoryId,
      p: first.p,
      others,
      reasons,
      urgent_words: urgentWords(text),
      model_version: ready.version,
      at,
    });
  }
  await putSuggestions(tx, rows);
  const decisions = await noteDecisions(
    tx,
    entries.filter((one) => words.has(one.record_id)),
  );
  return { suggested: rows.map((row) => row.request_id), decisions };
}

const isConcern = (action: string): boolean => came.has(action) || decided.has(action) || changed.has(action);

async function noteDecisions(tx: Tx, entries: readonly Happened[]): Promise<number> {
  const acts = entries.filter((one) => decided.has(one.action) || one.action === 'requests.facts_changed');
  const ids = [...new Set(acts.map((one) => one.record_id))];
  const records = new Map((await requestsByIds(tx, ids)).map((r) => [r.id, r]));
  const suggestions = await suggestionsOf(tx, ids);
  const byRule = await rulesThatDispatched(tx, ids);
  const rows = acts.flatMap((act) => {
    const r = records.get(act.record_id);
    // A category mended before anybody has the work is decided when it is dispatched.
    if (!r || (act.action === 'requests.facts_changed' && r.case_id === null)) return [];
    const suggestion = suggestions.get(r.id);
    return [
      {
        id: uuidv7(),
        request_id: r.id,
        at: act.at,
        by_rule: byRule.get(r.id) ?? null,
        suggested_id: suggestion?.category_id ?? null,
        p: suggestion?.p ?? null,
        category_id: r.category_id,
        line_id: act.line_id ?? r.line_id,
        lead_unit_id: r.lead_unit_id,
        unit_id: r.unit_id,
      },
    ];
  });
  await insertDecisions(tx, rows);
  return rows.length;
}

/** A stored suggestion as the dispatcher reads it, with where the request would go. */
export async function suggestionView(
  tx: Tx,
  dir: Directory,
  r: RequestRecord,
  row: SuggestionRow,
  now: Date,
): Promise<Suggestion> {
  const category = dir.categories.get(row.category_id)!;
  const raised = row.urgent_words.length > 0;
  return {
    categories: [{ categoryId: row.category_id, p: row.p }, ...row.others],
    sureness: surenessOf(row.p),
    reasons: row.reasons,
    priority: raised ? 'urgent' : (category.priority ?? 'normal72'),
    urgentWords: row.urgent_words,
    agrees: row.category_id === r.category_id,
    ...(await destinationOf(tx, dir, row.category_id, r, now)),
  };
}
