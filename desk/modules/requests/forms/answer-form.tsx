import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useState } from 'react';
import { knowledgeEndpoints } from '../../../../contract/knowledge.ts';
import { requestEndpoints } from '../../../../contract/requests.ts';
import { call } from '../../../app/api.ts';
import { nameIn, useLocale } from '../../../app/words.ts';
import { TextField } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import { FormFrame, type FormProps, useDraftedAct, written } from './form-act.tsx';

const noAnswer = { text: '', articleCode: '' };

/** An answer at once, from a note or in one's own words: handled, not closed. */
export function AnswerForm(props: FormProps) {
  const { thread, onCancel } = props;
  const t = useActWords();
  const language = useLocale();
  const [search, setSearch] = useState('');
  const sought = useDeferredValue(search.trim());
  const searchId = useId();
  const notes = useQuery({
    queryKey: ['articles', sought],
    queryFn: () => call(knowledgeEndpoints.articles, { search: sought || undefined }),
    staleTime: 300_000,
  });
  // The playbook of this kind of need: what was answered before, and whether it held.
  const near = useQuery({
    queryKey: ['articles', 'near', thread.id],
    queryFn: () => call(knowledgeEndpoints.suggestArticles, { text: thread.text ?? '', categoryId: thread.categoryId }),
    staleTime: 60_000,
    gcTime: 60_000,
    enabled: sought === '',
  });
  const suggested = sought === '' ? (near.data?.articles ?? []) : [];
  const articles = [
    ...suggested,
    ...(notes.data?.articles ?? [])
      .filter((one) => !suggested.some(({ code }) => code === one.code))
      .map((one) => ({ ...one, because: [] as string[], measured: null })),
  ];
  const { draft, change, act } = useDraftedAct(requestEndpoints.answer, props, {
    keptAs: `answer.${thread.id}`,
    empty: noAnswer,
    said: t('done_answer', { number: thread.number }),
  });
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('act_answer')}
      missing={[!written(draft.text) && t('answerText')]}
      onSend={() =>
        act.mutate({
          id: thread.id,
          version: act.read,
          text: draft.text.trim(),
          articleCode: draft.articleCode || undefined,
        })
      }
      onCancel={onCancel}
    >
      <div className="form-columns">
        <TextField
          label={t('answerText')}
          hint={t('answerHint')}
          rows={6}
          maxLength={2000}
          value={draft.text}
          onChange={(text) => change({ text })}
        />
        <div className="field">
          <label htmlFor={searchId}>{t('articles')}</label>
          <input
            id={searchId}
            type="search"
            className="input"
            placeholder={t('articlesSearch')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <ul className="articles">
            {articles.slice(0, 12).map((article) => (
              <li key={article.code}>
                <button
                  type="button"
                  aria-pressed={draft.articleCode === article.code}
                  onClick={() =>
                    change({ text: language === 'en' ? article.bodyEn : article.bodyZh, articleCode: article.code })
                  }
                >
                  <b>{nameIn(article, language)}</b>
                  {(article.because.length > 0 || (article.measured && article.measured.answered > 0)) && (
                    <span className="small soft">
                      {article.because.join(' · ')}{' '}
                      {article.measured &&
                        article.measured.answered > 0 &&
                        t('articleHeld', { held: article.measured.held, n: article.measured.answered })}
                    </span>
                  )}
                  <span className="small soft cut">{language === 'en' ? article.bodyEn : article.bodyZh}</span>
                </button>
              </li>
            ))}
            {notes.data?.articles.length === 0 && <li className="small softer">{t('articlesNone')}</li>}
          </ul>
        </div>
      </div>
    </FormFrame>
  );
}
