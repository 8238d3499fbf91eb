import { type dutyEndpoints as api, type HoursCode, standbyShare } from '../../../contract/duty.ts';
import type { InputOf, ParsedOf } from '../../../contract/endpoint.ts';
import { sameHand } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { dayNumber, instantAt, localDay } from '../clocks/index.ts';
import { tell } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { allStages } from '../stages/index.ts';
import { absences } from './absence.ts';
import { daysInRow, type Strain, type Tired, tiredBy } from './fatigue.ts';
import { dayMs, mondayOf, type Span, spanOf } from './gaps.ts';
import { note } from './noting.ts';
import {
  insertPosts,
  insertShifts,
  lockPeople,
  lockPost,
  lockShift,
  type PostRecord,
  patchPost,
  patchShift,
  postById,
  postsAt,
  postsByIds,
  shiftsBetween,
  strainOf,
  withdrawPlanned,
} from './queries.ts';
import { leads, reaches } from './rights.ts';
import { cellsWithin } from './roster.ts';
import { type Sitter, sittersOf } from './sitting.ts';

type Input<K extends keyof typeof api> = ParsedOf<(typeof api)[K]>;
export type PlanEntry = InputOf<typeof api.plan>['entries'][number];

/** From the first beginning to the last end. */
const stretch = (spans: readonly Span[]): Span => ({
  from: new Date(Math.min(...spans.map((one) => one.from.getTime()))),
  to: new Date(Math.max(...spans.map((one) => one.to.getTime()))),
});

/** So far around a shift others count for days in a row. */
const aroundMs = 31 * dayMs;

/** The hours of an entry. @throws bad_input naming the entry's day or hours */
function hoursOf(dir: Directory, post: PostRecord, day: string, hours: HoursCode, at: string): Span {
  const number = dayNumber(day);
  if (number === null) throw badField(`${at}day`, 'bad_format');
  if (!post.hours.includes(hours)) throw badField(`${at}hours`, 'bad_choice');
  return spanOf(dir.group.timezone, number, hours);
}

/** Two at the same moment: the database keeps one person to a place and one place to a person; said in words. */
function explained(error: unknown): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code !== '23P01') return error;
  return conflict(constraint === 'one_person_a_post' ? 'post_has_somebody' : 'on_duty_elsewhere');
}

/**
 * Names people for hours: all or none. Somebody who would be on for more than 12 hours awake in 24, or on a fifteenth day in
 * a row, is refused; a leader over the post who is not that person may say why it must be (domain row 17).
 * @throws too_tired with `current.tired` naming each; post_has_somebody, on_duty_elsewhere, not_of_this_post, at_home
 */
