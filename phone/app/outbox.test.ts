import { describe, expect, test } from 'vitest';
import type { Problem } from '../../contract/endpoint.ts';
import { type Call, createOutbox, type Item, type OutboxStore, type Outcome, standing } from './outbox.ts';
import type { Draft } from './records.ts';

const problem: Problem = {
  type: 'about:blank',
  title: 'Conflict',
  status: 409,
  code: 'idempotency_mismatch',
  detail: '',
};

function call(key: string, more: Partial<Call> = {}): Call {
  return { path: '/api/public/requests', key, body: { text: '停水了' }, photo: null, stamped: true, ...more };
}

function item(id: string, more: Partial<Item> = {}): Item {
  return {
    id,
    kind: 'request',
    subject: id,
    account: null,
    urgent: false,
    ring: [],
    madeAt: '2026-11-18T02:38:00Z',
    phase: 'waiting',
    tries: 0,
    notBefore: 0,
    problem: null,
    calls: [call(id)],
    ...more,
  };
}

/** A disk: what is put is copied, so a test sees only what would survive a reload. */
function disk() {
  const kept = new Map<string, string>();
  const settled: Item[] = [];
  const removed: { id: string; draft: Draft | null }[] = [];
  const store: OutboxStore = {
    items: async () => [...kept.values()].map((text) => JSON.parse(text)),
    get: async (id) => (kept.has(id) ? JSON.parse(kept.get(id)!) : undefined),
    add: async (one) => void kept.set(one.id, JSON.stringify(one)),
    put: async (one) => void kept.set(one.id, JSON.stringify(one)),
    settle: async (one) => {
      settled.push(one);
      kept.delete(one.id);
    },
    remove: async ({ id }, draft) => {
      removed.push({ id, draft });
      kept.delete(id);
    },
  };
  return { store, settled, removed };
}

/** The browser's lock: one at a time, across tabs. */
function lock() {
  let last: Promise<void> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.then(nothing, nothing);
    return result;
  };
}

/** A server that does a thing once per key, whatever happens to its answers. */
function server(script: (Outcome | 'drop' | 'ok')[] = []) {
  const done = new Map<string, unknown>();
  const seen: Call[] = [];
  const transport = async (sent: Call): Promise<Outcome> => {
    seen.push(structuredClone(sent));
    const next = script.shift() ?? 'ok';
    if (typeof next === 'object') return next;
    if (!done.has(sent.key)) done.set(sent.key, { id: `made-${done.size + 1}` });
    return next === 'drop' ? { kind: 'lost' } : { kind: 'answer', body: done.get(sent.key) };
  };
  return { transport, done, seen };
}

let clock = new Date('2026-11-18T02:40:00Z');
const now = () => clock;
const nothing = () => {};
const beside = { clears: [] };

describe('sent once and only once', () => {
  test('when the answer is dropped, the next try uses the same key and the thing is done once', async () => {
    const { store, settled } = disk();
    const { transport, done, seen } = server(['drop']);
    const outbox = createOutbox({ store, transport, exclusively: lock(), now, changed: nothing });
    await outbox.add(item('r1'), beside);
    await outbox.flush();
    expect(await store.get('r1')).toMatchObject({ phase: 'waiting', tries: 1 });
    await outbox.flush();
    expect(seen.map((one) => one.key)).toEqual(['r1', 'r1']);
    expect(done.size).toBe(1);
    expect(settled[0]?.calls[0]?.answer).toEqual({ id: 'made-1' });
    expect(await store.items()).toEqual([]);
  });

  test('two tabs flushing together send it once', async () => {
    const { store } = disk();
    const { transport, seen } = server();
    const exclusively = lock();
    const tabs = [1, 2].map(() => createOutbox({ store, transport, exclusively, now, changed: nothing }));
    await tabs[0]!.add(item('r1'), beside);
    await Promise.all(tabs.map((tab) => tab.flush()));
    expect(seen).toHaveLength(1);
  });

  test('an item left "sending" by a closed tab is tried again with the same key', async () => {
    const { store } = disk();
    const { transport, seen } = server();
    await store.put(item('r1', { phase: 'sending', tries: 1 }));
    await createOutbox({ store, transport, exclusively: lock(), now, changed: nothing }).flush();
    expect(seen.map((one) => one.key)).toEqual(['r1']);
    expect(await store.items()).toEqual([]);
  });

  test('photos that arrived are not sent again, and the request names them in order', async () => {
    const { store } = disk();
    const { transport, seen } = server(['ok', 'drop']);
    const outbox = createOutbox({ store, transport, exclusively: lock(), now, changed: nothing });
    const photo = (key: string) => call(key, { path: '/api/public/files', body: null, photo: key, stamped: false });
    await outbox.add(item('r1', { calls: [photo('p1'), photo('p2'), call('r1')] }), beside);
    await outbox.flush();
    await outbox.flush();
    expect(seen.map((one) => one.key)).toEqual(['p1', 'p2', 'p2', 'r1']);
    expect(seen[3]?.body?.fileIds).toEqual(['made-1', 'made-2']);
  });

  test('the device clock is told anew on every try, what was said stays the same', async () => {
    const { store } = disk();
    const { transport, seen } = server(['drop']);
    const outbox = createOutbox({ store, transport, exclusively: lock(), now, changed: nothing });
    await outbox.add(item('r1'), beside);
    await outbox.flush();
    clock = new Date('2026-11-18T04:00:00Z');
    await outbox.flush();
    expect(seen.map((one) => one.body?.sentAt)).toEqual(['2026-11-18T02:40:00.000Z', '2026-11-18T04:00:00.000Z']);
    expect(seen.map((one) => one.body?.text)).toEqual(['停水了', '停水了']);
  });
});

