import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { triageEndpoints as api } from '../../../contract/triage.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { CategoryWords } from './category-words.tsx';
import { Decisions } from './decisions.tsx';
import { Rules } from './rules.tsx';
import './triage.css';
import { useT } from './words.ts';

const views = ['categories', 'confusions', 'rules'] as const;
const days = 30;

interface Search {
  view?: (typeof views)[number];
  category?: number;
  suggested?: number;
  accepted?: 'yes' | 'no';
  /** The decisions of all categories: behind the share on top. */
  every?: 'yes';
}

type Overview = OutputOf<typeof api.overview>;
const percent = (share: number): number => Math.round(share * 100);

/** The classifier in use: what it learnt from and how right it is on what it has not seen. */
function ModelFacts({ overview, onOpen }: { overview: Overview; onOpen: () => void }) {
  const t = useT();
  const { model, training } = overview;
  const train = useAct(api.train, {
    refreshes: [['triage']],
    onDone: () => notify.good(t('begun')),
    onFail: notify.problem,
  });
  return (
    <div className="tr-figures">
      <div>
        <span className="soft small">{t('agreed')}</span>
        <div>
          {overview.decided > 0 ? (
            <>
              <b>{t('percent', { n: percent(overview.accepted / overview.decided) })}</b>{' '}
              <button type="button" className="linkish" onClick={onOpen}>
                {t('ofDecided', { days, accepted: overview.accepted, decided: overview.decided })}
              </button>
            </>
          ) : (
            <span className="soft">{t('noneDecided', { days })}</span>
          )}
        </div>
      </div>
      <div>
        <span className="soft small">{t('model')}</span>
        <div className="small">
          {model
            ? `${t('version', { version: model.version })} · ${t('learnt', {
                messages: model.messages,
                written: model.written,
                since: model.since,
              })}`
            : t('noModel')}
        </div>
        {model?.rightFirst != null && model.rightThree != null && (
          <div className="small">
            {t('heldOut', { first: percent(model.rightFirst), three: percent(model.rightThree) })}
          </div>
        )}
      </div>
      <Button small busy={train.isPending || training} onClick={() => train.mutate({})}>
        {t(training ? 'training' : 'train')}
      </Button>
    </div>
  );
}

/** How suggestions and decisions agree, and what the group writes so that they agree better. */
export default function SortingPage() {
  const t = useT();
  const directory = useDirectory();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Search;
  const view = views.find((one) => one === search.view) ?? 'categories';
  const go = (next: Search): void => void navigate({ to: '/sorting', search: { view, ...next } as never });
  const overview = useQuery({
    queryKey: ['triage', 'overview'],
    queryFn: () => call(api.overview, { days }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.training || state.data?.model === null ? 3_000 : 60_000),
  });
  if (overview.error && !overview.data)
    return <Problem title={t('loadFailed')} error={overview.error} onRetry={() => overview.refetch()} />;
  const data = overview.data;
  const name = (id: number) => `${directory.category(id)?.code ?? ''} ${directory.categoryName(id)}`;
  const chosen = search.category ?? null;
  const every = chosen === null && search.every === 'yes';
  const rows = [...(data?.byCategory ?? [])].sort((a, b) => b.decided - a.decided || a.categoryId - b.categoryId);
  return (
    <div className="tr-page" aria-busy={overview.isPending || undefined}>
      <header className="tr-head">
        <h1>{t('title')}</h1>
        <p className="soft small">{t('lead')}</p>
        {data && <ModelFacts overview={data} onOpen={() => go({ view: 'categories', every: 'yes' })} />}
      </header>
      <nav className="tr-views" aria-label={t('title')}>
        {views.map((one) => (
          <button key={one} type="button" aria-pressed={one === view} onClick={() => go({ view: one })}>
            {t(one)}
          </button>
        ))}
      </nav>
      {view === 'rules' ? (
        <Rules />
      ) : (
        <div className="tr-split" data-open={chosen !== null || every || undefined}>
          {view === 'categories' ? (
            <ul className="tr-rows">
              <li className="tr-row tr-heads" aria-hidden="true">
                <span>{t('col_category')}</span>
                <span>{t('col_agreed', { days })}</span>
              </li>
              {rows.map((row) => (
                <li key={row.categoryId}>
                  <button
                    type="button"
                    className="tr-row"
                    aria-current={row.categoryId === chosen}
                    onClick={() => go({ category: row.categoryId })}
                  >
                    <span className="cut">
                      {name(row.categoryId)}{' '}
                      <span className="softer small">
                        {t('keywordsShort', { n: row.keywords })} · {t('examplesShort', { n: row.examples })}
                      </span>
                    </span>
                    <span className="soft small">{row.decided > 0 ? `${row.accepted} / ${row.decided}` : '—'}</span>
                    <span className="tr-bar" aria-hidden="true">
                      {row.decided > 0 && <i style={{ width: `${percent(row.accepted / row.decided)}%` }} />}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          ) : data && data.confusions.length === 0 ? (
            <Empty title={t('noConfusions', { days })}>{t('noConfusionsHow')}</Empty>
          ) : (
            <ul className="tr-rows">
              {(data?.confusions ?? []).map((row) => (
                <li key={`${row.suggestedId} ${row.categoryId}`}>
                  <button
                    type="button"
                    className="tr-row"
                    aria-current={row.categoryId === chosen && row.suggestedId === search.suggested}
                    onClick={() => go({ category: row.categoryId, suggested: row.suggestedId, accepted: 'no' })}
                  >
                    <span>{t('confused', { suggested: name(row.suggestedId), decided: name(row.categoryId) })}</span>
                    <span className="soft small">{t('times', { n: row.times })}</span>
                    <span />
                  </button>
                </li>
              ))}
            </ul>
          )}
          <section className="tr-one" aria-label={chosen === null ? t(every ? 'everyCategory' : 'pick') : name(chosen)}>
            {chosen === null && !every ? (
              <Empty title={t('pick')}>{t('pickHow')}</Empty>
            ) : (
              <>
                <header>
                  <span className="tr-back">
                    <Button small onClick={() => go({})}>
                      {t('back')}
                    </Button>
                  </span>
                  <h2>{chosen === null ? t('everyCategory') : name(chosen)}</h2>
                </header>
                {view === 'categories' && chosen !== null && <CategoryWords key={chosen} categoryId={chosen} />}
                <Decisions
                  days={days}
                  categoryId={chosen ?? undefined}
                  suggestedId={search.suggested}
                  accepted={search.accepted}
                  onAccepted={(accepted) =>
                    go({ category: search.category, suggested: search.suggested, every: search.every, accepted })
                  }
                />
              </>
            )}
          </section>
        </div>
      )}
    </div>
  );
}
