import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { drillEndpoints as api, type NearMiss } from '../../../contract/drills.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Dialog, Empty, Problem } from '../../kit/index.ts';
import { MissForm, TriageForm } from './miss-forms.tsx';
import { Tabs } from './tabs.tsx';
import { useT } from './words.ts';

const views = ['all', 'waiting'] as const;

function Row({ miss, onTriage }: { miss: NearMiss; onTriage: () => void }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const language = useLocale();
  const may = useMay();
  return (
    <li className="rd-miss">
      <div className="row">
        <span className={`tag ${miss.outcome === null ? 'near' : 'good'}`}>
          {t(miss.outcome === null ? 'waitingView' : `o_${miss.outcome}`)}
        </span>
        <span className="small soft cut">
          {directory.nameOf(miss.siteId ?? miss.unitId)}
          {miss.place && ` · ${miss.place}`} · {format.moment(miss.happenedAt)}
        </span>
        <span className="small softer">{miss.number}</span>
        <span className="grow" />
        {miss.can.triage && (
          <Button small onClick={onTriage}>
            {t('triage')}
          </Button>
        )}
      </div>
      <p>{miss.what}</p>
      <p className="small soft">{t('stopped', { text: miss.stoppedBy })}</p>
      {miss.triage && (
        <p className="small">
          {miss.triage}{' '}
          {miss.risk && (
            <Link to="/readiness/risks/$id" params={{ id: miss.risk.id } as never}>
              {nameIn(miss.risk, language)}
            </Link>
          )}
          {miss.task && (
            <Link to="/tasks/$id" params={{ id: miss.task.id } as never}>
              {miss.task.number}
            </Link>
          )}{' '}
          <span className="softer">
            {t('byOn', { who: miss.triagedBy ?? '', at: miss.triagedAt ? format.day(miss.triagedAt) : '' })}
          </span>
        </p>
      )}
      {miss.outcome === 'lesson' && may('lessons.write') && (
        <p className="small">
          <Link to="/lessons/all" search={{ restsOn: miss.number } as never}>
            {t('writeLesson')}
          </Link>
        </p>
      )}
      {miss.reporter && <p className="small softer">{t('reporter', { who: miss.reporter })}</p>}
    </li>
  );
}

/** What nearly happened; anybody tells it, the liaison and the support group decide what follows. */
export default function NearMissesPage() {
  const t = useT();
  const navigate = useNavigate();
  const { view = 'all', riskId } = useSearch({ strict: false }) as { view?: (typeof views)[number]; riskId?: string };
  const [adding, setAdding] = useState(false);
  const [deciding, setDeciding] = useState<NearMiss | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['drills', 'misses', view, riskId],
    queryFn: () => call(api.nearMisses, { view, riskId }),
    placeholderData: keepPreviousData,
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  return (
    <div className="rd-page">
      <Tabs />
      <header className="rd-head">
        <h1>{t('tab_misses')}</h1>
        <div className="rd-views">
          {views.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === view}
              onClick={() =>
                void navigate({ to: '/readiness/near-misses', search: { view: one, riskId } as never, replace: true })
              }
            >
              {t(one === 'all' ? 'allView' : 'waitingView')} <span className="soft">{data?.counts[one] ?? ''}</span>
            </button>
          ))}
        </div>
        <Button kind="main" onClick={() => setAdding(true)}>
          {t('recordMiss')}
        </Button>
      </header>
      <p className="soft small">{t('missLead')}</p>
      {data && data.nearMisses.length === 0 ? (
        <Empty title={t('noMisses')}>{t('missLead')}</Empty>
      ) : (
        <ul className="rd-rows">
          {data?.nearMisses.map((miss) => (
            <Row key={miss.id} miss={miss} onTriage={() => setDeciding(miss)} />
          ))}
        </ul>
      )}
      <Dialog open={adding} title={t('recordMiss')} onClose={() => setAdding(false)}>
        <MissForm onClose={() => setAdding(false)} />
      </Dialog>
      <Dialog
        open={deciding !== null}
        title={`${t('triage')} ${deciding?.number ?? ''}`}
        onClose={() => setDeciding(null)}
      >
        {deciding && <TriageForm miss={deciding} onClose={() => setDeciding(null)} />}
      </Dialog>
    </div>
  );
}
