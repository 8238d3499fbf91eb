import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { followupEndpoints as api, type CallSheet } from '../../../contract/followups.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { now } from '../../app/now.ts';
import { Button } from '../../kit/button.tsx';
import { Glyph } from '../../kit/glyph.tsx';
import { useKey } from '../../kit/keys.ts';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { Acts, type Asking, type Attempt, asksFirst, ways } from './attempts.tsx';
import { Brief, CallBar } from './brief.tsx';
import { useClaim } from './claim.ts';
import { Done } from './done.tsx';
import { answerOf, type Draft, dropDraft, missing, opensAgain, type Question, questionsOf, useDraft } from './draft.ts';
import { Script } from './script.tsx';
import { Side } from './side.tsx';
import { useT } from './words.ts';

/** What is in hand once a call is off the list: the next one, none, or one that was opened before the answer came. */
export type After = 'next' | 'last' | 'elsewhere';

interface Props {
  id: string;
  today: { due: number; done: number } | null;
  onTalking: (id: string | null) => void;
  /** The call is off the list: answered, refused or unreachable. */
  onGone: (id: string) => After;
  onBack: () => void;
}

/** One call, from the number to the frozen answer. */
export function Sheet(props: Props) {
  const t = useT();
  const sheet = useQuery({
    queryKey: ['followups', 'sheet', props.id],
    queryFn: () => call(api.sheet, { id: props.id }),
  });
  if (sheet.error && !sheet.data)
    return <Problem title={t('loadFailed')} error={sheet.error} onRetry={() => sheet.refetch()} />;
  if (!sheet.data) return <div className="fu-middle" aria-busy="true" />;
  return <OpenSheet key={props.id} sheet={sheet.data} {...props} />;
}

/** Binds one key; a component, because there are as many as there are ways and digits. */
function Bind({ letter, hint, onPress }: { letter: string; hint?: string; onPress: () => void }) {
  useKey(letter.toLowerCase(), onPress, { hint });
  return null;
}
const digits = [0, 1, 2, 3, 4, 5];

