import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Fragment, useMemo, useState } from 'react';
import { planEndpoints as api, type PlanFile, type PlanLine } from '../../../contract/plans.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Dialog, Glyph, Notice, notify, Problem, TextField, useDraft } from '../../kit/index.ts';
import { AdoptedHere } from '../lessons/adopted-here.tsx';
import { BeginPlan } from './begin.tsx';
import { Changes, Differences } from './differences.tsx';
import { frequencyIn } from './frequency.ts';
import { LineForm } from './line-form.tsx';
import { PlanMark } from './marks.tsx';
import './plans.css';
import { TableFile } from './table-file.tsx';
import { usePlanWords } from './words.ts';

const steps = ['written', 'feasible', 'reviewed', 'approved', 'still_fits', 'begun'] as const;

function LineRow({ line, canEdit, onEdit }: { line: PlanLine; canEdit: boolean; onEdit: () => void }) {
  const t = usePlanWords();
  const language = useLocale();
  const directory = useDirectory();
  return (
    <tr>
      <td>
        <span className="pl-measure">
          <span>
            {line.red && (
              <span className="over" title={t('redLine')}>
                <Glyph name="square" />
                <span className="sr-only">{t('redLine')}</span>{' '}
              </span>
            )}
            {nameIn(line, language)}
          </span>
          <span className="small soft">
            <span className={line.own ? 'tag good' : 'tag'}>
              {t(line.own ? (line.inherited ? 'changed' : 'own') : 'inherited')}
            </span>
            {line.clause && <span>{line.clause}</span>}
            {line.workLineId !== null && <span>{directory.lineName(line.workLineId)}</span>}
          </span>
        </span>
      </td>
      <td>{line.who}</td>
      <td className="nowrap">{frequencyIn(t, line.frequency)}</td>
      <td>{line.place}</td>
      <td className="pl-how">{line.how}</td>
      <td className="nowrap">
        {t(line.evidence)}
        {line.evidenceCount > 1 && ` ×${line.evidenceCount}`}
      </td>
      <td className="nowrap">{t(line.nature)}</td>
      <td>
        {canEdit && (
          <Button small onClick={onEdit} aria-label={`${t('edit')} ${nameIn(line, language)}`}>
            {t('edit')}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** The table of measures by phase; a line is edited where it stands. */
function Lines({ plan }: { plan: PlanFile }) {
  const t = usePlanWords();
  const [editing, setEditing] = useState<string | null>(null);
  const remove = useAct(api.removeLine, {
    refreshes: [['plans']],
    onDone: () => setEditing(null),
    onFail: notify.problem,
  });
  const width = 8;
  return (
    <section className="panel pl-scroll" aria-label={t('lines')}>
      <table className="pl-table">
        <thead>
          <tr>
            <th scope="col">{t('measure')}</th>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('when')}</th>
            <th scope="col">{t('where')}</th>
            <th scope="col">{t('how')}</th>
            <th scope="col">{t('evidence')}</th>
            <th scope="col">{t('nature')}</th>
            <th scope="col" />
          </tr>
        </thead>
        <tbody>
          {(['before', 'during', 'after'] as const).map((phase) => {
            const lines = plan.table.filter((line) => line.phase === phase);
            return (
              <Fragment key={phase}>
                <tr className="pl-group">
                  <th scope="rowgroup" colSpan={width}>
                    {t(phase)} <span className={lines.length === 0 ? 'over' : 'small soft'}>{lines.length}</span>
                  </th>
                </tr>
                {lines.map((line) =>
                  editing === line.key ? (
                    <tr key={line.key} className="pl-editing">
                      <td colSpan={width}>
                        <LineForm plan={plan} line={line} onClose={() => setEditing(null)} />
                        <p className="pl-acts">
                          {line.red && line.templateCode ? (
                            <span className="small soft">{t('redStays')}</span>
                          ) : (
                            <Button
                              small
                              busy={remove.isPending}
                              onClick={() => remove.mutate({ id: plan.id, key: line.key, version: line.version })}
                            >
                              {t('remove')}
                            </Button>
                          )}
                        </p>
                      </td>
                    </tr>
                  ) : (
                    <LineRow
                      key={line.key}
                      line={line}
                      canEdit={plan.can.edit && editing === null}
                      onEdit={() => setEditing(line.key)}
                    />
                  ),
                )}
              </Fragment>
            );
          })}
          {editing === 'new' && (
            <tr className="pl-editing">
              <td colSpan={width}>
                <LineForm plan={plan} line={null} onClose={() => setEditing(null)} />
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {plan.can.edit && editing === null && (
        <p className="pl-acts" style={{ padding: '8px 12px' }}>
          <Button onClick={() => setEditing('new')}>{t('add')}</Button>
        </p>
      )}
    </section>
  );
}

function Reason({ plan }: { plan: PlanFile }) {
  const t = usePlanWords();
  const empty = useMemo(() => ({ words: plan.tailoringReason ?? '' }), [plan.tailoringReason]);
  const [typed, change, drop] = useDraft(`plan.reason.${plan.id}`, empty);
  const put = useAct(api.reason, {
    refreshes: [['plans']],
    onDone: () => {
      drop();
      notify.good(t('saved'));
    },
    onFail: notify.problem,
  });
  if (!plan.can.edit)
    return plan.tailoringReason ? (
      <section className="panel">
        <h2>{t('reason')}</h2>
        <p>{plan.tailoringReason}</p>
      </section>
    ) : null;
  return (
    <section className="panel">
      <form
        className="pl-form"
        onSubmit={(event) => {
          event.preventDefault();
          put.mutate({ id: plan.id, version: plan.version, words: typed.words.trim() });
        }}
      >
        <TextField
          label={t('reason')}
          hint={t('reasonHow')}
          rows={2}
          maxLength={500}
          value={typed.words}
          onChange={(words) => change({ words })}
        />
        <Button submit small busy={put.isPending} disabled={typed.words.trim() === (plan.tailoringReason ?? '')}>
          {t('save')}
        </Button>
      </form>
    </section>
  );
}

/** Who signed what, in this turn; the steps still to come stand empty. */
function Signatures({ plan }: { plan: PlanFile }) {
  const t = usePlanWords();
  const format = useFormat();
  const prepared = plan.signatures.some((one) => one.step === 'still_fits') || plan.state === 'approved';
  const shown = steps.filter(
    (step) =>
      (step !== 'feasible' || plan.kind !== 'strategy') && (prepared || (step !== 'still_fits' && step !== 'begun')),
  );
  const earlier = plan.signatures.filter((one) => one.turn < plan.turn && one.step !== 'written');
  return (
    <section className="panel" aria-labelledby="pl-signatures">
      <h2 id="pl-signatures">{t('signatures')}</h2>
      <ol className="pl-steps">
        {shown.map((step) => {
          const signed = plan.signatures.find((one) => one.step === step && one.turn === plan.turn);
          return (
            <li key={step}>
              <span className="small soft">{t(`s_${step}`)}</span>
              {signed ? (
                <span>
                  {signed.who} <span className="small soft">{format.moment(signed.at)}</span>
                  {signed.words && <span className="small soft"> {signed.words}</span>}
                </span>
              ) : (
                <span className="softer">{t('waitingFor')}</span>
              )}
            </li>
          );
        })}
      </ol>
      {earlier.length > 0 && (
        <p className="small soft">
          {t('earlier')} {earlier.map((one) => `${t(`s_${one.step}`)} ${one.who}`).join(' · ')}
        </p>
      )}
    </section>
  );
}

/** One reason to be typed, and an act that carries it. */
function WithWords({
  title,
  label,
  busy,
  onDo,
  onClose,
}: {
  title: string;
  label: string;
  busy: boolean;
  onDo: (words: string) => void;
  onClose: () => void;
}) {
  const [words, setWords] = useState('');
  const [complained, setComplained] = useState(false);
  return (
    <Dialog open title={title} onClose={onClose}>
      <form
        className="pl-form"
        onSubmit={(event) => {
          event.preventDefault();
          setComplained(true);
          if (words.trim() !== '') onDo(words.trim());
        }}
      >
        <TextField
          label={label}
          rows={3}
          maxLength={500}
          value={words}
          fault={complained && words.trim() === '' ? label : undefined}
          onChange={setWords}
        />
        <Button kind="main" submit busy={busy}>
          {title}
        </Button>
      </form>
    </Dialog>
  );
}

/** What the change aimed at, and, seven days on, whether it came to pass. */
function Effect({ plan }: { plan: PlanFile }) {
  const t = usePlanWords();
  const format = useFormat();
  const [typed, change, drop] = useDraft(
    `plan.effect.${plan.id}`,
    useMemo(() => ({ value: '', words: '' }), []),
  );
  const review = useAct(api.reviewEffect, { refreshes: [['plans']], onDone: drop, onFail: notify.problem });
  if (!plan.aim) return null;
  const { words, before, target } = plan.aim;
  const value = Number(typed.value);
  const ready = typed.value.trim() !== '' && Number.isFinite(value) && typed.words.trim() !== '';
  return (
    <section className="panel" aria-labelledby="pl-effect">
      <h2 id="pl-effect">{t('effect')}</h2>
      {plan.effect ? (
        <>
          <p>{t('effectWas', { words, before, target, value: plan.effect.value })}</p>
          <p className="small soft">
            {plan.effect.words} — {plan.effect.by} {format.moment(plan.effect.at)}
          </p>
        </>
      ) : (
        <p className="small">
          {t('effectDue', { at: plan.effectDue ? format.moment(plan.effectDue) : '+7', words, before, target })}
        </p>
      )}
      {plan.can.reviewEffect && (
        <form
          className="pl-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) review.mutate({ id: plan.id, version: plan.version, value, words: typed.words.trim() });
          }}
        >
          <TextField
            label={t('effectValue')}
            line={{ inputMode: 'decimal' }}
            maxLength={12}
            value={typed.value}
            onChange={(text) => change({ value: text })}
          />
          <TextField
            label={t('effectWords')}
            rows={2}
            maxLength={500}
            value={typed.words}
            onChange={(text) => change({ words: text })}
          />
          <Button submit busy={review.isPending} disabled={!ready}>
            {t('effectDo')}
          </Button>
        </form>
      )}
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
  const [asking, setAsking] = useState<'sendBack' | 'withdraw' | 'renew' | null>(null);
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
          {plan.can.sendBack && <Button onClick={() => setAsking('sendBack')}>{t('sendBack')}</Button>}
          {plan.can.renew && <Button onClick={() => setAsking('renew')}>{t('renew')}</Button>}
          {plan.can.withdraw && <Button onClick={() => setAsking('withdraw')}>{t('withdraw')}</Button>}
          <a className="btn" href={`/api/plans/${id}/table.xlsx`} download>
            {t('excel')}
          </a>
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
          {plan.can.edit && <TableFile plan={plan} />}
          <Differences plan={plan} />
          <AdoptedHere panel kind="plan" id={plan.id} />
        </div>
        <div className="pl-side">
          <Signatures plan={plan} />
          <Effect plan={plan} />
          {plan.versions.length > 1 && (
            <section className="panel" aria-labelledby="pl-versions">
              <h2 id="pl-versions">{t('versions')}</h2>
              <ul className="pl-list">
                {plan.versions.map((one) => (
                  <li key={one.id}>
                    <Link
                      to="/plans/$id"
                      params={{ id: one.id } as never}
                      aria-current={one.id === id ? 'page' : undefined}
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
          )}
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
