import type { Insertable } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import { type LineContent, levelsOf, type PlanKind, type planEndpoints } from '../../../contract/plans.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import { allStages } from '../stages/index.ts';
import { ownersOf, peopleFor } from './people.ts';
import { mayRead, mayWrite, roleIn } from './policy.ts';
import {
  handedTo,
  insertChange,
  insertLines,
  insertPlans,
  insertSignatures,
  type LineRecord,
  lastChangeOf,
  lastPosition,
  linesOf,
  lockLine,
  lockPlan,
  lockPlansOf,
  lockTogether,
  type PlanRecord,
  patchLine,
  patchPlan,
  plansOf,
  type Template,
  templatesOf,
} from './queries.ts';
import { note } from './record.ts';
import { mostLines, redStays } from './rules.ts';
import type { DB } from './tables.ts';

type Api = typeof planEndpoints;
export type NewLine = Insertable<DB['line']>;

const levelOf: Record<PlanKind, 'group' | 'unit' | 'site'> = { strategy: 'group', unit_plan: 'unit', site_set: 'site' };
const nodeKindOf: Record<PlanKind, string> = { strategy: 'group', unit_plan: 'unit', site_set: 'site' };

/** A line as its template has it. */
export const lineFromTemplate = (planId: string, template: Template, position: number): NewLine => ({
  id: uuidv7(),
  plan_id: planId,
  key: uuidv7(),
  position,
  level: template.level,
  template_code: template.code,
  parent_key: null,
  zh: template.zh,
  en: template.en,
  owner_id: null,
  who: template.who,
  place: template.place,
  how: template.how,
  work_line_id: template.line_id,
  phase: template.phase,
  nature: template.nature,
  frequency: template.frequency,
  evidence: template.evidence,
  evidence_count: template.evidence_count,
  red: template.red,
  clause: template.code,
});

/** A line of the version before (same key), or handed down by the plan above (a key of its own). */
export const lineFromLine = (planId: string, line: LineRecord, position: number, handedDown: boolean): NewLine => ({
  ...line,
  id: uuidv7(),
  plan_id: planId,
  key: handedDown ? uuidv7() : line.key,
  parent_key: handedDown ? line.key : line.parent_key,
  own: handedDown ? false : line.own,
  position,
  version: 0,
});

const preferred = ['in_force', 'approved', 'to_be_renewed', 'reviewed', 'site_feasible', 'superseded'];
/** The version to start from: what stands, before what is being written, before what stood. */
const best = (plans: readonly PlanRecord[]): PlanRecord | undefined =>
  [...plans]
    .filter((one) => preferred.includes(one.state))
    .sort((a, b) => preferred.indexOf(a.state) - preferred.indexOf(b.state) || b.version_no - a.version_no)[0];

/** What a plan of this kind, place and stage starts from: its version before, else templates and the plan above it. */
async function beginning(
  tx: Tx,
  dir: Directory,
  planId: string,
  kind: PlanKind,
  nodeId: number,
  stage: string,
  former: PlanRecord | undefined,
): Promise<{ lines: NewLine[]; parentId: string | null }> {
  const above = kind === 'strategy' ? null : kind === 'unit_plan' ? dir.groupNode.id : dir.unitOf(nodeId);
  const parent =
    above === null ? undefined : best(await plansOf(tx, kind === 'unit_plan' ? 'strategy' : 'unit_plan', above, stage));
  const level = levelOf[kind];
  // What was left out here stays out; what the plan above says since then comes in.
  const known = former ? await handedTo(tx, kind, nodeId) : new Set<string>();
  const down = parent
    ? (await linesOf(tx, [parent.id])).filter((one) => one.level === level && !known.has(one.key))
    : [];
  const own = former
    ? (await linesOf(tx, [former.id])).map((one, i) => lineFromLine(planId, one, i, false))
    : (await templatesOf(tx, stage, [level])).map((one, i) => lineFromTemplate(planId, one, i));
  return {
    lines: [...own, ...down.map((one, i) => lineFromLine(planId, one, own.length + i, true))],
    parentId: parent?.id ?? null,
  };
}

