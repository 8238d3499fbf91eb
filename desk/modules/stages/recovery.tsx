import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { planEndpoints as api, type Recovery } from '../../../contract/plans.ts';
import type { OrderView } from '../../../contract/stages.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useNow } from '../../app/now.ts';
import { useMay } from '../../app/session.tsx';
import { useT } from './words.ts';

const hour = 3_600_000;
const [width, height, left, right, top, foot] = [240, 92, 28, 8, 8, 18];

/** Hours from the switch to the right, sites upward: the level before, the fall, each site as it came back. */
function Curve({ of, past, until, label }: { of: Recovery; past: boolean; until: number; label: string }) {
  const t = useT();
  const since = Date.parse(of.since!);
  // A switch that is still coming back is drawn as far as it has come, and the day that it has is whole.
  const hours = Math.max(24, ...of.sets.map(({ at }) => (Date.parse(at) - since) / hour));
  const x = (at: number) => left + 24 + (Math.min(at, hours) / hours) * (width - left - 24 - right);
  const y = (n: number) => top + (1 - n / Math.max(1, of.sites)) * (height - top - foot);
  const steps = [`${left},${y(of.before)}`, `${x(0)},${y(of.before)}`, `${x(0)},${y(0)}`];
  for (const [i, { at }] of of.sets.entries()) {
    const when = x((Date.parse(at) - since) / hour);
    steps.push(`${when},${y(i)}`, `${when},${y(i + 1)}`);
  }
  steps.push(`${x(Math.min(hours, (until - since) / hour))},${y(of.sets.length)}`);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <line className="axis" x1={left} x2={width - right} y1={y(of.sites)} y2={y(of.sites)} strokeDasharray="2 3" />
      <line className="axis" x1={left} x2={width - right} y1={y(0)} y2={y(0)} />
      <line className="limit" x1={x(24)} x2={x(24)} y1={top - 4} y2={y(0)} />
      <text x={left - 4} y={y(of.sites) + 4} textAnchor="end">
        {of.sites}
      </text>
      <text x={left - 4} y={y(0) + 4} textAnchor="end">
        0
      </text>
      <text x={x(0)} y={height - 4} textAnchor="middle">
        {t('hourZero')}
      </text>
      <text x={x(12)} y={height - 4} textAnchor="middle">
        {t('hoursOn', { n: 12 })}
      </text>
      <text x={x(24)} y={height - 4} textAnchor="end">
        {t('hoursOn', { n: 24 })}
      </text>
      <polyline points={steps.join(' ')} strokeDasharray={past ? '3 2' : undefined} />
    </svg>
  );
}

/**
 * How coverage came back after this order, or, while the order is on its way, after the same stage began the last time:
 * what the signer may expect of the night ahead.
 */
export function RecoveryPanel({ order, toCome }: { order: OrderView; toCome: boolean }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const now = useNow();
  const may = useMay()('plans.read');
  const at = toCome ? undefined : order.effectiveAt;
  const { data } = useQuery({
    queryKey: ['plans', 'recovery', order.nodeId, order.to.code, at ?? 'last'],
    queryFn: () => call(api.recovery, { nodeId: order.nodeId, stage: order.to.code, at }),
    enabled: may && order.state !== 'withdrawn',
    refetchInterval: 60_000,
  });
  if (!data || (data.sites === 0 && !toCome)) return null;
  const since = data.since === null ? 0 : Date.parse(data.since);
  const last = data.sets.at(-1);
  const back =
    last && data.sets.length === data.sites
      ? t('coverBack', {
          n: data.sites,
          h: Math.round(((Date.parse(last.at) - since) / hour) * 10) / 10,
        })
      : t('coverSoFar', { n: data.sets.length, all: data.sites });
  return (
    <section className="panel" aria-labelledby="sg-cover">
      <div className="sg-head">
        <h2 id="sg-cover">{t('cover')}</h2>
        <span className="end small softer">
          {toCome && data.since && t('coverLast', { at: format.day(data.since) })}
        </span>
      </div>
      {data.since === null ? (
        <p className="sg-cover small soft">{t('coverNever')}</p>
      ) : (
        <div className="sg-cover">
          <Curve of={data} past={toCome} until={now} label={back} />
          <p className="small">
            <Link
              className="link"
              to="/plans"
              search={{ stage: order.to.code, view: order.state === 'in_force' ? 'standing' : 'past' } as never}
            >
              {back}
            </Link>
          </p>
          {data.copies.map((copy) => (
            <p key={copy.planId} className="small">
              <Link className="link" to="/plans/$id" params={{ id: copy.planId } as never}>
                {t('coverCopy', {
                  site: directory.node(copy.siteId)?.code ?? '',
                  like: directory.node(copy.likeSiteId)?.code ?? '',
                  own: format.percent(copy.own),
                })}
              </Link>
            </p>
          ))}
        </div>
      )}
    </section>
  );
}
