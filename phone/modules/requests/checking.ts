import type { Draft } from '../../app/records.ts';
import type { Words } from '../../app/words.zh.ts';
import type { Need } from './needs.ts';

/** What is sent as the person's words: tapped phrases, then what was typed, or the name of the need alone. */
export function wordsOf(draft: Pick<Draft, 'phrases' | 'text' | 'code'>, need: Need, words: Words): string {
  const said = [draft.phrases.join(words.listComma), draft.text.trim()].filter(Boolean).join(words.sentenceEnd);
  if (draft.code === 'X') return `${said} ${words.unclearMark}`;
  return said || words.onlyNamed(need.name);
}

export type Fault = 'say' | 'callback' | 'where';

/** What is missing or wrong, in the order of the page. */
export function faultsOf(draft: Draft, placed: boolean): Fault[] {
  const faults: Fault[] = [];
  const typed = draft.text.trim();
  if (!placed) faults.push('where');
  if (draft.phrases.length === 0 && (typed.length === 1 || (draft.code === 'X' && typed.length < 2)))
    faults.push('say');
  const { callback, confidentiality } = draft;
  if (confidentiality !== 'anonymous' && callback.trim() && !/^[+\d][\d\s-]{2,39}$/.test(callback.trim()))
    faults.push('callback');
  return faults;
}
