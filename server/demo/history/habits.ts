/**
 * How long things take and how they turn out, from the world's `generator`. Its `overrides` are the only place where
 * the stories of U03, U08, U09 and U10 get their numbers from; days count from the day the group enters closed loop.
 */
import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { type Calendar, minute } from './calendar.ts';
import { chance, lognormal, uniform, weighted } from './chance.ts';
import type { Need } from './ledger.ts';

export interface Habits {
  dispatchAt(need: Need): number;
  acceptMinutes(need: Need, at: number): number;
  contactAt(need: Need): number;
  handledAt(need: Need, from?: number): number;
  /** U03: said to be handled though nothing was delivered. */
  gamesNow(need: Need): boolean;
  /** U10: presses for withdrawal, or merges the complaint away. */
  pressesNow(need: Need): 'withdrawal' | 'merge' | null;
  solves(need: Need, round: number, solution: string): boolean;
  /** Of one follow-up: is the person reached, and if so what do they say. */
  reaches(need: Need, at: number, solved: boolean): { reached: boolean; solved: boolean };
  /** How much more rarely the dissatisfied speak. */
  voice(solved: boolean): number;
  satisfaction(need: Need, at: number, solved: boolean): number;
  speed(need: Need): number;
  attitude(need: Need, at: number): number;
}

const bias = 0.8;

/** Quantile 0.9 of the standard normal. */
const z90 = 1.2815515655446004;

export function habitsOf(world: World, calendar: Calendar, unitCode: (need: Need) => string): Habits {
  const g = world.generator;
  const sla = new Map(world.sla.map((row) => [row.priority, row]));
  const override = (unit: string, name: string): number => Number(g.overrides[unit]?.[name]);
  const during = (unit: string, at: number, from: string, to?: string): boolean => {
    const d = calendar.dayOf(at);
    return d >= override(unit, from) && (to === undefined || d < override(unit, to));
  };
  const factorOf = (need: Need): number => g.unit_speed_factor[unitCode(need)] ?? 1;
  const submitted = (need: Need): number => need.row.submitted_at.getTime();
  // A story's share is kept exactly, call by call: with some hundred calls chance alone would miss it by several points.
  const owed = new Map<string, number>();
  const inTurn = (name: string, share: number): boolean => {
    const due = (owed.get(name) ?? 0.5) + share;
    owed.set(name, due >= 1 ? due - 1 : due);
    return due >= 1;
  };

  // The same for marks: what chance gave too much or too little of the story so far, the next call makes up for.
  let owedMark = 0;

  return {
    dispatchAt(need) {
      const { random } = need;
      const triage = need.row.priority === 'urgent' ? 5 : need.row.priority === 'high' ? 15 : 30;
      const d = calendar.dayOf(submitted(need));
      const rush = d >= 0 && d < 7 ? 1.5 : 1;
      const minutes = lognormal(0.38 * triage * rush, 0.75, random);
      const patient = chance(0.8, random);
      return patient ? calendar.after(submitted(need), minutes, need.row.priority) : submitted(need) + minutes * minute;
    },
    acceptMinutes(need, at) {
      const h = calendar.hourOf(at);
      const night = h < 6 || h >= 22 ? 2.2 : 1;
      return lognormal((need.work?.row.priority === 'urgent' ? 2.5 : 8) * night, 1, need.random);
    },
    contactAt(need) {
      const at = submitted(need);
      const slower =
        unitCode(need) === 'U09' && during('U09', at, 'p90_from', 'p90_to')
          ? Math.log(override('U09', 'p90_factor')) / z90
          : 0;
      const minutes = lognormal(0.5 * sla.get(need.row.priority)!.ack_min * factorOf(need), 0.75 + slower, need.random);
      return calendar.after(at, minutes, need.row.priority);
    },
    handledAt(need, from) {
      const { median_fraction_of_sla, sigma } = g.handling_hours_lognormal;
      const hours = lognormal(
        median_fraction_of_sla * sla.get(need.row.priority)!.resolve_h * factorOf(need),
        sigma,
        need.random,
      );
      return from === undefined
        ? calendar.after(submitted(need), hours * 60, need.row.priority)
        : from + hours * 60 * minute;
    },
    gamesNow: (need) =>
      unitCode(need) === 'U03' &&
      during('U03', submitted(need), 'from') &&
      chance(override('U03', 'share'), need.random),
    pressesNow(need) {
      if (
        unitCode(need) !== 'U10' ||
        !during('U10', submitted(need), 'from') ||
        !chance(override('U10', 'share'), need.random)
      )
        return null;
      return chance(0.55, need.random) ? 'withdrawal' : 'merge';
    },
    solves: (need, round, solution) =>
      chance(
        round > 0 ? 0.92 : solution === 'explained' || solution === 'out_of_scope' ? 0.5 : g.true_resolution,
        need.random,
      ),
    reaches(need, at, solved) {
      if (unitCode(need) === 'U08' && during('U08', at, 'from', 'to')) {
        const reached = inTurn('U08 reached', override('U08', 'followup_reach'));
        return {
          reached,
          solved: reached ? inTurn('U08 satisfied', override('U08', 'satisfied_of_responders')) : solved,
        };
      }
      // The mean stays what the generator says: those who are content answer a little more often.
      const mean = g.true_resolution + (1 - g.true_resolution) * bias;
      return { reached: chance((g.followup_reach / mean) * (solved ? 1 : bias), need.random), solved };
    },
    voice: (solved) => (solved ? 1 : bias),
    satisfaction(need, at, solved) {
      if (unitCode(need) === 'U08' && during('U08', at, 'from', 'to'))
        return solved
          ? weighted(
              [
                [4, 0.4],
                [5, 0.6],
              ],
              need.random,
            )
          : weighted(
              [
                [1, 0.6],
                [2, 0.4],
              ],
              need.random,
            );
      return weighted(
        (solved ? g.satisfaction_if_resolved : g.satisfaction_if_not).map((weight, i) => [i + 1, weight] as const),
        need.random,
      );
    },
    speed(need) {
      const late = need.row.handled_at !== null && need.row.handled_at > need.row.resolve_due;
      return weighted(
        late
          ? [
              [1, 0.15],
              [2, 0.25],
              [3, 0.35],
              [4, 0.2],
              [5, 0.05],
            ]
          : [
              [2, 0.03],
              [3, 0.12],
              [4, 0.4],
              [5, 0.45],
            ],
        need.random,
      );
    },
    attitude(need, at) {
      let mean = 4.6;
      if (unitCode(need) === 'U09') {
        const weeks = (calendar.dayOf(at) - override('U09', 'attitude_from')) / 7;
        if (weeks > 0 && during('U09', at, 'attitude_from', 'repaired'))
          mean += override('U09', 'attitude_per_week') * weeks;
        const score = scoreWithMean(mean + Math.min(0.3, Math.max(-0.6, owedMark)), need.random);
        owedMark += mean - score;
        return score;
      }
      return scoreWithMean(mean, need.random);
    },
  };
}

/** A score of 1 to 5 whose mean is exactly this; one in ten stands two lower than its fellows. */
export function scoreWithMean(mean: number, random: Random): number {
  const low = chance(0.1, random);
  const score = Math.floor(mean + 0.2 + uniform(0, 1, random)) - (low ? 2 : 0);
  return Math.min(5, Math.max(1, score));
}
