import { uuidv7 } from 'uuidv7';
import type { OutputOf, ParsedOf } from '../../../contract/endpoint.ts';
import { priorities } from '../../../contract/organization.ts';
import type { triageEndpoints } from '../../../contract/triage.ts';
import { system } from '../../platform/actor.ts';
import type { Pool } from '../../platform/database.ts';
import { badField, conflict, notFound } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { inStatement, inTransaction, type Tx } from '../../platform/transaction.ts';
import { dispatch } from '../cases/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import {
  byDispatchRule,
  lockRequest,
  mayDispatch,
  openWords,
  type RequestRecord,
  requestsByIds,
} from '../requests/index.ts';
import type { Classifier } from './classifier.ts';
import { destinationOf } from './destination.ts';
import {
  decisionsSince,
  insertRule,
  insertRuleDispatch,
  lockRule,
  noteTrial,
  patchRule,
  type RuleRecord,
  rulesInForce,
  type SuggestionRow,
  suggestionsOf,
} from './queries.ts';
import { sealedLineOf } from './sealed.ts';

/**
 * Rules the group wrote: what is dispatched at once. None is in force by default; each is tried on last week first; none
 * touches what is confidential, anonymous, urgent, personal, of health, or complains about somebody.
 */

const dayMs = 86_400_000;
const trialDays = 7;
/** Requests a trial looks at, the latest. */
const mostTried = 5_000;

const rankOf = (priority: string): number => priorities.indexOf(priority as 'urgent');

/** Whether the rule holds for this request as it came, with its suggestion. Pure. */
export function holds(
  rule: Pick<RuleRecord, 'category_id' | 'unit_id' | 'least_p' | 'most_priority'>,
  r: Pick<
    RequestRecord,
    'category_id' | 'unit_id' | 'class' | 'confidentiality' | 'priority' | 'about_line_id' | 'about_unit_id'
  >,
  suggestion: Pick<SuggestionRow, 'category_id' | 'p' | 'urgent_words'>,
): boolean {
  return (
    r.class === 'normal' &&
    r.confidentiality === 'open' &&
    r.about_line_id === null &&
    r.about_unit_id === null &&
    r.category_id === rule.category_id &&
    suggestion.category_id === rule.category_id &&
    suggestion.p >= rule.least_p &&
    suggestion.urgent_words.length === 0 &&
    r.priority !== 'urgent' &&
    rankOf(r.priority) >= rankOf(rule.most_priority) &&
    (rule.unit_id === null || rule.unit_id === r.unit_id)
  );
}

function note(context: Context, rule: { id: string; category_id: number; unit_id: number | null }, action: string) {
  return append(context.tx, {
    at: context.now,
    actorId: context.actor.accountId,
    role: 'dispatcher_lead',
    action,
    recordKind: 'triage_rule',
    recordId: rule.id,
    class: 'normal',
    unitId: rule.unit_id,
    categoryId: rule.category_id,
  });
}

export async function makeRule(
  context: Context,
  dir: Directory,
  wanted: ParsedOf<typeof triageEndpoints.makeRule>,
): Promise<string> {
  const category = dir.categories.get(wanted.categoryId);
  if (!category?.parentId) throw badField('categoryId', 'unknown_category');
  if (category.recordClass !== 'normal' || category.priority === 'urgent')
    throw badField('categoryId', 'never_by_rule');
  if (wanted.unitId !== null && dir.nodes.get(wanted.unitId)?.kind !== 'unit') throw badField('unitId', 'unknown_unit');
  const row = {
    id: uuidv7(),
    category_id: wanted.categoryId,
    unit_id: wanted.unitId,
    least_p: wanted.leastP,
    most_priority: wanted.mostPriority,
    made_at: context.now,
    made_by: context.actor.accountId!,
  };
  await insertRule(context.tx, row);
  await note(context, row, 'triage.rule_made');
  return row.id;
}