function OpenSheet({ sheet, id, today, onTalking, onGone, onBack }: Props & { sheet: CallSheet }) {
  const t = useT();
  const [draft, change] = useDraft(id);
  const [asking, setAsking] = useState<Asking>(null);
  const [chosen, setChosen] = useState<Question | null>(null);
  const wordsField = useRef<HTMLTextAreaElement>(null);
  const questions = questionsOf(sheet.kind);
  const unasked = missing(draft, questions);
  const current = chosen ?? unasked[0] ?? null;
  const free = sheet.independence.every((rule) => rule.holds) && sheet.done === null;
  const taken = useClaim(sheet, free);
  const may = free && taken === null;
  const startedAt = draft.startedAt;

  useEffect(() => {
    onTalking(startedAt ? id : null);
  }, [startedAt, id, onTalking]);

  const gone = (said?: string) => {
    dropDraft(id);
    const after = onGone(id);
    notify.good(said ?? t(`completed_${after}`));
  };
  const refreshes = [['followups']];
  const attempt = useAct(api.attempt, {
    refreshes,
    onDone: (_, { outcome }) => {
      setAsking(null);
      const said = t('attemptSaved', { what: t(outcome) });
      if (outcome === 'refused') return gone(said);
      change({ startedAt: undefined });
      notify.good(said);
    },
    onFail: notify.problem,
  });
  const unreachable = useAct(api.unreachable, {
    refreshes,
    onDone: () => gone(t('unreachableDone')),
    onFail: notify.problem,
  });
  const complete = useAct(api.complete, { refreshes, onDone: () => gone(), onFail: notify.problem });
  const visited = useAct(api.visited, {
    refreshes,
    onDone: ({ reopened, tooLate }) => gone(reopened ? t('visitReopened') : tooLate ? t('visitTooLate') : undefined),
    onFail: notify.problem,
  });
  const busy = attempt.isPending || unreachable.isPending || complete.isPending || visited.isPending;

  const record = (made: Attempt) =>
    attempt.mutate({ id, channel: made.channel, outcome: made.outcome, appointment: made.appointment });
  const take = (way: Attempt) => (asksFirst(way.outcome) ? setAsking(way.outcome) : record(way));
  const answer = (question: Question, value: Draft[Question]) => {
    change({ [question]: value, startedAt: startedAt ?? now() });
    setChosen(null);
  };
  const pickUp = () => change({ startedAt: now() });
  const finish = () => {
    if (!may || busy || unasked.length > 0) return;
    const { contacted, answer: said, satisfied, speed, attitude, visit, words, forLine, ticks, callRef } = draft;
    const seconds = startedAt ? Math.min(14_400, Math.max(0, Math.round((now() - startedAt) / 1000))) : undefined;
    const known = {
      id,
      words: words?.trim() || undefined,
      forLine: (opensAgain(draft) && forLine?.trim()) || undefined,
      scriptVersion: sheet.script.version,
      seconds,
      callRef: callRef || undefined,
    };
    if (sheet.kind === 'visit') visited.mutate({ ...known, result: visit! });
    else
      complete.mutate({
        ...known,
        contacted: contacted!,
        answer: said!,
        satisfied: satisfied!,
        speed: speed!,
        attitude: attitude!,
        ticks,
        channel: 'phone',
      });
  };

  const press = (digit: number) => {
    const value = current ? answerOf(current, digit) : undefined;
    if (current && value !== undefined) answer(current, value);
  };
  const step = (by: 1 | -1) => {
    const at = current ? questions.indexOf(current) : questions.length;
    setChosen(questions[Math.min(Math.max(at + by, 0), questions.length - 1)]!);
  };

  useKey('mod+Enter', finish, { enabled: may, inFields: true });
  useKey('ArrowUp', () => step(-1), { enabled: may, hint: t('keyQuestionBefore') });
  useKey('ArrowDown', () => step(1), { enabled: may, hint: t('keyQuestionNext') });
  useKey('t', () => wordsField.current?.focus(), { enabled: may, hint: t('personWords') });
  useKey('d', pickUp, { enabled: may && !startedAt && sheet.callback !== null, hint: t('pickedUp') });
  useKey('u', () => setAsking('unreachable'), { enabled: may && sheet.mayCloseUnreachable, hint: t('unreachable') });

  const offered = ways.filter((way) => way.channel === 'thread' || sheet.callback !== null);
  const names = unasked.map((question) => t(`short_${question}`)).join(t('comma'));
  return (
    <>
      <section className="fu-middle" aria-label={sheet.number}>
        <div className="fu-back">
          <Button small onClick={onBack}>
            <Glyph name="left" />
            {t('backToList')}
          </Button>
        </div>
        <CallBar sheet={sheet} taken={taken} startedAt={startedAt} onPickedUp={pickUp} />
        <Brief sheet={sheet} />
        {sheet.done && <Done sheet={sheet} done={sheet.done} />}
        {may && (
          <Script
            sheet={sheet}
            draft={draft}
            current={current}
            wordsField={wordsField}
            onAnswer={answer}
            onChange={change}
          />
        )}
      </section>
      <Side sheet={sheet} today={today} />
      {may && (
        <Acts
          sheet={sheet}
          busy={busy}
          offered={offered}
          missing={unasked.length === 0 ? null : t('stillMissing', { n: unasked.length, which: names })}
          asking={asking}
          setAsking={setAsking}
          onTake={take}
          onRecord={record}
          onUnreachable={() => unreachable.mutate({ id })}
          onComplete={finish}
        />
      )}
      {may &&
        offered.map((way) => (
          <Bind key={way.key} letter={way.key} hint={t(way.outcome)} onPress={() => !busy && take(way)} />
        ))}
      {may && digits.map((digit) => <Bind key={digit} letter={String(digit)} onPress={() => press(digit)} />)}
    </>
  );
}
