import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { followupDayEndpoints as api, type PublishedRates, type RateLine } from '../../../contract/followup-days.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { faultsIn } from '../../app/problems.ts';
import { useMay } from '../../app/session.tsx';
import { Button } from '../../kit/button.tsx';
import { useDraft } from '../../kit/draft.ts';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { useStratum } from './stratum.ts';
import { FollowupTabs } from './tabs.tsx';
import './followups.css';
import { useT } from './words.ts';

/** Published sampling rates; the follow-up lead publishes the next ones. */
export default function RatesPage() {
  const t = useT();
  const may = useMay();
  const found = useQuery({ queryKey: ['followups', 'rates'], queryFn: () => call(api.rates, {}) });
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />;
  // The newest, which may be announced and not yet in force: what is published next is a change to that one.
  const newest = found.data?.plans[0];
  return (
    <>
      <FollowupTabs />
      <div className="fu-single">
        <p className="soft small">{t('ratesLead')}</p>
        {found.data && may('followups.plan') && newest && (
          <NextRates present={newest} today={found.data.today} strata={found.data.strata} />
        )}
        <h2>{t('ratesPublished')}</h2>
        <ul className="fu-plans">
          {found.data?.plans.map((plan) => (
            <Plan key={plan.no} plan={plan} />
          ))}
        </ul>
      </div>
    </>
  );
}

function Plan({ plan }: { plan: PublishedRates }) {
  const t = useT();
  const format = useFormat();
  const { categoryName, priorityName, timingName, percent } = useStratum();
  return (
    <li className="panel fu-plan">
      <div className="row">
        <b>{plan.madeBy ? t('ratesFrom', { day: format.date(plan.from) }) : t('ratesInitial')}</b>
        {plan.inForce && <span className="tag good">{t('ratesInForce')}</span>}
        <span className="grow" />
        {plan.madeBy && (
          <span className="soft small">
            {plan.madeBy} · {format.moment(plan.madeAt)}
          </span>
        )}
      </div>
      <p>
        {plan.lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order of the lines is what they mean
          <span key={i} className="fu-rate">
            {[
              line.category ? categoryName(line.category) : null,
              line.priority ? priorityName(line.priority) : null,
              line.timing ? timingName(line.timing) : null,
            ]
              .filter(Boolean)
              .join(' · ') || t('everything')}{' '}
            <b>{percent(line.share)}</b>
          </span>
        ))}
        <span className="fu-rate">
          {t(plan.lines.length > 0 ? 'ratesElse' : 'everything')} <b>{percent(plan.base)}</b>
        </span>
        <span className="fu-rate">
          {t('ratesAgain')} <b>{percent(plan.again)}</b>
        </span>
      </p>
    </li>
  );
}

interface Draft {
  from: string;
  base: string;
  again: string;
  lines: { category: string; priority: string; timing: string; share: string }[];
}

const shown = (share: number): string => String(Math.round(share * 10_000) / 100);
const shareOf = (text: string): number => Math.round(Number(text) * 100) / 10_000;
const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

