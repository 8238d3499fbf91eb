import { planEndpoints as api, type PlanKind, type PlanRow } from '../../../contract/plans.ts';
import type { Actor } from '../../platform/actor.ts';
import { badField, notFound } from '../../platform/errors.ts';
import { provideHearers } from '../../platform/live.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { provideDutyList } from '../duty/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { allStages, stageAt, stageInForce } from '../stages/index.ts';
import { beginLook, isLooking } from './copy-looking.ts';
import { coverageFor } from './coverage.ts';
import { hearersOfPlans } from './hearers.ts';
import { ownersOf, peopleFor } from './people.ts';
import { mayRead, mayWrite, roleIn } from './policy.ts';
import {
  changesOf,
  copiesStanding,
  lastLooks,
  lineCounts,
  linesOf,
  type PlanRecord,
  planById,
  plansByIds,
  plansOf,
  plansOfStage,
  plansOnTheWay,
  signaturesOf,
  writersOf,
} from './queries.ts';
import { recoveryOf } from './recovery.ts';
import { faultsOf } from './rules.ts';
import { reviewEffect, sendBack, sign, stageAtPlace, withdraw } from './signing.ts';
import { provideToStages } from './switching.ts';
import { differencesOf, fileView, nextFor, rowView, type Seen } from './view.ts';
import { dutiesOf } from './waiting.ts';
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

/**
 * What a set is held to be like. Whoever may read a copy may see what it copied, and nothing else of a neighbour's: being a
 * little like somebody opens no door.
 */
async function likeOf(tx: Tx, dir: Directory, actor: Actor, plan: PlanRecord): Promise<PlanRecord | null> {
  const like = plan.like_plan_id === null ? undefined : await planById(tx, plan.like_plan_id);
  return like && (plan.copied || mayRead(dir, actor, like)) ? like : null;
}

const byPlan = <Row extends { plan_id: string }>(rows: readonly Row[]): Map<string, Row[]> => {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(row.plan_id, [...(found.get(row.plan_id) ?? []), row]);
  return found;
};

/** Those of the plans that this person may read and `keep` lets stand, each with what they may do next. */
async function rowsOf(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  found: readonly PlanRecord[],
  now: Date,
  keep: (next: PlanRow['next']) => boolean,
): Promise<PlanRow[]> {
  const readable = found.filter((plan) => mayRead(dir, actor, plan));
  const ids = readable.map((plan) => plan.id);
  const signatures = byPlan(await signaturesOf(tx, ids));
  const writers = byPlan(await writersOf(tx, ids));
  const seen = new Map<string, Seen>();
  for (const plan of readable)
    seen.set(plan.id, {
      signed: (signatures.get(plan.id) ?? []).filter((one) => one.turn === plan.turn),
      writers: (writers.get(plan.id) ?? []).map((one) => one.by_id),
      stageNow: (await stageAt(tx, dir.ancestors(plan.node_id), now))?.code ?? null,
      complete: true,
      now,
    });
  const next = (plan: PlanRecord) => nextFor(dir, actor, plan, seen.get(plan.id)!);
  // Only drafts can lack something, and only those this person could sign are read line by line.
  const drafts = readable.filter((plan) => plan.state === 'draft' && next(plan) !== null);
  const lines = byPlan(
    await linesOf(
      tx,
      drafts.map((plan) => plan.id),
    ),
  );
  for (const plan of drafts) seen.get(plan.id)!.complete = faultsOf(plan, lines.get(plan.id) ?? []).length === 0;
  const shown = readable.filter((plan) => keep(next(plan))).slice(0, mostRows);
  const counts = await lineCounts(
    tx,
    shown.map((plan) => plan.id),
  );
  return shown.map((plan) =>
    rowView(dir, actor, plan, counts.get(plan.id) ?? { lines: 0, own: 0 }, seen.get(plan.id)!),
  );
}

