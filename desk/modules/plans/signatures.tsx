import type { PlanFile } from '../../../contract/plans.ts';
import { useFormat } from '../../app/format.ts';
import { usePlanWords } from './words.ts';

const steps = ['written', 'feasible', 'reviewed', 'approved', 'still_fits', 'begun'] as const;

/** Who signed what, in this turn; the steps still to come stand empty. */
export function Signatures({ plan }: { plan: PlanFile }) {
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
                <span className={step === plan.next ? 'near' : 'softer'}>
                  {t(step === plan.next ? 'waitsForYou' : 'waitingFor')}
                </span>
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
