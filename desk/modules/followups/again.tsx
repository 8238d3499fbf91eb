import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type AskedTwice, followupEndpoints as api } from '../../../contract/followups.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { Empty } from '../../kit/empty.tsx';
import { Problem } from '../../kit/problem.tsx';
import { FollowupTabs } from './tabs.tsx';
import './followups.css';
import { useT } from './words.ts';

const shows = {
  all: () => true,
  answered: (pair: AskedTwice) => pair.second !== null,
  differ: (pair: AskedTwice) => pair.differs === true,
} as const;
type Show = keyof typeof shows;

/** Calls that two people made: where their answers differ, the first may never have been made. */
export default function AgainPage() {
  const t = useT();
  const [show, setShow] = useState<Show>('all');
  const found = useQuery({ queryKey: ['followups', 'again'], queryFn: () => call(api.askedTwice, {}) });
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />;
  const data = found.data;
  const figures = data && { all: data.pairs.length, answered: data.answered, differ: data.differ };
  return (
    <>
      <FollowupTabs />
      <div className="fu-single">
        <p className="soft small">{t('againLead')}</p>
        {figures && (
          <div className="row fu-wrap">
            {(Object.keys(shows) as Show[]).map((name) => (
              <button
                key={name}
                type="button"
                className={show === name ? 'chip on' : 'chip'}
                aria-pressed={show === name}
                onClick={() => setShow(name)}
              >
                {t(`again_${name}`)} <b>{figures[name]}</b>
              </button>
            ))}
            <span className="soft small">{t('againShort', { n: data.short.n, known: data.short.known })}</span>
          </div>
        )}
        {data && data.pairs.length === 0 && <Empty title={t('againEmpty')}>{t('againEmptyHow')}</Empty>}
        {data && data.pairs.length > 0 && (
          <div className="fu-tablewrap">
            <table className="fu-table">
              <thead>
                <tr>
                  <th scope="col">{t('number')}</th>
                  <th scope="col">{t('firstCall')}</th>
                  <th scope="col">{t('secondCall')}</th>
                  <th scope="col">{t('agreement')}</th>
                </tr>
              </thead>
              <tbody>
                {data.pairs.filter(shows[show]).map((pair) => (
                  <tr key={pair.callId}>
                    <td>
                      <Link className="link" to="/followups" search={{ call: pair.callId } as never}>
                        {pair.number}
                      </Link>{' '}
                      {pair.reason === 'correction' && <span className="tag">{t('correctionTag')}</span>}
                    </td>
                    <td>
                      <Given given={pair.first} />
                    </td>
                    <td>
                      {pair.second ? <Given given={pair.second} /> : <span className="soft">{t('notYetAsked')}</span>}
                    </td>
                    <td>
                      {pair.differs === null ? (
                        ''
                      ) : pair.differs ? (
                        <b className="over">≠ {t('differs')}</b>
                      ) : (
                        <span className="good">= {t('agrees')}</span>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </>
  );
}

function Given({ given }: { given: AskedTwice['first'] }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      {t(`a_${given.answer}`)}
      {given.satisfied !== null && ` · ${t(`s${given.satisfied as 1}`)}`}
      <span className="soft small">
        {' '}
        {given.caller} · {format.moment(given.at)}
        {given.seconds !== null && ` · ${t('seconds', { n: given.seconds })}`}
        {given.callRef && ` · ${given.callRef}`}
      </span>
    </>
  );
}
