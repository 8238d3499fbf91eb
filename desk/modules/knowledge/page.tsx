import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useRef, useState } from 'react';
import { knowledgeEndpoints as api, articleViews } from '../../../contract/knowledge.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { useKey } from '../../kit/keys.ts';
import { Problem } from '../../kit/problem.tsx';
import { Article } from './article.tsx';
import { ArticleForm, noText } from './article-form.tsx';
import './knowledge.css';
import { useT } from './words.ts';

interface Search {
  view?: (typeof articleViews)[number];
  code?: string;
}

/** The knowledge base: what people are answered from, who answers for it, and what came of it. */
export default function KnowledgePage() {
  const t = useT();
  const format = useFormat();
  const english = useLocale() === 'en';
  const navigate = useNavigate();
  const { view = 'all', code } = useSearch({ strict: false }) as Search;
  const go = (next: Search): void =>
    void navigate({ to: '/knowledge', search: { view, code, ...next } as never, replace: true });
  const [typed, setTyped] = useState('');
  const [beginning, setBeginning] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const search = useDeferredValue(typed.trim());
  const list = useQuery({
    queryKey: ['knowledge', 'list', view, search],
    queryFn: () => call(api.keptArticles, { view, search: search || undefined }),
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.articles ?? [];
  const move = (by: 1 | -1): void => {
    const at = rows.findIndex((row) => row.code === code);
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (!next) return;
    go({ code: next.code });
    document.querySelector(`[data-article="${next.code}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  useKey('/', () => box.current?.focus(), { hint: t('search') });
  useKey('j', () => move(1), { hint: t('next') });
  useKey('k', () => move(-1), { hint: t('before') });
  if (list.error && !list.data)
    return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  const open = beginning || code !== undefined;
  return (
    <div className="kb-page" data-open={open || undefined}>
      <section className="kb-list" aria-label={t('title')}>
        <header className="kb-head">
          <h1>{t('title')}</h1>
          <input
            ref={box}
            className="input"
            type="search"
            aria-label={t('search')}
            aria-keyshortcuts="/"
            placeholder={t('search')}
            value={typed}
            maxLength={80}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button kind="main" onClick={() => setBeginning(true)}>
            {t('begin')}
          </Button>
        </header>
        <div className="kb-views">
          {articleViews.map((one) => (
            <button key={one} type="button" aria-pressed={one === view} onClick={() => go({ view: one })}>
              {t(one)} <span className="soft">{list.data?.counts[one] ?? ''}</span>
            </button>
          ))}
        </div>
        {list.data && rows.length === 0 ? (
          <Empty title={t('empty')}>{t('emptyHow')}</Empty>
        ) : (
          <ul className="kb-rows">
            {rows.map((row) => (
              <li key={row.code}>
                <button
                  type="button"
                  className="kb-row"
                  data-article={row.code}
                  aria-current={row.code === code}
                  onClick={() => {
                    setBeginning(false);
                    go({ code: row.code });
                  }}
                >
                  <span className="soft">{row.code}</span>
                  <span className="cut">{english ? row.en : row.zh}</span>
                  <span className="soft small">
                    {row.measured.answered > 0
                      ? t('heldShort', { held: row.measured.held, n: row.measured.answered })
                      : ''}
                  </span>
                  <span className="soft small cut kb-under">
                    {row.open
                      ? t('draftWaits', { no: row.open.no, state: t(row.open.state), who: row.open.author })
                      : `${row.owner ?? t('nobody')} · `}
                    {!row.open && (
                      <span className={row.overdue ? 'kb-due' : undefined}>
                        {t(row.overdue ? 'overdue' : 'reviewBy')}{' '}
                        {row.reviewBy ? format.date(row.reviewBy) : t('noDay')}
                      </span>
                    )}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="kb-one" aria-label={code ?? t('select')}>
        {beginning ? (
          <>
            <h2>{t('begin')}</h2>
            <ArticleForm
              file={null}
              from={noText}
              onDone={(made) => {
                setBeginning(false);
                go({ view: 'open', code: made });
              }}
              onCancel={() => setBeginning(false)}
            />
          </>
        ) : code ? (
          <Article key={code} code={code} onBack={() => go({ code: undefined })} />
        ) : (
          <Empty title={t('select')}>{t('lead')}</Empty>
        )}
      </section>
    </div>
  );
}
