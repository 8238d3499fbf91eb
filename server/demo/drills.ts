/**
 * Readiness of the demo world: the register of risks with what is done in their first thirty minutes, drills that other
 * units watched, near-misses, and what units owe in peace. U09 is behind with its drill; U06 has a red risk without a plan.
 */
import { uuidv7 } from 'uuidv7';
import type { ContingencyPlan } from '../../contract/drills.ts';
import { accountByLogin } from '../modules/access/index.ts';
import { dateOf, localDay } from '../modules/clocks/index.ts';
import {
  insertContingencies,
  insertDone,
  insertDrills,
  insertHands,
  insertNearMisses,
  insertRisks,
  insertSteps,
  setCounters,
} from '../modules/drills/index.ts';
import { directory } from '../modules/organization/index.ts';
import { append, type JournalEntry } from '../platform/journal.ts';
import type { Tx } from '../platform/transaction.ts';
import { dutiesOfPeace } from './duties-of-peace.ts';
import { dayZero, shanghaiMidnight } from './organization.ts';
import { contingencies, type DemoRisk, doneWords, nearMisses } from './readiness-words.ts';

const hour = 3_600_000;
const day = 24 * hour;
const minute = 60_000;

interface Person {
  id: string;
  label: string;
}

export async function loadReadiness(tx: Tx, now: Date): Promise<void> {
  const dir = await directory(tx);
  const d0 = dayZero(now).getTime();
  const node = (code: string): number => dir.nodesByCode.get(code)!.id;
  const people = new Map<string, Person>();
  const person = async (login: string): Promise<Person> => {
    const known = people.get(login);
    if (known) return known;
    const account = await accountByLogin(tx, login);
    if (!account) throw new Error(`There is no account ${login} in the demo world.`);
    const found = { id: account.id, label: account.label };
    people.set(login, found);
    return found;
  };
  const dayAt = (ms: number): string => dateOf(localDay(dir.group.timezone, new Date(ms)));
  const counts = new Map<string, { kind: 'risk' | 'drill' | 'near_miss'; year: number; last: number }>();
  const prefixes = { risk: '风险', drill: '演练', near_miss: '未遂' };
  const number = (kind: 'risk' | 'drill' | 'near_miss', at: number): string => {
    const year = Number(dayAt(at).slice(0, 4));
    const key = `${kind}${year}`;
    const counter = counts.get(key) ?? { kind, year, last: 0 };
    counter.last++;
    counts.set(key, counter);
    return `${prefixes[kind]}〔${year}〕${counter.last}号`;
  };
  const journal: JournalEntry[] = [];
  const noted = (
    at: number,
    who: string | null,
    action: string,
    recordKind: string,
    recordId: string,
    nodeId: number,
    to: string,
  ): void => {
    journal.push({
      at: new Date(at),
      actorId: who,
      role: null,
      action: `drills.${action}`,
      recordKind,
      recordId,
      class: 'normal',
      unitId: dir.unitOf(nodeId),
      siteId: dir.nodes.get(nodeId)?.kind === 'site' ? nodeId : null,
      to,
    });
  };

  // Risks, each put up in the normal stage; the writer is never the approver.
  const risks = new Map<string, { id: string; contingencyId: string | null; row: DemoRisk }>();
  const riskRows: Parameters<typeof insertRisks>[1] = [];
  const versionRows: Parameters<typeof insertContingencies>[1] = [];
  for (const [i, row] of contingencies.entries()) {
    const at = d0 - 58 * day + i * 3 * hour;
    const id = uuidv7();
    const owner = await person(row.owner);
    const writer = await person(row.node === 'TL' ? 'sup01' : row.owner);
    const approver = await person(row.approver);
    riskRows.push({
      id,
      number: number('risk', at),
      node_id: row.node === 'TL' ? dir.groupNode.id : node(row.node),
      zh: row.zh,
      en: row.en,
      severity: row.severity,
      owner_id: owner.id,
      owner_label: owner.label,
      next_drill_on: row.drillInDays === null ? null : dayAt(now.getTime() + row.drillInDays * day),
      opened_by: writer.id,
      opened_label: writer.label,
      opened_at: new Date(at),
    });
    const nodeId = riskRows.at(-1)!.node_id;
    noted(at, writer.id, 'risk_opened', 'risk', id, nodeId, row.severity);
    const version = (no: number, state: string, plan: ContingencyPlan, wait: number): string => {
      const versionId = uuidv7();
      versionRows.push({
        id: versionId,
        risk_id: id,
        no,
        state,
        plan: JSON.stringify(plan),
        author_id: writer.id,
        author_label: writer.label,
        writers: [writer.id],
        written_at: new Date(at + wait * day),
        ...(state === 'draft' || state === 'in_review'
          ? {}
          : { decided_by: approver.id, decided_label: approver.label, decided_at: new Date(at + (wait + 1) * day) }),
      });
      return versionId;
    };
    const contingencyId = row.plan ? version(1, 'approved', row.plan, 1) : null;
    if (contingencyId) noted(at + 2 * day, approver.id, 'contingency_approved', 'risk', id, nodeId, 'approved');
    risks.set(row.key, { id, contingencyId, row });
  }
  await insertRisks(tx, riskRows);
  await insertContingencies(tx, versionRows);

  const tenToday = shanghaiMidnight(now).getTime() + 10 * hour;
  // Every unit drilled in peace but U09; observers come from the next unit.
  const units = [...dir.nodes.values()]
    .filter((one) => one.kind === 'unit')
    .sort((a, b) => a.code.localeCompare(b.code));
  const drilled = ['fever', 'waste', 'meals', 'flood', 'heat', 'hotline'];
  const drillRows: Parameters<typeof insertDrills>[1] = [];
  const handRows: Parameters<typeof insertHands>[1] = [];
  const stepRows: Parameters<typeof insertSteps>[1] = [];
  const doneRows: Parameters<typeof insertDone>[1] = [];
  const drill = async (unitIndex: number, riskKey: string, start: number, state: 'closed' | 'held' | 'planned') => {
    const unit = units[unitIndex]!;
    const observerUnit = units[(unitIndex + 1) % units.length]!;
    const risk = risks.get(riskKey)!;
    const plan = risk.row.plan!;
    const leader = await person(`${unit.code.toLowerCase()}-s01`);
    const observer = await person(`${observerUnit.code.toLowerCase()}-liaison`);
    const closer = await person(`${unit.code.toLowerCase()}-liaison`);
    const id = uuidv7();
    const held = state !== 'planned';
    const closed = state === 'closed';
    const late = unitIndex % 3 === 1 ? plan.steps.length : null;
    const endAt = start + 32 * minute;
    handRows.push(
      { drill_id: id, account_id: leader.id, part: 'leader', label: leader.label },
      { drill_id: id, account_id: observer.id, part: 'observer', label: observer.label },
    );
    drillRows.push({
      id,
      number: number('drill', start),
      risk_id: risk.id,
      contingency_id: risk.contingencyId!,
      unit_id: unit.id,
      site_id: null,
      state,
      planned_for: new Date(start),
      announced: unitIndex % 2 === 0,
      planned_by: closer.id,
      planned_label: closer.label,
      started_at: held ? new Date(start + 3 * minute) : null,
      ended_at: held ? new Date(endAt + 3 * minute) : null,
      heads: held ? 18 + ((unitIndex * 7) % 23) : null,
      assessed_by: closed ? observer.id : null,
      assessed_label: closed ? observer.label : null,
      assessed_at: closed ? new Date(start + 5 * hour) : null,
      assessment: closed
        ? late === null
          ? '步骤熟练，联络电话一次打通，物资都在位。'
          : '前几步熟练，最后一步没人牵头，晚了四分钟。'
        : null,
      closed_at: closed ? new Date(start + 2 * day) : null,
      closed_by: closed ? closer.id : null,
      closed_label: closed ? closer.label : null,
    });
    for (const [i, step] of plan.steps.entries()) {
      const n = i + 1;
      const tardy = n === late;
      stepRows.push({
        drill_id: id,
        n,
        within: step.within,
        reached_at: held ? new Date(start + 3 * minute + (tardy ? step.within + 4 : step.within * 0.8) * minute) : null,
        marked_by: held ? leader.id : null,
        verdict: closed ? (tardy ? 'late' : 'in_time') : null,
        remark: closed && tardy ? '没有人牵头' : null,
      });
    }
    if (closed) {
      noted(start + 5 * hour, observer.id, 'drill_assessed', 'drill', id, unit.id, 'assessed');
      noted(start + 2 * day, closer.id, 'drill_closed', 'drill', id, unit.id, 'closed');
    } else noted(Math.min(start, now.getTime()), closer.id, 'drill_planned', 'drill', id, unit.id, 'planned');
  };
  for (const [i, unit] of units.entries()) {
    if (unit.code === 'U09') continue;
    // Twice in the normal stage, so that whichever quarters it reached into have one; most again since the wave.
    await drill(i, drilled[i % drilled.length]!, d0 - (56 - i) * day + 9 * hour, 'closed');
    await drill(i, drilled[(i + 1) % drilled.length]!, d0 - (24 - Math.floor(i / 2)) * day + 14 * hour, 'closed');
    if (i % 4 !== 3)
      await drill(
        i,
        drilled[(i + 2) % drilled.length]!,
        tenToday - (6 - Math.floor(i / 3)) * day + (i % 3) * hour,
        'closed',
      );
  }
  const U04 = units.findIndex((one) => one.code === 'U04');
  await drill(U04, 'fever', tenToday - day, 'held');
  await drill(U04, 'waste', tenToday + 2 * day, 'planned');
  await drill(
    units.findIndex((one) => one.code === 'U07'),
    'staff',
    now.getTime() + 4 * day,
    'planned',
  );
  await insertDrills(tx, drillRows);
  await insertHands(tx, handRows);
  await insertSteps(tx, stepRows);

  // What is done by saying so: named, counted, tested. U06 has not counted since the wave, U09 named nobody.
  for (const unit of units) {
    const who = await person(`${unit.code.toLowerCase()}-liaison`);
    for (const [code, , , frequency, kind] of dutiesOfPeace) {
      if (kind === 'drill') continue;
      const behind = (unit.code === 'U06' && code === 'S0-M05') || (unit.code === 'U09' && code === 'S0-M01');
      const step = frequency === 'monthly' ? 15 : frequency === 'quarterly' ? 22 : 400;
      for (let at = d0 - 57 * day; at < d0 - 14 * day; at += step * day) {
        if (behind) continue;
        doneRows.push(done(unit.id, code, at, who));
      }
      if (!behind && (units.indexOf(unit) + code.length + code.charCodeAt(5)) % 3 === 0)
        doneRows.push(done(unit.id, code, now.getTime() - 2 * day, who));
    }
  }
  await insertDone(tx, doneRows);

  const missRows: Parameters<typeof insertNearMisses>[1] = [];
  const triager = await person('sup02');
  for (const row of nearMisses) {
    const at = row.day === null ? now.getTime() - 9 * hour : d0 + row.day * day + 10 * hour;
    const id = uuidv7();
    const risk = row.risk ? risks.get(row.risk)! : null;
    const siteId = node(row.site);
    const waits = row.outcome === null;
    missRows.push({
      id,
      number: number('near_miss', at),
      unit_id: dir.unitOf(siteId)!,
      site_id: siteId,
      happened_at: new Date(at),
      what: row.what,
      place: row.place,
      stopped_by: row.stoppedBy,
      reporter_id: null,
      reporter_label: null,
      recorded_at: new Date(at + 40 * minute),
      outcome: row.outcome,
      risk_id: risk?.id ?? null,
      triage: waits ? null : row.triage,
      triaged_by: waits ? null : triager.id,
      triaged_label: waits ? null : triager.label,
      triaged_at: waits ? null : new Date(at + 26 * hour),
    });
    noted(at + 40 * minute, null, 'near_miss_recorded', 'near_miss', id, siteId, 'recorded');
    if (!waits) noted(at + 26 * hour, triager.id, 'near_miss_triaged', 'near_miss', id, siteId, row.outcome!);
  }
  await insertNearMisses(tx, missRows);
  await setCounters(tx, [...counts.values()]);
  journal.sort((a, b) => a.at.getTime() - b.at.getTime());
  await append(tx, ...journal);

  function done(unitId: number, code: string, at: number, who: Person) {
    return {
      id: uuidv7(),
      duty_code: code,
      unit_id: unitId,
      day: dayAt(at),
      words: doneWords[code] ?? '已完成',
      done_by: who.id,
      done_label: who.label,
      at: new Date(at),
    };
  }
}
