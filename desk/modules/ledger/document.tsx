import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { LedgerEntry, Measure } from '../../../contract/ledger.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Empty, Glyph, Problem } from '../../kit/index.ts';
import { entryQuery } from './data.ts';
import { useReceiver } from './measures.tsx';
import './ledger.css';
import { useT } from './words.ts';

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{children}</td>
    </tr>
  );
}

function Sheet({ entry, measure }: { entry: LedgerEntry; measure: Measure }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const directory = useDirectory();
  const receiver = useReceiver();
  const { request } = entry;
  const moment = (at: string | null) => (at ? format.full(at) : '—');
  const votes = measure.panel?.votes ?? [];
  const about = measure.about ?? 'service';
  const yes = votes.filter((vote) => vote.given).length;
  return (
    <article className="lg-sheet on-paper">
      <p className="lg-issuer">{nameIn(directory.group, language)}</p>
      <h1>{t(`doc_${measure.kind}`)}</h1>
      <p className="lg-no">{t('docNo', { year: measure.year, no: measure.no })}</p>
      {measure.state === 'proposed' && <p className="lg-standing">{t('doc_draft')}</p>}
      {measure.state === 'refused' && <p className="lg-standing">{t('doc_void')}</p>}
      <table>
        <tbody>
          <Line label={t('doc_matter')}>{request.number}</Line>
          <Line label={t('doc_place')}>
            {[directory.nameOf(request.unitId), directory.nameOf(request.siteId)].filter(Boolean).join(t('sep'))}
          </Line>
          <Line label={t('doc_category')}>{directory.categoryName(request.categoryId)}</Line>
          <Line label={t('doc_line')}>
            {[directory.lineName(request.lineId), directory.nameOf(request.leadUnitId)]
              .filter(Boolean)
              .join(t('sep')) || '—'}
          </Line>
          <Line label={t('doc_asked')}>
            {request.confidentiality === 'open' && request.text ? request.text : t('doc_hidden')}
          </Line>
          <Line label={t('doc_history')}>
            {t('doc_historyText', {
              opened: request.dayOnly ? format.full(entry.openedAt).slice(0, 10) : format.full(entry.openedAt),
              source: t(`source_${entry.source}`),
              voices: entry.voices,
              reopens: entry.reopens,
            })}
          </Line>
          {measure.kind !== 'redo' && (
            <Line label={t('doc_proposal')}>
              {measure.proposedBy && (
                <p>{t('proposed', { who: measure.proposedBy, at: moment(measure.proposedAt) })}</p>
              )}
              {measure.kind === 'handover' && <p>{receiver(measure)}</p>}
              {measure.about && <p>{t(`question_${measure.about}`)}</p>}
              {measure.clause && <p>{measure.clause}</p>}
              {measure.reason && <p>{measure.reason}</p>}
              {measure.plan && (
                <p>
                  {t('plan')}
                  {t('colon')}
                  {measure.plan}
                </p>
              )}
              {measure.until && <p>{t('until', { at: moment(measure.until) })}</p>}
              {measure.contactAt && (
                <p>
                  {t('contact')}
                  {t('colon')}
                  {moment(measure.contactAt)}
                </p>
              )}
            </Line>
          )}
          {votes.length > 0 && (
            <Line label={t('doc_votes')}>
              <p>
                {t('doc_votesText', {
                  yes,
                  no: votes.length - yes,
                  yesWord: t(`yes_${about}`),
                  noWord: t(`no_${about}`),
                })}
              </p>
              <ol>
                {votes.map((vote, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: votes are shown without a name and never move
                  <li key={i}>
                    {t(`${vote.given ? 'yes' : 'no'}_${about}`)}
                    {t('colon')}
                    {vote.reason}
                  </li>
                ))}
              </ol>
            </Line>
          )}
          {measure.receivedBy && (
            <Line label={t('received')}>
              {t('receivedBy', { who: measure.receivedBy, at: moment(measure.receivedAt) })}
            </Line>
          )}
          {(measure.decidedBy || measure.decision) && (
            <Line label={t('doc_decision')}>
              {measure.decidedBy && <p>{t('decided', { who: measure.decidedBy, at: moment(measure.decidedAt) })}</p>}
              {measure.decision && <p>{measure.decision}</p>}
            </Line>
          )}
          <Line label={t('doc_effect')}>{t(`doc_effect_${measure.kind}`)}</Line>
        </tbody>
      </table>
      <p className="lg-signature">
        <span>{t('doc_signed')}</span>
        <span>
          {t('doc_date')} {moment(measure.decidedAt)}
        </span>
      </p>
    </article>
  );
}

/** The document of one way out, as it stands in the record; on paper without anything around it. */
export default function LedgerDocument() {
  const t = useT();
  const { id, measureId } = useParams({ strict: false }) as { id: string; measureId: string };
  const query = useQuery(entryQuery(id));
  if (query.error && !query.data)
    return <Problem title={t('entryFailed')} error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <div className="page-waiting" aria-busy="true" />;
  const measure = query.data.measures.find((one) => one.id === measureId);
  if (!measure)
    return (
      <Empty title={t('noSuchDocument')}>
        <Link className="link" to="/ledger/$id" params={{ id } as never}>
          {query.data.request.number}
        </Link>
      </Empty>
    );
  return (
    <div className="lg-document">
      <p className="lg-bar row">
        <Link className="link row" to="/ledger/$id" params={{ id } as never}>
          <Glyph name="left" />
          {query.data.request.number}
        </Link>
        <span className="grow" />
        <Button kind="main" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </p>
      <Sheet entry={query.data} measure={measure} />
    </div>
  );
}
