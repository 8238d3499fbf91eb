import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { requestEndpoints } from '../../../contract/requests.ts';
import { badField, conflict } from '../../platform/errors.ts';
import { abandonFiles } from '../../platform/files.ts';
import type { Context } from '../../platform/serve.ts';
import { noteUse } from '../knowledge/index.ts';
import type { Directory } from '../organization/index.ts';
import { runningClock } from './clocks.ts';
import { codeDiesAt } from './codes.ts';
import { forgetCaller } from './contacts/queries.ts';
import { reckonAt } from './dues.ts';
import { refuseSealed } from './intake.ts';
import { move, notInThisState } from './lifecycle.ts';
import { mayAnswer, maySetFacts, mayWriteSummary } from './policy.ts';
import { contentOf, eraseContent, patchRequest, type RequestRecord, redate, updateContent } from './queries.ts';
import { trace } from './record.ts';

type React = (context: Context, request: RequestRecord) => Promise<void>;
const sealed = new Map<string, React>();
const changed = new Map<string, React>();

/** Modules further out join here: what they hold of a request goes, or changes, in the same transaction. */
export function whenSealed(module: string, react: React): void {
  sealed.set(module, react);
}
export function whenFactsChanged(module: string, react: React): void {
  changed.set(module, react);
}

/** @throws stale, with the version as it stands */
export function checkVersion(r: RequestRecord, version: number): void {
  if (r.version !== version) throw conflict('stale', { id: r.id, version: r.version, state: r.state, work: r.work });
}

/** Category, site, priority or whom it complains about. New dues are computed from the same submission. */
export async function setFacts(
  context: Context,
  dir: Directory,
  r: RequestRecord,
  facts: ParsedOf<typeof requestEndpoints.setFacts>,
): Promise<void> {
  if (!maySetFacts(r)) throw notInThisState(r);
  const category = facts.categoryId ? refuseSealed(dir, facts.categoryId) : dir.categories.get(r.category_id)!;
  const siteId = facts.siteId ?? r.site_id;
  if (siteId === null || dir.nodes.get(siteId)?.kind !== 'site') throw badField('siteId', 'unknown_site');
  if (facts.aboutLineId && !dir.lines.has(facts.aboutLineId)) throw badField('aboutLineId', 'unknown_line');
  if (facts.aboutUnitId && dir.nodes.get(facts.aboutUnitId)?.kind !== 'unit')
    throw badField('aboutUnitId', 'unknown_unit');
  const priority = (facts.priority ?? (facts.categoryId ? category.priority : r.priority) ?? r.priority) as 'urgent';
  const { dues } = await reckonAt(context.tx, dir, siteId, priority, r.submitted_at, category.id);
  // More time that was granted, or a new due after a denial, was told to the requester and stays.
  const set = r.resolve_now.getTime() !== r.resolve_due.getTime();
  const resolveNow = set ? r.resolve_now : dues.resolve;
  const next = runningClock({
    state: r.state,
    work: r.work,
    triageDue: r.state === 'reopened' ? (r.next_due ?? dues.triage) : dues.triage,
    contactDue: dues.contact,
    resolveDue: dues.resolve,
    resolveNow,
    contactedAt: r.contacted_at,
  });
  await redate(context.tx, r.id, { triage_due: dues.triage, contact_due: dues.contact, resolve_due: dues.resolve });
  await patchRequest(context.tx, r.id, {
    category_id: category.id,
    first_category_id: category.parentId!,
    // A class once sealed stays sealed: mending the category may only make it stricter.
    class: r.class === 'normal' ? category.recordClass : r.class,
    site_id: siteId,
    unit_id: dir.unitOf(siteId),
    priority,
    resolve_now: resolveNow,
    promise_at: set ? r.promise_at : dues.resolve,
    inner_due: set ? r.inner_due : dues.inner,
    next_due: r.work === 'suspended' ? resolveNow : (next?.due ?? null),
    about_line_id: facts.aboutLineId === undefined ? r.about_line_id : facts.aboutLineId,
    about_unit_id: facts.aboutUnitId === undefined ? r.about_unit_id : facts.aboutUnitId,
  });
  const data = {
    ...(category.id === r.category_id ? {} : { category: category.code }),
    ...(siteId === r.site_id ? {} : { site: dir.nodes.get(siteId)!.code }),
    ...(priority === r.priority ? {} : { priority }),
  };
  await trace(context, [r], {
    kind: 'facts_changed',
    action: 'requests.facts_changed',
    side: 'staff',
    permission: 'cases.dispatch',
    audience: 'staff',
    data,
    figures: data,
  });
  for (const react of changed.values()) await react(context, r);
}

