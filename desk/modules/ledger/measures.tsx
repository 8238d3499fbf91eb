import { Link } from '@tanstack/react-router';
import { type LedgerEntry, type Measure, panelSize } from '../../../contract/ledger.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useT } from './words.ts';

/** To whom something was handed over, in words. */
export function useReceiver(): (measure: Measure) => string {
  const directory = useDirectory();
  const t = useT();
  return (measure) =>
    measure.receiverLineId === null
      ? (measure.receiver ?? '—')
      : [directory.lineName(measure.receiverLineId), directory.nameOf(measure.receiverUnitId) || t('headOffice')].join(
          t('sep'),
        );
}

function Panel({ measure }: { measure: Measure }) {
  const t = useT();
  const panel = measure.panel!;
  const waiting = measure.state === 'proposed';
  return (
    <>
      <p className="soft">{t(`question_${measure.about ?? 'service'}`)}</p>
      {waiting && (
        <ul className="lg-members">
          {panel.members.map((one) => (
            <li key={one.label}>
              {one.label}
              {one.me && t('me')} <span className="softer">{t(one.voted ? 'memberVoted' : 'memberWaits')}</span>
            </li>
          ))}
          {panel.members.length < panelSize && (
            <li className="near">{t('seatsMissing', { n: panelSize - panel.members.length })}</li>
          )}
        </ul>
      )}
      {panel.votes.length > 0 && (
        <ol className="lg-votes">
          {panel.votes.map((vote, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: votes are shown without a name and never move
            <li key={i}>
              <b>{t(`${vote.given ? 'yes' : 'no'}_${measure.about ?? 'service'}`)}</b> {vote.reason}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** One way out as far as it has come, with its document. */
function Way({ entry, measure }: { entry: LedgerEntry; measure: Measure }) {
  const t = useT();
  const format = useFormat();
  const receiver = useReceiver();
  const tone = measure.state === 'proposed' ? 'tag near' : measure.state === 'refused' ? 'tag' : 'tag info';
  return (
    <li className="lg-way">
      <p className="row">
        <b>{t(`kind_${measure.kind}`)}</b>
        <span className={tone}>{t(`mstate_${measure.state}`)}</span>
        <span className="grow" />
        <Link
          className="link small"
          to="/ledger/$id/documents/$measureId"
          params={{ id: entry.id, measureId: measure.id } as never}
        >
          {t('docNo', { year: measure.year, no: measure.no })}
        </Link>
      </p>
      <p className="small softer">
        {measure.proposedBy
          ? t('proposed', { who: measure.proposedBy, at: format.moment(measure.proposedAt) })
          : t('proposedAt', { at: format.moment(measure.proposedAt) })}
        {measure.until && ` ${t('sep')}${t('until', { at: format.moment(measure.until) })}`}
      </p>
      {measure.kind === 'handover' && <p>{receiver(measure)}</p>}
      {measure.clause && <p className="lg-clause">{measure.clause}</p>}
      {measure.reason && <p>{measure.reason}</p>}
      {measure.plan && <p className="soft">{measure.plan}</p>}
      {measure.receivedBy && (
        <p className="small">
          {t('receivedBy', {
            who: measure.receivedBy,
            at: measure.receivedAt ? format.moment(measure.receivedAt) : '',
          })}
        </p>
      )}
      {measure.panel && <Panel measure={measure} />}
      {measure.decidedBy && (
        <p className="small softer">
          {t('decided', { who: measure.decidedBy, at: measure.decidedAt ? format.moment(measure.decidedAt) : '' })}
        </p>
      )}
      {measure.decision && <p>{format.quoted(measure.decision)}</p>}
    </li>
  );
}

export function Ways({ entry }: { entry: LedgerEntry }) {
  const t = useT();
  return (
    <section aria-label={t('ways')}>
      <h2 className="small soft">{t('ways')}</h2>
      {entry.measures.length === 0 && <p className="soft">{t('noWays')}</p>}
      <ol className="lg-ways">
        {[...entry.measures].reverse().map((measure) => (
          <Way key={measure.id} entry={entry} measure={measure} />
        ))}
      </ol>
    </section>
  );
}
