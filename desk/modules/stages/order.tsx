import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { stageEndpoints as api, type OrderView } from '../../../contract/stages.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { DeadlineClock, type GlyphName, Problem, Thread } from '../../kit/index.ts';
import { OrderActs } from './acts.tsx';
import { Changes } from './changes.tsx';
import { ChaseBox } from './chase.tsx';
import { Hands } from './hands.tsx';
import { inReading, Readiness } from './readiness.tsx';
import { RecoveryPanel } from './recovery.tsx';
import './stages.css';
import { Apart, Turn } from './turn.tsx';
import { useT } from './words.ts';

const glyphs: Partial<Record<OrderView['entries'][number]['kind'], GlyphName>> = {
  drafted: 'empty',
  changed: 'again',
  reviewed: 'half',
  returned: 'back',
  signed: 'threeQuarters',
  countersigned: 'threeQuarters',
  activated: 'done',
  rejoined: 'done',
  withdrawn: 'dash',
  chased: 'bell',
};

const isOpen = (state: OrderView['state']): boolean =>
  ['draft', 'reviewed', 'countersigning', 'signed'].includes(state);

function Facts({ order }: { order: OrderView }) {
  const t = useT();
  const format = useFormat();
  return (
    <dl>
      <div>
        <dt>{t('effective')}</dt>
        <dd>
          {order.atOnce && isOpen(order.state) ? (
            <b>{t('atOnce')}</b>
          ) : (
            <>
              <b title={format.full(order.effectiveAt)}>{format.moment(order.effectiveAt)}</b>{' '}
              {isOpen(order.state) && <DeadlineClock due={order.effectiveAt} from={order.drafted.at} />}
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('basis')}</dt>
        <dd title={order.basis.title}>{order.basis.number}</dd>
      </div>
      <div>
        <dt>{t('trigger')}</dt>
        <dd className="cut" title={order.trigger}>
          {order.trigger}
        </dd>
      </div>
    </dl>
  );
}

function Happened({ order }: { order: OrderView }) {
  const t = useT();
  const directory = useDirectory();
  return (
    <section className="panel" aria-labelledby="sg-thread">
      <div className="sg-head">
        <h2 id="sg-thread">{t('thread')}</h2>
      </div>
      <div className="sg-thread">
        <Thread
          label={t('thread')}
          events={order.entries.map((entry) => ({
            id: entry.id,
            at: entry.at,
            glyph: glyphs[entry.kind] ?? 'dot',
            tone: entry.kind === 'activated' || entry.kind === 'rejoined' ? 'good' : undefined,
            what: t(`event_${entry.kind}`),
            who: [entry.who, entry.unitId !== null && directory.nameOf(entry.unitId)].filter(Boolean).join(' · '),
            words: entry.text,
          }))}
        />
      </div>
    </section>
  );
}

/** One stage order: left what it changes, right who is ready, at the foot its hands and the next act. */
export function OrderPage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const [picked, pick] = useState<number | null>(null);
  const {
    data: order,
    error,
    refetch,
  } = useQuery({ queryKey: ['stages', 'order', id], queryFn: () => call(api.order, { id }), refetchInterval: 60_000 });
  if (error && !order) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!order) return <div className="page-waiting" aria-busy="true" />;
  const chosen = picked ?? inReading(order.look.units).find((unit) => !unit.ready)?.unitId ?? null;
  return (
    <div className="sg-page">
      <Turn from={order.from} to={order.to} nodeId={order.nodeId} scope={order.scope}>
        {order.emergency && <span className="tag over">{t('emergency')}</span>}
        <Facts order={order} />
      </Turn>
      <Apart scope={order.scope} />
      <div className="sg-two">
        <Changes look={order.look} from={order.from} to={order.to} />
        <div className="sg-right">
          <Readiness look={order.look} chosen={chosen} onChoose={isOpen(order.state) ? pick : undefined} />
          <div className="sg-pair">
            {isOpen(order.state) && <ChaseBox order={order} unitId={chosen} />}
            <RecoveryPanel order={order} toCome={isOpen(order.state)} />
            <Happened order={order} />
          </div>
        </div>
      </div>
      <section className="panel sg-order" aria-labelledby="sg-order">
        <div className="sg-doc">
          <div className="row">
            <h2 id="sg-order">{order.number ?? t('order')}</h2>
            <span className="soft cut">{order.basis.title}</span>
          </div>
          <Hands order={order} can={order.can} />
          <p className="small softer">{t(order.emergency ? 'skipsReview' : 'orderLead')}</p>
        </div>
        <OrderActs order={order} />
      </section>
    </div>
  );
}
