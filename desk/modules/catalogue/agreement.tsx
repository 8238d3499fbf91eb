import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { catalogueEndpoints as api } from '../../../contract/catalogue.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Problem } from '../../kit/index.ts';
import { useItemWords, usePostName } from './data.ts';
import { useT } from './words.ts';

const spans = [7, 30, 90] as const;

/** How often dispatchers followed the catalogue; every dispatch that did not is listed. */
export function AgreementTab() {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const words = useItemWords();
  const post = usePostName();
  const [days, setDays] = useState<(typeof spans)[number]>(7);
  const [lineId, setLineId] = useState<number | undefined>();
  const { data, error, refetch } = useQuery({
    queryKey: ['catalogue', 'agreement', days, lineId],
    queryFn: () => call(api.agreement, { days, lineId }),
    placeholderData: keepPreviousData,
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!data) return <div className="page-waiting" aria-busy="true" />;
  const share = (agreed: number, all: number) => (all === 0 ? '—' : format.percent(agreed / all));
  return (
    <>
      <p className="soft">{t('agreementLead')}</p>
      <div className="choices">
        {spans.map((n) => (
          <label key={n}>
            <input type="radio" name="days" checked={days === n} onChange={() => setDays(n)} />
            {t('days', { n })}
          </label>
        ))}
        {lineId !== undefined && (
          <button type="button" className="chip on" onClick={() => setLineId(undefined)}>
            {directory.lineName(lineId)} ×
          </button>
        )}
      </div>
      <div className="ca-figures">
        <p>
          <b>{share(data.agreed, data.dispatches)}</b>
          <span className="soft">
            {t('agreed')} {t('agreedOf', { agreed: data.agreed, all: data.dispatches })}
          </span>
        </p>
        <p>
          <b>{format.count(data.toBackup)}</b>
          <span className="soft">{t('toBackup')}</span>
        </p>
      </div>
      <section className="ca-section">
        <table className="ca-table" style={{ maxWidth: 560 }}>
          <tbody>
            {data.byLine.map((one) => (
              <tr key={one.lineId}>
                <td>
                  <button type="button" className="linkish" onClick={() => setLineId(one.lineId)}>
                    {directory.lineName(one.lineId)}
                  </button>
                </td>
                <td className="num">{share(one.agreed, one.dispatches)}</td>
                <td className="num">{t('agreedOf', { agreed: one.agreed, all: one.dispatches })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="ca-section ca-main">
        <h2>{t('otherwiseTitle')}</h2>
        {data.otherwise.length === 0 ? (
          <p className="soft">{t('noOtherwise')}</p>
        ) : (
          <table className="ca-table">
            <thead>
              <tr>
                <th style={{ width: 152 }}>{t('number')}</th>
                <th style={{ width: 104 }}>{t('at')}</th>
                <th style={{ width: 140 }}>{t('col_category')}</th>
                <th>{t('suggestedCol')}</th>
                <th>{t('chosenCol')}</th>
                <th style={{ width: 152 }} />
              </tr>
            </thead>
            <tbody>
              {data.otherwise.map((one) => (
                <tr key={one.id}>
                  <td>
                    <Link className="link" to="/requests/$id" params={{ id: one.requestId } as never}>
                      {one.number}
                    </Link>
                  </td>
                  <td>{format.moment(one.at)}</td>
                  <td>{words.category(one)}</td>
                  <td>{[post(one.suggested), words.co(one.suggested)].filter(Boolean).join(' + ')}</td>
                  <td>{[post(one.chosen), words.co(one.chosen)].filter(Boolean).join(' + ')}</td>
                  <td>
                    {one.differs.map((each) => (
                      <span key={each} className="tag">
                        {t(`differs_${each}`)}
                      </span>
                    ))}
                    {one.toBackup && <span className="tag info">{t('toBackup')}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}
