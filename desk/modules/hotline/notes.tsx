import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { knowledgeEndpoints } from '../../../contract/knowledge.ts';
import type { Category } from '../../../contract/organization.ts';
import { call } from '../../app/api.ts';
import { useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Kbd } from '../../kit/kbd.tsx';
import { nearest } from './nearest.ts';
import { useT } from './words.ts';

interface Props {
  category: Category | undefined;
  onUse: (text: string, articleCode: string) => void;
}

/** Notes to answer from while the caller is on the line; those near the chosen category come first. */
export function Notes({ category, onUse }: Props) {
  const t = useT();
  const english = useLocale() === 'en';
  const [typed, setTyped] = useState('');
  const [openCode, setOpenCode] = useState<string | null>(null);
  const search = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['articles', search],
    queryFn: () => call(knowledgeEndpoints.articles, { search: search || undefined }),
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  });
  const articles = useMemo(() => {
    const all = found.data?.articles ?? [];
    return search || !category ? all : nearest(all, category.zh);
  }, [found.data, search, category]);
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
      {found.data && articles.length === 0 && <p className="soft small">{search ? t('notesEmpty') : t('notesHow')}</p>}
    </section>
  );
}
