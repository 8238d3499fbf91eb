import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { followupScriptEndpoints as api } from '../../../contract/followup-scripts.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useMay } from '../../app/session.tsx';
import { Button } from '../../kit/button.tsx';
import { CategoryPicker } from '../../kit/category-picker.tsx';
import { Empty } from '../../kit/empty.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { FollowupTabs } from './tabs.tsx';
import './followups.css';
import { useT } from './words.ts';

const usual = [24, 168] as const;

/** After sales: which categories are asked again once they were confirmed, and after how long. */
export default function VisitsPage() {
  const t = useT();
  const may = useMay();
  const directory = useDirectory();
  const [adding, setAdding] = useState<number | null>(null);
  const found = useQuery({ queryKey: ['followups', 'visit-rules'], queryFn: () => call(api.visitRules, {}) });
  const set = useAct(api.setVisitRule, {
    refreshes: [['followups', 'visit-rules']],
    onDone: () => {
      setAdding(null);
      notify.good(t('visitsSaved'));
    },
    onFail: notify.problem,
  });
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />;
  const rules = found.data?.rules ?? [];
  const plans = may('followups.plan');
  return (
    <>
      <FollowupTabs />
      <div className="fu-single">
        <p className="soft small">{t('visitsLead')}</p>
        {found.data && rules.length === 0 && <Empty title={t('visitsEmpty')}>{t('visitsEmptyHow')}</Empty>}
        {rules.length > 0 && (
          <table className="fu-table fu-rules-table">
            <thead>
              <tr>
                <th scope="col">{t('category')}</th>
                {usual.map((hours) => (
                  <th key={hours} scope="col">
                    {t(hours === 24 ? 'after24' : 'after168')}
                  </th>
                ))}
                <th scope="col">{t('relapseWindow')}</th>
              </tr>
            </thead>
            <tbody>
              {rules.map((rule) => (
                <tr key={rule.categoryId}>
                  <td>{directory.categoryName(rule.categoryId)}</td>
                  {usual.map((hours) => {
                    const on = rule.afterHours.includes(hours);
                    return (
                      <td key={hours}>
                        <input
                          type="checkbox"
                          aria-label={`${directory.categoryName(rule.categoryId)} ${t(hours === 24 ? 'after24' : 'after168')}`}
                          checked={on}
                          disabled={!plans || set.isPending}
                          onChange={() =>
                            set.mutate({
                              categoryId: rule.categoryId,
                              afterHours: on
                                ? rule.afterHours.filter((one) => one !== hours)
                                : [...rule.afterHours, hours],
                            })
                          }
                        />
                      </td>
                    );
                  })}
                  <td className="soft">{t('days', { n: directory.category(rule.categoryId)?.relapseDays ?? 7 })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {plans && (
          <div className="row fu-wrap fu-add">
            <CategoryPicker value={adding} onChange={setAdding} label={t('category')} placeholder={t('addCategory')} />
            <Button
              disabled={adding === null || set.isPending}
              onClick={() => set.mutate({ categoryId: adding!, afterHours: [...usual] })}
            >
              {t('addVisits')}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}
