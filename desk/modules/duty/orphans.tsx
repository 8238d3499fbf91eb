import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dutyEndpoints as api } from '../../../contract/duty.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Glyph } from '../../kit/glyph.tsx';
import { Notice } from '../../kit/notice.tsx';
import { Problem } from '../../kit/problem.tsx';
import './duty.css';
import { Tabs } from './tabs.tsx';
import { useT } from './words.ts';

const mostShown = 200;

/** The monitored figure of ground nobody answers for: what it is made of, by name. */
export default function OrphansPage() {
  const t = useT();
  const language = useLocale();
  const format = useFormat();
  const found = useQuery({
    queryKey: ['duty', 'orphans'],
    queryFn: () => call(api.orphans, {}),
    refetchInterval: 60_000,
  });
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />;
  return (
    <div className="du-page">
      <Tabs at="orphans" />
      {found.data && (
        <div className="du-body">
          <div className="du-head">
            <h1>{t('orphansTitle')}</h1>
            <b className="du-figure">{found.data.total}</b>
            <span className="small soft">{t('asOf', { at: format.clock(found.data.asOf) })}</span>
          </div>
          <p className="soft">{t('orphansLead')}</p>
          {found.data.sources.map((source) => (
            <section key={source.key} className="du-panel">
              <div className="du-head">
                <h2>{nameIn(source.words, language)}</h2>
                <b>{source.orphans.length}</b>
              </div>
              {source.orphans.length === 0 ? (
                <Notice kind="good">{t('orphansNone')}</Notice>
              ) : (
                <ul className="du-rows">
                  {source.orphans.slice(0, mostShown).map((one) => (
                    <li key={one.label.zh}>
                      <span className="over">
                        <Glyph name="square" />
                      </span>
                      <span className="cut">{nameIn(one.label, language)}</span>
                      {one.route && (
                        <Link className="link" to={one.route}>
                          {t('mend')}
                        </Link>
                      )}
                    </li>
                  ))}
                </ul>
              )}
            </section>
          ))}
        </div>
      )}
    </div>
  );
}
