import type { Selectable } from 'kysely';
import { moduleTables, preparedStatement, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('triage');

export type WordsRecord = Selectable<DB['category_words']>;
export type DecisionRecord = Selectable<DB['decision']>;
export type RuleRecord = Selectable<DB['rule']>;

/** What is kept of a suggestion: codes, probabilities, terms. */
export interface SuggestionRow {
  request_id: string;
  category_id: number;
  p: number;
  others: { categoryId: number; p: number }[];
  reasons: string[];
  urgent_words: string[];
  model_version: number;
  at: Date;
}

// ---- what the group wrote

export const allWords = (tx: Tx) => db(tx).selectFrom('category_words').selectAll().orderBy('category_id').execute();

export const wordsOf = (tx: Tx, categoryId: number) =>
  db(tx).selectFrom('category_words').selectAll().where('category_id', '=', categoryId).executeTakeFirst();

/** Only over the version that was read. @returns whether it was the one that stands */
export async function putWords(tx: Tx, row: Omit<WordsRecord, 'version'>, version: number): Promise<boolean> {
  if (version === 0) {
    const made = await db(tx)
      .insertInto('category_words')
      .values(row)
      .onConflict((c) => c.column('category_id').doNothing())
      .returning('version')
      .execute();
    return made.length > 0;
  }
  const { category_id: categoryId, ...set } = row;
  const changed = await db(tx)
    .updateTable('category_words')
    .set({ ...set, version: version + 1 })
    .where('category_id', '=', categoryId)
    .where('version', '=', version)
    .returning('version')
    .execute();
  return changed.length > 0;
}

export const insertWords = (tx: Tx, rows: Omit<WordsRecord, 'version'>[]) =>
  db(tx)
    .insertInto('category_words')
    .values(rows)
    .onConflict((c) => c.column('category_id').doNothing())
    .execute();

// ---- suggestions

export async function putSuggestions(tx: Tx, rows: SuggestionRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db(tx)
    .insertInto('suggestion')
    .values(rows.map((row) => ({ ...row, others: JSON.stringify(row.others) })))
    .onConflict((c) =>
      c.column('request_id').doUpdateSet((e) => ({
        category_id: e.ref('excluded.category_id'),
        p: e.ref('excluded.p'),
        others: sql`excluded.others`,
        reasons: e.ref('excluded.reasons'),
        urgent_words: e.ref('excluded.urgent_words'),
        model_version: e.ref('excluded.model_version'),
        at: e.ref('excluded.at'),
      })),
    )
    .execute();
}

export async function suggestionsOf(tx: Tx, ids: string[]): Promise<Map<string, SuggestionRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db(tx).selectFrom('suggestion').selectAll().where('request_id', 'in', ids).execute();
  return new Map(
    rows.map((row) => [row.request_id, { ...row, others: row.others as unknown as SuggestionRow['others'] }]),
  );
}

export const dropSuggestions = (tx: Tx, ids: string[]) =>
  ids.length === 0 ? Promise.resolve([]) : db(tx).deleteFrom('suggestion').where('request_id', 'in', ids).execute();

// ---- decisions

/** One request is decided once at one moment, however often the journal is read. */
export async function insertDecisions(tx: Tx, rows: DecisionRecord[]): Promise<void> {
  if (rows.length === 0) return;
  await db(tx)
    .insertInto('decision')
    .values(rows)
    .onConflict((c) => c.columns(['request_id', 'at']).doNothing())
    .execute();
}

/** The latest decision of each request by a person, of those after a moment, the newest first. */
export const decisionsSince = preparedStatement<
  Pick<DecisionRecord, 'request_id' | 'at' | 'category_id' | 'suggested_id'>
>(
  'triage',
  'decisions_since',
  `select request_id, at, category_id, suggested_id from (
     select distinct on (request_id) request_id, at, category_id, suggested_id from triage.decision
     where at > $1 and by_rule is null order by request_id, at desc) d
   order by at desc limit $2`,
);

export const countDecisionsSince = preparedStatement<{ n: number }>(
  'triage',
  'count_decisions_since',
  'select count(*) as n from triage.decision where at > $1 and by_rule is null',
);

/** Where requests of a category from a unit went lately. */
export const whereItWent = preparedStatement<{ line_id: number; lead_unit_id: number | null; n: number }>(
  'triage',
  'where_it_went',
  `select line_id, lead_unit_id, count(*) as n from triage.decision
   where category_id = $1 and unit_id is not distinct from $2 and at > $3 and line_id is not null and by_rule is null
   group by line_id, lead_unit_id order by n desc`,
);

export interface Agreement {
  category_id: number;
  decided: number;
  accepted: number;
}

