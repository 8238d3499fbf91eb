import { useState } from 'react';
import { followupDayEndpoints as api, type DayCheck } from '../../../contract/followup-days.ts';
import { useAct } from '../../app/act.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Notice } from '../../kit/notice.tsx';
import { notify } from '../../kit/notify.tsx';
import { useT } from './words.ts';

/** Draws a day again from the journal and the anchors, and says in plain words whether it agrees. */
export function DayVerification({ day }: { day: string }) {
  const t = useT();
  const language = useLocale();
  const [check, setCheck] = useState<DayCheck | null>(null);
  const verify = useAct(api.verifyDay, { onDone: setCheck, onFail: notify.problem });
  return (
    <section className="fu-verify" aria-live="polite">
      <div className="row">
        <Button kind="main" busy={verify.isPending} onClick={() => verify.mutate({ day })}>
          {t('verifyDay')}
        </Button>
        <span className="soft small">{t('verifyDayHow')}</span>
      </div>
      {check && (
        <Notice kind={check.valid ? 'good' : 'over'} alert={!check.valid}>
          <b>
            {t(check.valid ? (check.state === 'frozen' ? 'dayAgrees' : 'dayAgreesSoFar') : 'dayDiffers', {
              n: check.differences.length,
            })}
          </b>
          {check.state !== 'open' && (
            <p className="small">
              {t('dayCounts', { framed: check.framed, mandatory: check.mandatory, drawn: check.drawn })}
            </p>
          )}
          {check.differences.map((one) => (
            <p key={`${one.what} ${one.request}`} className="small">
              {nameIn(one, language)}
              {one.request && <code> {one.request}</code>}
            </p>
          ))}
          <dl className="fu-proof small">
            {check.commitment && (
              <>
                <dt>{t('commitment')}</dt>
                <dd>{check.commitment}</dd>
              </>
            )}
            {check.sealRoot && (
              <>
                <dt>{t('sealRoot')}</dt>
                <dd>{check.sealRoot}</dd>
              </>
            )}
            <dt>{t('secret')}</dt>
            <dd>{check.secret ?? t('secretKept')}</dd>
          </dl>
        </Notice>
      )}
    </section>
  );
}
