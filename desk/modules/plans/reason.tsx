import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { planEndpoints as api, type PlanFile } from '../../../contract/plans.ts';
import { useAct } from '../../app/act.ts';
import { Button, notify, TextField, useDraft } from '../../kit/index.ts';
import { usePlanWords } from './words.ts';

/** Why nothing of the template needs changing at this site. */
export function Reason({ plan }: { plan: PlanFile }) {
  const t = usePlanWords();
  const cache = useQueryClient();
  const empty = useMemo(() => ({ words: plan.tailoringReason ?? '' }), [plan.tailoringReason]);
  const [typed, change, drop] = useDraft(`plan.reason.${plan.id}`, empty);
  const put = useAct(api.reason, {
    refreshes: [['plans']],
    onDone: () => {
      drop();
      notify.good(t('saved'));
    },
    onFail: (failed) => {
      notify.problem(failed);
      // Somebody wrote on the plan meanwhile: what was typed stays, and is stored on what stands now.
      void cache.invalidateQueries({ queryKey: ['plans'] });
    },
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
