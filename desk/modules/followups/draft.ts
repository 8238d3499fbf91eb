import { useCallback, useEffect, useState } from 'react';
import type { adherenceTicks, answers, callKinds, visitResults } from '../../../contract/followups.ts';

const closing = ['contacted', 'answer', 'satisfied', 'speed', 'attitude'] as const;
const visiting = ['visit'] as const;
export type Question = (typeof closing)[number] | (typeof visiting)[number];
/** What is asked: after sales there is one question, and it is no verdict. */
export const questionsOf = (kind: (typeof callKinds)[number]): readonly Question[] =>
  kind === 'visit' ? visiting : closing;
export type Tick = (typeof adherenceTicks)[number];
export type Answer = (typeof answers)[number];

/** Answers so far. A missing key is a question not asked yet; `null` means the person would not say. */
export interface Draft {
  contacted?: boolean;
  answer?: Answer;
  satisfied?: number | null;
  speed?: number | null;
  attitude?: number | null;
  visit?: (typeof visitResults)[number];
  words?: string;
  /** What the line is told is still missing. */
  forLine?: string;
  callRef?: string;
  ticks?: Tick[];
  /** When the person picked up. */
  startedAt?: number;
}

const keyOf = (callId: string) => `lastmetre.followup.${callId}`;

export function readDraft(callId: string): Draft {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(callId)) ?? '{}') as Draft;
  } catch {
    return {};
  }
}

export function dropDraft(callId: string): void {
  sessionStorage.removeItem(keyOf(callId));
}

/** Answers of one call, kept in this tab until they are frozen. */
export function useDraft(callId: string): [Draft, (change: Partial<Draft>) => void] {
  const [draft, setDraft] = useState<Draft>(() => readDraft(callId));
  useEffect(() => setDraft(readDraft(callId)), [callId]);
  const change = useCallback(
    (part: Partial<Draft>) => {
      const next = { ...readDraft(callId), ...part };
      sessionStorage.setItem(keyOf(callId), JSON.stringify(next));
      setDraft(next);
    },
    [callId],
  );
  return [draft, change];
}

/** Answers after which the line has the work again, and must know what is missing. */
export const opensAgain = ({ answer, visit }: Draft): boolean =>
  answer === 'not_solved' || answer === 'better' || visit === 'came_back';

export const missing = (draft: Draft, questions: readonly Question[]): Question[] =>
  questions.filter((question) => draft[question] === undefined);

/** What a number key means for a question; `undefined` where it means nothing. */
export function answerOf(question: Question, digit: number): Draft[Question] {
  if (question === 'contacted') return ([undefined, true, false] as const)[digit];
  if (question === 'answer') return ([undefined, 'solved', 'better', 'not_solved', 'unclear'] as const)[digit];
  if (question === 'visit') return ([undefined, 'still_good', 'came_back', 'unclear'] as const)[digit];
  if (digit === 0) return null;
  return digit >= 1 && digit <= 5 ? digit : undefined;
}
