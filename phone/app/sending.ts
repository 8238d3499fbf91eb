import type { OutputOf } from '../../contract/endpoint.ts';
import type { measureEndpoints } from '../../contract/measures.ts';
import type { requestEndpoints } from '../../contract/requests.ts';
import { call, Refusal, Unreachable } from './api.ts';
import { database, exclusively, recall } from './database.ts';
import { type Call, createOutbox, type Item, type OutboxStore, type Outcome } from './outbox.ts';
import { type Created, type Mine, type ToldMiss, toldMissesAs } from './records.ts';

type MeasureList = OutputOf<(typeof measureEndpoints)['mine']>;

/** The row as the server answered it, in its place or at the end. */
const withRow = (rows: MeasureList['rows'], row: MeasureList['rows'][number]): MeasureList['rows'] =>
  rows.some((one) => one.id === row.id) ? rows.map((one) => (one.id === row.id ? row : one)) : [...rows, row];

type JudgedByCode = OutputOf<(typeof requestEndpoints)['judgeByCode']>;

/** Tells every tab that something in the outbox or among the remembered requests changed. */
const news = 'BroadcastChannel' in globalThis ? new BroadcastChannel('outbox') : undefined;
const listeners = new Set<() => void>();

export function onOutboxChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function look(): void {
  for (const listener of listeners) listener();
}

news?.addEventListener('message', look);

export function tellChange(): void {
  look();
  news?.postMessage('changed');
}

const oldestFirst = (items: Item[]): Item[] => items.sort((a, b) => a.madeAt.localeCompare(b.madeAt));

const store: OutboxStore = {
  async items() {
    return oldestFirst(await (await database()).getAll('outbox'));
  },
  async get(id) {
    return (await database()).get('outbox', id);
  },
  async add(item, { clears, mine }) {
    const tx = (await database()).transaction(['outbox', 'mine', 'kept'], 'readwrite');
    await Promise.all([
      tx.objectStore('outbox').put(item),
      mine && tx.objectStore('mine').put(mine),
      ...clears.map((key) => tx.objectStore('kept').delete(key)),
      tx.done,
    ]);
  },
  async put(item) {
    await (await database()).put('outbox', item);
  },
  async settle(item) {
    const db = await database();
    const tx = db.transaction(['outbox', 'mine', 'photos', 'kept'], 'readwrite');
    const answer = item.calls.find((one) => !one.photo)?.answer;
    if (item.kind === 'request') {
      const mine = await tx.objectStore('mine').get(item.id);
      const created = answer as Created;
      const photosLost = item.calls.some((one) => one.photo && !one.answer);
      if (mine) await tx.objectStore('mine').put({ ...mine, number: created.number, created, photosLost, draft: null });
    }
    if (item.kind === 'verdict') {
      // By an account the verdict always counts; by code the server says whether it does (rules 3).
      const counted = (answer as Partial<JudgedByCode>).counted ?? true;
      await tx.objectStore('kept').put({ counted, at: item.madeAt }, `verdict:${item.subject}`);
    }
    if (item.kind === 'tick') {
      // The list on the phone learns of it now: no page may be open to ask for a fresh one.
      const key = `measures:${item.account}`;
      const list = (await tx.objectStore('kept').get(key)) as MeasureList | undefined;
      const row = answer as MeasureList['rows'][number];
      if (list) await tx.objectStore('kept').put({ ...list, rows: withRow(list.rows, row) }, key);
    }
    if (item.kind === 'filing') {
      const { values, base, crews } = item.calls[0]!.body!;
      await tx
        .objectStore('kept')
        .put({ answer, values, base, crews, madeAt: item.madeAt }, `rows:filed:${item.subject}`);
    }
    if (item.kind === 'miss' && item.account) {
      const key = toldMissesAs(item.account);
      const told = ((await tx.objectStore('kept').get(key)) ?? []) as ToldMiss[];
      const { what } = item.calls[0]!.body as { what: string };
      const one = { number: (answer as { number: string }).number, what, madeAt: item.madeAt };
      await tx.objectStore('kept').put([one, ...told].slice(0, 5), key);
    }
    for (const one of item.calls) if (one.photo) await tx.objectStore('photos').delete(one.photo);
    await tx.objectStore('outbox').delete(item.id);
    await tx.done;
  },
  async remove(item, draft, instead) {
    const tx = (await database()).transaction(['outbox', 'mine', 'photos', 'kept'], 'readwrite');
    const photos = draft || instead ? [] : item.calls.flatMap((one) => one.photo ?? []);
    await Promise.all([
      draft && tx.objectStore('kept').put(draft, 'draft'),
      instead && tx.objectStore('kept').put(instead.value, instead.key),
      ...photos.map((id) => tx.objectStore('photos').delete(id)),
      tx.objectStore('outbox').delete(item.id),
      tx.objectStore('mine').delete(item.id),
      tx.done,
    ]);
  },
};

async function photoForm(id: string): Promise<FormData> {
  const photo = await (await database()).get('photos', id);
  const form = new FormData();
  if (photo) form.append('file', new Blob([photo.bytes], { type: photo.type }), 'photo.jpg');
  return form;
}

async function transport(ready: Call, item: Item): Promise<Outcome> {
  if (item.account && (await recall<{ id: string }>('me'))?.id !== item.account) return { kind: 'signedOut' };
  try {
    const sending = ready.photo ? { form: await photoForm(ready.photo) } : { json: ready.body };
    return { kind: 'answer', body: await call(ready.path, { method: 'POST', key: ready.key, ...sending }) };
  } catch (fault) {
    if (fault instanceof Unreachable) return { kind: 'lost' };
    if (!(fault instanceof Refusal)) throw fault;
    const { problem } = fault;
    if (problem.status === 401 && item.account) return { kind: 'signedOut' };
    // No room for pictures never holds the words back (rules 7): the request goes without this one.
    const noRoom =
      ['disk_full', 'upload_quota'].includes(problem.code) || (problem.code === 'too_busy' && item.tries > 3);
    // The pictures of a measure are its evidence: it waits with them.
    if (ready.photo && noRoom && item.kind !== 'tick') return { kind: 'answer', body: null };
    // The token of an earlier session: the page fetches a fresh one, then it is tried again.
    if (problem.code === 'csrf') return { kind: 'busy', seconds: 5 };
    if (problem.status === 429 || problem.status === 408) return { kind: 'busy', seconds: 30 };
    if (problem.status >= 500) return { kind: 'busy', seconds: 15 };
    return { kind: 'refused', problem };
  }
}

export const outbox = createOutbox({ store, transport, exclusively, now: () => new Date(), changed: tellChange });

/** The outbox and the requests this phone remembers, as they are at one moment. */
export async function onDisk(): Promise<{ pending: Item[]; mine: Mine[] }> {
  const tx = (await database()).transaction(['outbox', 'mine']);
  const [pending, mine] = await Promise.all([tx.objectStore('outbox').getAll(), tx.objectStore('mine').getAll()]);
  return { pending: oldestFirst(pending), mine: mine.sort((a, b) => b.submittedAt.localeCompare(a.submittedAt)) };
}
