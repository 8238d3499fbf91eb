import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { triageEndpoints as api } from '../../../contract/triage.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { isStale } from '../../app/queries.ts';
import { Button } from '../../kit/button.tsx';
import { useDraft } from '../../kit/draft.ts';
import { Notice } from '../../kit/notice.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useT } from './words.ts';

const mostKeywords = 120;
const longestKeyword = 20;
const mostExamples = 20;
const longestExample = 200;

const listOf = (text: string, separator: RegExp): string[] => [
  ...new Set(
    text
      .split(separator)
      .map((one) => one.trim())
      .filter(Boolean),
  ),
];

/** Keywords and examples of one category; what is typed is kept until it is saved. */
export function CategoryWords({ categoryId }: { categoryId: number }) {
  const t = useT();
  const words = useQuery({
    queryKey: ['triage', 'words', categoryId],
    queryFn: () => call(api.words, { categoryId }),
  });
  if (words.error && !words.data)
    return <Problem title={t('loadFailed')} error={words.error} onRetry={() => words.refetch()} />;
  return words.data ? <WordsForm categoryId={categoryId} words={words.data} /> : null;
}

function WordsForm({ categoryId, words }: { categoryId: number; words: OutputOf<typeof api.words> }) {
  const t = useT();
  const cache = useQueryClient();
  const empty = useMemo(
    () => ({ keywords: words.keywords.join(' '), examples: words.examples.join('\n'), read: words.version }),
    [words.keywords, words.examples, words.version],
  );
  const [draft, change, drop] = useDraft(`sorting.words.${categoryId}`, empty);
  const [complained, setComplained] = useState(false);
  const save = useAct(api.setWords, {
    refreshes: [['triage']],
    onDone: () => {
      drop();
      notify.good(t('saved'));
    },
    // Somebody was first: their words are fetched and shown, and the next save is made against them.
    onFail: async (error) => {
      if (!isStale(error)) return notify.problem(error);
      await cache.invalidateQueries({ queryKey: ['triage', 'words', categoryId] });
      const stored = cache.getQueryData<OutputOf<typeof api.words>>(['triage', 'words', categoryId]);
      if (stored) change({ read: stored.version });
    },
  });
  // What was read when the typing began, not what came by itself since.
  const write = (part: { keywords: string } | { examples: string }) => change({ ...part, read: draft.read });
  const keywords = listOf(draft.keywords, /[\s,，、;；]+/);
  const examples = listOf(draft.examples, /\n+/);
  const faultOf = (list: string[], most: number, longest: number): string | undefined => {
    if (list.length > most) return t('tooMany', { most, n: list.length });
    const long = list.find((one) => one.length > longest);
    return long === undefined ? undefined : t('tooLong', { text: long.slice(0, 12), most: longest });
  };
  const faults = {
    keywords: faultOf(keywords, mostKeywords, longestKeyword),
    examples: faultOf(examples, mostExamples, longestExample),
  };
  const changed = draft.keywords !== empty.keywords || draft.examples !== empty.examples;
  return (
    <form
      className="tr-form"
      onSubmit={(event) => {
        event.preventDefault();
        setComplained(true);
        if (!faults.keywords && !faults.examples) save.mutate({ categoryId, version: draft.read, keywords, examples });
      }}
    >
      <TextField
        label={t('keywords')}
        hint={t('keywordsHint')}
        rows={4}
        value={draft.keywords}
        fault={complained ? faults.keywords : undefined}
        onChange={(text) => write({ keywords: text })}
      />
      <TextField
        label={t('examples')}
        hint={t('examplesHint')}
        rows={5}
        value={draft.examples}
        fault={complained ? faults.examples : undefined}
        onChange={(text) => write({ examples: text })}
      />
      {isStale(save.error) && (
        <Notice kind="near" alert>
          <b>{t('meanwhile')}</b>
          <p>
            {t('meanwhileNow')} {words.keywords.join(' ')}
          </p>
        </Notice>
      )}
      <div className="tr-acts">
        <Button kind="main" submit busy={save.isPending} disabled={!changed}>
          {t('save')}
        </Button>
        {changed && (
          <Button kind="plain" onClick={drop}>
            {t('cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