/** Begins a plan of a stage, or the next version of one. */
export async function write(context: Context, input: ParsedOf<Api['write']>): Promise<{ id: string }> {
  const { tx, actor, now } = context;
  const { id, kind, nodeId, stage } = input;
  const dir = await directory(tx);
  const node = dir.nodes.get(nodeId);
  if (node?.kind !== nodeKindOf[kind]) throw badField('nodeId', 'unknown_site');
  if (!(await allStages(tx)).some((one) => one.code === stage)) throw badField('stage', 'bad_choice');
  const place = {
    kind,
    unit_id: kind === 'strategy' ? null : dir.unitOf(nodeId),
    site_id: kind === 'site_set' ? nodeId : null,
  };
  const role = roleIn(dir, actor, place, 'written');
  if (!role) throw forbidden();
  await lockTogether(tx, `${kind} ${nodeId}`);
  const earlier = (await lockPlansOf(tx, kind, nodeId)).filter((one) => one.stage_code === stage);
  const writing = earlier.find((one) => ['draft', 'site_feasible', 'reviewed'].includes(one.state));
  if (writing) throw conflict('plan_being_written', { id: writing.id });
  const former = best(earlier);
  const { lines, parentId } = await beginning(tx, dir, id, kind, nodeId, stage, former);
  const plan = {
    id,
    kind,
    node_id: nodeId,
    unit_id: place.unit_id,
    site_id: place.site_id,
    stage_code: stage,
    version_no: Math.max(0, ...earlier.map((one) => one.version_no)) + 1,
    supersedes: former?.id ?? null,
    parent_id: parentId,
    state: 'draft',
    tailoring_reason: former?.tailoring_reason ?? null,
    trigger_kind: input.trigger,
    trigger_words: input.triggerWords,
    aim: input.aim?.words ?? null,
    aim_before: input.aim?.before ?? null,
    aim_target: input.aim?.target ?? null,
    written_by: actor.accountId!,
    written_label: actor.label,
    created_at: now,
  };
  await insertPlans(tx, [plan]);
  await insertLines(tx, lines);
  await insertSignatures(tx, [
    { plan_id: id, step: 'written', account_id: actor.accountId!, label: actor.label, role, at: now, words: null },
  ]);
  await note(context, plan, 'written', 'plans.write', {
    to: 'draft',
    reason: input.trigger,
    figures: { lines: lines.length },
  });
  return { id };
}

/** The plan, locked, that this person may write on now. */
export async function toWrite(context: Context, id: string): Promise<PlanRecord> {
  const dir = await directory(context.tx);
  const plan = await lockPlan(context.tx, id);
  if (!plan || !mayRead(dir, context.actor, plan)) throw notFound();
  if (roleIn(dir, context.actor, plan, 'written') === null) throw forbidden();
  if (!mayWrite(dir, context.actor, plan)) throw new Refusal(409, 'plan_not_draft');
  return plan;
}

export const columnsOf = (line: LineContent) => ({
  level: line.level,
  zh: line.zh,
  en: line.en === '' ? line.zh : line.en,
  who: line.who,
  owner_id: line.ownerId,
  place: line.place,
  how: line.how,
  work_line_id: line.workLineId,
  phase: line.phase,
  nature: line.nature,
  frequency: line.frequency,
  evidence: line.evidence,
  evidence_count: line.evidenceCount,
  red: line.red,
  clause: line.clause,
});
type Columns = ReturnType<typeof columnsOf>;
export const pickColumns = (line: LineRecord): Columns =>
  ({
    level: line.level,
    zh: line.zh,
    en: line.en,
    who: line.who,
    owner_id: line.owner_id,
    place: line.place,
    how: line.how,
    work_line_id: line.work_line_id,
    phase: line.phase,
    nature: line.nature,
    frequency: line.frequency,
    evidence: line.evidence,
    evidence_count: line.evidence_count,
    red: line.red,
    clause: line.clause,
  }) as Columns;

/** The fields that differ, as they were and as they are. */
export function differing(
  before: LineRecord,
  after: Columns,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const old = pickColumns(before);
  const names = (Object.keys(after) as (keyof Columns)[]).filter((name) => old[name] !== after[name]);
  return {
    before: Object.fromEntries(names.map((name) => [name, old[name]])),
    after: Object.fromEntries(names.map((name) => [name, after[name]])),
  };
}

/** @param standing the line as it was: whoever answered for it may have moved since and may stay */
async function checkLine(tx: Tx, plan: PlanRecord, line: LineContent, standing: LineRecord | null): Promise<void> {
  const dir = await directory(tx);
  if (line.workLineId !== null && !dir.lines.has(line.workLineId)) throw badField('line.workLineId', 'bad_choice');
  if (!levelsOf[plan.kind as PlanKind].includes(line.level)) throw badField('line.level', 'bad_choice');
  if (line.ownerId !== null && line.ownerId !== standing?.owner_id)
    if (!(await peopleFor(tx, dir, plan)).some(({ id }) => id === line.ownerId))
      throw badField('line.ownerId', 'bad_choice');
}

/** Whoever signs it next signs what they saw: a plan that was written on since is another. */
const written = (tx: Tx, plan: PlanRecord) => patchPlan(tx, plan.id, { version: plan.version + 1 });

export async function addLine(context: Context, { id, key, line }: ParsedOf<Api['addLine']>): Promise<void> {
  const { tx, actor, now } = context;
  const plan = await toWrite(context, id);
  await checkLine(tx, plan, line, null);
  const position = (await lastPosition(tx, id)) + 1;
  if ((await linesOf(tx, [id])).length >= mostLines) throw badField('line', 'too_big', { most: mostLines });
  const columns = columnsOf(line);
  await insertLines(tx, [
    { id: uuidv7(), plan_id: id, key, position, template_code: null, parent_key: null, own: true, ...columns },
  ]);
  await insertChange(tx, {
    id: uuidv7(),
    plan_id: id,
    line_key: key,
    at: now,
    by_id: actor.accountId!,
    by_label: actor.label,
    kind: 'added',
    after: JSON.stringify(columns),
  });
  await written(tx, plan);
  await note(context, plan, 'line_added', 'plans.write', { lineId: line.workLineId });
}

