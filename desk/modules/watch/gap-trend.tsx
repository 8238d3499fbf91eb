import type { GapRow } from '../../../contract/watch.ts';

const width = 132;
const height = 28;

/** The gap of each week with its interval, about the line of no gap; in words for whoever does not see it. */
export function GapTrend({ rows, label }: { rows: readonly GapRow[]; label: string }) {
  const known = rows.flatMap(({ week, gap, low, high }) =>
    gap === null || low === null || high === null ? [] : [{ week, gap, low, high }],
  );
  if (known.length === 0) return null;
  const most = Math.max(...known.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)])) || 1;
  const last = Math.max(...rows.map(({ week }) => week));
  const x = (week: number) => ((week - 0.5) / last) * width;
  const y = (value: number) => height / 2 - (value / most) * (height / 2 - 2);
  return (
    <svg className="wa-trend" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <line className="zero" x1={0} x2={width} y1={height / 2} y2={height / 2} />
      {known.map(({ week, gap, low, high }) => (
        <g key={week}>
          <line className="span" x1={x(week)} x2={x(week)} y1={y(low)} y2={y(high)} />
          <circle cx={x(week)} cy={y(gap)} r={2} />
        </g>
      ))}
    </svg>
  );
}
