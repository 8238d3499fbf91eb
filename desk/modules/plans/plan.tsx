import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { planEndpoints as api, type PlanFile } from '../../../contract/plans.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button, Notice, notify, Problem } from '../../kit/index.ts';
import { AdoptedHere } from '../lessons/adopted-here.tsx';
import { BeginPlan } from './begin.tsx';
import { Changes, Differences } from './differences.tsx';
import { Effect } from './effect.tsx';
import { Lines } from './lines.tsx';
import { PlanMark } from './marks.tsx';
import './plans.css';
import { Reason } from './reason.tsx';
import { Signatures } from './signatures.tsx';
import { MeasuresUpload } from './table-file.tsx';
import { WithWords } from './with-words.tsx';
import { usePlanWords } from './words.ts';

/** The versions of a plan for its stage. */
function Versions({ plan }: { plan: PlanFile }) {
  const t = usePlanWords();
  const format = useFormat();
  if (plan.versions.length < 2) return null;
  return (
    <section className="panel" aria-labelledby="pl-versions">
      <h2 id="pl-versions">{t('versions')}</h2>
      <ul className="pl-list">
        {plan.versions.map((one) => (
          <li key={one.id}>
            <Link
              to="/plans/$id"
              params={{ id: one.id } as never}
              aria-current={one.id === plan.id ? 'page' : undefined}
            >
              {t('versionNo', { n: one.versionNo })}
            </Link>{' '}
            <span className="small soft">
              {t(one.state)} {format.moment(one.createdAt)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One plan: its lines, who signed, what it still lacks, what changed. */
export default function PlanPage() {
  const t = usePlanWords();
  const format = useFormat();
  const directory = useDirectory();
  const navigate = useNavigate();
  const { id } = useParams({ strict: false }) as { id: string };
  const [asking, setAsking] = useState<'sendBack' | 'withdraw' | 'renew' | 'upload' | null>(null);
  const { data: plan, error, refetch } = useQuery({ queryKey: ['plans', id], queryFn: () => call(api.plan, { id }) });
  const refreshes = [['plans']] as const;
  const sign = useAct(api.sign, {
    refreshes,
    onDone: () => notify.good(t('signed')),
    onFail: (failed) => {
      notify.problem(failed);
      void refetch();
    },
  });
  const closed = { refreshes, onDone: () => setAsking(null), onFail: notify.problem };
  const back = useAct(api.sendBack, closed);
  const withdraw = useAct(api.withdraw, closed);
  if (error && !plan) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!plan) return <div className="page-waiting" aria-busy="true" />;
  const of = (what: 'phase' | 'nature', value: string) => plan.table.filter((line) => line[what] === value).length;
  const open = ['draft', 'site_feasible', 'reviewed'].includes(plan.state);
  return (
    <div className="pl-page">
      <header className="pl-head">
        <Link className="linkish small" to="/plans" search={{ stage: plan.stage } as never}>
          {t('back')}
        </Link>
        <h1>
          {plan.kind === 'site_set' ? `${directory.node(plan.nodeId)?.code} ` : ''}
          {directory.nameOf(plan.nodeId)} · {t(plan.kind)} · {plan.stage}
        </h1>
        <p className="pl-filters">
          <PlanMark state={plan.state} />
          <span className="small soft">{t('versionNo', { n: plan.versionNo })}</span>
          <span className="small soft">
            {t('because', { trigger: t(`t_${plan.trigger}`), words: plan.triggerWords })}
          </span>
          {plan.inForceFrom && (
            <span className="small soft">
              {t('inForceFrom')} {format.moment(plan.inForceFrom)}
            </span>
          )}
        </p>
        <p className="small soft">
          {t('balance', { b: of('phase', 'before'), d: of('phase', 'during'), a: of('phase', 'after') })} ·{' '}
          {t('natures', {
            p: of('nature', 'political'),
            b: of('nature', 'business'),
            s: of('nature', 'service'),
          })}
        </p>
        <div className="pl-acts">
          {plan.can.steps.map((step) => (
            <Button
              key={step}
              kind="main"
              busy={sign.isPending}
              disabled={plan.faults.length > 0 && step !== 'still_fits' && step !== 'begun'}
              onClick={() => sign.mutate({ id, version: plan.version, step })}
            >
              {t(`do_${step}`)}
            </Button>
          ))}
          {plan.can.reviewEffect && (
            <Button kind="main" onClick={() => document.getElementById('pl-effect')?.scrollIntoView()}>
              {t('do_effect')}
            </Button>
          )}
          {plan.can.sendBack && <Button onClick={() => setAsking('sendBack')}>{t('sendBack')}</Button>}
          {plan.can.renew && <Button onClick={() => setAsking('renew')}>{t('renew')}</Button>}
          {plan.can.withdraw && <Button onClick={() => setAsking('withdraw')}>{t('withdraw')}</Button>}
          <a className="btn" href={`/api/plans/${id}/table.xlsx`} download>
            {t('excel')}
          </a>
          {plan.can.edit && <Button onClick={() => setAsking('upload')}>{t('upload')}</Button>}
          <a className="btn" href={`/api/plans/${id}/paper.docx`} download>
            {t('word')}
          </a>
        </div>
      </header>
      {plan.copied && plan.like && (
        <Notice kind="over">
          {t('copied', { place: directory.nameOf(plan.like.siteId), own: format.percent(plan.like.own) })}
        </Notice>
      )}
      {open && plan.faults.length > 0 && (
        <Notice kind="near">
          {t('missing')} {plan.faults.map((fault) => fault.message).join('；')}
        </Notice>
      )}
      {open && plan.faults.length === 0 && <Notice kind="good">{t('complete')}</Notice>}
      <div className="pl-columns">
        <div className="pl-side">
          <Lines plan={plan} />
          {plan.kind === 'site_set' && <Reason plan={plan} />}
          <Differences plan={plan} />
          <AdoptedHere panel kind="plan" id={plan.id} />
        </div>
        <div className="pl-side">
          <Signatures plan={plan} />
          <Effect plan={plan} />
          <Versions plan={plan} />
          <Changes plan={plan} />
        </div>
      </div>
      {asking === 'sendBack' && (
        <WithWords
          title={t('sendBack')}
          label={t('sendBackWords')}
          busy={back.isPending}
          onDo={(words) => back.mutate({ id, version: plan.version, words })}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'withdraw' && (
        <WithWords
          title={t('withdraw')}
          label={t('withdrawWords')}
          busy={withdraw.isPending}
          onDo={(words) => withdraw.mutate({ id, version: plan.version, words })}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'upload' && <MeasuresUpload plan={plan} onClose={() => setAsking(null)} />}
      {asking === 'renew' && (
        <BeginPlan
          stage={plan.stage}
          places={[{ kind: plan.kind, nodeId: plan.nodeId }]}
          chosen={plan.nodeId}
          onClose={() => setAsking(null)}
          onBegun={(next) => {
            setAsking(null);
            void navigate({ to: '/plans/$id', params: { id: next } as never });
          }}
        />
      )}
    </div>
  );
}