export async function plan(context: Context, input: Input<'plan'>): Promise<{ planned: number; beyond: number }> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const posts = new Map(
    (await postsByIds(tx, [...new Set(input.entries.map((one) => one.postId))])).map((one) => [one.id, one]),
  );
  const sitters = new Map<string, Map<string, Sitter>>();
  const wanted = input.entries.map((entry, i) => {
    const post = posts.get(entry.postId);
    if (!post || post.ended_at) throw badField(`entries.${i}.postId`, 'unknown_post');
    if (!reaches(actor, dir, 'duty.plan', post.node_id)) throw forbidden();
    const span = hoursOf(dir, post, entry.day, entry.hours, `entries.${i}.`);
    if (span.to <= now) throw badField(`entries.${i}.day`, 'in_the_past');
    return { entry, post, span };
  });
  for (const { post } of wanted)
    if (!sitters.has(post.id))
      sitters.set(post.id, new Map((await sittersOf(tx, dir, post, now)).map((one) => [one.accountId, one])));
  wanted.forEach(({ entry, post }, i) => {
    if (!sitters.get(post.id)!.has(entry.accountId)) throw badField(`entries.${i}.accountId`, 'not_of_this_post');
  });
  const people = [...new Set(wanted.map(({ entry }) => entry.accountId))];
  await lockPeople(tx, people);
  for (const { entry } of wanted) {
    if (!entry.instead) continue;
    const before = await lockShift(tx, entry.instead.id);
    if (!before) throw notFound();
    if (before.post_id !== entry.postId || before.version !== entry.instead.version || before.state !== 'planned')
      throw conflict('stale');
    await patchShift(tx, before.id, { state: 'swapped', version: before.version + 1 });
  }
  const absent = await absences(tx, people, stretch(wanted.map(({ span }) => span)), now);
  for (const [i, { entry, post, span }] of wanted.entries()) {
    const [why] = absent(sitters.get(post.id)!.get(entry.accountId)!, post.node_id, span.from);
    if (why) throw badField(`entries.${i}.accountId`, `is_${why}`);
  }
  const strain = await strainBy(tx, people, wanted);
  const tired = wanted.flatMap(({ entry, post, span }) =>
    tiredBy(dir.group.timezone, strain.get(entry.accountId)!, span).map((one) => ({ entry, post, ...one })),
  );
  const beyond = new Set(tired.map((one) => one.entry.id));
  if (tired.length > 0) {
    const names = tired.map((one) => ({
      accountId: one.entry.accountId,
      name: sitters.get(one.post.id)!.get(one.entry.accountId)!.name,
      day: one.entry.day,
      kind: one.kind,
      value: one.value,
    }));
    if (!input.beyondReason)
      throw new Refusal(409, 'too_tired', { current: { tired: names }, values: { n: names.length } });
    for (const one of tired) {
      if (!leads(actor, dir, one.post.node_id)) throw forbidden('leader_says_why');
      if (sameHand(actor, one.entry.accountId)) throw forbidden('not_for_oneself');
    }
  }
  try {
    await insertShifts(
      tx,
      wanted.map(({ entry, post, span }) => ({
        id: entry.id,
        post_id: post.id,
        account_id: entry.accountId,
        label: sitters.get(post.id)!.get(entry.accountId)!.name,
        from_at: span.from,
        to_at: span.to,
        state: 'planned',
        planned_by: actor.accountId,
        planned_at: now,
        beyond_reason: beyond.has(entry.id) ? input.beyondReason! : null,
        beyond_by: beyond.has(entry.id) ? actor.accountId : null,
      })),
    );
  } catch (error) {
    throw explained(error);
  }
  for (const { entry, post } of wanted)
    await note(context, dir, {
      action: entry.instead ? 'duty.shift_swapped' : 'duty.shift_planned',
      recordKind: 'shift',
      recordId: entry.id,
      nodeId: post.node_id,
      lineId: post.line_id,
      to: 'planned',
      reason: beyond.has(entry.id) ? 'beyond_fatigue' : null,
      figures: { day: entry.day, hours: entry.hours },
    });
  const others = people.filter((id) => id !== actor.accountId);
  if (others.length > 0)
    await tell(context, {
      kind: 'duty.planned',
      to: { accountIds: others },
      about: {
        kind: 'duty',
        id: wanted[0]!.entry.id,
        label: dir.nodes.get(wanted[0]!.post.node_id)!.code,
        route: '/me',
      },
      level: 'info',
    });
  return { planned: wanted.length, beyond: beyond.size };
}

/** Everything each of these people is on around a stretch of time. */
async function strainOfPeople(tx: Tx, people: readonly string[], { from, to }: Span): Promise<Map<string, Strain[]>> {
  const strain = new Map<string, Strain[]>(people.map((id) => [id, []]));
  const around = { from: new Date(from.getTime() - aroundMs), to: new Date(to.getTime() + aroundMs) };
  for (const row of await strainOf(tx, people, around.from, around.to))
    strain.get(row.account_id)!.push({ from: row.from_at, to: row.to_at, standby: row.standby });
  return strain;
}

/** The same with what is wanted of them. */
async function strainBy(
  tx: Tx,
  people: readonly string[],
  wanted: readonly { entry: { accountId: string }; post: PostRecord; span: Span }[],
): Promise<Map<string, Strain[]>> {
  const strain = await strainOfPeople(tx, people, stretch(wanted.map((one) => one.span)));
  for (const { entry, post, span } of wanted) strain.get(entry.accountId)!.push({ ...span, standby: post.standby });
  return strain;
}

