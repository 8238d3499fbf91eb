import type { priorities } from '../../../contract/organization.ts';
import { system } from '../../platform/actor.ts';
import type { Context } from '../../platform/serve.ts';
import type { RequestRecord } from '../requests/index.ts';
import { openHardProblem, raiseTask } from '../tasks/index.ts';
import { type EntryRecord, noteEscalation } from './queries.ts';

/** Reopened this often, a need is supervised; this often, it is a hard problem (domain 3.1). */
export const supervisedFrom = 2;
export const hardFrom = 3;

/** A supervised need is due with its working due, and never sooner than this. */
const leastHours = 24;

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
  if (entry.reopens >= supervisedFrom && (await noteEscalation(tx, r.id, 'task', now))) {
    await raiseTask(byItself, {
      source,
      title: `${r.number} 两次重办仍未解决`,
      criterion: '本人或线外随访确认解决；写明前两次为什么没有办成、这次改了哪 1 项做法',
      owner: r.line_id === null ? { unitId: r.unit_id } : { lineId: r.line_id, unitId: r.lead_unit_id },
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
      title: `${r.number} 三次重办仍未解决`,
      unitId: r.unit_id,
      siteId,
      class: r.class,
      guarded,
      links: [{ kind: 'request', id: r.id, label: r.number }],
      once: `ledger.${r.id}.hard_problem`,
    });
  }
}
