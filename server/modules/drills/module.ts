import { drillEndpoints as api, type ContingencyPlan } from '../../../contract/drills.ts';
import { roles } from '../../../contract/permissions.ts';
import { type Actor, sameHand } from '../../platform/actor.ts';
import { notFound } from '../../platform/errors.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { accountsGranted, accountsInRoles } from '../access/index.ts';
import { provideDutyList, provideOrphans } from '../duty/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { stageAt } from '../stages/index.ts';
import { assessDrill, cancelDrill, closeDrill, endDrill, markStep, planDrill, startDrill } from './drilling.ts';
import { provideReadinessHearers } from './hearers.ts';
import { recordNearMiss, triageNearMiss } from './near-misses.ts';
import { holdsAt, mayRead } from './policy.ts';
import {
  allDrills,
  allDuties,
  allNearMisses,
  allRisks,
  contingenciesOf,
  drillById,
  drillsOfRisk,
  drillsWith,
  handsOf,
  riskById,
} from './queries.ts';
import { loudest, recordDuty, standingOf } from './readiness.ts';
import { changeRisk, decideContingency, openRisk, retireRisk, submitContingency, writeContingency } from './risks.ts';
import { drillFile, drillRows, nearMissView, riskRows } from './view.ts';

const done = { done: true as const };

/** Who may own a risk, run a drill or watch one. */
const staff = ['site_officer', 'unit_liaison', 'unit_leader', 'support_group', 'handler', 'inspector'] as const;

/** Places a reader asked about: at or under the node, or above it where something of the group is asked for. */
const within = (dir: Directory, nodeId: number | undefined, place: number): boolean =>
  nodeId === undefined || dir.ancestors(place).includes(nodeId);

async function readableRisks(tx: Tx, actor: Actor, dir: Directory, nodeId?: number) {
  return (await allRisks(tx)).filter((one) => mayRead(actor, one.node_id, dir) && within(dir, nodeId, one.node_id));
}

/** Drills of units the reader sees, and those they were named for, wherever they are. */
async function readableDrills(tx: Tx, actor: Actor, dir: Directory, nodeId?: number) {
  const all = await allDrills(tx);
  const mine = new Set(
    (
      await handsOf(
        tx,
        all.map((one) => one.id),
      )
    )
      .filter((one) => one.account_id === actor.accountId)
      .map((one) => one.drill_id),
  );
  return {
    drills: all.filter(
      (one) =>
        (mine.has(one.id) || mayRead(actor, one.unit_id, dir)) && within(dir, nodeId, one.site_id ?? one.unit_id),
    ),
    mine,
  };
}

async function readableNearMisses(tx: Tx, actor: Actor, dir: Directory, nodeId?: number) {
  return (await allNearMisses(tx)).filter(
    (one) => mayRead(actor, one.unit_id, dir) && within(dir, nodeId, one.site_id ?? one.unit_id),
  );
}

const isOpenDrill = (state: string): boolean => state !== 'closed' && state !== 'cancelled';

