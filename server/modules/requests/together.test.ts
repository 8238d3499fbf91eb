import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Creation } from './queries.ts';
import { storeTogether } from './together.ts';

const creation = (id: string = randomUUID()): Creation => ({ request: { id } }) as Creation;

/** Stores all or nothing, slowly; refuses ids it has, ids that come twice, and those told to. */
function table(refused: ReadonlySet<string> = new Set()) {
  const rows = new Map<string, string>();
  const sizes: number[] = [];
  let running = 0;
  let most = 0;
  return {
    rows,
    sizes,
    most: () => most,
    async store(creations: readonly Creation[]): Promise<Map<string, string>> {
      most = Math.max(most, ++running);
      sizes.push(creations.length);
      await sleep(5);
      running--;
      const ids = creations.map((one) => one.request.id);
      const bad = ids.find((id, i) => refused.has(id) || rows.has(id) || ids.indexOf(id) !== i);
      if (bad) throw Object.assign(new Error(`not ${bad}`), { code: '23505' });
      for (const id of ids) rows.set(id, `N-${rows.size + 1}`);
      return new Map(ids.map((id) => [id, rows.get(id)!]));
    },
  };
}

describe('creates that arrive together are stored together', () => {
  test('each is answered with its own number, and a surge takes few statements', async () => {
    const { rows, sizes, store } = table();
    const together = storeTogether(store);
    const ids = Array.from({ length: 200 }, () => randomUUID());
    const numbers = await Promise.all(ids.map((id) => together(creation(id))));
    expect(numbers).toEqual(ids.map((id) => rows.get(id)));
    expect(new Set(numbers).size).toBe(200);
    expect(sizes.length).toBeLessThanOrEqual(4);
  });
  test('a lone one does not wait for others', async () => {
    const { sizes, store } = table();
    const together = storeTogether(store);
    await together(creation());
    await together(creation());
    expect(sizes).toEqual([1, 1]);
  });
  test('one that is refused fails alone, with its own reason', async () => {
    const bad = randomUUID();
    const { rows, store } = table(new Set([bad]));
    const together = storeTogether(store);
    const ids = [
      ...Array.from({ length: 9 }, () => randomUUID()),
      bad,
      ...Array.from({ length: 9 }, () => randomUUID()),
    ];
    const settled = await Promise.allSettled(ids.map((id) => together(creation(id))));
    expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(18);
    expect(settled[9]).toMatchObject({ status: 'rejected', reason: { message: `not ${bad}` } });
    expect(rows.size).toBe(18);
  });
  test('the same one twice in a statement: one is stored, the other is told', async () => {
    const { rows, store } = table();
    const together = storeTogether(store);
    const id = randomUUID();
    const settled = await Promise.allSettled([creation(id), creation(), creation(id)].map(together));
    expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(rows.size).toBe(2);
  });
  test('when the database is away nobody waits for everybody else’s turn: all of a statement fail at once', async () => {
    let statements = 0;
    const together = storeTogether(async () => {
      statements++;
      await sleep(5);
      throw new Error('timeout exceeded when trying to connect');
    });
    const settled = await Promise.allSettled(Array.from({ length: 40 }, () => together(creation())));
    expect(settled.every((one) => one.status === 'rejected')).toBe(true);
    expect(statements).toBeLessThanOrEqual(2);
  });
  test('what arrives while statements run waits, and is stored after a failure too', async () => {
    const { rows, most, store } = table(new Set(['x']));
    const together = storeTogether(store);
    const all: Promise<unknown>[] = [];
    for (let i = 0; i < 30; i++) {
      all.push(together(creation(i % 7 === 0 ? 'x' : randomUUID())).catch(() => null));
      await sleep(1);
    }
    await Promise.all(all);
    expect(rows.size).toBe(25);
    expect(most()).toBeGreaterThan(1);
    expect(most()).toBeLessThanOrEqual(2);
  });
});
