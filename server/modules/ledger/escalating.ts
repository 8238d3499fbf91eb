import type { priorities } from '../../../contract/organization.ts';
import { system } from '../../platform/actor.ts';
import type { Context } from '../../platform/serve.ts';
import { holdersOf } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import type { RequestRecord } from '../requests/index.ts';
import { openHardProblem, raiseTask, type TaskRaising } from '../tasks/index.ts';
import { type EntryRecord, noteEscalation } from './queries.ts';

/** Reopened this often, a need is supervised; this often, it is a hard problem (domain 3.1). */
export const supervisedFrom = 2;
export const hardFrom = 3;

/** How the task about a need redone twice is named, and what it asks for. */
export const redoneTwice = (number: string) => ({
  title: { zh: `${number} 两次重办仍未解决`, en: `${number} not solved after being redone twice` },
  criterion: {
    zh: '本人或线外随访确认解决；写明前两次为什么没有办成、这次改了哪 1 项做法',
    en: 'Confirmed as solved by the person, or to a caller from outside the line; says why it failed the first two times and which 1 practice was changed',
  },
});

/** A supervised need is due with its working due, and never sooner than this. */
const leastHours = 24;

/**
 * Who answers for the supervised need: the line that has it; of one answered at the desk, the leader of the unit served;
 * where there is no unit, or the need complains of it, whoever leads dispatching for that place. Null where nobody does: what
 * a person says of their need is never refused for want of an owner.
 */
async function ownerOf({ tx }: Context, r: RequestRecord): Promise<TaskRaising['owner'] | null> {
  if (r.line_id !== null) return { lineId: r.line_id, unitId: r.lead_unit_id };
  if (r.unit_id !== null && r.unit_id !== r.about_unit_id) return { unitId: r.unit_id };
  const dir = await directory(tx);
  const nodeId = r.site_id ?? r.unit_id ?? dir.groupNode.id;
  for (const role of ['dispatcher_lead', 'group_leader'] as const) {
    const [accountId] = await holdersOf(tx, dir, { role, nodeId });
    if (accountId) return { accountId };
  }
  return null;
}

/**
 * The second reopening raises a supervised task (督办), the third puts the need on the hard-problem list (难点): once each,
 * whoever asks and however many programs run. Raised by the program, not by whoever happened to say "not solved".
 */
export async function escalate(context: Context, entry: EntryRecord, r: RequestRecord): Promise<void> {
  const { tx, now } = context;
  const byItself: Context = { ...context, actor: system };
  const guarded = r.confidentiality !== 'open' || r.class !== 'normal';
  // A small site would tell who asked.
  const siteId = r.confidentiality === 'confidential' ? null : r.site_id;
  const source = { kind: 'ledger', id: entry.id, label: r.number } as const;
  const owner = entry.reopens >= supervisedFrom ? await ownerOf(context, r) : null;
  // Without an owner the step is not noted, and the next reopening takes it.
  if (owner && (await noteEscalation(tx, r.id, 'task', now))) {
    await raiseTask(byItself, {
      source,
      ...redoneTwice(r.number),
      owner,
      dueAt: new Date(Math.max(r.resolve_now.getTime(), now.getTime() + leastHours * 3_600_000)),
      priority: r.priority as (typeof priorities)[number],
      unitId: r.unit_id,
      siteId,
      class: r.class,
      guarded,
      once: `ledger.${r.id}.task`,
    });
  }
  if (entry.reopens >= hardFrom && (await noteEscalation(tx, r.id, 'hard_problem', now))) {
    await openHardProblem(byItself, {
      source,
      title: { zh: `${r.number} 三次重办仍未解决`, en: `${r.number} not solved after being redone three times` },
      unitId: r.unit_id,
      siteId,
      class: r.class,
      guarded,
      links: [{ kind: 'request', id: r.id, label: r.number }],
      once: `ledger.${r.id}.hard_problem`,
    });
  }
}