/** What people decided; what a rule dispatched says nothing about how right it is. */
const latest = `select distinct on (request_id) * from triage.decision where at > $1 and by_rule is null order by request_id, at desc`;

/** By the category that was decided; only requests that had a suggestion. */
export const agreement = preparedStatement<Agreement>(
  'triage',
  'agreement',
  `select category_id, count(*) as decided, count(*) filter (where suggested_id = category_id) as accepted
   from (${latest}) d where suggested_id is not null group by category_id order by decided desc`,
);

export const confusions = preparedStatement<{ suggested_id: number; category_id: number; times: number }>(
  'triage',
  'confusions',
  `select suggested_id, category_id, count(*) as times from (${latest}) d
   where suggested_id <> category_id group by suggested_id, category_id order by times desc, suggested_id limit 20`,
);

export const decisionsLike = preparedStatement<DecisionRecord>(
  'triage',
  'decisions_like',
  `select * from (${latest}) d
   where suggested_id is not null and ($2::int is null or category_id = $2) and ($3::int is null or suggested_id = $3)
     and ($4::boolean is null or (suggested_id = category_id) = $4)
   order by at desc limit $5`,
);

/** What a rule dispatched, newest first. */
export const dispatchedBy = (tx: Tx, ruleId: string, limit: number) =>
  db(tx)
    .selectFrom('rule_dispatch')
    .select(['request_id', 'at'])
    .where('rule_id', '=', ruleId)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();

// ---- models

export const modelBytes = (tx: Tx, version: number) =>
  db(tx).selectFrom('model').select(['bytes', 'learnt_until']).where('version', '=', version).executeTakeFirst();

export type ModelFacts = Omit<Selectable<DB['model']>, 'bytes'>;

export const latestModel = preparedStatement<ModelFacts>(
  'triage',
  'latest_model',
  `select version, trained_at, learnt_until, messages, written, right_first, right_three, took_ms
   from triage.model order by version desc limit 1`,
);

const keptModels = 5;

export async function insertModel(tx: Tx, row: Omit<Selectable<DB['model']>, 'version'>): Promise<number> {
  const { version } = await db(tx).insertInto('model').values(row).returning('version').executeTakeFirstOrThrow();
  await db(tx)
    .deleteFrom('model')
    .where('version', '<=', version - keptModels)
    .execute();
  return version;
}

// ---- rules

export const allRules = (tx: Tx) =>
  db(tx)
    .selectFrom('rule')
    .selectAll('rule')
    .select((e) =>
      e
        .selectFrom('rule_dispatch')
        .select((c) => c.fn.countAll<number>().as('n'))
        .whereRef('rule_dispatch.rule_id', '=', 'rule.id')
        .as('dispatched'),
    )
    .orderBy('made_at', 'desc')
    .execute();

export const rulesInForce = (tx: Tx) =>
  db(tx).selectFrom('rule').selectAll().where('state', '=', 'in_force').orderBy('made_at').execute();

export const lockRule = (tx: Tx, id: string) =>
  db(tx).selectFrom('rule').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const insertRule = (
  tx: Tx,
  row: Pick<RuleRecord, 'id' | 'category_id' | 'unit_id' | 'least_p' | 'most_priority' | 'made_at' | 'made_by'>,
) => db(tx).insertInto('rule').values(row).execute();

export const patchRule = (tx: Tx, id: string, patch: Partial<Omit<RuleRecord, 'id' | 'version'>>) =>
  db(tx)
    .updateTable('rule')
    .set({ ...patch, version: sql`version + 1` })
    .where('id', '=', id)
    .execute();

export const noteTrial = (tx: Tx, id: string, at: Date) =>
  db(tx).updateTable('rule').set({ simulated_at: at }).where('id', '=', id).execute();

/** Who put in force the rule that dispatched this. */
export const dispatchersByRule = async (tx: Tx, requestId: string): Promise<string[]> =>
  (
    await db(tx)
      .selectFrom('rule_dispatch')
      .innerJoin('rule', 'rule.id', 'rule_dispatch.rule_id')
      .select('rule.in_force_by')
      .where('rule_dispatch.request_id', '=', requestId)
      .execute()
  ).flatMap((row) => row.in_force_by ?? []);

export const insertRuleDispatch = (tx: Tx, row: { request_id: string; rule_id: string; case_id: string; at: Date }) =>
  db(tx).insertInto('rule_dispatch').values(row).execute();

export const rulesThatDispatched = async (tx: Tx, ids: string[]): Promise<Map<string, string>> =>
  ids.length === 0
    ? new Map()
    : new Map(
        (
          await db(tx)
            .selectFrom('rule_dispatch')
            .select(['request_id', 'rule_id'])
            .where('request_id', 'in', ids)
            .execute()
        ).map((row) => [row.request_id, row.rule_id]),
      );
