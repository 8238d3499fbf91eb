import { useState } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { journalEndpoints as api } from '../../../contract/journal.ts';
import { useAct } from '../../app/act.ts';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { useProblemText } from '../../app/problems.ts';
import { Button } from '../../kit/button.tsx';
import { Notice } from '../../kit/notice.tsx';
import { useT } from './words.ts';

type Result = OutputOf<typeof api.verify>;

function Outcome({ result, at }: { result: Result; at: number }) {
  const t = useT();
  const format = useFormat();
  const figures = {
    entries: format.count(result.entries),
    seals: format.count(result.seals),
    anchors: format.count(result.anchors),
  };
  const when = <span className="softer small"> {t('verifiedAt', { at: format.clock(at) })}</span>;
  if (result.valid) {
    return (
      <Notice kind="good">
        <b>{t('valid')}</b>
        {when}
        <p>{t('validText', figures)}</p>
        {result.anchors === 0 && <p className="soft">{t('noAnchors')}</p>}
      </Notice>
    );
  }
  return (
    <Notice kind="over" alert>
      <b>{t('invalid', { n: result.faults.length })}</b>
      {when}
      <p>{t('invalidText', figures)}</p>
      <ul className="jo-faults">
        {result.faults.map((fault) => (
          <li key={`${fault.what} ${fault.position} ${fault.seal}`}>
            {fault.position !== null && <b>{t('atPosition', { n: fault.position })} </b>}
            {fault.seal !== null && <b>{t('atSeal', { n: fault.seal })} </b>}
            {t.or(`fault_${fault.what}`, fault.what)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Recompute everything and say in plain words whether it agrees. */
export function Verification() {
  const t = useT();
  const problem = useProblemText();
  const [outcome, setOutcome] = useState<{ result: Result; at: number } | null>(null);
  const verify = useAct(api.verify, {
    refreshes: [['journal']],
    onDone: (result) => setOutcome({ result, at: now() }),
  });
  return (
    <section className="jo-verify" aria-label={t('verify')} aria-live="polite">
      <div className="row">
        <Button kind="main" busy={verify.isPending} onClick={() => verify.mutate({})}>
          {t('verify')}
        </Button>
        <span className="soft small">{t(verify.isPending ? 'verifying' : 'verifyHow')}</span>
      </div>
      {verify.error && (
        <Notice kind="near" alert>
          <b>{t('verifyFailed')}</b> {problem(verify.error)}
        </Notice>
      )}
      {outcome && !verify.isPending && <Outcome {...outcome} />}
    </section>
  );
}
