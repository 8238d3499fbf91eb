import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { drillEndpoints as api } from '../../../contract/drills.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Dialog, notify, Problem, TextField } from '../../kit/index.ts';
import { AdoptedHere } from '../lessons/adopted-here.tsx';
import { ContingencyForm, PlanView } from './contingency.tsx';
import { DrillForm } from './drill-form.tsx';
import { DrillRows } from './drill-rows.tsx';
import { RiskForm } from './risk-form.tsx';
import { Tabs } from './tabs.tsx';
import { useT } from './words.ts';

/** One risk: what is done then, in every version, and the drills of it. */
export default function RiskPage() {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const language = useLocale();
  const { id } = useParams({ strict: false }) as { id: string };
  const [form, setForm] = useState<'change' | 'write' | 'drill' | 'retire' | 'refuse' | null>(null);
  const [words, setWords] = useState('');
  const [shownNo, setShownNo] = useState<number | null>(null);
  const {
    data: risk,
    error,
    refetch,
  } = useQuery({
    queryKey: ['drills', 'risk', id],
    queryFn: () => call(api.risk, { id }),
  });
  const close = (): void => {
    setForm(null);
    setWords('');
  };
  const act = {
    refreshes: [['drills']],
    onFail: notify.problem,
    onDone: () => {
      notify.good(t('saved'));
      close();
    },
  };
  const submit = useAct(api.submitContingency, act);
  const decide = useAct(api.decideContingency, act);
  const retire = useAct(api.retireRisk, act);
  if (error && !risk) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!risk) return null;
  const waiting = risk.contingencies.find((one) => one.state === 'in_review');
  const open = waiting ?? risk.contingencies.find((one) => one.state === 'draft');
  const shown =
    risk.contingencies.find((one) => one.no === shownNo) ??
    waiting ??
    risk.contingencies.find((one) => one.state === 'approved') ??
    open;
  const busy = submit.isPending || decide.isPending || retire.isPending;
  return (
    <div className="rd-page">
      <Tabs />
      <header className="rd-head">
        <Link className="soft" to="/readiness/risks">
          {t('back')}
        </Link>
        <h1>{nameIn(risk, language)}</h1>
        <span className={`tag ${risk.severity === 'red' ? 'over' : 'near'}`}>{t(risk.severity)}</span>
        <span className="softer">{risk.number}</span>
        {risk.lacks.map((one) => (
          <span key={one} className="tag over">
            {t(`lacks_${one}`)}
          </span>
        ))}
      </header>
      {risk.retiredWhy && <p role="status">{t('retired', { why: risk.retiredWhy })}</p>}
      <div className="rd-acts">
        {risk.can.decide && waiting && (
          <>
            <Button
              kind="main"
              busy={busy}
              onClick={() => decide.mutate({ id, no: waiting.no, saves: waiting.saves, approve: true })}
            >
              {t('approve')}
            </Button>
            <Button busy={busy} onClick={() => setForm('refuse')}>
              {t('refuse')}
            </Button>
          </>
        )}
        {risk.can.submit && (
          <Button kind="main" busy={busy} onClick={() => submit.mutate({ id })}>
            {t('submit')}
          </Button>
        )}
        {risk.can.write && (
          <Button busy={busy} onClick={() => setForm('write')}>
            {t(open ? 'editPlan' : shown ? 'newVersion' : 'writePlan')}
          </Button>
        )}
        {risk.can.drill && (
          <Button busy={busy} onClick={() => setForm('drill')}>
            {t('plan')}
          </Button>
        )}
        {risk.can.change && (
          <>
            <Button kind="plain" busy={busy} onClick={() => setForm('change')}>
              {t('change')}
            </Button>
            <Button kind="plain" busy={busy} onClick={() => setForm('retire')}>
              {t('retire')}
            </Button>
          </>
        )}
      </div>
      <div className="rd-two">
        <section className="rd-card">
          <h2>{t('contingency')}</h2>
          {shown ? (
            <>
              <p className="small soft">
                {t('version', { no: shown.no })} · {t(shown.state)} ·{' '}
                {t('writtenBy', { who: shown.author, at: format.day(shown.writtenAt) })}
                {shown.decidedBy &&
                  ` · ${t(shown.state === 'refused' ? 'refused' : 'approved')} ${t('decidedBy', { who: shown.decidedBy, at: format.day(shown.decidedAt!) })}`}
              </p>
              {shown.decision && <p>{shown.decision}</p>}
              <PlanView plan={shown.plan} />
              <AdoptedHere kind="contingency" id={shown.id} />
            </>
          ) : (
            <p className="soft">{t('noContingency')}</p>
          )}
          {risk.contingencies.length > 1 && (
            <fieldset className="rd-views" aria-label={t('versions')}>
              {risk.contingencies.map((one) => (
                <button
                  key={one.no}
                  type="button"
                  aria-pressed={one.no === shown?.no}
                  onClick={() => setShownNo(one.no)}
                >
                  {t('version', { no: one.no })} · {t(one.state)}
                </button>
              ))}
            </fieldset>
          )}
        </section>
        <section className="rd-card">
          <dl className="rd-facts">
            <div>
              <dt>{t('where')}</dt>
              <dd>{directory.node(risk.nodeId)?.kind === 'group' ? t('group') : directory.nameOf(risk.nodeId)}</dd>
            </div>
            <div>
              <dt>{t('owner')}</dt>
              <dd>{risk.owner.label}</dd>
            </div>
            <div>
              <dt>{t('nextDrill')}</dt>
              <dd>{risk.nextDrillOn ? format.date(risk.nextDrillOn) : '–'}</dd>
            </div>
            <div>
              <dt>{t('tab_misses')}</dt>
              <dd>
                <Link to="/readiness/near-misses" search={{ riskId: risk.id } as never}>
                  {t('nearMissCount', { n: risk.nearMisses })}
                </Link>
              </dd>
            </div>
          </dl>
          <p className="small softer">{t('openedBy', { who: risk.openedBy, at: format.day(risk.openedAt) })}</p>
        </section>
      </div>
      <h2>{t('tab_drills')}</h2>
      {risk.drills.length > 0 ? <DrillRows drills={risk.drills} /> : <p className="soft">{t('neverDrilled')}</p>}
      <Dialog open={form === 'change'} title={t('change')} onClose={close}>
        <RiskForm risk={risk} onDone={close} onCancel={close} />
      </Dialog>
      <Dialog open={form === 'write'} wide title={t('contingency')} onClose={close}>
        <ContingencyForm risk={risk} onDone={close} onCancel={close} />
      </Dialog>
      <Dialog open={form === 'drill'} title={t('plan')} onClose={close}>
        <DrillForm risk={risk} onCancel={close} />
      </Dialog>
      <Dialog
        open={form === 'retire' || form === 'refuse'}
        title={t(form === 'refuse' ? 'refuse' : 'retire')}
        onClose={close}
      >
        <form
          className="rd-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (busy || words.trim().length < 2) return;
            if (form === 'retire') retire.mutate({ id, version: risk.version, why: words });
            else if (waiting) decide.mutate({ id, no: waiting.no, saves: waiting.saves, approve: false, words });
          }}
        >
          <TextField
            label={t(form === 'refuse' ? 'refuseWhy' : 'retireWhy')}
            rows={3}
            maxLength={300}
            value={words}
            onChange={setWords}
          />
          <div className="dialog-acts">
            <Button submit kind="main" busy={busy} disabled={words.trim().length < 2}>
              {t(form === 'refuse' ? 'refuse' : 'retire')}
            </Button>
            <Button kind="plain" onClick={close}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      </Dialog>
    </div>
  );
}