describe('what cannot be sent', () => {
  test('without network the rest is not tried, and nothing is lost', async () => {
    const { store } = disk();
    const { transport, seen } = server(['drop']);
    const outbox = createOutbox({ store, transport, exclusively: lock(), now, changed: nothing });
    await outbox.add(item('r1'), beside);
    await outbox.add(item('r2'), beside);
    await outbox.flush();
    expect(seen).toHaveLength(1);
    expect((await store.items()).map((one) => one.id)).toEqual(['r1', 'r2']);
  });

  test('a refusal keeps the words and the reason, and does not stop the next', async () => {
    const { store, settled } = disk();
    const { transport } = server([{ kind: 'refused', problem }]);
    const outbox = createOutbox({ store, transport, exclusively: lock(), now, changed: nothing });
    await outbox.add(item('r1'), beside);
    await outbox.add(item('r2'), beside);
    await outbox.flush();
    expect(await store.get('r1')).toMatchObject({ phase: 'refused', problem: { code: 'idempotency_mismatch' } });
    expect(settled.map((one) => one.id)).toEqual(['r2']);
    await outbox.flush();
    expect(await store.get('r1')).toMatchObject({ phase: 'refused', tries: 1 });
  });

  test('a busy server is left alone as long as it asked', async () => {
    const { store } = disk();
    const { transport, seen } = server([{ kind: 'busy', seconds: 60 }]);
    const outbox = createOutbox({ store, transport, exclusively: lock(), now, changed: nothing });
    await outbox.add(item('r1'), beside);
    await outbox.flush();
    await outbox.flush();
    expect(seen).toHaveLength(1);
    clock = new Date(clock.getTime() + 61_000);
    await outbox.flush();
    expect(seen).toHaveLength(2);
  });

  test('what belongs to an account waits for that account and goes out after sign-in', async () => {
    const { store } = disk();
    const { transport } = server([{ kind: 'signedOut' }]);
    const outbox = createOutbox({ store, transport, exclusively: lock(), now, changed: nothing });
    await outbox.add(item('r1', { account: 'a1' }), beside);
    await outbox.flush();
    expect(await store.get('r1')).toMatchObject({ phase: 'held' });
    await outbox.flush();
    expect(await store.items()).toEqual([]);
  });

  test('one taken back is not sent', async () => {
    const { store } = disk();
    const { transport, seen } = server();
    const outbox = createOutbox({ store, transport, exclusively: lock(), now, changed: nothing });
    await outbox.add(item('r1'), beside);
    expect(await outbox.take('r1')).toBe(true);
    await outbox.flush();
    expect(seen).toEqual([]);
  });

  test('one that is sent while it is being taken back stays: its code is not thrown away', async () => {
    const { store, settled, removed } = disk();
    const { transport } = server();
    const outbox = createOutbox({ store, transport, exclusively: lock(), now, changed: nothing });
    await outbox.add(item('r1'), beside);
    const [, taken] = await Promise.all([outbox.flush(), outbox.take('r1')]);
    expect(taken).toBe(false);
    expect(removed).toEqual([]);
    expect(settled.map((one) => one.id)).toEqual(['r1']);
  });

  test('one that was tried without an answer may have arrived and is not taken back', async () => {
    const { store, removed } = disk();
    const { transport } = server(['drop']);
    const outbox = createOutbox({ store, transport, exclusively: lock(), now, changed: nothing });
    await outbox.add(item('r1'), beside);
    await outbox.flush();
    expect(await outbox.take('r1')).toBe(false);
    expect(removed).toEqual([]);
    expect(await store.get('r1')).toMatchObject({ phase: 'waiting', tries: 1 });
  });

  test('a refused one is taken out as the draft it becomes again, in one step', async () => {
    const { store, removed } = disk();
    const { transport } = server([{ kind: 'refused', problem }]);
    const outbox = createOutbox({ store, transport, exclusively: lock(), now, changed: nothing });
    await outbox.add(item('r1'), beside);
    await outbox.flush();
    const draft = { code: 'A02', text: '停水了' } as Draft;
    expect(await outbox.take('r1', draft)).toBe(true);
    expect(removed).toEqual([{ id: 'r1', draft }]);
  });
});

describe('what the person is told', () => {
  const phases = ['waiting', 'sending', 'held', 'refused', 'unsent'] as const;

  test('an urgent one is never "waiting to send"', () => {
    for (const phase of phases) {
      for (const online of [true, false]) {
        expect(['callNow', 'sending', 'refused']).toContain(standing({ phase, urgent: true }, online));
      }
    }
  });

  test('an urgent one says "call now" the moment the network is away', () => {
    expect(standing({ phase: 'sending', urgent: true }, false)).toBe('callNow');
    expect(standing({ phase: 'waiting', urgent: true }, true)).toBe('callNow');
  });

  test('what nothing will send is never told as waiting or received', () => {
    for (const online of [true, false]) {
      expect(standing({ phase: 'unsent', urgent: false }, online)).toBe('unsent');
      expect(standing({ phase: 'unsent', urgent: true }, online)).toBe('callNow');
    }
  });

  test('an ordinary one waits and says so', () => {
    expect(standing({ phase: 'waiting', urgent: false }, false)).toBe('waiting');
    expect(standing({ phase: 'held', urgent: false }, true)).toBe('signIn');
  });
});