/** The line for whoever comes second: with who changed it last. */
async function asItStands(tx: Tx, line: LineRecord) {
  const last = await lastChangeOf(tx, line.plan_id, line.key);
  const owners = await ownersOf(tx, [line]);
  return lineView(line, last ?? null, owners.get(line.owner_id ?? '') ?? null);
}

/** @throws 409 `stale` with the line as it stands, so that both wordings can be laid side by side */
export async function changeLine(
  context: Context,
  { id, key, version, line }: ParsedOf<Api['changeLine']>,
): Promise<{ version: number }> {
  const { tx, actor, now } = context;
  const plan = await toWrite(context, id);
  const standing = await lockLine(tx, id, key);
  if (!standing) throw notFound();
  if (standing.version !== version) throw conflict('stale', await asItStands(tx, standing));
  await checkLine(tx, plan, line, standing);
  // A red line stays red, and answers what it answered.
  if (redStays(standing) && !line.red) throw new Refusal(409, 'red_line_stays');
  const columns = columnsOf(line);
  const { before, after } = differing(standing, columns);
  if (Object.keys(after).length === 0) return { version };
  await patchLine(tx, standing.id, { ...columns, own: true, version: version + 1 });
  await insertChange(tx, {
    id: uuidv7(),
    plan_id: id,
    line_key: key,
    at: now,
    by_id: actor.accountId!,
    by_label: actor.label,
    kind: 'changed',
    before: JSON.stringify(before),
    after: JSON.stringify(after),
  });
  await written(tx, plan);
  await note(context, plan, 'line_changed', 'plans.write', { figures: { fields: Object.keys(after).length } });
  return { version: version + 1 };
}

export async function removeLine(context: Context, { id, key, version }: ParsedOf<Api['removeLine']>): Promise<void> {
  const { tx, actor, now } = context;
  const plan = await toWrite(context, id);
  const standing = await lockLine(tx, id, key);
  if (!standing) throw notFound();
  if (standing.version !== version) throw conflict('stale', await asItStands(tx, standing));
  if (redStays(standing))
    throw new Refusal(409, 'red_line_stays', {
      fields: [{ field: `lines.${key}`, code: 'red_line', values: { line: standing.zh } }],
    });
  await patchLine(tx, standing.id, { removed_at: now, version: version + 1 });
  await insertChange(tx, {
    id: uuidv7(),
    plan_id: id,
    line_key: key,
    at: now,
    by_id: actor.accountId!,
    by_label: actor.label,
    kind: 'removed',
    before: JSON.stringify(pickColumns(standing)),
  });
  await written(tx, plan);
  await note(context, plan, 'line_removed', 'plans.write', { lineId: standing.work_line_id });
}

export async function giveReason(
  context: Context,
  { id, version, words }: ParsedOf<Api['reason']>,
): Promise<{ version: number }> {
  const { tx, actor, now } = context;
  const plan = await toWrite(context, id);
  if (plan.version !== version) throw conflict('stale', { tailoringReason: plan.tailoring_reason });
  await patchPlan(tx, id, { tailoring_reason: words === '' ? null : words, version: version + 1 });
  await insertChange(tx, {
    id: uuidv7(),
    plan_id: id,
    line_key: null,
    at: now,
    by_id: actor.accountId!,
    by_label: actor.label,
    kind: 'reason',
    before: JSON.stringify({ reason: plan.tailoring_reason }),
    after: JSON.stringify({ reason: words }),
  });
  await note(context, plan, 'reason_given', 'plans.write');
  return { version: version + 1 };
}

/**
 * A line as the contract has it.
 * @param last its latest change
 * @param owner the name of who answers for it
 */
export function lineView(line: LineRecord, last: { by_label: string; at: Date } | null, owner: string | null) {
  return {
    key: line.key,
    owner,
    level: line.level as 'site',
    zh: line.zh,
    en: line.en,
    who: line.who,
    ownerId: line.owner_id,
    place: line.place,
    how: line.how,
    workLineId: line.work_line_id,
    phase: line.phase as 'before',
    nature: line.nature as 'service',
    frequency: line.frequency,
    evidence: line.evidence as 'record',
    evidenceCount: line.evidence_count,
    red: line.red,
    clause: line.clause,
    templateCode: line.template_code,
    inherited: line.template_code !== null || line.parent_key !== null,
    own: line.own,
    version: line.version,
    changedBy: last?.by_label ?? null,
    changedAt: last?.at.toISOString() ?? null,
  };
}
