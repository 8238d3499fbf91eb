import { uuidv7 } from 'uuidv7';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { fewestPeople, heatOf, hotFrom, peopleOf, type Saying, usualDays, windowHours } from './heat.ts';
import {
  forgetTallies,
  insertMembers,
  insertTopic,
  type MemberRecord,
  membersOf,
  type PrintRecord,
  recentOf,
  type TopicRecord,
  talliesOf,
  topicsOf,
  touchTopic,
} from './queries.ts';
import type { Told } from './reading.ts';
import { termOf } from './terms.ts';

const hour = 3_600_000;
const dayMs = 24 * hour;
const windowMs = windowHours * hour;

/** Sites a topic of a whole unit is heard from, at least. */
const fewestSites = 3;
/** Share of its requests that another topic has already: then it is that one by another name. */
const sameTopic = 0.5;

const whoOf = (print: Pick<PrintRecord, 'asker' | 'request_id'>): Buffer =>
  print.asker ?? Buffer.from(print.request_id.replaceAll('-', ''), 'hex');

export const sayingOf = (one: { at: Date; who: Buffer; site_id: number }): Saying => ({
  at: one.at,
  who: one.who.toString('hex'),
  siteId: one.site_id,
});

/** All of one unit and category that bears on what comes next: read once a batch, bounded by the window. */
interface Cell {
  prints: PrintRecord[];
  topics: TopicRecord[];
  members: Map<string, Set<string>>;
}

async function openCell(tx: Tx, rows: Told[]): Promise<Cell> {
  const { unit_id: unitId, category_id: categoryId } = rows[0]!.print;
  const [from, until] = [rows[0]!.print.at, rows.at(-1)!.print.at];
  const since = new Date(from.getTime() - windowMs);
  const own = new Set(rows.map(({ row }) => row.id));
  const prints = (await recentOf(tx, [unitId, categoryId, since, until])).filter((one) => !own.has(one.request_id));
  const topics = await topicsOf(tx, [unitId, categoryId, since]);
  const members = new Map<string, Set<string>>(topics.map(({ id }) => [id, new Set()]));
  for (const member of topics.length > 0 ? await membersOf(tx, [topics.map(({ id }) => id)]) : [])
    members.get(member.topic_id)!.add(member.request_id);
  return { prints, topics, members };
}

const memberOf = (topicId: string, print: PrintRecord): MemberRecord => ({
  topic_id: topicId,
  request_id: print.request_id,
  site_id: print.site_id,
  at: print.at,
  who: whoOf(print),
});

/**
 * What each new request adds: it joins the topic that is under way about one of its subjects at its place, or begins one
 * when enough different people have spoken of a subject within three days, far above what is usual there. The nearest
 * place counts first: one site before the unit.
 */
export async function gatherTopics(tx: Tx, rows: Told[]): Promise<void> {
  const cells = new Map<string, Told[]>();
  for (const one of rows) {
    const key = `${one.print.unit_id} ${one.print.category_id}`;
    cells.set(key, [...(cells.get(key) ?? []), one]);
  }
  for (const told of cells.values()) {
    const cell = await openCell(tx, told);
    for (const one of told) {
      cell.prints.push(one.print);
      if (!(await joinTopic(tx, cell, one))) await beginTopic(tx, cell, one);
    }
  }
}

const underWay = (topic: TopicRecord, at: Date): boolean => at.getTime() - topic.last_at.getTime() <= windowMs;

async function joinTopic(tx: Tx, cell: Cell, { print, subjects }: Told): Promise<boolean> {
  const terms = subjects.map(termOf);
  const topic = cell.topics.find(
    (one) =>
      underWay(one, print.at) && terms.includes(one.term) && (one.site_id === null || one.site_id === print.site_id),
  );
  if (!topic) return false;
  await insertMembers(tx, [memberOf(topic.id, print)]);
  await touchTopic(tx, topic.id, print.at);
  if (print.at > topic.last_at) topic.last_at = print.at;
  cell.members.get(topic.id)!.add(print.request_id);
  return true;
}

interface Candidate {
  name: string;
  term: number;
  siteId: number | null;
  prints: PrintRecord[];
  usual: number;
  heat: number;
}

async function beginTopic(tx: Tx, cell: Cell, { print, subjects }: Told): Promise<void> {
  const since = print.at.getTime() - windowMs;
  const recent = cell.prints.filter(({ at }) => at.getTime() >= since && at <= print.at);
  if (recent.length < fewestPeople) return;
  const found: Candidate[] = [];
  for (const name of subjects) {
    const term = termOf(name);
    const about = recent.filter(({ terms }) => terms.includes(term));
    const here = about.filter(({ site_id }) => site_id === print.site_id);
    const sites = new Set(about.map(({ site_id }) => site_id)).size;
    if (here.length >= fewestPeople) found.push({ name, term, siteId: print.site_id, prints: here, usual: 0, heat: 0 });
    if (sites >= fewestSites && about.length >= fewestPeople)
      found.push({ name, term, siteId: null, prints: about, usual: 0, heat: 0 });
  }
  const enough = found.filter(
    ({ prints }) => peopleOf(prints.map((one) => sayingOf({ ...one, who: whoOf(one) }))) >= fewestPeople,
  );
  if (enough.length === 0) return;
  // Of the days before the window: what is new cannot be what is usual.
  const day = Math.floor(since / dayMs);
  const usual = new Map(
    (
      await talliesOf(tx, [
        print.unit_id,
        print.category_id,
        [...new Set(enough.map(({ term }) => term))],
        day - usualDays,
        day,
      ])
    ).map(({ term, n }) => [term, n / usualDays]),
  );
  for (const one of enough) {
    one.usual = usual.get(one.term) ?? 0;
    one.heat = heatOf(
      one.prints.map((member) => sayingOf({ ...member, who: whoOf(member) })),
      one.usual,
      print.at,
    );
  }
  const hottest = enough
    .filter(({ heat, prints }) => heat >= hotFrom && !known(cell, prints))
    .sort((a, b) => Number(a.siteId === null) - Number(b.siteId === null) || b.heat - a.heat)[0];
  if (!hottest) return;
  const topic: TopicRecord = {
    id: uuidv7(),
    unit_id: print.unit_id,
    site_id: hottest.siteId,
    category_id: print.category_id,
    term: hottest.term,
    term_name: hottest.name,
    first_at: hottest.prints.reduce((first, { at }) => (at < first ? at : first), print.at),
    last_at: print.at,
    usual: hottest.usual,
  };
  await insertTopic(tx, topic);
  await insertMembers(
    tx,
    hottest.prints.map((member) => memberOf(topic.id, member)),
  );
  // The topic of one site is asked first.
  if (topic.site_id === null) cell.topics.push(topic);
  else cell.topics.unshift(topic);
  cell.members.set(topic.id, new Set(hottest.prints.map(({ request_id }) => request_id)));
}

const known = (cell: Cell, prints: PrintRecord[]): boolean =>
  [...cell.members.values()].some(
    (members) => prints.filter(({ request_id }) => members.has(request_id)).length > prints.length * sameTopic,
  );

/** What was usual longer ago than is asked for. */
export const forgetUsual = ({ tx, now }: Context) =>
  forgetTallies(tx, Math.floor(now.getTime() / dayMs) - 2 * usualDays);
