import { taskEndpoints as api, taskViews } from '../../../contract/tasks.ts';
import { type Actor, areasFor } from '../../platform/actor.ts';
import { notFound } from '../../platform/errors.ts';
import { filesOf } from '../../platform/files.ts';
import { provideHearers } from '../../platform/live.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { accountsInRoles } from '../access/index.ts';
import { directory } from '../organization/index.ts';
import { whenSealed } from '../requests/index.ts';
import { directiveRows, enterDirective, mapTo, readDirective, signNothing, undoMapping } from './directives.ts';
import { eraseDrawnFrom } from './erasing.ts';
import { hearersOfDirectives, hearersOfProblems, hearersOfTasks } from './hearers.ts';
import { issue } from './issuing.ts';
import { decodeCursor, encodeCursor, filterOf, scopeOf } from './lists.ts';
import { readerOfTask } from './policy.ts';
import {
  addMember,
  closeProblem,
  endMember,
  linkRecord,
  openProblem,
  problemRows,
  readProblem,
  recordMovement,
} from './problems.ts';
import {
  countTasks,
  cursorOf,
  entriesOf,
  listTasks,
  milestonesOf,
  paragraphsOfTask,
  problemsLinkedTo,
  slipsOf,
  taskById,
  tellingsOf,
} from './queries.ts';
import { rowView, taskView } from './view.ts';
import { accept, awaitsPerson, extend, progress, receive, returnTask, submit, taskHands, voidTask } from './working.ts';

const done = { done: true as const };
/** Roles that may be asked to answer for something, or to join a team: those who can see a task. */
const answering = [
  'site_officer',
  'unit_liaison',
  'unit_leader',
  'handler',
  'dispatcher',
  'dispatcher_lead',
  'group_leader',
] as const;

async function readTask(tx: Tx, actor: Actor, id: string, now: Date) {
  const dir = await directory(tx);
  const task = await taskById(tx, id);
  if (!task || readerOfTask(actor, task, dir) === null) throw notFound();
  const entries = await entriesOf(tx, id);
  const view = taskView(
    dir,
    actor,
    task,
    {
      milestones: await milestonesOf(tx, id),
      slips: await slipsOf(tx, id),
      tellings: await tellingsOf(tx, id),
      entries,
      hands: await taskHands(tx, task),
      awaited: await awaitsPerson(tx, task),
      files: entries.some((entry) => entry.file_ids.length > 0) ? await filesOf(tx, id) : new Map(),
      paragraphs: await paragraphsOfTask(tx, id),
      problems: await problemsLinkedTo(tx, id),
    },
    now,
  );
  if (!view) throw notFound();
  return view;
}

export function mountTasks(desk: Desk): void {
  whenSealed('tasks', eraseDrawnFrom);
  provideHearers('task', hearersOfTasks);
  provideHearers('problem', hearersOfProblems);
  provideHearers('directive', hearersOfDirectives);

  serve(desk, api.list, async ({ tx, actor, now }, input) => {
    const dir = await directory(tx);
    const filter = { ...filterOf(actor, dir, now, input), after: decodeCursor(input.after) };
    const found = await listTasks(tx, { ...filter, limit: input.limit + 1 });
    const kept = found.slice(0, input.limit);
    return {
      rows: kept.map((task) => rowView(dir, actor, task)).filter((row) => row !== null),
      next: found.length > kept.length ? encodeCursor(cursorOf(input.view, kept.at(-1)!)) : null,
      asOf: now.toISOString(),
    };
  });
  serve(desk, api.counts, async ({ tx, actor, now }) => {
    const scope = scopeOf(actor, await directory(tx));
    const counts: Record<string, number> = {};
    for (const view of taskViews)
      if (view !== 'all' && view !== 'closed') counts[view] = await countTasks(tx, { scope, view, now, limit: 999 });
    return { counts };
  });
  serve(desk, api.people, async ({ tx, actor }) => {
    const dir = await directory(tx);
    const areas = areasFor(actor, 'tasks.issue').filter((area) => area.lineId === null);
    const within = (nodeId: number): boolean =>
      areas.some((area) => area.everywhere || dir.ancestors(nodeId).includes(area.nodeId));
    const seen = new Map<
      string,
      { id: string; label: string; homeNodeId: number; lineId: number | null; role: string }
    >();
    for (const one of await accountsInRoles(tx, answering))
      if (within(one.home_node_id) && !seen.has(one.id))
        seen.set(one.id, {
          id: one.id,
          label: one.label,
          homeNodeId: one.home_node_id,
          lineId: one.line_id,
          role: one.role,
        });
    return { people: [...seen.values()] };
  });
  serve(desk, api.issue, issue);
  serve(desk, api.task, ({ tx, actor, now }, { id }) => readTask(tx, actor, id, now));
  serve(desk, api.receive, async (context, { id }) => {
    await receive(context, id);
    return done;
  });
  serve(desk, api.progress, async (context, input) => {
    await progress(context, input);
    return done;
  });
  serve(desk, api.submit, async (context, input) => {
    await submit(context, input);
    return done;
  });
  serve(desk, api.accept, async (context, { id, version, text }) => {
    await accept(context, id, version, text);
    return done;
  });
  serve(desk, api.return, async (context, { id, version, text }) => {
    await returnTask(context, id, version, text);
    return done;
  });
  serve(desk, api.extend, async (context, input) => {
    await extend(context, input);
    return done;
  });
  serve(desk, api.void, async (context, { id, version, text }) => {
    await voidTask(context, id, version, text);
    return done;
  });

  serve(desk, api.directives, async (context) => ({ rows: await directiveRows(context) }));
  serve(desk, api.directive, (context, { id }) => readDirective(context, id));
  serve(desk, api.enterDirective, enterDirective);
  serve(desk, api.mapParagraph, async (context, { id, taskId }) => {
    await mapTo(context, id, taskId);
    return done;
  });
  serve(desk, api.undoMapping, async (context, input) => {
    await undoMapping(context, input);
    return done;
  });
  serve(desk, api.noAction, async (context, { id, reason }) => {
    await signNothing(context, id, reason);
    return done;
  });

  serve(desk, api.problems, async (context, { state }) => ({ rows: await problemRows(context, state) }));
  serve(desk, api.problem, (context, { id }) => readProblem(context, id));
  serve(desk, api.openProblem, openProblem);
  serve(desk, api.addMember, async (context, input) => {
    await addMember(context, input);
    return done;
  });
  serve(desk, api.endMember, async (context, { id, memberId }) => {
    await endMember(context, id, memberId);
    return done;
  });
  serve(desk, api.move, async (context, input) => {
    await recordMovement(context, input);
    return done;
  });
  serve(desk, api.link, async (context, { id, number }) => {
    await linkRecord(context, id, number);
    return done;
  });
  serve(desk, api.closeProblem, async (context, input) => {
    await closeProblem(context, input);
    return done;
  });
}
