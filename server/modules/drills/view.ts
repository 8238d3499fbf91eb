import type { ContingencyPlan, DrillFile, DrillRow, NearMiss, RiskRow } from '../../../contract/drills.ts';
import { type Actor, sameHand } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import { dateOf } from '../clocks/index.ts';
import type { Directory } from '../organization/index.ts';
import { mayMove, settledTasks } from './drilling.ts';
import { holdsAt, lacking, mayKnowReporter } from './policy.ts';
import {
  allNearMisses,
  allRisks,
  assessedDrills,
  contingencyById,
  type DrillRecord,
  findingsOf,
  handsOf,
  type NearMissRecord,
  type RiskRecord,
  standingContingencies,
  stepsOf,
} from './queries.ts';
import { today } from './record.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Rows of risks: what each lacks, when it was last drilled, how often it nearly happened. */
export async function riskRows(tx: Tx, dir: Directory, risks: readonly RiskRecord[], now: Date): Promise<RiskRow[]> {
  const versions = await standingContingencies(tx);
  const drills = await assessedDrills(tx);
  const misses = await allNearMisses(tx);
  const day = dateOf(today(dir, now));
  return risks.map((risk) => {
    const approved = versions.find((one) => one.risk_id === risk.id && one.state === 'approved');
    const open = versions.find((one) => one.risk_id === risk.id && one.state !== 'approved');
    const held = drills.filter((one) => one.risk_id === risk.id && one.ended_at).map((one) => one.ended_at!.getTime());
    return {
      id: risk.id,
      number: risk.number,
      nodeId: risk.node_id,
      zh: risk.zh,
      en: risk.en,
      severity: risk.severity as 'red',
      owner: { id: risk.owner_id, label: risk.owner_label },
      nextDrillOn: risk.next_drill_on,
      approved: approved?.no ?? null,
      open: (open?.state as 'draft') ?? null,
      lacks: lacking(risk, approved !== undefined, day),
      lastDrillAt: held.length > 0 ? new Date(Math.max(...held)).toISOString() : null,
      nearMisses: misses.filter((one) => one.risk_id === risk.id).length,
      retired: risk.retired_at !== null,
      version: risk.version,
    };
  });
}

export async function drillRows(tx: Tx, drills: readonly DrillRecord[], now: Date): Promise<DrillRow[]> {
  const ids = drills.map((one) => one.id);
  const hands = await handsOf(tx, ids);
  const steps = await stepsOf(tx, ids);
  const findings = await findingsOf(tx, ids);
  const risks = new Map((await allRisks(tx)).map((one) => [one.id, one]));
  return drills.map((drill) => {
    const own = steps.filter((one) => one.drill_id === drill.id);
    const of = hands.filter((one) => one.drill_id === drill.id);
    const leader = of.find((one) => one.part === 'leader')!;
    const risk = risks.get(drill.risk_id)!;
    return {
      id: drill.id,
      number: drill.number,
      state: drill.state as 'planned',
      riskId: risk.id,
      riskNumber: risk.number,
      zh: risk.zh,
      en: risk.en,
      unitId: drill.unit_id,
      siteId: drill.site_id,
      plannedFor: drill.planned_for.toISOString(),
      late: drill.state === 'planned' && drill.planned_for < now,
      announced: drill.announced,
      leader: { id: leader.account_id, label: leader.label },
      observers: of.filter((one) => one.part === 'observer').map((one) => ({ id: one.account_id, label: one.label })),
      startedAt: iso(drill.started_at),
      endedAt: iso(drill.ended_at),
      heads: drill.heads,
      steps: own.length,
      inTime: drill.assessed_at ? own.filter((one) => one.verdict === 'in_time').length : null,
      findings: findings.filter((one) => one.drill_id === drill.id).length,
      version: drill.version,
    };
  });
}

export async function drillFile(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  drill: DrillRecord,
  now: Date,
): Promise<DrillFile> {
  const [row] = await drillRows(tx, [drill], now);
  const steps = await stepsOf(tx, [drill.id]);
  const findings = await findingsOf(tx, [drill.id]);
  const settled = await settledTasks(
    tx,
    findings.map((one) => one.task_id),
  );
  const contingency = (await contingencyById(tx, drill.contingency_id))!;
  const leads = row!.leader.id === actor.accountId;
  const ran = sameHand(actor, row!.leader.id, drill.started_at);
  const watches = row!.observers.some((one) => one.id === actor.accountId);
  const works = holdsAt(actor, 'drills.work', drill.unit_id, dir);
  return {
    ...row!,
    plan: contingency.plan as unknown as ContingencyPlan,
    contingencyNo: contingency.no,
    marks: steps.map((one) => ({
      n: one.n,
      within: one.within,
      reachedAt: iso(one.reached_at),
      verdict: one.verdict as 'late' | null,
      remark: one.remark,
    })),
    assessment: drill.assessment,
    assessedBy: drill.assessed_label,
    assessedAt: iso(drill.assessed_at),
    closedBy: drill.closed_label,
    closedAt: iso(drill.closed_at),
    cancelledWhy: drill.cancelled_why,
    found: findings.map((one) => ({
      id: one.id,
      text: one.text,
      taskId: one.task_id,
      taskNumber: one.task_number,
      settled: settled.has(one.task_id),
    })),
    can: {
      start: leads && mayMove('start', drill.state),
      mark: (leads || watches) && drill.state === 'running',
      end: leads && mayMove('end', drill.state),
      assess: watches && !ran && actor.permissions.has('drills.assess') && mayMove('assess', drill.state),
      close: works && !ran && mayMove('close', drill.state) && findings.every((one) => settled.has(one.task_id)),
      cancel: works && mayMove('cancel', drill.state),
    },
  };
}

export function nearMissView(
  dir: Directory,
  actor: Actor,
  found: NearMissRecord,
  risk: RiskRecord | undefined,
): NearMiss {
  return {
    id: found.id,
    number: found.number,
    unitId: found.unit_id,
    siteId: found.site_id,
    happenedAt: found.happened_at.toISOString(),
    what: found.what,
    place: found.place,
    stoppedBy: found.stopped_by,
    reporter: mayKnowReporter(actor, found, dir) ? found.reporter_label : null,
    recordedAt: found.recorded_at.toISOString(),
    outcome: found.outcome as 'risk' | null,
    risk: risk ? { id: risk.id, number: risk.number, zh: risk.zh, en: risk.en } : null,
    task: found.task_id && found.task_number ? { id: found.task_id, number: found.task_number } : null,
    triage: found.triage,
    triagedBy: found.triaged_label,
    triagedAt: iso(found.triaged_at),
    version: found.version,
    can: {
      triage:
        found.triaged_at === null &&
        !sameHand(actor, found.reporter_id, found.recorded_at) &&
        holdsAt(actor, 'drills.work', found.unit_id, dir),
    },
  };
}
