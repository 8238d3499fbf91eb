import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { uuidv7 } from 'uuidv7';
import { type Actor, roleFor } from '../../platform/actor.ts';
import type { Pool } from '../../platform/database.ts';
import { append } from '../../platform/journal.ts';
import { inStatement, inTransaction } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { namesAt } from './comparing.ts';
import type { Given } from './copy-finder.ts';
import { finishLook, insertLook, lastLooks, linesOf, lockLooks, markCopied, setsStanding } from './queries.ts';
import { note } from './record.ts';
import type { Copy } from './similarity.ts';

/** Read and handed to the thread at a time: some thousand lines, so that nobody else waits for long. */
const setsAtOnce = 25;
/** A look that has not ended by then ended with its program. */
const longestMs = 10 * 60_000;

// From source the finder is TypeScript beside this file, and its thread must learn to read that; built, it is a program.
const fromSource = import.meta.url.endsWith('.ts');
const finder = new URL(fromSource ? 'copy-finder.ts' : 'copy-finder.mjs', import.meta.url);
const startFinder = (): Worker =>
  fromSource
    ? new Worker(
        `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(finder.href)}); })`,
        { eval: true },
      )
    : new Worker(fileURLToPath(finder));

/**
 * Holds sets against each other in a thread of their own.
 * @param parts sets in the order in which they were approved, some at a time
 */
export async function findCopies(parts: AsyncIterable<NonNullable<Given>>): Promise<Copy[]> {
  const worker = startFinder();
  const copies = new Promise<Copy[]>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread ended (${code}) without an answer`)));
  });
  // Heard below; until then it must not count as unheard.
  copies.catch(() => {});
  try {
    for await (const part of parts) worker.postMessage(part satisfies Given);
    worker.postMessage(null satisfies Given);
    return await copies;
  } finally {
    await worker.terminate();
  }
}

export interface Looking {
  pool: Pool;
  now: () => Date;
  committed(): void;
}

/** Whether somebody looks now, in this program or another. */
export const isLooking = (look: { started_at: Date; finished_at: Date | null } | undefined, now: Date): boolean =>
  look !== undefined && look.finished_at === null && now.getTime() - look.started_at.getTime() < longestMs;

/**
 * Holds all measure sets that stand against all others of their stage, and marks the copies that nobody knew to be: those
 * that came in without being approved here, and what a sketch missed. It only marks; a mark is taken off by the
 * site's next version (docs/decisions/0049-copies-are-looked-for-twice.md). One look at a time; one that ends with its
 * program is made up for by the night's.
 * @returns null where one is under way; else the look itself, begun and still to be made, which tells how many it found
 */
export async function beginLook(looking: Looking, actor: Actor): Promise<(() => Promise<number>) | null> {
  const id = uuidv7();
  const startedAt = looking.now();
  const sets = await inTransaction(looking.pool, async (tx) => {
    await lockLooks(tx);
    const [last] = await lastLooks(tx);
    if (isLooking(last, startedAt)) return null;
    await insertLook(tx, {
      id,
      started_at: startedAt,
      by_id: actor.accountId,
      by_label: actor.accountId ? actor.label : null,
    });
    await append(tx, entry(id, actor, startedAt, 'copies_asked', {}));
    return setsStanding(tx);
  });
  looking.committed();
  return sets && (() => lookAtAll(looking, actor, id, sets));
}

export async function lookForCopies(looking: Looking, actor: Actor): Promise<void> {
  await (await beginLook(looking, actor))?.();
}

async function lookAtAll(
  { pool, now, committed }: Looking,
  actor: Actor,
  id: string,
  sets: Awaited<ReturnType<typeof setsStanding>>,
): Promise<number> {
  const began = performance.now();
  async function* parts(): AsyncGenerator<NonNullable<Given>> {
    for (let from = 0; from < sets.length; from += setsAtOnce) {
      const part = sets.slice(from, from + setsAtOnce);
      const [dir, lines] = await inStatement(pool, async (tx) => [
        await directory(tx),
        await linesOf(
          tx,
          part.map((one) => one.id),
        ),
      ]);
      const byPlan = new Map(part.map((one) => [one.id, [] as typeof lines]));
      for (const line of lines) byPlan.get(line.plan_id)!.push(line);
      yield part.map((one) => ({
        stage: one.stage_code,
        names: namesAt(dir, one.site_id!),
        lines: byPlan.get(one.id)!.map(({ zh, who, place, how, frequency, evidence, own }) => ({
          zh,
          who,
          place,
          how,
          frequency,
          evidence,
          own,
        })),
      }));
    }
  }
  const copies = await findCopies(parts());
  const found = await inTransaction(pool, async (tx) => {
    const context = { tx, actor, now: now() };
    let marked = 0;
    for (const { set, of, whole, own } of copies) {
      // Known, reasoned, or changed while it was looked at: left as it is.
      const plan = await markCopied(tx, sets[set]!.id, {
        like_plan_id: sets[of]!.id,
        like_whole: whole,
        like_own: own,
      });
      if (!plan) continue;
      marked++;
      await note(context, plan, 'copied', 'plans.read', { figures: { whole, own } });
    }
    await finishLook(tx, id, { finished_at: context.now, sets: sets.length, found: marked });
    await append(
      tx,
      entry(id, actor, context.now, 'copies_looked', {
        sets: sets.length,
        found: marked,
        took_ms: Math.round(performance.now() - began),
      }),
    );
    return marked;
  });
  committed();
  return found;
}

const entry = (id: string, actor: Actor, at: Date, action: string, figures: Record<string, number>) => ({
  at,
  actorId: actor.accountId,
  role: actor.accountId ? roleFor(actor, 'plans.compare') : 'system',
  action: `plans.${action}`,
  recordKind: 'copy_look',
  recordId: id,
  class: 'normal' as const,
  figures,
});
