import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { drillEndpoints as api, type RiskRow } from '../../../contract/drills.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Dialog, Empty, Problem } from '../../kit/index.ts';
import { RiskForm } from './risk-form.tsx';
import { Tabs } from './tabs.tsx';
import { useT } from './words.ts';

const views = ['open', 'uncovered', 'retired'] as const;
const viewWords = { open: 'openView', uncovered: 'uncoveredView', retired: 'retiredView' } as const;

function Row({ risk }: { risk: RiskRow }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const language = useLocale();
  const node = directory.node(risk.nodeId);
  return (
    <li>
      <Link className="rd-row" to="/readiness/risks/$id" params={{ id: risk.id } as never}>
        <span>
          <span className={`tag ${risk.severity === 'red' ? 'over' : 'near'}`}>{t(risk.severity)}</span>
        </span>
        <span>
          <b>{nameIn(risk, language)}</b> <span className="small softer">{risk.number}</span>
        </span>
        <span className="small soft">
          {node?.kind === 'group' ? t('group') : directory.nameOf(risk.nodeId)} · {risk.owner.label}
        </span>
        <span className="small soft">
          {risk.lastDrillAt ? t('lastDrill', { at: format.day(risk.lastDrillAt) }) : t('neverDrilled')}
          {risk.nearMisses > 0 && ` · ${t('nearMissCount', { n: risk.nearMisses })}`}
        </span>
        <span className="tags small">
          {risk.lacks.map((one) => (
            <span key={one} className="tag over">
              {t(`lacks_${one}`)}
            </span>
          ))}
          {risk.open && <span className="tag info">{t(risk.open)}</span>}
          {risk.nextDrillOn && `${t('nextDrill')} ${format.date(risk.nextDrillOn)}`}
        </span>
      </Link>
    </li>
  );
}

/** The register of risks; red ones that lack a plan or a drill day stand first. */
export default function RisksPage() {
  const t = useT();
  const may = useMay();
  const navigate = useNavigate();
  const { view = 'open' } = useSearch({ strict: false }) as { view?: (typeof views)[number] };
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['drills', 'risks', view],
    queryFn: () => call(api.risks, { view }),
    placeholderData: keepPreviousData,
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  return (
    <div className="rd-page">
      <Tabs />
      <header className="rd-head">
        <h1>{t('tab_risks')}</h1>
        <div className="rd-views">
          {views.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === view}
              onClick={() => void navigate({ to: '/readiness/risks', search: { view: one } as never, replace: true })}
            >
              {t(viewWords[one])} <span className="soft">{data?.counts[one] ?? ''}</span>
            </button>
          ))}
        </div>
        {may('drills.work') && (
          <Button kind="main" onClick={() => setAdding(true)}>
            {t('newRisk')}
          </Button>
        )}
      </header>
      {data && data.risks.length === 0 ? (
        <Empty title={t('noRisks')}>{t('noRisksHow')}</Empty>
      ) : (
        <ul className="rd-rows">
          {data?.risks.map((risk) => (
            <Row key={risk.id} risk={risk} />
          ))}
        </ul>
      )}
      <Dialog open={adding} title={t('newRisk')} onClose={() => setAdding(false)}>
        <RiskForm
          risk={null}
          onDone={(id) => void navigate({ to: '/readiness/risks/$id', params: { id } as never })}
          onCancel={() => setAdding(false)}
        />
      </Dialog>
    </div>
  );
}
