/**
 * Quantiles of times of which some still run (domain 4.1, 7): product-limit estimate (Kaplan & Meier 1958) with the
 * interval of Brookmeyer & Crowley (1982) on Greenwood's variance. Pure.
 */

/** A time to what was waited for, or, while it is `open`, to the moment one looked. Any unit, the same for all. */
export interface Duration {
  time: number;
  open: boolean;
}

export interface Estimate {
  value: number;
  /** 95 % interval; null = beyond what was seen. */
  low: number | null;
  high: number | null;
}

/** Quantile 0.975 of the standard normal. */
export const z95 = 1.959963984540054;

interface Step {
  time: number;
  /** Share of which nothing was heard up to and including this time. */
  left: number;
  error: number;
}

/** The falling curve of those still waiting; what is open leaves it at its time without a step. */
function curveOf(durations: readonly Duration[]): Step[] {
  const sorted = [...durations].sort((a, b) => a.time - b.time || Number(a.open) - Number(b.open));
  const steps: Step[] = [];
  let left = 1;
  let greenwood = 0;
  for (let i = 0; i < sorted.length; ) {
    const { time } = sorted[i]!;
    const atRisk = sorted.length - i;
    let ended = 0;
    for (; i < sorted.length && sorted[i]!.time === time; i++) if (!sorted[i]!.open) ended++;
    if (ended === 0) continue;
    left *= 1 - ended / atRisk;
    greenwood += ended < atRisk ? ended / (atRisk * (atRisk - ended)) : 0;
    steps.push({ time, left, error: left * Math.sqrt(greenwood) });
  }
  return steps;
}

/**
 * The time within which a share `q` (0 < q < 1) was served.
 * @returns null where so many have not been served yet
 */
export function quantileOf(durations: readonly Duration[], q: number): Estimate | null {
  const waiting = 1 - q + 1e-12;
  const steps = curveOf(durations);
  const first = (reached: (step: Step) => boolean): number | null => steps.find(reached)?.time ?? null;
  const value = first(({ left }) => left <= waiting);
  if (value === null) return null;
  return {
    value,
    low: first(({ left, error }) => left - z95 * error <= waiting),
    high: first(({ left, error }) => left + z95 * error <= waiting),
  };
}

/**
 * How many took longer than `time`. One that is open and younger says nothing yet and is not counted.
 * @returns `slower` of `known`
 */
export function slowerThan(durations: readonly Duration[], time: number): { slower: number; known: number } {
  let slower = 0;
  let known = 0;
  for (const one of durations) {
    if (one.open && one.time <= time) continue;
    known++;
    if (one.time > time) slower++;
  }
  return { slower, known };
}
