import type { z } from 'zod';
import type { topic as topicShape } from '../../../contract/likeness.ts';
import { type Actor, areasFor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Directory } from '../organization/index.ts';
import { type RequestRecord, requestsByIds } from '../requests/index.ts';
import { heatOf, peopleOf, trendOf } from './heat.ts';
import { type MemberRecord, membersOf, type TopicRecord } from './queries.ts';
import { readsWords } from './suggesting.ts';
import { sayingOf } from './topics.ts';

export type TopicView = z.output<typeof topicShape>;

const dayMs = 86_400_000;
const trendDays = 7;
/** A topic fewer people than this speak of is shown to nobody: a small count tells who (rules 1, 6). */
const fewestShown = 3;

export interface Shown {
  view: TopicView;
  /** The requests of it that this reader may read, newest first. */
  records: RequestRecord[];
}

/** Whether any of this person's areas may hold such a topic: those of other units are not even looked at. */
const mayConcern = (actor: Actor, topic: TopicRecord): boolean =>
  areasFor(actor, 'requests.read').some(
    (area) =>
      area.everywhere ||
      area.lineId !== null ||
      area.unitIds.includes(topic.unit_id) ||
      topic.site_id === null ||
      area.siteIds.includes(topic.site_id),
  );

/**
 * Topics as this reader may see them: counted, dated and heated from the requests they may read, so that a handler's
 * topic is of their line and a neighbour sees none (rules 6).
 */
export async function showTopics(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  topics: TopicRecord[],
  now: Date,
): Promise<Shown[]> {
  const within = topics.filter((one) => mayConcern(actor, one));
  if (within.length === 0) return [];
  const members = new Map<string, MemberRecord[]>();
  for (const member of await membersOf(tx, [within.map(({ id }) => id)]))
    members.set(member.topic_id, [...(members.get(member.topic_id) ?? []), member]);
  const records = new Map(
    (await requestsByIds(tx, [...new Set([...members.values()].flat().map((one) => one.request_id))]))
      .filter((r) => readsWords(dir, actor, r))
      .map((r) => [r.id, r]),
  );
  return within.flatMap((topic) => {
    const seen = (members.get(topic.id) ?? []).filter((one) => records.has(one.request_id));
    const sayings = seen.map(sayingOf);
    const people = peopleOf(sayings);
    if (people < fewestShown) return [];
    const lastAt = new Date(Math.max(...seen.map((one) => one.at.getTime())));
    // Of what is over the days it lasted are told, not the quiet ones since.
    const trendUntil = now.getTime() - lastAt.getTime() > trendDays * dayMs ? lastAt : now;
    const own = seen.map((one) => records.get(one.request_id)!);
    const view: TopicView = {
      id: topic.id,
      unitId: topic.unit_id,
      siteId: topic.site_id,
      siteIds: [...new Set(seen.map((one) => one.site_id))],
      categoryId: topic.category_id,
      term: topic.term_name,
      firstAt: new Date(Math.min(...seen.map((one) => one.at.getTime()))).toISOString(),
      lastAt: lastAt.toISOString(),
      requests: seen.length,
      people,
      open: own.filter((r) => r.open).length,
      heat: Number(heatOf(sayings, topic.usual, now).toFixed(2)),
      trend: trendOf(sayings, topic.usual, trendUntil, trendDays).map((value) => Number(value.toFixed(2))),
      usual: Number(topic.usual.toFixed(2)),
      groupCaseId: groupCaseOf(own),
    };
    return [{ view, records: own }];
  });
}

/** The case most of them are worked on in, two at least, while it is under way. */
export function groupCaseOf(records: RequestRecord[]): string | null {
  const sizes = new Map<string, number>();
  for (const r of records)
    if (r.case_id !== null && r.open && !['handled', 'returned'].includes(r.work))
      sizes.set(r.case_id, (sizes.get(r.case_id) ?? 0) + 1);
  const [largest] = [...sizes].sort((a, b) => b[1] - a[1]);
  return largest && largest[1] >= 2 ? largest[0] : null;
}
