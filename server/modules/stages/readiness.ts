import { createHash } from 'node:crypto';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { openOrderStates, type PeriodView, type stageEndpoints, type UnitRow } from '../../../contract/stages.ts';
import { append, type JournalEntry } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { entriesOfRecords } from '../journal/index.ts';
import { directory } from '../organization/index.ts';
import { type Flip, leadDays, readySince } from './lead.ts';
import { allPeriods, allReadiness, allTransitions, lockReadiness, ordersIn, upsertReadiness } from './queries.ts';
import { readinessChecks, type StageScope, stageEffects, type UnitReadiness } from './registry.ts';
import { hourOf, periodAt, reachOf } from './scope.ts';

type Look = OutputOf<typeof stageEndpoints.preview>['look'];

/** The journal's record of "this unit, ready for that stage": by its two parts alone, so that the journal needs no table. */
export function readinessId(unitId: number, toStage: string): string {
  const hex = createHash('sha256').update(`stages.readiness ${unitId} ${toStage}`).digest('hex').slice(0, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export interface Checked {
  unitId: number;
  ready: boolean;
  by: Map<string, UnitReadiness>;
}

/** Every registered check over the units of a scope; a check that says nothing of a unit has nothing against it. */
export async function checkUnits(tx: Tx, scope: StageScope, toStage: string, at: Date): Promise<Checked[]> {
  const units = new Map(
    scope.unitIds.map((unitId): [number, Checked] => [unitId, { unitId, ready: true, by: new Map() }]),
  );
  for (const check of readinessChecks())
    for (const answer of await check.check(tx, { scope, toStage, at })) {
      const unit = units.get(answer.unitId);
      if (!unit) continue;
      unit.by.set(check.key, answer);
      unit.ready &&= answer.ready;
    }
  return [...units.values()];
}

/** When units were ready and when not, for one stage, as the journal tells it. */
export async function flipsOf(tx: Tx, unitIds: readonly number[], toStage: string): Promise<Map<number, Flip[]>> {
  const flips = new Map<number, Flip[]>(unitIds.map((unitId) => [unitId, []]));
  if (unitIds.length === 0) return flips;
  const entries = await entriesOfRecords(tx, [
    unitIds.map((unitId) => readinessId(unitId, toStage)),
    ['stages.ready', 'stages.unready'],
  ]);
  for (const entry of entries)
    flips.get(entry.unit_id ?? 0)?.push({ at: entry.at, ready: entry.action === 'stages.ready' });
  return flips;
}

/** What a switch would change and who stands ready, as of `at`, for a start at `startsAt`. */
export async function lookAt(
  tx: Tx,
  asked: {
    changes: StageScope;
    units: StageScope;
    fromStage: string;
    toStage: string;
    at: Date;
    startsAt: Date;
    /** When the stage that would be left began. */
    notBefore: Date | null;
  },
): Promise<Look> {
  const { toStage, at, startsAt, notBefore } = asked;
  const checked = await checkUnits(tx, asked.units, toStage, startsAt);
  const flips = await flipsOf(tx, asked.units.unitIds, toStage);
  const effects: Look['effects'] = [];
  for (const effect of stageEffects()) {
    const rows = await effect.preview(tx, { scope: asked.changes, fromStage: asked.fromStage, toStage, at: startsAt });
    if (rows.length > 0) effects.push({ key: effect.key, words: effect.words, rows });
  }
  return {
    asOf: at.toISOString(),
    seenBySigner: false,
    effects,
    checks: readinessChecks().map(({ key, words }) => ({ key, words })),
    units: checked.map((unit): UnitRow => {
      // Not looked at since it became ready: as of now.
      const told = unit.ready ? (readySince(flips.get(unit.unitId) ?? [], at) ?? at) : null;
      const since = told && notBefore && told < notBefore ? notBefore : told;
      return {
        unitId: unit.unitId,
        ready: unit.ready,
        cells: [...unit.by].map(([key, { have, need, ready }]) => ({ key, have, need, ready })),
        missing: [...unit.by].flatMap(([key, { missing }]) =>
          missing.map(({ label, route, accountIds }) => ({
            key,
            label,
            route: route ?? null,
            people: new Set(accountIds).size,
          })),
        ),
        readySince: since?.toISOString() ?? null,
        leadDays: since ? Math.max(0, Math.floor((startsAt.getTime() - since.getTime()) / 86_400_000)) : 0,
      };
    }),
  };
}

/** Whole days each unit stood ready before a stage that began, by the journal alone. */
export async function leadsOf(
  tx: Tx,
  unitIds: readonly number[],
  toStage: string,
  startsAt: Date,
  notBefore: Date | null,
): Promise<PeriodView['leads']> {
  const flips = await flipsOf(tx, unitIds, toStage);
  return unitIds
    .filter((unitId) => (flips.get(unitId) ?? []).some(({ at }) => at <= startsAt))
    .map((unitId) => ({
      unitId,
      days: leadDays(flips.get(unitId)!, startsAt, notBefore),
      since: readySince(flips.get(unitId)!, startsAt)?.toISOString() ?? null,
    }));
}

/** Entry of a flip; the demo's history writes the same. */
export const flipEntry = (
  flip: { at: Date; unitId: number; toStage: string; ready: boolean },
  figures: Record<string, number> = {},
): JournalEntry => ({
  at: flip.at,
  actorId: null,
  role: 'system',
  action: flip.ready ? 'stages.ready' : 'stages.unready',
  recordKind: 'readiness',
  recordId: readinessId(flip.unitId, flip.toStage),
  class: 'normal',
  unitId: flip.unitId,
  to: flip.toStage,
  figures,
});

/**
 * Looks at every unit for the stages it may come to, and journals who became ready and who is so no longer. Runs twice and
 * does no harm.
 * @param which of the orders on their way, or of every stage that may follow where a unit is
 * @returns flips written
 */
export async function keepReadiness(context: Context, which: 'open orders' | 'every next stage'): Promise<number> {
  const { tx, now } = context;
  // Where nobody asks anything, silence is no readiness.
  if (readinessChecks().length === 0) return 0;
  const dir = await directory(tx);
  const periods = await allPeriods(tx);
  const wanted = new Map<string, { nodeId: number; toStage: string; at: Date; unitIds: Set<number> }>();
  const want = (nodeId: number, toStage: string, at: Date, unitIds: number[]): void => {
    const key = `${nodeId} ${toStage}`;
    // An order's hour, asked for first, stands before the "now" of a stage that merely may follow.
    const known = wanted.get(key) ?? { nodeId, toStage, at, unitIds: new Set<number>() };
    for (const unitId of unitIds) known.unitIds.add(unitId);
    wanted.set(key, known);
  };
  // A site's order asks its unit of that site alone; it says nothing of the unit.
  for (const order of await ordersIn(tx, openOrderStates))
    if (dir.nodes.get(order.node_id)?.kind !== 'site')
      want(
        order.node_id,
        order.to_code,
        hourOf(order, now),
        reachOf(periods, dir, order.node_id, hourOf(order, now)).scope.unitIds,
      );
  if (which === 'every next stage') {
    const transitions = await allTransitions(tx);
    for (const node of dir.nodes.values()) {
      if (node.kind !== 'unit') continue;
      const period = periodAt(periods, dir, node.id, now);
      for (const { from_code, to_code } of transitions)
        if (from_code === period?.code) want(period.node_id, to_code, now, [node.id]);
    }
  }
  if (wanted.size === 0) return 0;
  await lockReadiness(tx);
  const last = new Map((await allReadiness(tx)).map((row) => [row.id, row]));
  const rows = new Map<string, typeof last extends Map<string, infer R> ? R : never>();
  const entries: JournalEntry[] = [];
  for (const { nodeId, toStage, at, unitIds } of wanted.values()) {
    const { scope } = reachOf(periods, dir, nodeId, at);
    const ofUnits = { ...scope, unitIds: [...unitIds].filter((unitId) => scope.unitIds.includes(unitId)) };
    for (const unit of await checkUnits(tx, ofUnits, toStage, at)) {
      const id = readinessId(unit.unitId, toStage);
      if (rows.has(id)) continue;
      const before = last.get(id);
      const flipped = !before || before.ready !== unit.ready;
      rows.set(id, {
        id,
        unit_id: unit.unitId,
        to_code: toStage,
        ready: unit.ready,
        since: flipped ? now : before.since,
        checked_at: now,
      });
      if (flipped)
        entries.push(
          flipEntry(
            { at: now, unitId: unit.unitId, toStage, ready: unit.ready },
            { missing: [...unit.by.values()].reduce((sum, { missing }) => sum + missing.length, 0) },
          ),
        );
    }
  }
  if (rows.size > 0) await upsertReadiness(tx, [...rows.values()]);
  await append(tx, ...entries);
  return entries.length;
}
