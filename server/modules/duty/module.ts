import type { z } from 'zod';
import { dutyEndpoints as api } from '../../../contract/duty.ts';
import type { done, Endpoint, OutputOf } from '../../../contract/endpoint.ts';
import { areasFor } from '../../platform/actor.ts';
import { badField, forbidden, notFound } from '../../platform/errors.ts';
import { type Context, type Desk, serve } from '../../platform/serve.ts';
import { dateOf, dayNumber, instantAt, localDay } from '../clocks/index.ts';
import { provideAway } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { whenSealed } from '../requests/index.ts';
import {
  askDelegation,
  decideDelegation,
  delegableOf,
  delegates,
  delegations,
  delegationView,
  endDelegation,
} from './delegating.ts';
import { tiredBy } from './fatigue.ts';
import { listOf, provideShifts } from './fulfilment.ts';
import { dayMs, mondayOf } from './gaps.ts';
import { before, earlyMs, handOver, take } from './handing.ts';
import { orphansUnder, provideGround } from './orphans.ts';
import { fulfilment, nodeAsked, people } from './people.ts';
import { candidates, endPost, plan, propose, savePost, withdraw } from './planning.ts';
import {
  atHome,
  delegationsOf,
  eraseNotesNaming,
  type HandoverRecord,
  handoverFrom,
  handoversOf,
  latestHandovers,
  nextShifts,
  postById,
  postsAt,
  shiftsBetween,
  shiftsOf,
  statusesAt,
  strainOf,
  unhandedOf,
} from './queries.ts';
import { provideReadiness } from './readiness.ts';
import { leads, nodesFor, reaches } from './rights.ts';
import { cellsWithin, coverageOf, postView, shiftView } from './roster.ts';
import { setStatus, statusView } from './statuses.ts';
import { statusSupport } from './support.ts';
import { changeMembers, colleagues, endTeam, lend, returnLent, saveTeam, teams } from './teams.ts';

const handoverView = (row: HandoverRecord) => ({
  id: row.id,
  note: row.note,
  openMatters: row.open_matters,
  givenBy: row.given_label,
  givenAt: row.given_at.toISOString(),
  receivedBy: row.received_label,
  receivedAt: row.received_at?.toISOString() ?? null,
});

/** A hand-over says what is open on a post: read by those of its level and above, and by whoever sits on it. */
const readsNotes = ({ actor }: Context, dir: Directory, nodeId: number): boolean =>
  reaches(actor, dir, 'duty.plan', nodeId) ||
  reaches(actor, dir, 'duty.delegate', nodeId) ||
  areasFor(actor, 'duty.work').some((area) => area.nodeId === nodeId);

/** A command that answers that it is done. */
function act<I extends z.ZodObject>(
  desk: Desk,
  endpoint: Endpoint<I, typeof done>,
  work: (context: Context, input: z.output<I>) => Promise<void>,
): void {
  serve(desk, endpoint, async (context, input) => {
    await work(context, input);
    return { done: true } as OutputOf<Endpoint<I, typeof done>>;
  });
}