/** What speaks against each who may sit, the freshest first. */
export async function candidates(context: Context, input: Input<'candidates'>) {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const post = await postById(tx, input.postId);
  if (!post) throw notFound();
  if (!reaches(actor, dir, 'duty.plan', post.node_id)) throw forbidden();
  const span = hoursOf(dir, post, input.day, input.hours, '');
  const all = await sittersOf(tx, dir, post, now);
  const ids = all.map((one) => one.accountId);
  const absent = await absences(tx, ids, span, now);
  const strain = await strainOfPeople(tx, ids, span);
  const people = all.map((one) => {
    const others = strain.get(one.accountId)!;
    const mine = [...others, { ...span, standby: post.standby }];
    const busy = others.some((other) => other.from < span.to && other.to > span.from);
    const tired: Tired[] = busy ? [] : tiredBy(dir.group.timezone, mine, span);
    return {
      accountId: one.accountId,
      name: one.name,
      backup: one.backup,
      hours: weekHours(others, span),
      days: daysInRow(dir.group.timezone, mine, span),
      against: [
        ...(busy ? (['busy'] as const) : []),
        ...tired.map((one) => one.kind),
        ...absent(one, post.node_id, span.from),
      ],
    };
  });
  people.sort(
    (a, b) =>
      a.against.length - b.against.length ||
      Number(a.backup) - Number(b.backup) ||
      a.hours - b.hours ||
      a.name.localeCompare(b.name),
  );
  return { people };
}

/** Hours awake in the seven days around a shift, for choosing whoever is freshest. */
function weekHours(shifts: readonly Strain[], about: Span): number {
  const from = about.from.getTime() - 3.5 * dayMs;
  const to = from + 7 * dayMs;
  let sum = 0;
  for (const one of shifts) {
    const inside = Math.min(one.to.getTime(), to) - Math.max(one.from.getTime(), from);
    if (inside > 0) sum += (inside / 3_600_000) * (one.standby ? standbyShare : 1);
  }
  return Math.round(sum);
}

/** A week as a pattern would fill its free cells; whoever would be too tired, away or elsewhere is left out. */
export async function propose(context: Context, input: Input<'propose'>) {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  if (!reaches(actor, dir, 'duty.plan', input.nodeId)) throw forbidden();
  const first = input.from === undefined ? mondayOf(localDay(dir.group.timezone, now)) : dayNumber(input.from);
  if (first === null) throw badField('from', 'bad_format');
  const zone = dir.group.timezone;
  const from = instantAt(zone, first, 0);
  const to = instantAt(zone, first + 7, 0);
  const posts = await postsAt(tx, [input.nodeId], now);
  const named = await shiftsBetween(
    tx,
    posts.map((post) => post.id),
    new Date(from.getTime() - 7 * dayMs),
    new Date(to.getTime() + dayMs),
  );
  const free = [];
  for (const post of posts) {
    const people = await sittersOf(tx, dir, post, now);
    for (const cell of await cellsWithin(tx, dir, post, from, to))
      if (
        cell.required &&
        cell.from >= from &&
        cell.to > now &&
        !named.some((row) => row.post_id === post.id && row.from_at < cell.to && row.to_at > cell.from)
      )
        free.push({ post, people, cell });
  }
  free.sort((a, b) => a.cell.from.getTime() - b.cell.from.getTime());
  const everybody = [...new Set(free.flatMap(({ people }) => people.map((one) => one.accountId)))];
  const strain = await strainOfPeople(tx, everybody, { from, to });
  const absent = await absences(tx, everybody, { from, to }, now);
  const entries: { postId: string; day: string; hours: HoursCode; accountId: string; name: string }[] = [];
  for (const { post, people, cell } of free) {
    const fits = (one: Sitter): boolean => {
      const mine = strain.get(one.accountId)!;
      return (
        absent(one, post.node_id, cell.from).length === 0 &&
        !mine.some((one) => one.from < cell.to && one.to > cell.from) &&
        tiredBy(zone, [...mine, { ...cell, standby: post.standby }], cell).length === 0
      );
    };
    const weekBefore = named.find(
      (row) => row.post_id === post.id && row.from_at.getTime() === cell.from.getTime() - 7 * dayMs,
    );
    const at = people.findIndex((one) => one.accountId === weekBefore?.account_id);
    // Last week again: that person or nobody. Moved on by one: whoever comes next and is free and rested.
    const order =
      input.how === 'repeat'
        ? at < 0
          ? []
          : [people[at]!]
        : people.map((_, i) => people[(at + 1 + i) % people.length]!);
    const chosen = order.find(fits);
    if (!chosen) continue;
    strain.get(chosen.accountId)!.push({ from: cell.from, to: cell.to, standby: post.standby });
    entries.push({ postId: post.id, day: cell.day, hours: cell.hours, accountId: chosen.accountId, name: chosen.name });
  }
  return { entries, left: free.length - entries.length };
}

