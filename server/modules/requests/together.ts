import type { Creation } from './queries.ts';

/** Statements under way at once. While they run, what arrives waits and goes out together with the next. */
const atOnce = 2;
/** In one statement. */
const most = 50;

/** PostgreSQL refused what one of the rows says: a value, its length, a key that is taken (SQLSTATE classes 21 to 23). */
const refusedRow = (error: unknown): boolean => /^2[123]/.test((error as { code?: string }).code ?? '');

interface Waiting {
  creation: Creation;
  stored(number: string): void;
  failed(error: unknown): void;
}

/**
 * In a surge creates arrive faster than the disk says "written". Those that wait for it are stored by one statement and
 * one commit; a lone one goes out at once. Each is answered when it is durable, and fails alone: a statement refused for
 * one of its rows is sent again for each by itself. When the database is away they fail together, at once.
 * @param store one statement, all or nothing; answers with the number of each, by id
 */
export function storeTogether(
  store: (creations: readonly Creation[]) => Promise<Map<string, string>>,
): (creation: Creation) => Promise<string> {
  let waiting: Waiting[] = [];
  let underWay = 0;
  let called = false;

  async function send(batch: Waiting[]): Promise<void> {
    try {
      const numbers = await store(batch.map((one) => one.creation));
      for (const one of batch) one.stored(numbers.get(one.creation.request.id)!);
    } catch (error) {
      if (batch.length > 1 && refusedRow(error)) for (const one of batch) await send([one]);
      else for (const one of batch) one.failed(error);
    }
  }

  function next(): void {
    called = false;
    while (waiting.length > 0 && underWay < atOnce) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      underWay++;
      void send(batch).finally(() => {
        underWay--;
        next();
      });
    }
  }

  return (creation) =>
    new Promise((stored, failed) => {
      waiting.push({ creation, stored, failed });
      // After what this turn of the loop has still to read: requests that came in together go out together.
      if (!called) {
        called = true;
        setImmediate(next);
      }
    });
}