/** Strategies, unit plans, measure sets and how they cover the sites. */
export function mountPlans(desk: Desk, deps: { log(line: string): void }): void {
  provideHearers('plan', hearersOfPlans);
  provideToStages();
  provideDutyList({
    key: 'plans',
    words: { zh: '方案签字', en: 'Plans to sign' },
    items: (tx, accountId, from, to) => dutiesOf(tx, accountId, from, to, desk.now()),
  });

  serve(desk, api.coverage, ({ tx, actor, now }) => coverageFor(tx, actor, now));

  provideHearers('copy_look', async () => (actor) => actor.permissions.has('plans.read'));
  serve(desk, api.copies, async ({ tx, actor, now }) => {
    const dir = await directory(tx);
    const looks = await lastLooks(tx);
    const looked = looks.find((look) => look.finished_at !== null);
    const copies = (await copiesStanding(tx)).filter((plan) => plan.like_plan_id && mayRead(dir, actor, plan));
    const originals = new Map(
      (
        await plansByIds(
          tx,
          copies.map((plan) => plan.like_plan_id!),
        )
      ).map((plan) => [plan.id, plan]),
    );
    return {
      looked: looked
        ? { at: looked.finished_at!.toISOString(), by: looked.by_label, sets: looked.sets!, found: looked.found! }
        : null,
      running: isLooking(looks[0], now),
      can: { look: actor.permissions.has('plans.compare') },
      rows: copies.map((plan) => {
        const of = originals.get(plan.like_plan_id!)!;
        return {
          planId: plan.id,
          siteId: plan.site_id!,
          unitId: plan.unit_id!,
          stage: plan.stage_code,
          approvedAt: plan.approved_at!.toISOString(),
          of: { planId: of.id, siteId: of.site_id!, opens: mayRead(dir, actor, of) },
          whole: plan.like_whole!,
          own: plan.like_own!,
        };
      }),
    };
  });
  serve(desk, api.lookForCopies, async ({ actor }) => {
    const look = await beginLook(desk, actor);
    // Answered at once: the look takes seconds, and every open page hears of its end.
    void look?.().catch((error: Error) => deps.log(`copies: ${error.message}`));
    return { started: look !== null };
  });

  serve(desk, api.list, async ({ tx, actor, now }, { stage, view }) => {
    const dir = await directory(tx);
    const stages = await allStages(tx);
    const current = (await stageInForce(tx, dir.ancestors(actor.homeNodeId ?? dir.groupNode.id), now))?.code ?? 'S0';
    const wanted = stage ?? current;
    if (!stages.some((one) => one.code === wanted)) throw badField('stage', 'bad_choice');
    const ofStage = await plansOfStage(tx, wanted, view === 'past' ? past : standing);
    // What waits for somebody waits whatever its stage.
    const rows =
      view === 'mine'
        ? await rowsOf(tx, dir, actor, await plansOnTheWay(tx, now), now, (next) => next !== null)
        : await rowsOf(tx, dir, actor, ofStage, now, () => true);
    const taken = new Set(ofStage.map((plan) => plan.node_id));
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
    const lines = await linesOf(tx, [id]);
    const changes = await changesOf(tx, id);
    return fileView(
      dir,
      actor,
      plan,
      {
        lines,
        signatures: await signaturesOf(tx, [id]),
        changes,
        versions: await plansOf(tx, plan.kind, plan.node_id, plan.stage_code),
        writers: (await writersOf(tx, [id])).map((one) => one.by_id),
        like: await likeOf(tx, dir, actor, plan),
        people: mayWrite(dir, actor, plan) ? await peopleFor(tx, dir, plan) : [],
        owners: await ownersOf(tx, [...lines, ...changes.flatMap(({ before, after }) => [before, after])]),
        stageNow: await stageAtPlace(tx, plan.node_id, now),
      },
      now,
    );
  });

  serve(desk, api.differences, async ({ tx, actor, now }, { id, against }) => {
    const plan = await read(tx, actor, id);
    const dir = await directory(tx);
    const otherId = against ?? plan.supersedes;
    const like = otherId !== null && otherId === plan.like_plan_id ? await likeOf(tx, dir, actor, plan) : null;
    const other = like ?? (otherId === null ? null : await read(tx, actor, otherId));
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
        { signed: [], writers: [], stageNow: null, complete: false, now },
      ),
      ...differencesOf(before, after, sameSite, await ownersOf(tx, [...before, ...after])),
      like: like ? { whole: plan.like_whole!, own: plan.like_own! } : null,
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