/** Duty: who is on at every hour and level, and who answers for what. */
export function mountDuty(desk: Desk): void {
  provideShifts();
  provideGround();
  provideReadiness();
  provideAway(atHome);
  whenSealed('duty', async ({ tx }, request) => void (await eraseNotesNaming(tx, request.number)));

  serve(desk, api.now, async (context, { nodeId }) => {
    const { tx, actor, now } = context;
    const dir = await directory(tx);
    const under =
      nodeId === undefined
        ? null
        : [...dir.nodes.keys()].filter((id) => dir.ancestors(id).includes(nodeAsked(dir, nodeId)));
    const posts = await postsAt(tx, under, now);
    const ids = posts.map((post) => post.id);
    const to = new Date(now.getTime() + 7 * dayMs);
    const current = new Map(
      (await shiftsBetween(tx, ids, now, new Date(now.getTime() + 1))).map((row) => [row.post_id, row]),
    );
    const next = new Map((await nextShifts(tx, ids, now)).map((row) => [row.post_id, row]));
    const notes = new Map((await latestHandovers(tx, ids)).map((row) => [row.post_id, row]));
    const unhanded = new Map((await unhandedOf(tx, ids, now)).map((row) => [row.post_id, row]));
    const coverage = await coverageOf(tx, dir, posts, { from: now, to });
    const order = new Map([...dir.nodes.keys()].map((id, i) => [id, i]));
    const mine = nodesFor(actor, dir, 'duty.plan');
    const shown = [];
    for (const post of posts) {
      const cells = await cellsWithin(tx, dir, post, now, new Date(now.getTime() + 1));
      const handover = notes.get(post.id);
      shown.push({
        ...postView(post),
        required: cells.some((cell) => cell.required),
        now: current.has(post.id) ? shiftView(current.get(post.id)!) : null,
        next: next.has(post.id) ? shiftView(next.get(post.id)!) : null,
        handover: handover && readsNotes(context, dir, post.node_id) ? handoverView(handover) : null,
        unhanded: unhanded.has(post.id) ? shiftView(unhanded.get(post.id)!) : null,
      });
    }
    shown.sort((a, b) => order.get(a.nodeId)! - order.get(b.nodeId)!);
    return {
      asOf: now.toISOString(),
      posts: shown,
      ...coverage,
      can: {
        plan: actor.permissions.has('duty.plan')
          ? [...dir.nodes.values()]
              .filter((node) => node.kind !== 'site' && (mine === null || mine.includes(node.id)))
              .map((node) => node.id)
          : [],
      },
    };
  });

  serve(desk, api.week, async ({ tx, actor, now }, input) => {
    const dir = await directory(tx);
    nodeAsked(dir, input.nodeId);
    const zone = dir.group.timezone;
    const first = input.from === undefined ? mondayOf(localDay(zone, now)) : dayNumber(input.from);
    if (first === null) throw badField('from', 'bad_format');
    const from = instantAt(zone, first, 0);
    const to = instantAt(zone, first + 7, 0);
    const posts = await postsAt(tx, [input.nodeId], from);
    const shifts = await shiftsBetween(
      tx,
      posts.map((post) => post.id),
      from,
      new Date(to.getTime() + dayMs),
    );
    const days = Array.from({ length: 7 }, (_, i) => dateOf(first + i));
    const shown = [];
    for (const post of posts) {
      const cells = (await cellsWithin(tx, dir, post, from, to)).filter((cell) => cell.from >= from);
      shown.push({
        ...postView(post),
        cells: cells.map((cell) => {
          const shift = shifts.find((row) => row.post_id === post.id && row.from_at < cell.to && row.to_at > cell.from);
          return {
            day: cell.day,
            hours: cell.hours,
            from: cell.from.toISOString(),
            to: cell.to.toISOString(),
            required: cell.required,
            shift: shift ? shiftView(shift) : null,
          };
        }),
      });
    }
    const names = new Map(shifts.map((row) => [row.account_id, row.label]));
    const strain = await strainOf(
      tx,
      [...names.keys()],
      new Date(from.getTime() - 31 * dayMs),
      new Date(to.getTime() + 31 * dayMs),
    );
    const fatigue = [];
    for (const [accountId, name] of names) {
      const own = strain
        .filter((row) => row.account_id === accountId)
        .map((row) => ({ from: row.from_at, to: row.to_at, standby: row.standby }));
      const here = own.filter((span) => span.from < to && span.to > from);
      for (const kind of ['hours', 'days'] as const) {
        const worst = here
          .flatMap((span) => tiredBy(zone, own, span).map((one) => ({ ...one, span })))
          .filter((one) => one.kind === kind)
          .sort((a, b) => b.value - a.value)[0];
        if (worst) fatigue.push({ accountId, name, kind, value: worst.value, restFrom: worst.span.to.toISOString() });
      }
    }
    return {
      nodeId: input.nodeId,
      from: dateOf(first),
      days,
      posts: shown,
      fatigue,
      can: { plan: reaches(actor, dir, 'duty.plan', input.nodeId), beyond: leads(actor, dir, input.nodeId) },
    };
  });

  serve(desk, api.candidates, candidates);
  serve(desk, api.propose, propose);
  serve(desk, api.plan, plan);
  act(desk, api.withdraw, withdraw);
  act(desk, api.take, take);
  act(desk, api.handOver, handOver);
  serve(desk, api.handovers, async (context, { postId }) => {
    const { tx } = context;
    const dir = await directory(tx);
    const post = await postById(tx, postId);
    if (!post) throw notFound();
    if (!readsNotes(context, dir, post.node_id)) throw forbidden();
    return { handovers: (await handoversOf(tx, postId, 50)).map(handoverView) };
  });
  serve(desk, api.gaps, async ({ tx, now }, input) => {
    const dir = await directory(tx);
    const first = input.from === undefined ? localDay(dir.group.timezone, now) : dayNumber(input.from);
    if (first === null) throw badField('from', 'bad_format');
    const zone = dir.group.timezone;
    const span = { from: instantAt(zone, first, 0), to: instantAt(zone, first + input.days, 0) };
    const under = input.nodeId === undefined ? null : [nodeAsked(dir, input.nodeId)];
    return coverageOf(tx, dir, await postsAt(tx, under, span.from), span);
  });
  act(desk, api.savePost, savePost);
  act(desk, api.endPost, endPost);

  serve(desk, api.teams, teams);
  serve(desk, api.colleagues, colleagues);
  act(desk, api.saveTeam, saveTeam);
  act(desk, api.changeMembers, changeMembers);
  act(desk, api.endTeam, endTeam);
  act(desk, api.lend, lend);
  act(desk, api.returnLent, returnLent);
  act(desk, api.setStatus, setStatus);
  act(desk, api.askDelegation, askDelegation);
  act(desk, api.decideDelegation, decideDelegation);
  act(desk, api.endDelegation, endDelegation);

  serve(desk, api.people, people);
  serve(desk, api.fulfilment, fulfilment);
  serve(desk, api.orphans, async ({ tx, now }, { nodeId }) => {
    const dir = await directory(tx);
    const found = await orphansUnder(tx, nodeId === undefined ? dir.groupNode.id : nodeAsked(dir, nodeId), now);
    return { asOf: now.toISOString(), ...found };
  });
  serve(desk, api.delegations, delegations);
  serve(desk, api.delegates, delegates);

  serve(desk, api.mine, async ({ tx, actor, now }, { week }) => {
    const dir = await directory(tx);
    const me = actor.accountId!;
    const rows = (
      await shiftsOf(tx, me, new Date(now.getTime() - 2 * dayMs), new Date(now.getTime() + 21 * dayMs))
    ).filter(
      (row) =>
        row.state === 'planned' ||
        row.state === 'taken' ||
        (row.state === 'handed_over' && row.to_at > new Date(now.getTime() - dayMs)),
    );
    const given = new Map(
      (
        await handoverFrom(
          tx,
          rows.map((row) => row.id),
        )
      ).map((row) => [row.from_shift, row]),
    );
    const shifts = [];
    for (const row of rows.slice(0, 30)) {
      const near = row.state === 'planned' && row.from_at.getTime() - earlyMs <= now.getTime() && row.to_at > now;
      const last = near ? await before(tx, row) : null;
      const own = given.get(row.id);
      shifts.push({
        ...shiftView(row),
        post: { zh: row.zh, en: row.en },
        nodeId: row.node_id,
        waiting: last?.handover ? handoverView(last.handover) : null,
        unhanded: last !== null && last.handover === null,
        own: own ? handoverView(own) : null,
        can: { take: near, handOver: row.state === 'taken' && !own && now.getTime() >= row.to_at.getTime() - earlyMs },
      });
    }
    const [status] = await statusesAt(tx, [me], now);
    return {
      shifts,
      status: status ? statusView(status) : null,
      support: status ? statusSupport[status.state as 'on_duty'](dir.group) : [],
      list: await listOf(tx, dir, me, week, now),
      delegations: (await delegationsOf(tx, me, new Date(now.getTime() - 30 * dayMs))).map((row) =>
        delegationView(actor, dir, row, now),
      ),
      roles: await delegableOf(tx, me),
    };
  });
}
