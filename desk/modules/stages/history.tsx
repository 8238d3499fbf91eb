import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { stageEndpoints as api, type PeriodView } from '../../../contract/stages.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Problem } from '../../kit/index.ts';
import { Hands } from './hands.tsx';
import { Orders } from './page.tsx';
import './stages.css';
import { StageTabs } from './tabs.tsx';
import { usePlaceName } from './turn.tsx';
import { useT } from './words.ts';

function Leads({ period }: { period: PeriodView }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  if (period.leads.length === 0) return <span className="softer">{t('noLeads')}</span>;
  // The least first: those are the ones to look at.
  return (
    <span className="sg-leads">
      {[...period.leads]
        .sort((a, b) => a.days - b.days)
        .map((lead) => (
          <span
            key={lead.unitId}
            className={lead.days > 1 ? 'tag' : 'tag near'}
            title={lead.since ? t('since', { at: format.full(lead.since) }) : undefined}
          >
            {directory.nameOf(lead.unitId)} {t('days', { n: lead.days })}
          </span>
        ))}
    </span>
  );
}

function Period({ period }: { period: PeriodView }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const placeName = usePlaceName();
  const { order } = period;
  const begins = Date.parse(period.from);
  const ends = period.to === null ? now() : Date.parse(period.to);
  return (
    <li className="panel sg-period">
      <div className="when">
        <b>{nameIn(period.stage, language)}</b>
        <span>{placeName(period.nodeId)}</span>
        <span className="small soft">{format.full(period.from)}</span>
        {(period.to !== null || begins <= now()) && (
          <span className="small soft">→ {period.to ? format.full(period.to) : t('to_present')}</span>
        )}
        <span className="small softer">{begins > now() ? t('future') : format.span(ends - begins)}</span>
      </div>
      <div className="what">
        {order ? (
          <>
            <p className="row">
              <Link className="link" to="/stages/orders/$id" params={{ id: order.id } as never}>
                {order.number ?? t('order')}
              </Link>
              <span className="small soft">{t(`state_${order.state}`)}</span>
              {order.emergency && <span className="tag over">{t('emergency')}</span>}
            </p>
            <Hands order={order} />
          </>
        ) : (
          <p className="soft">{t('noOrder')}</p>
        )}
        <dl className="facts">
          <dt>{t('basis')}</dt>
          <dd>
            {period.basis} {order && <span className="soft">{order.basis.title}</span>}
          </dd>
          {order && (
            <>
              <dt>{t('trigger')}</dt>
              <dd>{order.trigger}</dd>
              <dt title={t('leadWhy')}>{t('leadsTitle')}</dt>
              <dd>
                <Leads period={period} />
              </dd>
            </>
          )}
        </dl>
      </div>
    </li>
  );
}

/** The time line: every stage there was and will be, the latest first. */
export function HistoryPage() {
  const t = useT();
  const { data, error, refetch } = useQuery({
    queryKey: ['stages', 'history'],
    queryFn: () => call(api.history, {}),
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  return (
    <div className="sg-page" aria-busy={data ? undefined : true}>
      <StageTabs />
      <p className="small soft sg-lead">{t('historyLead')}</p>
      <ol className="sg-line">
        {data?.periods.toReversed().map((period) => (
          <Period key={period.id} period={period} />
        ))}
      </ol>
      {data && data.rejoined.length > 0 && (
        <section className="panel" aria-labelledby="sg-rejoined">
          <div className="sg-head">
            <h2 id="sg-rejoined">{t('rejoinedTitle')}</h2>
          </div>
          <Orders orders={data.rejoined} />
        </section>
      )}
      {data && data.withdrawn.length > 0 && (
        <section className="panel" aria-labelledby="sg-withdrawn">
          <div className="sg-head">
            <h2 id="sg-withdrawn">{t('withdrawnTitle')}</h2>
          </div>
          <Orders orders={data.withdrawn} />
        </section>
      )}
    </div>
  );
}
