import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { stageEndpoints as api, type OrderRow } from '../../../contract/stages.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { useMay } from '../../app/session.tsx';
import { nameIn, useLocale } from '../../app/words.ts';
import { DeadlineClock, Empty, Problem } from '../../kit/index.ts';
import { type Overview, useOverview, useStageAt } from './following.ts';
import './stages.css';
import { StageTabs } from './tabs.tsx';
import { usePlaceName } from './turn.tsx';
import { useT } from './words.ts';

/** How far an order has come, as words for whoever waits for it. */
export function OrderState({ order }: { order: OrderRow }) {
  const t = useT();
  const waits = order.emergency && order.state === 'draft' ? 'emergency' : order.state;
  return (
    <span className={order.emergency ? 'tag over' : order.state === 'signed' ? 'tag good' : 'tag'}>
      {t(`state_${waits}`)}
    </span>
  );
}

function GroupNow({ overview }: { overview: Overview }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const may = useMay();
  const directory = useDirectory();
  const groupId = directory.nodes.find((node) => node.kind === 'group')!.id;
  const { here, following } = useStageAt(groupId);
  if (!here) return null;
  return (
    <section className="panel sg-card" aria-label={t('group')}>
      <h2>{t('group')}</h2>
      <p className="sg-big">
        {nameIn(here, language)}
        <span className="small">
          {t('dayOf', { n: here.day })} · {t('since', { at: format.full(here.since) })}
        </span>
      </p>
      {here.orderId && (
        <p>
          <Link className="link" to="/stages/orders/$id" params={{ id: here.orderId } as never}>
            {t('byOrder')}
          </Link>
        </p>
      )}
      <h3 className="small soft">{t('mayFollow')}</h3>
      <ul className="sg-follow">
        {following.map((stage) => (
          <li key={stage.code}>
            <b>{nameIn(stage, language)}</b>
            <Link className="btn sm" to="/stages/preview" search={{ node: groupId, to: stage.code } as never}>
              {t('tryIt')}
            </Link>
            {may('stages.draft') && overview.mayDraft === null && (
              <Link className="btn sm" to="/stages/new" search={{ node: groupId, to: stage.code } as never}>
                {t('draftIt')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function OwnStages({ overview }: { overview: Overview }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const placeName = usePlaceName();
  const directory = useDirectory();
  const own = overview.current.filter(({ nodeId }) => directory.node(nodeId)?.kind !== 'group');
  return (
    <section className="panel sg-card" aria-labelledby="sg-own">
      <h2 id="sg-own">{t('ownStages')}</h2>
      {own.length === 0 && <p className="soft">{t('ownStagesNone')}</p>}
      <ul className="sg-follow">
        {own.map((one) => (
          <li key={one.nodeId}>
            <span>
              <b>{placeName(one.nodeId)}</b> {nameIn(one, language)}
            </span>
            <span className="small soft">
              {t('dayOf', { n: one.day })} · {t('since', { at: format.moment(one.since) })}
            </span>
            {one.orderId && (
              <Link className="link" to="/stages/orders/$id" params={{ id: one.orderId } as never}>
                {t('byOrder')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The stages of the group so far and to come, each as long as it lasted. */
function TimeLine() {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const directory = useDirectory();
  const { data } = useQuery({ queryKey: ['stages', 'history'], queryFn: () => call(api.history, {}) });
  const periods = data?.periods.filter(({ nodeId }) => directory.node(nodeId)?.kind === 'group') ?? [];
  const at = now();
  return (
    <section className="panel sg-card" aria-labelledby="sg-time">
      <h2 id="sg-time">{t('timeline')}</h2>
      <ol className="sg-strip">
        {periods.map((period) => {
          const [from, to] = [
            Date.parse(period.from),
            period.to === null ? Number.POSITIVE_INFINITY : Date.parse(period.to),
          ];
          const coming = from > at;
          return (
            <li
              key={period.id}
              style={{ flexGrow: coming ? 1 : Math.max(1, (Math.min(to, at) - from) / 86_400_000) }}
              aria-current={!coming && to > at ? 'true' : undefined}
              data-coming={coming || undefined}
            >
              <b className="cut">{nameIn(period.stage, language)}</b>
              <span className="small soft cut">{format.day(period.from)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** Orders as one reads down: what, where, when, and what each waits for. */
export function Orders({ orders }: { orders: readonly OrderRow[] }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const placeName = usePlaceName();
  return (
    <ul className="sg-orders">
      {orders.map((order) => (
        <li key={order.id}>
          <Link to="/stages/orders/$id" params={{ id: order.id } as never}>
            <b className="cut">
              {nameIn(order.from, language)} → {nameIn(order.to, language)}
            </b>
            <span className="cut">{placeName(order.nodeId)}</span>
            <span className="cut soft">{order.number ?? order.basis.number}</span>
            <span className="row">
              <OrderState order={order} />
              {order.state === 'withdrawn' || order.atOnce ? (
                <span className="small soft">{order.atOnce ? t('emergency') : format.moment(order.effectiveAt)}</span>
              ) : (
                <DeadlineClock due={order.effectiveAt} from={order.drafted.at} />
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Which stage holds where, what may follow, and the orders on their way. */
export function StagesPage() {
  const t = useT();
  const { data: overview, error, refetch } = useOverview();
  if (error && !overview) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  return (
    <div className="sg-page" aria-busy={overview ? undefined : true}>
      <StageTabs />
      <p className="small soft sg-lead">{t('lead')}</p>
      {overview && (
        <>
          <section className="panel" aria-labelledby="sg-open">
            <div className="sg-head">
              <h2 id="sg-open">{t('onTheirWay')}</h2>
            </div>
            {overview.open.length === 0 ? (
              <Empty title={t('noneOnTheWay')}>{t('noneOnTheWayHow')}</Empty>
            ) : (
              <Orders orders={overview.open} />
            )}
          </section>
          <div className="sg-now">
            <GroupNow overview={overview} />
            <div className="sg-right">
              <TimeLine />
              <OwnStages overview={overview} />
            </div>
          </div>
        </>
      )}
    </div>
  );
}
