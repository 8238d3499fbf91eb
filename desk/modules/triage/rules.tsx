import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { triageEndpoints as api, type RuleRow } from '../../../contract/triage.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { Button } from '../../kit/button.tsx';
import { CategoryPicker } from '../../kit/category-picker.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Field } from '../../kit/field.tsx';
import { notify } from '../../kit/notify.tsx';
import { OrgPicker } from '../../kit/org-picker.tsx';
import { Problem } from '../../kit/problem.tsx';
import { SelectField } from '../../kit/select-field.tsx';
import { Decisions } from './decisions.tsx';
import { useT } from './words.ts';

const units = ['unit'] as const;
const sures = [0.7, 0.8, 0.9, 0.95] as const;
const priorities = ['high', 'normal24', 'normal48', 'normal72'] as const;
const refreshes = [['triage']] as const;

/** One rule: what it says, what it would have done, and its switch. */
function RuleCard({ rule }: { rule: RuleRow }) {
  const t = useT();
  const directory = useDirectory();
  const format = useFormat();
  const trial = useAct(api.tryRule, { refreshes, onFail: notify.problem });
  const force = useAct(api.putInForce, {
    refreshes,
    onDone: () => notify.good(t('inForce')),
    onFail: notify.problem,
  });
  const end = useAct(api.endRule, { refreshes, onDone: () => notify.good(t('ended')), onFail: notify.problem });
  const [listed, setListed] = useState(false);
  const name = directory.categoryName(rule.categoryId);
  const recently = rule.simulatedAt !== null && now() - Date.parse(rule.simulatedAt) < 86_400_000;
  const found = trial.data;
  return (
    <li className="tr-rule">
      <p>
        <span className={rule.state === 'in_force' ? 'tag strong' : 'tag'}>{t(`state_${rule.state}`)}</span>{' '}
        {t('ruleText', {
          unit: rule.unitId === null ? t('everyUnit') : directory.nameOf(rule.unitId),
          name,
          p: Math.round(rule.leastP * 100),
          priority: t.or(`priority_${rule.mostPriority}`, rule.mostPriority),
        })}
      </p>
      <p className="soft small">
        {t('madeBy', { who: rule.madeBy, at: format.moment(rule.madeAt) })}
        {rule.dispatched > 0 && (
          <>
            {' · '}
            <button type="button" className="linkish" aria-expanded={listed} onClick={() => setListed(!listed)}>
              {t('ruleDispatched', { n: rule.dispatched })}
            </button>
          </>
        )}
      </p>
      {listed && <Decisions days={30} ruleId={rule.id} />}
      {found && (
        <div role="status">
          <p>
            {found.would === 0
              ? t('triedNone')
              : t('tried', { would: found.would, same: found.same, other: found.would - found.same })}
          </p>
          <ul className="tr-decisions">
            {found.other.map((one) => (
              <li key={one.requestId}>
                <Link className="link" to="/requests/$id" params={{ id: one.requestId } as never}>
                  {one.number}
                </Link>
                <span className="small">
                  {t('decidedAs', { name: directory.categoryName(one.categoryId) })} {directory.lineName(one.lineId)}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {rule.state !== 'ended' && (
        <div className="tr-acts">
          <Button small busy={trial.isPending} onClick={() => trial.mutate({ id: rule.id })}>
            {t('tryRule')}
          </Button>
          {rule.state === 'draft' && (
            <>
              <Button
                small
                kind="main"
                disabled={!recently}
                busy={force.isPending}
                onClick={() => force.mutate({ id: rule.id, version: rule.version })}
              >
                {t('putInForce')}
              </Button>
              {!recently && <span className="soft small">{t('tryFirst')}</span>}
            </>
          )}
          <Button
            small
            kind="plain"
            busy={end.isPending}
            onClick={() => end.mutate({ id: rule.id, version: rule.version })}
          >
            {t('end')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** Rules the group wrote, and the form for one more. */
export function Rules() {
  const t = useT();
  const [categoryId, setCategory] = useState<number | null>(null);
  const [unitId, setUnit] = useState<number | null>(null);
  const [leastP, setLeastP] = useState<number>(0.9);
  const [mostPriority, setMost] = useState<(typeof priorities)[number]>('normal24');
  const list = useQuery({ queryKey: ['triage', 'rules'], queryFn: () => call(api.rules, {}) });
  const make = useAct(api.makeRule, {
    refreshes,
    onDone: () => {
      setCategory(null);
      setUnit(null);
      notify.good(t('ruleMade'));
    },
    onFail: notify.problem,
  });
  if (list.error && !list.data)
    return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  return (
    <div className="tr-wide">
      <p className="soft">{t('rulesLead')}</p>
      <form
        className="tr-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (categoryId !== null) make.mutate({ categoryId, unitId, leastP, mostPriority });
        }}
      >
        <div className="tr-fields">
          <Field label={t('category')}>
            {({ id }) => <CategoryPicker id={id} label={t('category')} value={categoryId} onChange={setCategory} />}
          </Field>
          <Field label={t('unit')}>
            {({ id }) => (
              <OrgPicker
                id={id}
                kinds={units}
                clearable
                label={t('unit')}
                placeholder={t('everyUnit')}
                value={unitId}
                onChange={setUnit}
              />
            )}
          </Field>
          <SelectField
            label={t('leastP')}
            value={leastP}
            options={sures}
            word={(one) => t('percent', { n: Math.round(one * 100) })}
            onChange={setLeastP}
          />
          <SelectField
            label={t('mostPriority')}
            value={mostPriority}
            options={priorities}
            word={(one) => t(`priority_${one}`)}
            onChange={setMost}
          />
        </div>
        <div className="tr-acts">
          <Button submit kind="main" disabled={categoryId === null} busy={make.isPending}>
            {t('makeRule')}
          </Button>
        </div>
      </form>
      {list.data?.rules.length === 0 && <Empty title={t('noRules')}>{t('noRulesHow')}</Empty>}
      <ul className="tr-form">
        {(list.data?.rules ?? []).map((rule) => (
          <RuleCard key={rule.id} rule={rule} />
        ))}
      </ul>
    </div>
  );
}
