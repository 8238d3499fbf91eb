import { useMemo } from 'react';
import { planEndpoints as api, type PlanFile } from '../../../contract/plans.ts';
import { useAct } from '../../app/act.ts';
import { useFormat } from '../../app/format.ts';
import { Button, Glyph, notify, TextField, useDraft } from '../../kit/index.ts';
import { usePlanWords } from './words.ts';

/** What the change aimed at, and, seven days on, whether it came to pass. */
export function Effect({ plan }: { plan: PlanFile }) {
  const t = usePlanWords();
  const format = useFormat();
  const [typed, change, drop] = useDraft(
    `plan.effect.${plan.id}`,
    useMemo(() => ({ value: '', words: '' }), []),
  );
  const review = useAct(api.reviewEffect, { refreshes: [['plans']], onDone: drop, onFail: notify.problem });
  if (!plan.aim) return null;
  const { words, before, target } = plan.aim;
  // A number that is to fall has reached its target when it stands at or below it.
  const reached = (now: number): boolean => (target >= before ? now >= target : now <= target);
  const value = Number(typed.value);
  const ready = typed.value.trim() !== '' && Number.isFinite(value) && typed.words.trim() !== '';
  return (
    <section className="panel" aria-labelledby="pl-effect">
      <h2 id="pl-effect">{t('effect')}</h2>
      {plan.effect ? (
        <>
          <p>
            {t('effectWas', { words, before, target, value: plan.effect.value })}{' '}
            <span className={reached(plan.effect.value) ? 'state good' : 'state over'}>
              <Glyph name={reached(plan.effect.value) ? 'tick' : 'square'} />{' '}
              {t(reached(plan.effect.value) ? 'reached' : 'notReached')}
            </span>
          </p>
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
