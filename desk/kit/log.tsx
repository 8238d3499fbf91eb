import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { defineWords, useWords } from '../app/words.ts';
import { Button } from './button.tsx';
import { Glyph } from './glyph.tsx';
import './log.css';
import { Problem } from './problem.tsx';
import { Switch } from './switch.tsx';

const words = defineWords({ older: ['更早的', 'Older'] });

interface Props<State extends string, Row> {
  label: string;
  states: readonly State[];
  state: State;
  word: (state: State) => string;
  onState: (state: State) => void;
  /** The only one whose rows are shown, and how all are shown again. */
  only?: { name: string; leave: string; onLeave: () => void };
  /** Beside the states: what is done with all rows that are shown. */
  act?: ReactNode;
  query: Pick<UseInfiniteQueryResult, 'error' | 'refetch' | 'hasNextPage' | 'fetchNextPage' | 'isFetchingNextPage'>;
  /** What has arrived so far; undefined while nothing has. */
  rows: readonly Row[] | undefined;
  empty: string;
  row: (row: Row) => ReactNode;
}

/** What went out and what became of it, the latest first: by state, and older ones at a press. */
export function Log<State extends string, Row>(props: Props<State, Row>) {
  const { label, states, state, word, onState, only, act, query, rows, empty, row } = props;
  const t = useWords(words);
  return (
    <section className="log" aria-label={label}>
      <div className="log-head">
        <h2>{label}</h2>
        {only && (
          <button type="button" className="chip on" onClick={only.onLeave}>
            {only.name} <Glyph name="cross" />
            <span className="sr-only">{only.leave}</span>
          </button>
        )}
        <Switch label={label} options={states} value={state} word={word} onChange={onState} />
        {act}
      </div>
      {query.error && !rows && <Problem error={query.error} onRetry={() => query.refetch()} />}
      {rows?.length === 0 && <p className="soft">{empty}</p>}
      <ul className="log-rows">{rows?.map(row)}</ul>
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </section>
  );
}
