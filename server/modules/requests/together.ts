import type { Creation } from './queries.ts';

/** Statements under way at once. While they run, what arrives waits and goes out together with the next. */
const atOnce = 3;
/** In one statement. */
const most = 50;

interface Waiting {
  creation: Creation;
  stored(number: string): void;
  failed(error: unknown): void;
}

/**
 * In a surge creates arrive faster than the disk says "written". Those that wait for it are stored by one statement and
 * one commit; a lone one goes out at once. Each is answered when it is durable, and fails alone: a statement refused for
 * one of them is sent again for each by itself.
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
      if (batch.length === 1) batch[0]!.failed(error);
      else for (const one of batch) await send([one]);
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
