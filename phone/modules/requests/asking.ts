import type { Category } from '../../../contract/organization.ts';
import { place } from '../../app/directory.ts';
import { deviceId, newQueryCode, uuid } from '../../app/identifiers.ts';
import type { Call, Item } from '../../app/outbox.ts';
import { post } from '../../app/pending.ts';
import type { Creation, Draft } from '../../app/records.ts';
import { me } from '../../app/session.ts';
import type { Words } from '../../app/words.ts';
import { wordsOf } from './checking.ts';
import { chooseManner, dropDraft } from './draft.ts';
import type { Need } from './needs.ts';

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
  await post(item, {
    clears: ['draft'],
    mine: {
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
    },
  });
  chooseManner(draft.confidentiality);
  dropDraft();
  return id;
}
