import type { WarmthMeasure, WarmthWeek } from '../../../contract/watch.ts';
import { rounded } from './figures.ts';
import { useT } from './words.ts';

const width = 520;
const height = 104;
const left = 44;
const right = 4;
const top = 10;
const bottom = 10;

interface Point {
  week: number;
  value: number;
  x: number;
  y: number;
}

/** Weeks as a line over the level of the first two; the figures themselves stand in the table below it. */
export function WarmthChart({ measure, weeks }: { measure: WarmthMeasure; weeks: readonly WarmthWeek[] }) {
  const t = useT();
  const known = weeks.filter((one): one is WarmthWeek & { value: number } => one.value !== null);
  const base = weeks.find(({ drift }) => drift)?.drift?.baseValue ?? null;
  if (known.length < 2) return null;
  const values = [...known.map(({ value }) => value), ...(base === null ? [] : [base])];
  const spread = Math.max(...values) - Math.min(...values) || 1;
  const low = Math.max(0, Math.min(...values) - spread * 0.25);
  const high = Math.max(...values) + spread * 0.25;
  const last = Math.max(...weeks.map(({ week }) => week));
  const x = (week: number) => left + ((week - 0.5) / last) * (width - left - right);
  const y = (value: number) => top + (1 - (value - low) / (high - low)) * (height - top - bottom);
  const points: (Point & { one: WarmthWeek })[] = known.map((one) => ({
    one,
    week: one.week,
    value: one.value,
    x: x(one.week),
    y: y(one.value),
  }));
  const worse = (one: WarmthWeek) => one.drift !== null && (one.drift.byFifth || one.drift.outside);
  return (
    <svg
      className="wa-chart"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('chart', { measure: t(`m_${measure}`) })}
    >
      {base !== null && (
        <>
          <line className="base" x1={left} x2={width - right} y1={y(base)} y2={y(base)} />
          <text className="axis" x={left - 4} y={y(base) + 4} textAnchor="end">
            {rounded(measure, base)}
          </text>
        </>
      )}
      {points.map(({ one, x: at }) =>
        worse(one) ? (
          <rect key={one.week} className="worse" x={at - 14} width={28} y={top} height={height - top - bottom} />
        ) : null,
      )}
      <polyline className="line" points={points.map((point) => `${point.x},${point.y}`).join(' ')} />
      {points.map(({ one, x: at, y: level }) => (
        <circle key={one.week} className={one.provisional ? 'point open' : 'point'} cx={at} cy={level} r={3.5} />
      ))}
    </svg>
  );
}