function NextRates({
  present,
  today,
  strata,
}: {
  present: PublishedRates;
  today: string;
  strata: { stratum: string; silent: number }[];
}) {
  const t = useT();
  const format = useFormat();
  const { firstLevel, categoryName, priorities, priorityName, timingName } = useStratum();
  const tomorrow = dayAfter(today);
  const first: Draft = {
    from: tomorrow,
    base: shown(present.base),
    again: shown(present.again),
    lines: present.lines.map((line) => ({
      category: line.category ?? '',
      priority: line.priority ?? '',
      timing: line.timing ?? '',
      share: shown(line.share),
    })),
  };
  const [draft, change, forget] = useDraft<Draft>('followups.rates', first);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const publish = useAct(api.setRates, {
    refreshes: [['followups', 'rates']],
    onDone: (_, { from }) => {
      forget();
      setFaults({});
      notify.good(t('ratesDone', { day: format.date(from) }));
    },
    onFail: (error) => {
      setFaults(faultsIn(error));
      notify.problem(error);
    },
  });
  const named = Object.entries(faults).filter(([field]) => field !== 'from');
  // Pressed twice, the second would publish what was in force before.
  const changed = JSON.stringify(draft) !== JSON.stringify(first);
  const changeLine = (at: number, part: Partial<Draft['lines'][number]>) =>
    change({ lines: draft.lines.map((line, i) => (i === at ? { ...line, ...part } : line)) });
  const lines = draft.lines.map((line) => ({
    category: line.category || null,
    priority: (line.priority || null) as RateLine['priority'],
    timing: (line.timing || null) as RateLine['timing'],
    share: shareOf(line.share),
  }));
  const callsADay =
    strata.reduce((sum, { stratum, silent }) => {
      const [category, priority, timing] = stratum.split('/');
      const fits = lines.find(
        (line) =>
          (line.category === null || line.category === category) &&
          (line.priority === null || line.priority === priority) &&
          (line.timing === null || line.timing === timing),
      );
      return sum + silent * (fits?.share ?? shareOf(draft.base));
    }, 0) / 14;
  const share = (field: string, value: string, onChange: (text: string) => void, label: string) => (
    <span className="fu-share">
      <input
        className="input"
        type="number"
        min={field === 'again' ? 0 : 1}
        max={100}
        step={0.01}
        aria-label={label}
        aria-invalid={faults[field] !== undefined || undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      %
    </span>
  );
  return (
    <form
      className="panel fu-next"
      onSubmit={(event) => {
        event.preventDefault();
        publish.mutate({ from: draft.from, base: shareOf(draft.base), again: shareOf(draft.again), lines });
      }}
    >
      <h2>{t('ratesNext')}</h2>
      <div className="row fu-wrap">
        <label className="row">
          {t('ratesFromLabel')}
          <input
            className="input"
            type="date"
            min={tomorrow}
            value={draft.from}
            aria-invalid={faults.from !== undefined || undefined}
            onChange={(event) => change({ from: event.target.value })}
          />
        </label>
        <span className="soft small">{t('ratesWhy')}</span>
      </div>
      {faults.from && (
        <p className="over small" role="alert">
          {faults.from}
        </p>
      )}
      <ol className="fu-lines">
        {draft.lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their place
          <li key={at} className="row fu-wrap">
            <select
              className="input"
              aria-label={t('firstCategory')}
              value={line.category}
              onChange={(event) => changeLine(at, { category: event.target.value })}
            >
              <option value="">{t('anyCategory')}</option>
              {firstLevel.map((category) => (
                <option key={category.id} value={category.code}>
                  {categoryName(category.code)}
                </option>
              ))}
            </select>
            <select
              className="input"
              aria-label={t('priority')}
              value={line.priority}
              onChange={(event) => changeLine(at, { priority: event.target.value })}
            >
              <option value="">{t('anyPriority')}</option>
              {priorities
                .filter((one) => one !== 'urgent')
                .map((one) => (
                  <option key={one} value={one}>
                    {priorityName(one)}
                  </option>
                ))}
            </select>
            <select
              className="input"
              aria-label={t('timing')}
              value={line.timing}
              onChange={(event) => changeLine(at, { timing: event.target.value })}
            >
              <option value="">{t('anyTiming')}</option>
              <option value="on_time">{timingName('on_time')}</option>
              <option value="late">{timingName('late')}</option>
            </select>
            {share(`lines.${at}.share`, line.share, (text) => changeLine(at, { share: text }), t('share'))}
            <Button small kind="plain" onClick={() => change({ lines: draft.lines.filter((_, i) => i !== at) })}>
              {t('removeLine')}
            </Button>
          </li>
        ))}
      </ol>
      {named.map(([field, message]) => (
        <p key={field} className="over small" role="alert">
          {message}
        </p>
      ))}
      <div className="row fu-wrap">
        <Button
          small
          onClick={() =>
            change({ lines: [...draft.lines, { category: '', priority: '', timing: '', share: draft.base }] })
          }
        >
          {t('addLine')}
        </Button>
        <span className="fu-pairs">
          {t('ratesElse')}
          {share('base', draft.base, (text) => change({ base: text }), t('ratesElse'))}
        </span>
        <span className="fu-pairs">
          {t('ratesAgain')}
          {share('again', draft.again, (text) => change({ again: text }), t('ratesAgain'))}
        </span>
      </div>
      <div className="row fu-wrap">
        <Button kind="main" submit busy={publish.isPending} disabled={!changed}>
          {t('ratesPublish')}
        </Button>
        <span className="soft small">
          {t('ratesCalls', { n: Math.round(callsADay) })}{' '}
          <Link className="link" to="/followups/days">
            {t('ratesBehind')}
          </Link>
        </span>
      </div>
    </form>
  );
}