export function mountDrills(desk: Desk): void {
  provideReadinessHearers();
  provideOrphans({
    key: 'risks',
    words: { zh: '风险的责任人已不在岗', en: 'Risks whose owner is no longer at work here' },
    async find(tx, { nodeId }) {
      const dir = await directory(tx);
      const open = (await allRisks(tx)).filter(
        (risk) => !risk.retired_at && dir.ancestors(risk.node_id).includes(nodeId),
      );
      const atWork = new Set(
        (await accountsGranted(tx, { roles, nodeIds: null, lineId: undefined })).map((account) => account.id),
      );
      return open
        .filter((risk) => !atWork.has(risk.owner_id))
        .map((risk) => ({
          kind: 'risk',
          label: { zh: `${risk.zh}（${risk.owner_label}）`, en: `${risk.en || risk.zh} (${risk.owner_label})` },
          route: `/readiness/risks/${risk.id}`,
        }));
    },
  });
  provideDutyList({
    key: 'drills',
    words: { zh: '演练', en: 'Drills' },
    items: async (tx, accountId, from, to) =>
      (await drillsWith(tx, accountId, from, to)).map((drill) => {
        const doneAt = drill.part === 'leader' ? drill.ended_at : drill.assessed_at;
        // Whoever watched has three days to say what they saw.
        const dueAt =
          drill.part === 'leader' ? drill.planned_for : new Date(drill.planned_for.getTime() + 3 * 86_400_000);
        const late = doneAt !== null && doneAt.getTime() > dueAt.getTime() + 86_400_000;
        return {
          key: `${drill.id}.${drill.part}`,
          what:
            drill.part === 'leader'
              ? { zh: `组织 ${drill.number}`, en: `Run ${drill.number}` }
              : { zh: `观摩并评估 ${drill.number}`, en: `Watch and assess ${drill.number}` },
          dueAt,
          doneAt,
          state: late ? 'late' : doneAt === null ? 'due' : 'done',
          route: `/readiness/drills/${drill.id}`,
        };
      }),
  });

  serve(desk, api.readiness, async ({ tx, actor, now }, { nodeId }) => {
    const dir = await directory(tx);
    const units = [...dir.nodes.values()].filter(
      (node) =>
        node.kind === 'unit' &&
        mayRead(actor, node.id, dir) &&
        (nodeId === undefined || node.id === dir.unitOf(nodeId) || dir.ancestors(node.id).includes(nodeId)),
    );
    const standing = await standingOf(
      tx,
      dir,
      units.map((unit) => unit.id),
      now,
    );
    const rows = await Promise.all(
      units.map(async (unit) => ({
        unitId: unit.id,
        stage: (await stageAt(tx, dir.ancestors(unit.id), now))?.code ?? null,
        cells: standing.filter((one) => one.unitId === unit.id).map((one) => loudest(one.cells)),
        mayRecord: holdsAt(actor, 'drills.work', unit.id, dir),
      })),
    );
    const risks = await riskRows(tx, dir, await readableRisks(tx, actor, dir, nodeId), now);
    const { drills } = await readableDrills(tx, actor, dir, nodeId);
    const misses = await readableNearMisses(tx, actor, dir, nodeId);
    return {
      duties: (await allDuties(tx)).map((duty) => ({
        code: duty.code,
        zh: duty.zh,
        en: duty.en,
        frequency: duty.frequency as 'monthly',
        kind: duty.kind as 'drill',
      })),
      units: rows,
      figures: {
        overdue: rows.flatMap((row) => row.cells).filter((cell) => cell.state === 'overdue').length,
        uncovered: risks.filter((risk) => risk.lacks.length > 0).length,
        waiting: misses.filter((one) => one.triaged_at === null).length,
        toAssess: drills.filter((one) => one.state === 'held').length,
      },
    };
  });

  serve(desk, api.dutyHistory, async ({ tx, actor, now }, { code, unitId }) => {
    const dir = await directory(tx);
    if (dir.nodes.get(unitId)?.kind !== 'unit' || !mayRead(actor, unitId, dir)) throw notFound();
    const found = (await standingOf(tx, dir, [unitId], now)).find((one) => one.duty.code === code);
    if (!found) throw notFound();
    return { cells: found.cells };
  });
  serve(desk, api.recordDuty, async (context, input) => {
    await recordDuty(context, input);
    return done;
  });

  serve(desk, api.people, async ({ tx }) => {
    const rows = await accountsInRoles(tx, staff);
    return {
      people: [...new Map(rows.map((row) => [row.id, row])).values()].map((row) => ({
        id: row.id,
        label: row.label,
        homeNodeId: row.home_node_id,
      })),
    };
  });

  serve(desk, api.risks, async ({ tx, actor, now }, { view, nodeId }) => {
    const dir = await directory(tx);
    const rows = await riskRows(tx, dir, await readableRisks(tx, actor, dir, nodeId), now);
    const views = {
      open: rows.filter((row) => !row.retired),
      uncovered: rows.filter((row) => row.lacks.length > 0),
      retired: rows.filter((row) => row.retired),
    };
    return {
      // Red ones that lack something first, then red, then amber.
      risks: views[view].sort(
        (a, b) =>
          Math.sign(b.lacks.length) - Math.sign(a.lacks.length) ||
          (a.severity === b.severity ? 0 : a.severity === 'red' ? -1 : 1),
      ),
      counts: { open: views.open.length, uncovered: views.uncovered.length, retired: views.retired.length },
    };
  });

  serve(desk, api.risk, async ({ tx, actor, now }, { id }) => {
    const dir = await directory(tx);
    const risk = await riskById(tx, id);
    if (!risk || !mayRead(actor, risk.node_id, dir)) throw notFound();
    const [row] = await riskRows(tx, dir, [risk], now);
    const versions = await contingenciesOf(tx, id);
    const alive = risk.retired_at === null;
    const works = alive && holdsAt(actor, 'drills.work', risk.node_id, dir);
    const waiting = versions.find((one) => one.state === 'in_review');
    const drills = (await drillsOfRisk(tx, id)).filter((one) => mayRead(actor, one.unit_id, dir));
    return {
      ...row!,
      openedBy: risk.opened_label,
      openedAt: risk.opened_at.toISOString(),
      retiredWhy: risk.retired_why,
      contingencies: versions.map((one) => ({
        id: one.id,
        no: one.no,
        state: one.state as 'draft',
        plan: one.plan as unknown as ContingencyPlan,
        author: one.author_label,
        writtenAt: one.written_at.toISOString(),
        saves: one.saves,
        decidedBy: one.decided_label,
        decidedAt: one.decided_at?.toISOString() ?? null,
        decision: one.decision,
      })),
      drills: await drillRows(tx, drills, now),
      can: {
        change: works,
        write: works,
        submit: works && versions.some((one) => one.state === 'draft'),
        decide:
          alive &&
          waiting !== undefined &&
          holdsAt(actor, 'drills.approve', risk.node_id, dir) &&
          !waiting.writers.some((one) => sameHand(actor, one, waiting.written_at)),
        drill:
          alive &&
          versions.some((one) => one.state === 'approved') &&
          // A risk of the group is drilled in any unit of theirs.
          (works || (risk.node_id === dir.groupNode.id && actor.permissions.has('drills.work'))),
      },
    };
  });
  serve(desk, api.openRisk, (context, input) => openRisk(context, input));
  serve(desk, api.changeRisk, async (context, input) => {
    await changeRisk(context, input);
    return done;
  });
  serve(desk, api.retireRisk, async (context, input) => {
    await retireRisk(context, input);
    return done;
  });
  serve(desk, api.writeContingency, (context, input) => writeContingency(context, input));
  serve(desk, api.submitContingency, async (context, { id }) => {
    await submitContingency(context, id);
    return done;
  });
  serve(desk, api.decideContingency, async (context, input) => {
    await decideContingency(context, input);
    return done;
  });

  serve(desk, api.drills, async ({ tx, actor, now }, { view, nodeId }) => {
    const dir = await directory(tx);
    const { drills, mine } = await readableDrills(tx, actor, dir, nodeId);
    const views = {
      open: drills.filter((one) => isOpenDrill(one.state)),
      to_assess: drills.filter((one) => one.state === 'held'),
      closed: drills.filter((one) => !isOpenDrill(one.state)),
      mine: drills.filter((one) => mine.has(one.id)),
    };
    return {
      drills: await drillRows(tx, views[view], now),
      counts: {
        open: views.open.length,
        to_assess: views.to_assess.length,
        closed: views.closed.length,
        mine: views.mine.length,
      },
    };
  });
  serve(desk, api.drill, async ({ tx, actor, now }, { id }) => {
    const dir = await directory(tx);
    const drill = await drillById(tx, id);
    if (!drill) throw notFound();
    const named = (await handsOf(tx, [id])).some((one) => one.account_id === actor.accountId);
    if (!named && !mayRead(actor, drill.unit_id, dir)) throw notFound();
    return drillFile(tx, dir, actor, drill, now);
  });
  serve(desk, api.planDrill, (context, input) => planDrill(context, input));
  serve(desk, api.startDrill, async (context, { id }) => {
    await startDrill(context, id);
    return done;
  });
  serve(desk, api.markStep, async (context, { id, n }) => {
    await markStep(context, id, n);
    return done;
  });
  serve(desk, api.endDrill, async (context, { id, heads }) => {
    await endDrill(context, id, heads);
    return done;
  });
  serve(desk, api.assessDrill, async (context, input) => {
    await assessDrill(context, input);
    return done;
  });
  serve(desk, api.closeDrill, async (context, input) => {
    await closeDrill(context, input);
    return done;
  });
  serve(desk, api.cancelDrill, async (context, input) => {
    await cancelDrill(context, input);
    return done;
  });

  serve(desk, api.nearMisses, async ({ tx, actor }, { view, nodeId, riskId }) => {
    const dir = await directory(tx);
    const all = (await readableNearMisses(tx, actor, dir, nodeId)).filter(
      (one) => riskId === undefined || one.risk_id === riskId,
    );
    const waiting = all.filter((one) => one.triaged_at === null);
    const risks = new Map((await allRisks(tx)).map((one) => [one.id, one]));
    return {
      nearMisses: (view === 'waiting' ? waiting : all).map((one) =>
        nearMissView(dir, actor, one, one.risk_id ? risks.get(one.risk_id) : undefined),
      ),
      counts: { all: all.length, waiting: waiting.length },
    };
  });
  // What a person told is theirs: no copy of the answer is kept beside their name.
  serve(desk, api.recordNearMiss, (context, input) => recordNearMiss(context, input), { privateAnswer: true });
  serve(desk, api.triageNearMiss, async (context, input) => {
    await triageNearMiss(context, input);
    return done;
  });
}