/** What the rule would have done with the requests people dispatched in the last seven days. */
export async function tryRule(
  context: Context,
  dir: Directory,
  id: string,
): Promise<OutputOf<typeof triageEndpoints.tryRule>> {
  const { tx, now } = context;
  const rule = await lockRule(tx, id);
  if (!rule) throw notFound();
  const from = new Date(now.getTime() - trialDays * dayMs);
  const decisions = await decisionsSince(tx, [from, mostTried]);
  const ids = decisions.map((one) => one.request_id);
  const records = new Map((await requestsByIds(tx, ids)).map((r) => [r.id, r]));
  const suggestions = await suggestionsOf(tx, ids);
  let same = 0;
  let would = 0;
  const other = [];
  for (const decision of decisions) {
    const r = records.get(decision.request_id);
    const suggestion = suggestions.get(decision.request_id);
    // As it came: a category somebody mended since was not the one the rule would have met.
    if (!r || !suggestion) continue;
    const asItCame = { ...r, category_id: suggestion.category_id };
    if (!holds(rule, asItCame, suggestion)) continue;
    would++;
    const to = await destinationOf(tx, dir, rule.category_id, r, now);
    if (r.category_id === rule.category_id && r.line_id === to.lineId) same++;
    else other.push({ requestId: r.id, number: r.number, categoryId: r.category_id, lineId: r.line_id });
  }
  await noteTrial(tx, id, now);
  return { would, same, other: other.slice(0, 50), from: from.toISOString() };
}

/** @throws not_in_this_state, stale, try_first */
export async function putInForce(context: Context, id: string, version: number): Promise<void> {
  const rule = await standing(context, id, version);
  if (rule.state !== 'draft') throw conflict('rule_has_ended');
  if (!rule.simulated_at || context.now.getTime() - rule.simulated_at.getTime() > dayMs) throw conflict('try_first');
  await patchRule(context.tx, id, {
    state: 'in_force',
    in_force_at: context.now,
    in_force_by: context.actor.accountId,
  });
  await note(context, rule, 'triage.rule_in_force');
}

export async function endRule(context: Context, id: string, version: number): Promise<void> {
  const rule = await standing(context, id, version);
  if (rule.state === 'ended') throw conflict('rule_has_ended');
  await patchRule(context.tx, id, { state: 'ended', ended_at: context.now });
  await note(context, rule, 'triage.rule_ended');
}

async function standing(context: Context, id: string, version: number): Promise<RuleRecord> {
  const rule = await lockRule(context.tx, id);
  if (!rule) throw notFound();
  if (rule.version !== version) throw conflict('stale');
  return rule;
}

/**
 * Dispatches what came, where a rule in force holds. Each in a transaction of its own, in the name of whoever put the rule
 * in force: they decided for it unseen, and never verify it. @returns how many went
 */
export async function dispatchByRules(
  pool: Pool,
  classifier: Classifier,
  ids: readonly string[],
  now: Date,
): Promise<number> {
  if (ids.length === 0 || (await inStatement(pool, rulesInForce)).length === 0) return 0;
  let sent = 0;
  for (const id of ids) if (await inTransaction(pool, (tx) => dispatchOne(tx, classifier, id, now))) sent++;
  return sent;
}

async function dispatchOne(tx: Tx, classifier: Classifier, id: string, now: Date): Promise<boolean> {
  const r = await lockRequest(tx, id);
  const suggestion = (await suggestionsOf(tx, [id])).get(id);
  // Only what is new: what came back was looked at by somebody, and goes on with them.
  if (!r || !suggestion || !mayDispatch(r) || r.returns > 0 || r.work !== 'new') return false;
  const rule = (await rulesInForce(tx)).find((one) => holds(one, r, suggestion));
  if (!rule) return false;
  const dir = await directory(tx);
  const text = (await openWords(tx, [id])).get(id);
  const ready = await classifier.ready(tx);
  if (text === undefined || !ready) return false;
  const sealed = sealedLineOf(ready.guess(text), (code) => dir.categoriesByCode.get(code)?.recordClass);
  const { lineId, unitId, coLineIds } = await destinationOf(tx, dir, r.category_id, r, now);
  if (sealed || lineId === null) return false;
  const context: Context = { tx, now, actor: { ...system, accountId: rule.in_force_by, label: byDispatchRule } };
  const caseId = await dispatch(context, dir, r, { lineId, unitId }, null, coLineIds);
  await insertRuleDispatch(tx, { request_id: id, rule_id: rule.id, case_id: caseId, at: now });
  await append(tx, {
    at: now,
    actorId: rule.in_force_by,
    role: 'system',
    action: 'triage.dispatched_by_rule',
    recordKind: 'request',
    recordId: id,
    class: r.class,
    unitId: r.unit_id,
    siteId: r.site_id,
    lineId,
    categoryId: r.category_id,
    figures: { rule: rule.id, case: caseId, p: Math.round(suggestion.p * 1000) / 1000 },
  });
  return true;
}
