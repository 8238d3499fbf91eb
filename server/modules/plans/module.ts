import { planEndpoints as api, type PlanKind } from '../../../contract/plans.ts';
import type { Actor } from '../../platform/actor.ts';
import { badField, notFound } from '../../platform/errors.ts';
import { provideHearers } from '../../platform/live.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import { allStages, stageInForce } from '../stages/index.ts';
import { coverageFor } from './coverage.ts';
import { hearersOfPlans } from './hearers.ts';
import { mayRead, roleIn } from './policy.ts';
import {
  changesOf,
  linesOf,
  type PlanRecord,
  planById,
  plansOf,
  plansOfStage,
  signaturesOf,
  writersOf,
} from './queries.ts';
import { recoveryOf } from './recovery.ts';
import { reviewEffect, sendBack, sign, stageAtPlace, withdraw } from './signing.ts';
import { provideToStages } from './switching.ts';
import { differencesOf, fileView, rowView } from './view.ts';
import { addLine, changeLine, giveReason, removeLine, write } from './writing.ts';

const done = { done: true as const };
const standing = ['draft', 'site_feasible', 'reviewed', 'approved', 'in_force', 'to_be_renewed'];
const past = ['superseded', 'withdrawn'];
/** More rows than this nobody reads; the matrix shows the rest. */
const mostRows = 1_500;

/** Places of a kind where this person writes plans. */
function placesToWrite(dir: Directory, actor: Actor): { kind: PlanKind; nodeId: number }[] {
  const places: { kind: PlanKind; nodeId: number }[] = [];
  for (const node of dir.nodes.values()) {
    const kind = { group: 'strategy', unit: 'unit_plan', site: 'site_set', sector: null }[node.kind] as PlanKind | null;
    if (!kind) continue;
    const place = {
      kind,
      unit_id: kind === 'strategy' ? null : dir.unitOf(node.id),
      site_id: kind === 'site_set' ? node.id : null,
    };
    if (roleIn(dir, actor, place, 'written') !== null) places.push({ kind, nodeId: node.id });
  }
  return places;
}

/** The plan, if this person may read it. */
async function read(tx: Tx, actor: Actor, id: string): Promise<PlanRecord> {
  const plan = await planById(tx, id);
  if (!plan || !mayRead(await directory(tx), actor, plan)) throw notFound();
  return plan;
}

async function rowsOf(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  found: Awaited<ReturnType<typeof plansOfStage>>,
  now: Date,
) {
  const shown = found.filter((plan) => mayRead(dir, actor, plan)).slice(0, mostRows);
  const ids = shown.map((plan) => plan.id);
  const signatures = await signaturesOf(tx, ids);
  const writers = await writersOf(tx, ids);
  const stages = new Map<number, string | null>();
  const rows = [];
  for (const plan of shown) {
    if (!stages.has(plan.node_id)) stages.set(plan.node_id, await stageAtPlace(tx, plan.node_id, now));
    rows.push(
      rowView(
        dir,
        actor,
        plan,
        { lines: Number(plan.lines ?? 0), own: Number(plan.own_lines ?? 0) },
        {
          signed: signatures.filter((one) => one.plan_id === plan.id && one.turn === plan.turn),
          writers: writers.filter((one) => one.plan_id === plan.id).map((one) => one.by_id),
          stageNow: stages.get(plan.node_id)!,
        },
      ),
    );
  }
  return rows;
}

/** Strategies, unit plans, measure sets and how they cover the sites. */
export function mountPlans(desk: Desk): void {
  provideHearers('plan', hearersOfPlans);
  provideToStages();

  serve(desk, api.coverage, ({ tx, actor, now }) => coverageFor(tx, actor, now));

  serve(desk, api.list, async ({ tx, actor, now }, { stage, view }) => {
    const dir = await directory(tx);
    const stages = await allStages(tx);
    const current = (await stageInForce(tx, dir.ancestors(actor.homeNodeId ?? dir.groupNode.id), now))?.code ?? 'S0';
    const wanted = stage ?? current;
    if (!stages.some((one) => one.code === wanted)) throw badField('stage', 'bad_choice');
    const all = await rowsOf(tx, dir, actor, await plansOfStage(tx, wanted, view === 'past' ? past : standing), now);
    const rows = view === 'mine' ? all.filter((row) => row.next !== null) : all;
    const taken = new Set(all.filter((row) => row.stage === wanted).map((row) => row.nodeId));
    return {
      stage: wanted,
      now: current,
      stages: stages.map(({ code, zh, en }) => ({ code, zh, en })),
      rows,
      canWrite: view === 'past' ? [] : placesToWrite(dir, actor).filter((place) => !taken.has(place.nodeId)),
    };
  });

  serve(desk, api.plan, async ({ tx, actor, now }, { id }) => {
    const plan = await read(tx, actor, id);
    const dir = await directory(tx);
    const like = plan.like_plan_id === null ? undefined : await planById(tx, plan.like_plan_id);
    return fileView(
      dir,
      actor,
      plan,
      {
        lines: await linesOf(tx, [id]),
        signatures: await signaturesOf(tx, [id]),
        changes: await changesOf(tx, id),
        versions: await plansOf(tx, plan.kind, plan.node_id, plan.stage_code),
        writers: (await writersOf(tx, [id])).map((one) => one.by_id),
        likeSite: like?.site_id ?? null,
        stageNow: await stageAtPlace(tx, plan.node_id, now),
      },
      now,
    );
  });

  serve(desk, api.differences, async ({ tx, actor, now }, { id, against }) => {
    const plan = await read(tx, actor, id);
    const dir = await directory(tx);
    const otherId = against ?? plan.supersedes;
    // Whoever may read a set may see what it is held to be a copy of, and nothing else of a neighbour's.
    const other =
      otherId === null
        ? null
        : otherId === plan.like_plan_id
          ? await planById(tx, otherId)
          : await read(tx, actor, otherId);
    if (!other) return { against: null, same: 0, lines: [], like: null };
    const before = await linesOf(tx, [other.id]);
    const after = await linesOf(tx, [id]);
    const sameSite = other.node_id === plan.node_id && other.kind === plan.kind;
    return {
      against: rowView(
        dir,
        actor,
        other,
        { lines: before.length, own: before.filter((line) => line.own).length },
        { signed: [], writers: [], stageNow: await stageAtPlace(tx, other.node_id, now) },
      ),
      ...differencesOf(before, after, sameSite),
      like: other.id === plan.like_plan_id ? { whole: plan.like_whole!, own: plan.like_own! } : null,
    };
  });

  serve(desk, api.recovery, ({ tx, actor, now }, { nodeId, stage, at }) =>
    recoveryOf(tx, actor, { nodeId, stage, at: at ? new Date(at) : now }),
  );

  serve(desk, api.write, write);
  serve(desk, api.addLine, async (context, input) => {
    await addLine(context, input);
    return done;
  });
  serve(desk, api.changeLine, changeLine);
  serve(desk, api.removeLine, async (context, input) => {
    await removeLine(context, input);
    return done;
  });
  serve(desk, api.reason, giveReason);
  serve(desk, api.sign, sign);
  serve(desk, api.sendBack, async (context, input) => {
    await sendBack(context, input);
    return done;
  });
  serve(desk, api.withdraw, async (context, input) => {
    await withdraw(context, input);
    return done;
  });
  serve(desk, api.reviewEffect, async (context, input) => {
    await reviewEffect(context, input);
    return done;
  });
}
