import type { Category } from '../../../contract/organization.ts';
import { place } from '../../app/directory.ts';
import { deviceId, newQueryCode, uuid } from '../../app/identifiers.ts';
import type { Call, Item } from '../../app/outbox.ts';
import { post } from '../../app/pending.ts';
import type { Creation, Draft } from '../../app/records.ts';
import { me } from '../../app/session.ts';
import type { Words } from '../../app/words.ts';
import { chooseManner, dropDraft } from './draft.ts';
import { remember } from './mine.ts';
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

/** Uploads first, then the call that names them. */
export function uploads(photos: string[], path: string): Call[] {
  return photos.map((photo) => ({ path, key: photo, body: null, photo, stamped: false }));
}

/** Puts the request into the outbox and remembers it with its code; on the phone's disk when this returns. */
export async function ask(draft: Draft, category: Category, need: Need, words: Words): Promise<string> {
  const account = me.get();
  const here = place.get();
  const id = draft.mending?.id ?? uuid();
  const queryCode = draft.mending?.queryCode ?? newQueryCode();
  const submittedAt = new Date().toISOString();
  const anonymous = draft.confidentiality === 'anonymous';
  const urgent = category.priority === 'urgent';
  const text = wordsOf(draft, need, words);
  const creation: Creation = {
    id,
    queryCode,
    categoryId: category.id,
    text,
    siteId: here?.site?.id,
    pointToken: here?.token ?? undefined,
    point: draft.spot.trim() || undefined,
    callback: anonymous ? undefined : draft.callback.trim() || undefined,
    confidentiality: draft.confidentiality,
    submittedAt,
    deviceId: deviceId(),
  };
  const root = account ? '/api' : '/api/public';
  const item: Item = {
    id,
    kind: 'request',
    subject: id,
    account: account?.id ?? null,
    urgent,
    ring: category.ring,
    madeAt: submittedAt,
    phase: 'waiting',
    tries: 0,
    notBefore: 0,
    problem: null,
    calls: [
      ...uploads(draft.photos, `${root}/files`),
      { path: `${root}/requests`, key: id, body: { ...creation }, photo: null, stamped: true },
    ],
  };
  await remember({
    id,
    number: null,
    code: queryCode,
    categoryId: category.id,
    text: category.recordClass === 'normal' ? text : '',
    anonymous,
    urgent,
    account: item.account,
    submittedAt,
    site: here?.site ?? null,
    created: null,
    row: null,
    draft,
  });
  await chooseManner(draft.confidentiality);
  await post(item);
  dropDraft();
  return id;
}
