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
/** Share of both their requests two topics have in common: then it is one by two names. */
const sameTopic = 0.5;
/** People who speak of it, at least: of one site, of a whole unit. */
const fewestOf = { site: fewestPeople, unit: 2 * fewestPeople };
/** A topic that has cooled down to this is over; what comes later begins a new one. */
const coolBelow = 1;
/** Older than this it has become what is usual. */
const longestDays = 10;
/** What so many of its requests name leads to it too. */
const oftenNamed = 0.4;

type Level = 'site' | 'unit';

const whoOf = (print: Pick<PrintRecord, 'asker' | 'request_id'>): Buffer =>
  print.asker ?? Buffer.from(print.request_id.replaceAll('-', ''), 'hex');

const sayingOfPrint = (print: PrintRecord): Saying => sayingOf({ ...print, who: whoOf(print) });

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

const cellOf = (one: { unit_id: number; category_id: number }): string => `${one.unit_id} ${one.category_id}`;

/** @param told of each cell its new requests, in the order of time */
async function openCells(tx: Tx, told: ReadonlyMap<string, Told[]>): Promise<Map<string, Cell>> {
  const cells = new Map<string, Cell>(
    [...told.keys()].map((key) => [key, { prints: [], topics: [], members: new Map() }]),
  );
  const rows = [...told.values()];
  const places = [rows.map(([one]) => one!.print.unit_id), rows.map(([one]) => one!.print.category_id)];
  const since = rows.map(([one]) => new Date(one!.print.at.getTime() - windowMs));
  const own = new Set(rows.flat().map(({ row }) => row.id));
  for (const print of await recentOf(tx, [...places, since, rows.map((some) => some.at(-1)!.print.at)]))
    if (!own.has(print.request_id)) cells.get(cellOf(print))!.prints.push(print);
  const topics = await topicsOf(tx, [...places, since]);
  const members = new Map<string, Set<string>>(topics.map(({ id }) => [id, new Set()]));
  for (const topic of topics) {
    const cell = cells.get(cellOf(topic))!;
    cell.topics.push(topic);
    cell.members.set(topic.id, members.get(topic.id)!);
  }
  for (const member of topics.length > 0 ? await membersOf(tx, [topics.map(({ id }) => id)]) : [])
    members.get(member.topic_id)!.add(member.request_id);
  return cells;
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
  if (rows.length === 0) return;
  const told = new Map<string, Told[]>();
  for (const one of rows) {
    const key = cellOf(one.print);
    told.set(key, [...(told.get(key) ?? []), one]);
  }
  for (const [key, cell] of await openCells(tx, told)) {
    for (const one of told.get(key)!) {
      cell.prints.push(one.print);
      for (const level of ['site', 'unit'] as const)
        if ((await joinTopic(tx, cell, one, level)) || (await beginTopic(tx, cell, one, level))) break;
    }
  }
}

/** Under way while somebody speaks of it every three days, it is not older than it may get, and still above the usual. */
function underWay(cell: Cell, topic: TopicRecord, at: Date): boolean {
  if (at.getTime() - topic.last_at.getTime() > windowMs) return false;
  if (at.getTime() - topic.first_at.getTime() > longestDays * dayMs) return false;
  return heatOf(recentMembers(cell, topic).map(sayingOfPrint), topic.usual, at) >= coolBelow;
}

const recentMembers = (cell: Cell, topic: TopicRecord): PrintRecord[] => {
  const members = cell.members.get(topic.id)!;
  return cell.prints.filter(({ request_id }) => members.has(request_id));
};

/** Its own term, and what a good part of its requests name besides: people call one thing by many names. */
function spokenOf(cell: Cell, topic: TopicRecord): Set<number> {
  const prints = recentMembers(cell, topic);
  const counts = new Map<number, number>();
  for (const { terms } of prints) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return new Set([topic.term, ...[...counts].filter(([, n]) => n >= prints.length * oftenNamed).map(([term]) => term)]);
}

async function joinTopic(tx: Tx, cell: Cell, { print, subjects }: Told, level: Level): Promise<boolean> {
  const terms = subjects.map(termOf);
  const topic = cell.topics.find(
    (one) =>
      (level === 'site' ? one.site_id === print.site_id : one.site_id === null) &&
      underWay(cell, one, print.at) &&
      terms.some((term) => spokenOf(cell, one).has(term)),
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

async function beginTopic(tx: Tx, cell: Cell, { print, subjects }: Told, level: Level): Promise<boolean> {
  const since = print.at.getTime() - windowMs;
  const recent = cell.prints.filter(
    ({ at, site_id }) => at.getTime() >= since && at <= print.at && (level === 'unit' || site_id === print.site_id),
  );
  if (recent.length < fewestOf[level]) return false;
  const siteId = level === 'site' ? print.site_id : null;
  const enough = subjects.flatMap((name): Candidate[] => {
    const term = termOf(name);
    const prints = recent.filter(({ terms }) => terms.includes(term));
    const sites = new Set(prints.map(({ site_id }) => site_id)).size;
    const heard = level === 'site' || sites >= fewestSites;
    return heard && peopleOf(prints.map(sayingOfPrint)) >= fewestOf[level]
      ? [{ name, term, siteId, prints, usual: 0, heat: 0 }]
      : [];
  });
  if (enough.length === 0) return false;
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
    one.heat = heatOf(one.prints.map(sayingOfPrint), one.usual, print.at);
  }
  const hottest = enough
    .filter(({ heat, prints }) => heat >= hotFrom && !known(cell, prints))
    .sort((one, other) => other.heat - one.heat)[0];
  if (!hottest) return false;
  const topic: TopicRecord = {
    id: uuidv7(),
    unit_id: print.unit_id,
    site_id: hottest.siteId,
    category_id: print.category_id,
    term: hottest.term,
    term_name: hottest.name,
    first_at: hottest.prints[0]!.at,
    last_at: print.at,
    usual: hottest.usual,
  };
  await insertTopic(tx, topic);
  await insertMembers(
    tx,
    hottest.prints.map((member) => memberOf(topic.id, member)),
  );
  cell.topics.push(topic);
  cell.members.set(topic.id, new Set(hottest.prints.map(({ request_id }) => request_id)));
  return true;
}

const known = (cell: Cell, prints: PrintRecord[]): boolean =>
  cell.topics.some((topic) => {
    const members = cell.members.get(topic.id)!;
    const both = prints.filter(({ request_id }) => members.has(request_id)).length;
    return both > prints.length * sameTopic && both > recentMembers(cell, topic).length * sameTopic;
  });

/** What was usual longer ago than is asked for. */
export const forgetUsual = ({ tx, now }: Context) =>
  forgetTallies(tx, Math.floor(now.getTime() / dayMs) - 2 * usualDays);
