import { useQuery } from '@tanstack/react-query';
import type { RequestThread } from '../../../contract/requests.ts';
import { type Suggestion, triageEndpoints } from '../../../contract/triage.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { Button, Glyph, Kbd, useKey } from '../../kit/index.ts';
import { needsSummary } from './acts.ts';
import { useSortingWords } from './sorting-words.ts';

export interface SortingActs {
  take(thread: RequestThread, suggestion: Suggestion): void;
  correct(thread: RequestThread, categoryId: number): void;
}

interface Props extends SortingActs {
  thread: RequestThread;
  busy: boolean;
}

const isUsual = (thread: RequestThread, suggestion: Suggestion): boolean =>
  suggestion.lineId === thread.suggestion?.lineId &&
  suggestion.unitId === thread.suggestion.unitId &&
  (suggestion.urgentWords.length === 0 || thread.priority === 'urgent');

/** One key of a suggestion; a component of its own, so that a key is bound only while it can do something. */
function SuggestionKey({ by, hint, run }: { by: string; hint: string; run: () => void }) {
  useKey(by, run, { hint });
  return null;
}

/** What the words say it is about, why, and where it would go; one key takes it, a number corrects the category. */
export function Sorting({ thread, busy, take, correct }: Props) {
  const t = useSortingWords();
  const format = useFormat();
  const directory = useDirectory();
  const dispatches = useMay()('cases.dispatch');
  const waits = thread.can.dispatch || thread.can.setFacts;
  const { data } = useQuery({
    queryKey: ['suggestion', thread.id, thread.version],
    queryFn: ({ signal }) => call(triageEndpoints.ofRequest, { id: thread.id }, { signal }),
    enabled: dispatches && waits && thread.can.dispatch,
    staleTime: 30_000,
  });
  if (!data || (!data.suggestion && !data.sealed)) return null;
  const { suggestion, sealed } = data;
  const nameOf = (id: number) => `${directory.category(id)?.code ?? ''} ${directory.categoryName(id)}`;
  const takes =
    suggestion !== null &&
    suggestion.lineId !== null &&
    suggestion.lineId !== thread.aboutLineId &&
    thread.can.dispatch &&
    !needsSummary(thread) &&
    // Where nothing differs, the key that dispatches does the same.
    !(suggestion.agrees && isUsual(thread, suggestion));
  const others = suggestion?.categories.filter(({ categoryId }) => categoryId !== thread.categoryId) ?? [];
  return (
    <section className="sorting" aria-label={t('title')}>
      {sealed && thread.can.moveToSealed && (
        <p className="sorting-note small seal" role="note">
          <Glyph name="lock" />
          <span>
            {t(`sealed_${sealed}`, {
              number: sealed === 'care' ? directory.group.careLine : directory.group.oversightLine,
            })}
          </span>
        </p>
      )}
      {suggestion && (
        <>
          <div className="row small">
            <span className="softer">{t('title')}</span>
            <span className="tag">{t(`sure_${suggestion.sureness}`)}</span>
            {suggestion.agrees && <span className="soft">{t('agrees')}</span>}
            {takes && (
              <>
                <span className="grow" />
                <Button small keys={['Q']} busy={busy} onClick={() => take(thread, suggestion)}>
                  {t('take')}
                </Button>
                {!busy && <SuggestionKey by="q" hint={t('take')} run={() => take(thread, suggestion)} />}
              </>
            )}
          </div>
          {others.length > 0 && (!suggestion.agrees || suggestion.sureness !== 'high') && (
            <ul className="sorting-categories">
              {others.map(({ categoryId, p }, i) => (
                <li key={categoryId}>
                  <button
                    type="button"
                    className="linkish"
                    disabled={busy || !thread.can.setFacts}
                    title={format.percent(p)}
                    onClick={() => correct(thread, categoryId)}
                  >
                    <Kbd>{String(i + 1)}</Kbd> <span className="suggestion">{nameOf(categoryId)}</span>
                  </button>
                  {!busy && thread.can.setFacts && (
                    <SuggestionKey
                      by={String(i + 1)}
                      hint={t('choose', { name: nameOf(categoryId) })}
                      run={() => correct(thread, categoryId)}
                    />
                  )}
                </li>
              ))}
            </ul>
          )}
          <p className="small soft">
            {t('because')}{' '}
            {suggestion.reasons.length > 0
              ? suggestion.reasons.map((word) => t('quoted', { word })).join(t('comma'))
              : t('noWords')}
          </p>
          {suggestion.urgentWords.length > 0 && thread.priority !== 'urgent' && (
            <p className="sorting-note small sorting-urgent">
              <Glyph name="triangle" />
              <span>
                {t('urgent', { words: suggestion.urgentWords.map((word) => t('quoted', { word })).join(t('comma')) })}
              </span>
            </p>
          )}
          {takes && (
            <p className="small soft">
              {t('toLine')}{' '}
              <span className="suggestion">
                {[directory.lineName(suggestion.lineId), directory.nameOf(suggestion.unitId)].filter(Boolean).join(' ')}
              </span>
              {suggestion.coLineIds.length > 0 && (
                <>
                  {' + '}
                  <span className="suggestion">
                    {suggestion.coLineIds.map((id) => directory.lineName(id)).join(t('comma'))}
                  </span>
                </>
              )}
              {t('why', {
                why:
                  suggestion.lineBecause === 'decisions'
                    ? t('byDecisions', suggestion.lineCounts ?? { there: 0, all: 0 })
                    : t(suggestion.lineBecause === 'catalogue' ? 'byCatalogue' : 'byCategory'),
              })}
            </p>
          )}
        </>
      )}
    </section>
  );
}
