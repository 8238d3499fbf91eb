import { useCallback, useEffect, useState } from 'react';
import type { answers } from '../../../contract/followups.ts';

export const questions = ['contacted', 'answer', 'satisfied', 'speed', 'attitude'] as const;
export type Question = (typeof questions)[number];
export type Answer = (typeof answers)[number];

/** Answers so far. A missing key is a question not asked yet; `null` means the person would not say. */
export interface Draft {
  contacted?: boolean;
  answer?: Answer;
  satisfied?: number | null;
  speed?: number | null;
  attitude?: number | null;
  words?: string;
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

export const missing = (draft: Draft): Question[] => questions.filter((question) => draft[question] === undefined);

/** What a number key means for a question; `undefined` where it means nothing. */
export function answerOf(question: Question, digit: number): Draft[Question] {
  if (question === 'contacted') return ([undefined, true, false] as const)[digit];
  if (question === 'answer') return ([undefined, 'solved', 'better', 'not_solved', 'unclear'] as const)[digit];
  if (digit === 0) return null;
  return digit >= 1 && digit <= 5 ? digit : undefined;
}
