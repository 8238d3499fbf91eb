import { useMemo } from 'react';
import type { InputOf } from '../../../contract/endpoint.ts';
import type { Category } from '../../../contract/organization.ts';
import { type requestEndpoints, sealedClasses } from '../../../contract/requests.ts';
import { useDirectory } from '../../app/directory.ts';
import type { Draft } from './draft.ts';

/** A call in progress, or null where an officer registers without one. */
export interface Call {
  contactId: string;
  startedAt: number;
  number: string;
}

export const isSealed = (category: Category | undefined): boolean =>
  category !== undefined && sealedClasses.includes(category.recordClass);

/** The category of the draft and what it means for the form. */
export function useDraftCategory(draft: Draft): { category: Category | undefined; sealed: boolean; urgent: boolean } {
  const directory = useDirectory();
  return useMemo(() => {
    const category = directory.category(draft.categoryId);
    const sealed = isSealed(category);
    return { category, sealed, urgent: !sealed && category?.priority === 'urgent' };
  }, [directory, draft.categoryId]);
}

/** The draft as the server takes it; only for a draft without faults. */
export function registrationOf(draft: Draft, call: Call | null): InputOf<typeof requestEndpoints.register> {
  const named = draft.confidentiality !== 'anonymous';
  return {
    id: draft.id,
    queryCode: draft.queryCode,
    categoryId: draft.categoryId!,
    siteId: draft.siteId!,
    text: draft.text.trim(),
    point: draft.point.trim() || undefined,
    callback: (named && draft.callback.trim()) || undefined,
    confidentiality: draft.confidentiality,
    requesterLabel: (named && draft.label.trim()) || undefined,
    requesterStaffNo: (named && draft.staffNo.trim()) || undefined,
    priority: draft.priority ?? undefined,
    channel: call ? 'hotline' : draft.channel,
    contactId: call?.contactId,
    answer: draft.answer ? { text: draft.answer.text.trim(), articleCode: draft.answer.articleCode } : undefined,
  };
}
