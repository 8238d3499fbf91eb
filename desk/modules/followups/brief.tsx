import type { CallSheet } from '../../../contract/followups.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useNow } from '../../app/now.ts';
import { Button } from '../../kit/button.tsx';
import { Glyph } from '../../kit/glyph.tsx';
import { BestTime } from './best-time.tsx';
import { useT } from './words.ts';

const two = (n: number) => String(n).padStart(2, '0');

function Talking({ from }: { from: number }) {
  const t = useT();
  const seconds = Math.max(0, Math.floor((useNow(1_000) - from) / 1000));
  return <b role="timer">{t('talkingFor', { time: `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}` })}</b>;
}

/** Number to ring, and how long one has been talking. */
export function CallBar({
  sheet,
  taken,
  startedAt,
  onPickedUp,
}: {
  sheet: CallSheet;
  /** A colleague is ringing this person. */
  taken: string | null;
  startedAt?: number;
  onPickedUp: () => void;
}) {
  const t = useT();
  return (
    <div className="fu-callbar">
      <Glyph name={startedAt ? 'dot' : 'circle'} className={startedAt ? 'good' : 'softer'} />
      {taken ? <b className="near">{taken}</b> : startedAt ? <Talking from={startedAt} /> : <b>{t('notRinging')}</b>}
      {sheet.callback ? (
        <a className="link" href={`tel:${sheet.callback.replace(/[\s-]/g, '')}`}>
          {t('callback', { number: sheet.callback })}
        </a>
      ) : (
        !taken &&
        sheet.channelsLeft.every((channel) => channel !== 'phone') && <span className="soft">{t('noCallback')}</span>
      )}
      {sheet.requesterLabel && <span className="soft cut">{sheet.requesterLabel}</span>}
      <BestTime row={sheet} />
      <span className="grow" />
      {!startedAt && sheet.callback && (
        <Button small keys={['D']} onClick={onPickedUp}>
          {t('pickedUp')}
        </Button>
      )}
    </div>
  );
}

/** What was asked and what was reported: for checking, never for reading out. */
export function Brief({ sheet }: { sheet: CallSheet }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const place = directory.nameOf(sheet.siteId ?? sheet.unitId);
  return (
    <dl className="fu-brief">
      <dt>{sheet.number}</dt>
      <dd>
        {[directory.categoryName(sheet.categoryId), place].filter(Boolean).join(' · ')}
        <span className="soft"> · {t('submittedAt', { at: format.moment(sheet.submittedAt) })}</span>
        <span className="tag info">
          {t(`reason_${sheet.reason}`, { span: format.span((sheet.afterHours ?? 0) * 3_600_000) })}
        </span>
      </dd>
      <dt>{t('personSaid')}</dt>
      {sheet.text === null ? (
        <dd className="row seal">
          <Glyph name="lock" />
          {t.or(`withheld_${sheet.withheld}`, t('nothingReported'))}
        </dd>
      ) : (
        <dd>{format.quoted(sheet.text)}</dd>
      )}
      {sheet.withdrawnText !== null && (
        <>
          <dt>{t('withdrawnSaid')}</dt>
          <dd>{format.quoted(sheet.withdrawnText)}</dd>
        </>
      )}
      <dt>{t('handlerSaid')}</dt>
      <dd>
        {sheet.handledText ?? t('nothingReported')}
        {sheet.handledAt && <span className="soft"> {t('handledAt', { at: format.moment(sheet.handledAt) })}</span>}{' '}
        <span className="softer small">{t('handlerOnly')}</span>
      </dd>
    </dl>
  );
}
