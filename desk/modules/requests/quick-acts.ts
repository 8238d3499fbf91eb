import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { caseEndpoints } from '../../../contract/cases.ts';
import type { Suggestion } from '../../../contract/joint.ts';
import { partEndpoints } from '../../../contract/parts.ts';
import type { RequestRow, RequestThread } from '../../../contract/requests.ts';
import { requestEndpoints } from '../../../contract/requests.ts';
import { type Suggestion as Sorted, triageEndpoints } from '../../../contract/triage.ts';
import { useAct } from '../../app/act.ts';
import { useDirectory } from '../../app/directory.ts';
import { notify } from '../../kit/index.ts';
import { useActWords } from './act-words.ts';
import { needsSummary } from './acts.ts';
import { usePartWords } from './part-words.ts';
import { useSortingWords } from './sorting-words.ts';

/**
 * What follows an act, however many others were sent after it: the callbacks of `mutate` are called for the last one
 * only. What failed has been said by the act itself.
 */
function after<T>(sent: Promise<T>, then: (answer: T) => void): void {
  void sent.then(then, () => undefined);
}

/** Acts of one key, without a form: dispatch to the suggested line (with ten seconds to undo), raise, accept. */
export function useQuickActs(onUndoable: (undo: () => void) => void) {
  const t = useActWords();
  const sorting = useSortingWords();
  const directory = useDirectory();
  const cache = useQueryClient();
  const refreshes = [['requests'], ['request']] as const;
  const takeBack = useAct(caseEndpoints.takeBack, { refreshes, onFail: notify.problem });
  const take = useAct(triageEndpoints.accept, { refreshes, onFail: notify.problem });
  const dispatch = useAct(caseEndpoints.dispatch, { refreshes, onFail: notify.problem });
  const facts = useAct(requestEndpoints.setFacts, { refreshes, onFail: notify.problem });
  const accept = useAct(caseEndpoints.accept, { refreshes, onFail: notify.problem });
  const acceptPart = useAct(partEndpoints.acceptPart, {
    refreshes: [...refreshes, ['parts']],
    onFail: notify.problem,
  });
  const parts = usePartWords();

  const dispatchTo = useCallback(
    (thread: RequestThread, { lineId, unitId, coLineIds }: Suggestion) =>
      after(
        dispatch.mutateAsync({ id: thread.id, version: thread.version, lineId, unitId, coLineIds }),
        ({ caseId }) => {
          const undo = () =>
            after(takeBack.mutateAsync({ id: caseId, reason: t('undoReason') }), () =>
              notify.good(t('undone', { number: thread.number })),
            );
          onUndoable(undo);
          const line = [directory.lineName(lineId), directory.nameOf(unitId)].filter(Boolean).join(t('dot'));
          notify.good(t('done_dispatch', { number: thread.number, line }), {
            label: `${t('undo')} Z`,
            run: undo,
          });
        },
      ),
    [dispatch, takeBack, t, directory, onUndoable],
  );
  const takeSuggestion = useCallback(
    (thread: RequestThread, suggestion: Sorted) => {
      const { priority, lineId, unitId, coLineIds, categories } = suggestion;
      const to = { lineId: lineId!, unitId, coLineIds, priority, categoryId: categories[0]!.categoryId };
      after(take.mutateAsync({ id: thread.id, version: thread.version, ...to }), ({ caseId }) => {
        const undo = () =>
          after(takeBack.mutateAsync({ id: caseId, reason: t('undoReason') }), () =>
            notify.good(t('undone', { number: thread.number })),
          );
        onUndoable(undo);
        notify.good(sorting('taken', { number: thread.number, line: directory.lineName(lineId) }), {
          label: `${t('undo')} Z`,
          run: undo,
        });
      });
    },
    [take, takeBack, t, sorting, directory, onUndoable],
  );
  const correct = useCallback(
    (thread: RequestThread, categoryId: number) =>
      after(facts.mutateAsync({ id: thread.id, version: thread.version, categoryId }), ({ version }) => {
        const { id, number, priority, categoryId: was } = thread;
        const told = sorting('corrected', { number, name: directory.categoryName(categoryId) });
        // A class once made stricter stays: then there is no way back that would restore what was.
        if (directory.category(was)?.recordClass !== directory.category(categoryId)?.recordClass)
          return notify.good(told);
        // Back as it was, told to the journal like every change; refused where somebody has changed it meanwhile.
        const undo = () =>
          after(facts.mutateAsync({ id, version, categoryId: was, priority }), () =>
            notify.good(sorting('back', { number, name: directory.categoryName(was) })),
          );
        onUndoable(undo);
        notify.good(told, { label: `${t('undo')} Z`, run: undo });
      }),
    [facts, sorting, t, directory, onUndoable],
  );
  const raise = useCallback(
    (thread: RequestThread) =>
      after(facts.mutateAsync({ id: thread.id, version: thread.version, priority: 'urgent' }), () =>
        notify.good(t('done_urgent', { number: thread.number })),
      ),
    [facts, t],
  );
  const acceptCase = useCallback(
    (row: Pick<RequestRow, 'caseId' | 'number'>) =>
      after(accept.mutateAsync({ id: row.caseId! }), () => notify.good(t('done_accept', { number: row.number }))),
    [accept, t],
  );
  const acceptMyPart = useCallback(
    (thread: RequestThread) => {
      const part = thread.parts.find((each) => each.mine && each.state === 'asked');
      if (part)
        after(acceptPart.mutateAsync({ id: part.id }), () => notify.good(parts('accepted', { number: thread.number })));
    },
    [acceptPart, parts],
  );
  return {
    dispatchTo,
    acceptPart: acceptMyPart,
    takeSuggestion,
    correct,
    raise,
    acceptCase,
    busy:
      dispatch.isPending ||
      take.isPending ||
      facts.isPending ||
      accept.isPending ||
      acceptPart.isPending ||
      takeBack.isPending,
    refresh: () => Promise.all(refreshes.map((queryKey) => cache.invalidateQueries({ queryKey }))),
  };
}

/** Where one key dispatches to: what the catalogue says, unless the request needs a summary first. */
export function readySuggestion(thread: RequestThread): Suggestion | null {
  if (!thread.can.dispatch || !thread.suggestion) return null;
  return needsSummary(thread) ? null : thread.suggestion;
}