export async function withdraw(context: Context, input: Input<'withdraw'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const shift = await lockShift(tx, input.id);
  const post = shift && (await postById(tx, shift.post_id));
  if (!shift || !post) throw notFound();
  if (!reaches(actor, dir, 'duty.plan', post.node_id)) throw forbidden();
  if (shift.version !== input.version) throw conflict('stale');
  if (shift.state !== 'planned') throw conflict('shift_begun');
  await patchShift(tx, shift.id, { state: 'swapped', version: shift.version + 1 });
  await note(context, dir, {
    action: 'duty.shift_withdrawn',
    recordKind: 'shift',
    recordId: shift.id,
    nodeId: post.node_id,
    from: 'planned',
    to: 'swapped',
  });
  if (shift.account_id !== actor.accountId && shift.to_at > now)
    await tell(context, {
      kind: 'duty.withdrawn',
      to: { accountIds: [shift.account_id] },
      about: { kind: 'duty', id: shift.id, label: dir.nodes.get(post.node_id)!.code, route: '/me' },
      level: 'important',
    });
}

// ---- posts

export async function savePost(context: Context, input: Input<'savePost'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const node = dir.nodes.get(input.nodeId);
  if (!node) throw badField('nodeId', 'unknown_site');
  if (!reaches(actor, dir, 'duty.plan', input.nodeId)) throw forbidden();
  if (input.lineId !== null && !dir.lines.has(input.lineId)) throw badField('lineId', 'bad_choice');
  const known = new Set((await allStages(tx)).map((stage) => stage.code));
  if (input.stages.some((stage) => !known.has(stage))) throw badField('stages', 'bad_choice');
  if (new Set(input.hours).size !== input.hours.length || (input.hours.includes('H') && input.hours.length > 1))
    throw badField('hours', 'hours_overlap');
  const set = {
    zh: input.zh,
    en: input.en,
    line_id: input.lineId,
    hours: input.hours,
    standby: input.standby,
    stages: input.stages,
    phone: input.phone || null,
  };
  const before = await lockPost(tx, input.id);
  if (input.version === null) {
    if (before) throw conflict('stale');
    await insertPosts(tx, [
      { id: input.id, node_id: input.nodeId, ...set, from_at: now, made_by: actor.accountId, made_at: now },
    ]).catch((error) => {
      throw (error as { code?: string }).code === '23505' ? badField('zh', 'name_taken') : error;
    });
  } else {
    if (!before || before.node_id !== input.nodeId) throw notFound();
    if (before.version !== input.version || before.ended_at) throw conflict('stale');
    await patchPost(tx, input.id, { ...set, version: before.version + 1 }).catch((error) => {
      throw (error as { code?: string }).code === '23505' ? badField('zh', 'name_taken') : error;
    });
  }
  await note(context, dir, {
    action: before ? 'duty.post_changed' : 'duty.post_made',
    recordKind: 'duty_post',
    recordId: input.id,
    nodeId: input.nodeId,
    lineId: input.lineId,
    figures: { hours: input.hours.join(''), stages: input.stages.join(' '), standby: input.standby },
  });
}

export async function endPost(context: Context, input: Input<'endPost'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const post = await lockPost(tx, input.id);
  if (!post) throw notFound();
  if (!reaches(actor, dir, 'duty.plan', post.node_id)) throw forbidden();
  if (post.version !== input.version || post.ended_at) throw conflict('stale');
  await patchPost(tx, post.id, { ended_at: now, version: post.version + 1 });
  const off = await withdrawPlanned(tx, post.id, now);
  await note(context, dir, {
    action: 'duty.post_ended',
    recordKind: 'duty_post',
    recordId: post.id,
    nodeId: post.node_id,
    figures: { takenOff: off.length },
  });
}
