/**
 * The thread that holds the measure sets of the whole group against each other (copy-looking.ts starts it): seconds of one
 * processor that no request waits for. It has no database; it is given lines, keeps of them only hashes, and tells the
 * copies once it is told that there are no more.
 */
import { parentPort } from 'node:worker_threads';
import { type ComparedLine, type Copy, copiesAmong, type Shingled, shingled } from './similarity.ts';

/** Sets in the order in which they were approved; `null`: that was all. */
export type Given = { stage: string; names: string[]; lines: ComparedLine[] }[] | null;

const stages = new Map<string, { set: number; pieces: Shingled }[]>();
let count = 0;

parentPort!.on('message', (given: Given) => {
  if (given) {
    for (const { stage, names, lines } of given) {
      const there = stages.get(stage) ?? [];
      stages.set(stage, there);
      there.push({ set: count++, pieces: shingled(lines, names) });
    }
    return;
  }
  const copies = [...stages.values()].flatMap((sets): Copy[] =>
    copiesAmong(sets.map((one) => one.pieces)).map((copy) => ({
      ...copy,
      set: sets[copy.set]!.set,
      of: sets[copy.of]!.set,
    })),
  );
  parentPort!.postMessage(copies);
  parentPort!.close();
});
