import { useEffect, useState } from 'react';
import type { CallSheet } from '../../../contract/followups.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useT } from './words.ts';

/** Seconds since `from`, ticking; mm:ss. */
function useTimer(from: number | undefined): string {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (from === undefined) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [from]);
  const seconds = from === undefined ? 0 : Math.max(0, Math.floor((now - from) / 1000));
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Number to ring, and how long one has been talking. */
export function CallBar({ sheet, startedAt, onPickedUp }: { sheet: CallSheet; startedAt?: number; onPickedUp: () => void }) {
  const t = useT();
  const time = useTimer(startedAt);
  return (
    <div className="fu-callbar">
      <span className={startedAt ? 'fu-dot on' : 'fu-dot'} aria-hidden="true" />
      <b>{startedAt ? t('talkingFor', { time }) : t('notRinging')}</b>
      {sheet.callback ? (
        <a href={`tel:${sheet.callback.replace(/\s/g, '')}`}>{t('callback', { number: sheet.callback })}</a>
      ) : (
        <span className="soft">{t('noCallback')}</span>
      )}
      {sheet.requesterLabel && <span className="soft cut">{sheet.requesterLabel}</span>}
      <span className="fu-grow" />
      {!startedAt && sheet.callback && (
        <button type="button" className="fu-small" onClick={onPickedUp}>
          {t('pickedUp')} <kbd>Space</kbd>
        </button>
      )}
    </div>
  );
}

/** What was asked and what was reported: for checking, never for reading out. */
export function Brief({ sheet }: { sheet: CallSheet }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  return (
    <dl className="fu-brief">
      <dt>{sheet.number}</dt>
      <dd>
        {[directory.categoryName(sheet.categoryId), directory.nameOf(sheet.siteId ?? sheet.unitId)].filter(Boolean).join(' · ')}
        <span className="soft"> · {t('submittedAt', { at: format.moment(sheet.submittedAt) })}</span>
        <span className="fu-reason">{t(`reason_${sheet.reason}`)}</span>
      </dd>
      <dt>{t('personSaid')}</dt>
      <dd className={sheet.text === null ? 'fu-sealed' : undefined}>
        {sheet.text === null ? t.or(`withheld_${sheet.withheld}`, sheet.withheld ?? '') : `“${sheet.text}”`}
      </dd>
      <dt>{t('handlerSaid')}</dt>
      <dd>
        {sheet.handledText ?? t('nothingReported')}
        {sheet.handledAt && <span className="soft"> {t('handledAt', { at: format.moment(sheet.handledAt) })}</span>}
        <small className="soft"> {t('handlerOnly')}</small>
      </dd>
    </dl>
  );
}
