import { useCallback, useState } from 'react';
import { makeQueryCode } from '../../../contract/query-code.ts';
import type { confidentialities } from '../../../contract/requests.ts';
import { randomId } from '../../app/identifier.ts';

export type Confidentiality = (typeof confidentialities)[number];
export type OfficerChannel = 'site_officer' | 'paper_or_face';

/** What the form holds. `id` and `queryCode` are made here, so that sending it twice registers it once. */
export interface Draft {
  id: string;
  queryCode: string;
  categoryId: number | null;
  siteId: number | null;
  point: string;
  text: string;
  callback: string;
  confidentiality: Confidentiality;
  label: string;
  staffNo: string;
  priority: 'urgent' | 'high' | null;
  channel: OfficerChannel;
  /** Answered while the caller is on the line. */
  answer: { text: string; articleCode?: string } | null;
}

export const newDraft = (start: Partial<Draft> = {}): Draft => ({
  id: randomId(),
  queryCode: makeQueryCode(crypto.getRandomValues(new Uint8Array(9))),
  categoryId: null,
  siteId: null,
  point: '',
  text: '',
  callback: '',
  confidentiality: 'open',
  label: '',
  staffNo: '',
  priority: null,
  channel: 'site_officer',
  answer: null,
  ...start,
});

function read<T>(key: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

/** A value kept in this tab over a reload, unless it may not be stored; the last function forgets it. */
export function useKept<T>(
  key: string,
  start: () => T,
  mayStore: (value: T) => boolean = () => true,
): [T, (next: T) => void, () => void] {
  const [value, setValue] = useState<T>(() => read<T>(key) ?? start());
  const keep = useCallback(
    (next: T) => {
      if (mayStore(next)) sessionStorage.setItem(key, JSON.stringify(next));
      else sessionStorage.removeItem(key);
      setValue(next);
    },
    [key, mayStore],
  );
  const forget = useCallback(() => sessionStorage.removeItem(key), [key]);
  return [value, keep, forget];
}

const callbackForm = /^[+\d][\d\s-]{2,}$/;
export const isNumber = (typed: string): boolean => typed.trim() === '' || callbackForm.test(typed.trim());

export type Field = 'category' | 'site' | 'text' | 'callback' | 'answer';

/** Fields that still need something, in the order of the form. */
export function faultsOf(draft: Draft): Field[] {
  const faults: Field[] = [];
  if (draft.categoryId === null) faults.push('category');
  if (draft.siteId === null) faults.push('site');
  if (draft.text.trim().length < 2) faults.push('text');
  if (!isNumber(draft.callback)) faults.push('callback');
  if (draft.answer && draft.answer.text.trim().length < 2) faults.push('answer');
  return faults;
}

/** Of a matter that belongs to a sealed line nothing is kept but which line it is (rules 5). */
export const sealedDraft = (categoryId: number): Draft => newDraft({ categoryId });
