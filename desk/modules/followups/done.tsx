import { followupEndpoints as api, type CallSheet } from '../../../contract/followups.ts';
import { useAct } from '../../app/act.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { notify } from '../../kit/notify.tsx';
import { useT } from './words.ts';

/** A call that is over, as it was frozen. It is never changed; the lead may have it asked once more by somebody else. */
export function Done({ sheet, done }: { sheet: CallSheet; done: NonNullable<CallSheet['done']> }) {
  const t = useT();
  const format = useFormat();
  const again = useAct(api.askAgain, {
    refreshes: [['followups']],
    onDone: () => notify.good(t('askedAgain')),
    onFail: notify.problem,
  });
  const mark = (name: 'satisfied' | 'speed' | 'attitude') => {
    const value = done[name];
    return value === null ? t('declined') : t(`s${value as 1}`);
  };
  return (
    <section className="fu-done" aria-label={t('doneTitle')}>
      <h2>
        {t('doneTitle')} <span className="soft small">{format.full(done.at)}</span>
      </h2>
      <dl className="fu-brief">
        <dt>{t('outcome')}</dt>
        <dd>
          {done.answer
            ? t(`a_${done.answer}`)
            : done.visit
              ? t(done.visit === 'unclear' ? 'a_unclear' : `v_${done.visit}`)
              : t.or(`o_${done.outcome}`, done.outcome)}
        </dd>
        {done.answer && (
          <>
            <dt>{t('marks')}</dt>
            <dd>
              {t('short_satisfied')} {mark('satisfied')} · {t('short_speed')} {mark('speed')} · {t('short_attitude')}{' '}
              {mark('attitude')}
            </dd>
          </>
        )}
        {done.words && (
          <>
            <dt>{t('personWords')}</dt>
            <dd>{format.quoted(done.words)}</dd>
          </>
        )}
        {done.scriptVersion && (
          <>
            <dt>{t('line_script')}</dt>
            <dd>
              {done.scriptVersion}
              {done.seconds !== null && ` · ${t('seconds', { n: done.seconds })}`}
            </dd>
          </>
        )}
      </dl>
      {done.mayAskAgain && (
        <p className="row">
          <Button busy={again.isPending} onClick={() => again.mutate({ id: sheet.id })}>
            {t('askAgain')}
          </Button>
          <span className="soft small">{t('askAgainHow')}</span>
        </p>
      )}
    </section>
  );
}
