import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { taskEndpoints } from '../../../contract/tasks.ts';
import { badField, forbidden, notFound } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { labelsOf } from '../access/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { hidesSite, isSmallSite, readerAt, requestById, sightOf } from '../requests/index.ts';
import { mapTo } from './directives.ts';
import { issuesFrom } from './policy.ts';
import { readerOfProblem } from './problems.ts';
import { insertLinks, problemById, taskById } from './queries.ts';
import { raiseTask, type TaskRaising } from './raising.ts';

type Issue = ParsedOf<typeof taskEndpoints.issue>;
type Placed = Pick<TaskRaising, 'source' | 'unitId' | 'siteId' | 'class' | 'guarded'>;

const placeOf = (
  dir: Directory,
  nodeId: number | null | undefined,
): { unitId: number | null; siteId: number | null } => {
  const node = nodeId ? dir.nodes.get(nodeId) : undefined;
  if (nodeId && !node) throw badField('nodeId', 'bad_choice');
  return { unitId: node ? dir.unitOf(node.id) : null, siteId: node?.kind === 'site' ? node.id : null };
};

/**
 * Where the task comes from and where it lies. From a request: its number, place and class, as far as whoever issues may
 * read it; what is kept in confidence there is kept here.
 */
async function placed(context: Context, dir: Directory, input: Issue): Promise<Placed> {
  const { kind, id, label } = input.source;
  if (kind === 'request') {
    const r = id ? (await requestById(context.tx, [id]))[0] : undefined;
    const reader = r && readerAt(dir, context.actor, r);
    if (!r || !reader) throw badField('source.id', 'no_such_record', { number: label });
    const sight = sightOf(reader, r);
    const guarded = r.confidentiality === 'confidential';
    // A task is read more widely than the request: a small site would name who asked in confidence, whoever issues it.
    const hidden = hidesSite(dir, sight, r.site_id) || (guarded && r.site_id !== null && isSmallSite(dir, r.site_id));
    return {
      source: { kind, id: r.id, label: r.number },
      unitId: r.unit_id,
      siteId: hidden ? null : r.site_id,
      class: r.class,
      guarded,
    };
  }
  if (kind === 'problem') {
    const problem = id ? await problemById(context.tx, id) : undefined;
    if (!problem || (await readerOfProblem(context, problem)) === null)
      throw badField('source.id', 'no_such_record', { number: label });
    return {
      source: { kind, id: problem.id, label: problem.number },
      unitId: problem.unit_id,
      siteId: problem.site_id,
      class: problem.class,
      guarded: problem.guarded,
    };
  }
  if (kind === 'directive' ? input.paragraphIds.length === 0 : label === '' && kind !== 'instruction')
    throw badField(kind === 'directive' ? 'paragraphIds' : 'source.label', 'required');
  return { source: { kind, id: id ?? '', label }, ...placeOf(dir, input.nodeId), class: 'normal' };
}

/** A leader, or the dispatchers' lead, issues a task within what they lead. @throws outside_what_you_lead */
export async function issue(context: Context, input: Issue): Promise<{ id: string; number: string }> {
  const { tx, actor } = context;
  const dir = await directory(tx);
  // Sent again after a lost answer.
  const before = await taskById(tx, input.id);
  if (before) {
    if (before.issuer_id !== actor.accountId) throw notFound();
    return { id: before.id, number: before.number };
  }
  const where = await placed(context, dir, input);
  const { accountId, lineId, unitId } = input.owner;
  const home = accountId ? (await labelsOf(tx, [accountId]))[0]?.home_node_id : undefined;
  const owner = home
    ? { unitId: dir.unitOf(home), siteId: dir.nodes.get(home)?.kind === 'site' ? home : null }
    : { unitId: unitId ?? null, siteId: null };
  const issuerNodeId = issuesFrom(actor, owner, where);
  if (issuerNodeId === null) throw forbidden('outside_what_you_lead');
  const raised = await raiseTask(context, {
    ...where,
    id: input.id,
    title: input.title,
    criterion: input.criterion,
    owner: { accountId, lineId, unitId },
    dueAt: new Date(input.dueAt),
    priority: input.priority,
    milestones: input.milestones.map((one) => ({ dueAt: new Date(one.dueAt), what: one.what })),
    issuerNodeId,
  });
  if (where.source.kind === 'problem')
    await insertLinks(tx, [
      {
        problem_id: where.source.id,
        kind: 'task',
        record_id: raised.id,
        label: raised.number,
        linked_by: actor.accountId,
        linked_at: context.now,
      },
    ]);
  for (const paragraphId of input.paragraphIds) await mapTo(context, paragraphId, raised.id);
  return raised;
}
