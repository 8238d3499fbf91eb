import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type CallSheet, followupEndpoints as api } from '../../../contract/followups.ts';
import { call } from '../../app/api.ts';
import { notify, Problem } from '../../kit/index.ts';
import { Acts, type Asking, asksFirst, type Attempt, ways } from './attempts.tsx';
import { Brief, CallBar } from './brief.tsx';
import { type Draft, dropDraft, missing, type Question, useDraft, valueOf } from './draft.ts';
import { useKeys } from './keys.ts';
import { Script } from './script.tsx';
import { Side } from './side.tsx';
import { useT } from './words.ts';

interface Props {
  id: string;
  today: { due: number; done: number } | null;
  onTalking: (id: string | null) => void;
  /** The call is off the list: answered, refused or unreachable. */
  onGone: (id: string) => boolean;
  onBack: () => void;
}

export function Sheet(props: Props) {
  const t = useT();
  const sheet = useQuery({ queryKey: ['followups', 'sheet', props.id], queryFn: () => call(api.sheet, { id: props.id }) });
  if (sheet.error) return <Problem title={t('loadFailed')} error={sheet.error} onRetry={() => sheet.refetch()} />;
  if (!sheet.data) return <div className="fu-middle" aria-busy="true" />;
  return <Open key={props.id} sheet={sheet.data} {...props} />;
}

function Open({ sheet, id, today, onTalking, onGone, onBack }: Props & { sheet: CallSheet }) {
  const t = useT();
  const cache = useQueryClient();
  const [draft, change] = useDraft(id);
  const [asking, setAsking] = useState<Asking>(null);
  const [chosen, setChosen] = useState<Question | null>(null);
  const unasked = missing(draft);
  const current = chosen ?? unasked[0] ?? null;
  const may = sheet.independence.every((rule) => rule.holds);

  useEffect(() => onTalking(draft.startedAt ? id : null), [draft.startedAt, id, onTalking]);

  const refresh = () => cache.invalidateQueries({ queryKey: ['followups'] });
  const gone = async () => {
    dropDraft(id);
    const another = onGone(id);
    notify.good(t(another ? 'completed' : 'completedLast'));
    await refresh();
  };
  const attempt = useMutation({
    mutationFn: (made: Attempt) => call(api.attempt, { id, ...made }),
    onSuccess: async (_, made) => {
      setAsking(null);
      change({ startedAt: undefined });
      notify.good(t('attemptSaved', { what: t(made.outcome) }));
      if (made.outcome === 'refused') await gone();
      else await refresh();
    },
    onError: notify.problem,
  });
  const unreachable = useMutation({ mutationFn: () => call(api.unreachable, { id }), onSuccess: gone, onError: notify.problem });
  const complete = useMutation({
    mutationFn: () =>
      call(api.complete, {
        id,
        contacted: draft.contacted!,
        answer: draft.answer!,
        satisfied: draft.satisfied!,
        speed: draft.speed!,
        attitude: draft.attitude!,
        words: draft.words?.trim() || undefined,
        channel: 'phone',
      }),
    onSuccess: gone,
    onError: notify.problem,
  });
  const busy = attempt.isPending || unreachable.isPending || complete.isPending;

  const answer = (question: Question, value: Draft[Question]) => {
    change({ [question]: value, startedAt: draft.startedAt ?? Date.now() });
    setChosen(null);
  };
  const step = (by: 1 | -1) => {
    const order: Question[] = ['contacted', 'answer', 'satisfied', 'speed', 'attitude'];
    const at = current ? order.indexOf(current) : order.length;
    setChosen(order[Math.min(Math.max(at + by, 0), order.length - 1)]!);
  };
  const finish = () => {
    if (may && unasked.length === 0 && !busy) complete.mutate();
  };

  useKeys(asking === null && may, (key, event) => {
    if (key === 'Enter' && (event.ctrlKey || event.metaKey)) return finish(), true;
    if (/^\d$/.test(key) && current) {
      const value = valueOf(current, Number(key));
      if (value !== undefined) answer(current, value);
      return true;
    }
    if (key === 'ArrowUp' || key === 'ArrowDown') return step(key === 'ArrowUp' ? -1 : 1), true;
    if (key === ' ' && !draft.startedAt) return change({ startedAt: Date.now() }), true;
    if (key === 't') return document.getElementById('fu-words')?.focus(), true;
    if (key === 'u' && sheet.mayCloseUnreachable) return setAsking('unreachable'), true;
    const way = ways.find((one) => one.key.toLowerCase() === key && (one.channel === 'thread' || sheet.callback));
    if (!way || busy) return false;
    if (asksFirst(way.outcome)) setAsking(way.outcome);
    else attempt.mutate({ channel: way.channel, outcome: way.outcome });
    return true;
  });

  const names = unasked.map((question) => t(`short_${question}`)).join(t('comma'));
  return (
    <>
      <section className="fu-middle" aria-label={sheet.number}>
        <button type="button" className="fu-back" onClick={onBack}>
          ← {t('backToList')}
        </button>
        <CallBar sheet={sheet} startedAt={draft.startedAt} onPickedUp={() => change({ startedAt: Date.now() })} />
        <Brief sheet={sheet} />
        {may && (
          <Script
            sheet={sheet}
            draft={draft}
            current={current}
            onAnswer={answer}
            onCurrent={setChosen}
            onWords={(words) => change({ words })}
          />
        )}
      </section>
      <Side sheet={sheet} today={today} />
      {may && (
        <Acts
          sheet={sheet}
          busy={busy}
          missing={unasked.length === 0 ? null : t('stillMissing', { n: unasked.length, which: names })}
          asking={asking}
          setAsking={setAsking}
          onAttempt={(made) => attempt.mutate(made)}
          onUnreachable={() => unreachable.mutate()}
          onComplete={finish}
        />
      )}
    </>
  );
}
