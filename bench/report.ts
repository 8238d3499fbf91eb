/** One figure of a benchmark, as one JSON line. */
export interface Figure {
  bench: string;
  case: string;
  metric: string;
  value: number;
  unit: string;
  /** The yardstick measured in the same run. */
  floor?: number;
  /** What the aim is about, in words: `≥ 0.35 × floor`. */
  aim?: string;
  met?: boolean;
  /** Median absolute deviation of the runs, and how many there were. */
  spread?: number;
  runs?: number;
  /** Processors busy with other people's work meanwhile. */
  others?: number;
  /** The middle 95 % of a bootstrap. */
  interval?: [number, number];
  /** What was measured on; generated unless told. */
  data?: string;
}

const rounded = (value: number): number => Number(value.toPrecision(4));

export function report(figure: Figure): void {
  const {
    bench,
    case: what,
    metric,
    value,
    unit,
    floor,
    aim,
    met,
    spread,
    runs,
    others,
    interval,
    data = 'generated',
  } = figure;
  const line = {
    bench,
    case: what,
    metric,
    value: rounded(value),
    unit,
    ...(floor === undefined ? {} : { floor: rounded(floor), ratio: rounded(value / floor) }),
    ...(interval === undefined ? {} : { interval: interval.map(rounded) }),
    ...(aim === undefined ? {} : { aim, met }),
    ...(runs === undefined ? {} : { runs, spread: rounded(spread ?? 0) }),
    ...(others === undefined || Number.isNaN(others) ? {} : { others: rounded(others) }),
    data,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** What happens meanwhile; not a figure. */
export const note = (text: string): void => void process.stderr.write(`${text}\n`);

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

export function spreadOf(values: readonly number[]): number {
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle)));
}
