import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useState } from 'react';
import { knowledgeEndpoints } from '../../../contract/knowledge.ts';
import type { Category } from '../../../contract/organization.ts';
import { call } from '../../app/api.ts';
import { useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Kbd } from '../../kit/kbd.tsx';
import { useT } from './words.ts';

interface Props {
  category: Category | undefined;
  /** What is being typed: articles near it come first, and nothing of it is kept. */
  text: string;
  onUse: (text: string, articleCode: string) => void;
}

/** The words as they stood when the hand rested. */
export function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

/** Articles to answer from while the caller is on the line: those near the typed words and the chosen category come first. */
export function Notes({ category, text, onUse }: Props) {
  const t = useT();
  const english = useLocale() === 'en';
  const [typed, setTyped] = useState('');
  const [openCode, setOpenCode] = useState<string | null>(null);
  const search = useDeferredValue(typed.trim());
  const rested = useRested(text.trim());
  const all = useQuery({
    queryKey: ['articles', search],
    queryFn: () => call(knowledgeEndpoints.articles, { search: search || undefined }),
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  });
  const near = useQuery({
    queryKey: ['articles', 'near', rested, category?.id ?? null],
    // What is typed on gives up the question before: only the last one is answered.
    queryFn: ({ signal }) =>
      call(knowledgeEndpoints.suggestArticles, { text: rested, categoryId: category?.id ?? null }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    // Not kept for longer than the call: what people say belongs in no cache.
    gcTime: 60_000,
    enabled: search === '' && (rested.length > 1 || category !== undefined),
  });
  const suggested = search === '' ? (near.data?.articles ?? []) : [];
  const codes = new Set(suggested.map((one) => one.code));
  const articles = [
    ...suggested,
    ...(all.data?.articles ?? [])
      .filter((one) => !codes.has(one.code))
      .map((one) => ({ ...one, because: [], byCategory: false, measured: null })),
  ];
  return (
    <section className="hl-notes" aria-label={t('notes')}>
      <h2>
        {t('notes')} <Kbd>A</Kbd>
      </h2>
      <input
        id="hl-notes"
        className="input"
        type="search"
        aria-label={t('notesSearch')}
        placeholder={t('notesSearch')}
        value={typed}
        maxLength={80}
        onChange={(event) => setTyped(event.target.value)}
      />
      <ul>
        {articles.slice(0, 8).map((one) => {
          const body = english ? one.bodyEn : one.bodyZh;
          const open = openCode === one.code;
          return (
            <li key={one.code}>
              <button
                type="button"
                className="hl-note"
                aria-expanded={open}
                onClick={() => setOpenCode(open ? null : one.code)}
              >
                <span className="soft small">{one.code}</span> {english ? one.en : one.zh}
                {(one.because.length > 0 || one.byCategory) && (
                  <span className="soft small hl-because">
                    {[...one.because, ...(one.byCategory ? [t('sameCategory')] : [])].join(' · ')}
                    {one.measured &&
                      one.measured.answered > 0 &&
                      ` · ${t('noteHeld', { held: one.measured.held, n: one.measured.answered })}`}
                  </span>
                )}
              </button>
              {open && (
                <div className="hl-notebody">
                  <p>{body}</p>
                  <Button small onClick={() => onUse(body, one.code)}>
                    {t('useNote')}
                  </Button>
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {all.data && articles.length === 0 && <p className="soft small">{search ? t('notesEmpty') : t('notesHow')}</p>}
    </section>
  );
}