// Words that tell a handler who asked: crew, bed, room, exact hour, a number to ring.
const revealing = /班组|[一二三四五六七八九十\d]+(?:号楼|号床|床位|室|栋|班)|\d{1,2}[:：点]\d{0,2}|\d{7,}/u;

/** The words handlers read in place of a confidential original. @throws summary_reveals naming the word */
export async function writeSummary(context: Context, r: RequestRecord, summary: string): Promise<void> {
  if (!mayWriteSummary(r)) throw notInThisState(r);
  const word = revealing.exec(summary)?.[0];
  if (word) throw badField('summary', 'summary_reveals', { word });
  await updateContent(context.tx, r.id, { summary });
  await patchRequest(context.tx, r.id, {});
  await trace(context, [r], {
    kind: 'summary_written',
    action: 'requests.summary_written',
    side: 'staff',
    permission: 'cases.dispatch',
    audience: 'staff',
    text: summary,
  });
}

/** From the desk: answered by who reads the words, as long as no line has it. */
export async function answerFromDesk(
  context: Context,
  r: RequestRecord,
  answer: { text: string; articleCode?: string },
): Promise<void> {
  if (!mayAnswer(r)) throw notInThisState(r);
  await answerAtOnce(context, r, answer);
}

/** Answered while the person waits: handled by who answered, to be verified by another. */
export async function answerAtOnce(
  context: Context,
  r: RequestRecord,
  answer: { text: string; articleCode?: string },
): Promise<void> {
  const state = move('handle', r.state as 'received');
  if (answer.articleCode) await noteUse(context.tx, r.id, answer.articleCode, context.now);
  await patchRequest(context.tx, r.id, {
    state,
    work: 'handled',
    handled_at: context.now,
    contacted_at: r.contacted_at ?? context.now,
    noticed_at: context.now,
    next_due: null,
    handler_id: context.actor.accountId,
    handler_label: context.actor.label,
  });
  await trace(context, [r], {
    kind: 'answered',
    action: 'requests.answered',
    side: 'staff',
    permission: null,
    text: answer.text,
    from: r.state,
    to: state,
    data: { article: answer.articleCode ?? null },
    figures: { article: answer.articleCode ?? null },
  });
}

/**
 * Content that belongs to a sealed line is erased, from an open request or a closed one; a stub and the journal's digest
 * stay (rules 5).
 */
export async function moveToSealed(
  context: Context,
  dir: Directory,
  r: RequestRecord,
  to: 'care' | 'oversight',
): Promise<void> {
  const { tx, now } = context;
  if ((await contentOf(tx, [r.id])).length === 0) throw notInThisState(r);
  const state = move('seal', r.state as 'received');
  await eraseContent(tx, r.id);
  await abandonFiles(tx, r.id);
  if (r.contact_id) await forgetCaller(tx, r.contact_id);
  await patchRequest(tx, r.id, {
    state,
    closed_at: r.closed_at ?? now,
    code_dies_at: r.code_dies_at ?? codeDiesAt(now),
    next_due: null,
    asked: false,
    requester_id: null,
    device_id: null,
  });
  await trace(context, [r], {
    kind: 'sealed',
    action: 'requests.moved_to_sealed',
    side: 'staff',
    permission: null,
    from: r.state,
    to: state,
    reason: to,
    data: { to, ring: to === 'care' ? dir.group.careLine : dir.group.oversightLine },
  });
  for (const react of sealed.values()) await react(context, { ...r, state });
}
