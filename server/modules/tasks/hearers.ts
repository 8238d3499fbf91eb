import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { mayReadDirective } from './directives.ts';
import { readerOfTask } from './policy.ts';
import { readerIn } from './problems.ts';
import { directivesByIds, membersOf, problemsByIds, tasksByIds } from './queries.ts';

/** Who may hear that one of these records changed: whoever may read it now. */
type Hears = (actor: Actor, id: string) => boolean;

export async function hearersOfTasks(tx: Tx, ids: string[]): Promise<Hears> {
  const dir = await directory(tx);
  const tasks = new Map((await tasksByIds(tx, ids)).map((task) => [task.id, task]));
  return (actor, id) => {
    const task = tasks.get(id);
    return task !== undefined && readerOfTask(actor, task, dir) !== null;
  };
}

export async function hearersOfProblems(tx: Tx, ids: string[]): Promise<Hears> {
  const problems = new Map((await problemsByIds(tx, ids)).map((problem) => [problem.id, problem]));
  const members = await membersOf(tx, ids);
  return (actor, id) => {
    const problem = problems.get(id);
    const team = members.filter((one) => one.problem_id === id);
    return problem !== undefined && readerIn(actor, problem, team) !== null;
  };
}

export async function hearersOfDirectives(tx: Tx, ids: string[]): Promise<Hears> {
  const dir = await directory(tx);
  const directives = new Map((await directivesByIds(tx, ids)).map((directive) => [directive.id, directive]));
  return (actor, id) => {
    const directive = directives.get(id);
    return directive !== undefined && actor.permissions.has('tasks.read') && mayReadDirective(actor, dir, directive);
  };
}
