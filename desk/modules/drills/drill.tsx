import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { drillEndpoints as api, type DrillFile } from '../../../contract/drills.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useNow } from '../../app/now.ts';
import { useMay } from '../../app/session.tsx';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Dialog, notify, Problem, TextField } from '../../kit/index.ts';
import { Assess } from './assess.tsx';
import { PlanView, useSaid } from './contingency.tsx';
import { Tabs } from './tabs.tsx';
import { useT } from './words.ts';

const clockOf = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** Runs while the drill does. */
function Watch({ since }: { since: string }) {
  return <span className="rd-watch">{clockOf(useNow(1000) - Date.parse(since))}</span>;
}

const minuteOf = (drill: DrillFile, reachedAt: string): number =>
  Math.round((Date.parse(reachedAt) - Date.parse(drill.startedAt!)) / 6000) / 10;

const tones = { in_time: 'good', late: 'near', not_reached: 'over' } as const;

/** The steps of the plan against the stopwatch: a big button each, for a thumb. */
function Steps({ drill }: { drill: DrillFile }) {
  const t = useT();
  const said = useSaid();
  const mark = useAct(api.markStep, { refreshes: [['drills', 'drill', drill.id]], onFail: notify.problem });
  return (
    <ol>
      {drill.plan.steps.map((step, i) => {
        const one = drill.marks[i]!;
        const minute = one.reachedAt ? minuteOf(drill, one.reachedAt) : null;
        return (
          <li key={one.n} className="rd-mark">
            <span>
              <span className="small soft">{t('within', { n: step.within })}</span>
              <br />
              {said(step.what)}
              <span className="small soft"> · {[said(step.who), said(step.with)].filter(Boolean).join(' · ')}</span>
              {one.remark && <span className="small"> — {one.remark}</span>}
            </span>
            <span className="row">
              {minute !== null && (
                <span className={`small ${minute > step.within ? 'over' : 'good'}`}>{t('at', { m: minute })}</span>
              )}
              {one.verdict && (
                <span className={`tag ${tones[one.verdict]}`}>
                  {t(one.verdict === 'late' ? 'v_late' : one.verdict)}
                </span>
              )}
              {minute === null && drill.can.mark && (
                <Button
                  kind="main"
                  busy={mark.isPending && mark.variables?.n === one.n}
                  onClick={() => mark.mutate({ id: drill.id, n: one.n })}
                >
                  {t('reached')}
                </Button>
              )}
              {minute === null && !drill.can.mark && drill.startedAt && !one.verdict && (
                <span className="small softer">{t('notYet')}</span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** One drill on one page: the watch, the steps, what the observer says, what is to be mended. */
export default function DrillPage() {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const language = useLocale();
  const may = useMay();
  const { id } = useParams({ strict: false }) as { id: string };
  const [form, setForm] = useState<'end' | 'close' | 'cancel' | null>(null);
  const [words, setWords] = useState('');
  const {
    data: drill,
    error,
    refetch,
  } = useQuery({
    queryKey: ['drills', 'drill', id],
    queryFn: () => call(api.drill, { id }),
    // Whoever runs it and whoever watches see each other's marks.
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 2000 : false),
  });
  const close = (): void => {
    setForm(null);
    setWords('');
  };
  const act = { refreshes: [['drills']], onFail: notify.problem, onDone: close };
  const start = useAct(api.startDrill, act);
  const end = useAct(api.endDrill, act);
  const closing = useAct(api.closeDrill, act);
  const cancel = useAct(api.cancelDrill, act);
  if (error && !drill) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!drill) return null;
  const busy = start.isPending || end.isPending || closing.isPending || cancel.isPending;
  const heads = Number(words);
  const right =
    form === 'end' ? Number.isInteger(heads) && heads >= 1 : form === 'cancel' ? words.trim().length >= 2 : true;
  return (
    <div className="rd-page">
      <Tabs />
      <header className="rd-head">
        <Link className="soft" to="/readiness/drills">
          {t('back')}
        </Link>
        <h1>{nameIn(drill, language)}</h1>
        <span className="tag">{t(`s_${drill.state}`)}</span>
        <span className="softer">{drill.number}</span>
        {drill.late && <span className="tag over">{t('lateStart')}</span>}
      </header>
      {drill.cancelledWhy && <p role="status">{t('cancelled', { why: drill.cancelledWhy })}</p>}
      <div className="rd-two">
        <section className="rd-card" aria-label={t('first30')}>
          {drill.can.start && (
            <>
              <p className="soft">{t('startHow')}</p>
              <span className="rd-acts">
                <Button kind="main" busy={busy} onClick={() => start.mutate({ id })}>
                  {t('start')}
                </Button>
              </span>
            </>
          )}
          {drill.state === 'running' && (
            <div className="row">
              <Watch since={drill.startedAt!} />
              <span className="soft">{t('running')}</span>
              <span className="grow" />
              {drill.can.end && (
                <Button busy={busy} onClick={() => setForm('end')}>
                  {t('end')}
                </Button>
              )}
            </div>
          )}
          <Steps drill={drill} />
          {drill.assessment && (
            <>
              <h3>{t('assessment')}</h3>
              <p>{drill.assessment}</p>
              <p className="small soft">
                {t('assessedBy', { who: drill.assessedBy ?? '', at: format.moment(drill.assessedAt!) })}
              </p>
            </>
          )}
        </section>
        <section className="rd-card">
          <dl className="rd-facts">
            <div>
              <dt>{t('where')}</dt>
              <dd>{directory.nameOf(drill.siteId ?? drill.unitId)}</dd>
            </div>
            <div>
              <dt>{t('when')}</dt>
              <dd>
                {format.moment(drill.plannedFor)} · {t(drill.announced ? 'announced' : 'unannounced')}
              </dd>
            </div>
            <div>
              <dt>{t('leader')}</dt>
              <dd>{drill.leader.label}</dd>
            </div>
            <div>
              <dt>{t('observer')}</dt>
              <dd>{drill.observers.map((one) => one.label).join('、')}</dd>
            </div>
            {drill.heads !== null && (
              <div>
                <dt>{t('heads')}</dt>
                <dd>{format.count(drill.heads)}</dd>
              </div>
            )}
            <div>
              <dt>{t('contingency')}</dt>
              <dd>
                <Link to="/readiness/risks/$id" params={{ id: drill.riskId } as never}>
                  {drill.riskNumber}
                </Link>{' '}
                · {t('of', { no: drill.contingencyNo })}
              </dd>
            </div>
          </dl>
          {drill.assessedAt && (
            <>
              <h3>{t('findings')}</h3>
              {drill.found.length === 0 && <p className="soft">{t('noFindings')}</p>}
              <ul>
                {drill.found.map((one) => (
                  <li key={one.id}>
                    {one.text}{' '}
                    {may('tasks.read') ? (
                      <Link to="/tasks/$id" params={{ id: one.taskId } as never}>
                        {one.taskNumber}
                      </Link>
                    ) : (
                      one.taskNumber
                    )}{' '}
                    <span className={`tag ${one.settled ? 'good' : 'near'}`}>
                      {t(one.settled ? 'settled' : 'open')}
                    </span>
                  </li>
                ))}
              </ul>
              {drill.state === 'assessed' && <p className="small soft">{t('closeWhy')}</p>}
            </>
          )}
          <div className="rd-acts">
            {drill.can.close && (
              <Button kind="main" busy={busy} onClick={() => setForm('close')}>
                {t('close')}
              </Button>
            )}
            {drill.can.cancel && (
              <Button kind="plain" busy={busy} onClick={() => setForm('cancel')}>
                {t('cancelDrill')}
              </Button>
            )}
          </div>
        </section>
      </div>
      {drill.can.assess && <Assess drill={drill} />}
      {drill.state === 'planned' && (
        <details>
          <summary>{t('contingency')}</summary>
          <PlanView plan={drill.plan} />
        </details>
      )}
      <Dialog
        open={form !== null}
        title={t(form === 'end' ? 'end' : form === 'cancel' ? 'cancelDrill' : 'close')}
        onClose={close}
      >
        <form
          className="rd-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (busy || !right) return;
            if (form === 'end') end.mutate({ id, heads });
            else if (form === 'cancel') cancel.mutate({ id, version: drill.version, why: words });
            else closing.mutate({ id, version: drill.version, nextDrillOn: words || null });
          }}
        >
          <TextField
            label={t(form === 'end' ? 'heads' : form === 'cancel' ? 'cancelWhy' : 'again')}
            value={words}
            maxLength={300}
            line={form === 'end' ? { type: 'number', min: 1, max: 100_000 } : form === 'close' ? { type: 'date' } : {}}
            onChange={setWords}
          />
          <div className="dialog-acts">
            <Button submit kind="main" busy={busy} disabled={!right}>
              {t(form === 'end' ? 'end' : form === 'cancel' ? 'cancelDrill' : 'close')}
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
