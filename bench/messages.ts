/** Citizens' messages to government boards (`messages/` of the benchmark data; not shipped). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nearCopy, shared, sketch, stretches } from '../server/modules/likeness/copies.ts';
import { report } from './report.ts';

interface Message {
  id: number;
  time: string;
  title: string;
  text: string;
}

const files = {
  fj2raw: 'fj2_rawtext_labelled.jsonl',
  fj2test: 'fj2_official_test_unlabelled.jsonl',
  fj3: 'fj3_hotspot.jsonl',
  fj4: 'fj4_with_reply.jsonl',
};

async function readMessages(folder: string, name: string): Promise<Message[]> {
  const text = await readFile(join(folder, 'messages', name), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Message);
}

/** Candidates by their sketches, as the index of the program finds them; then compared whole. */
async function scoreCopies(folder: string): Promise<void> {
  const messages = new Map<string, Set<string>>();
  const byHash = new Map<number, string[]>();
  for (const [source, name] of Object.entries(files))
    for (const { id, title, text } of await readMessages(folder, name)) {
      const key = `${source} ${id}`;
      messages.set(key, stretches(title + text));
      for (const hash of sketch(title + text)) byHash.set(hash, [...(byHash.get(hash) ?? []), key]);
    }
  const found = new Set<string>();
  const pairOf = (a: string, b: string): string => (a < b ? `${a}|${b}` : `${b}|${a}`);
  for (const keys of byHash.values())
    for (const [i, a] of keys.entries())
      for (const b of keys.slice(0, i)) {
        const pair = pairOf(a, b);
        if (a !== b && !found.has(pair) && shared(messages.get(a)!, messages.get(b)!) >= nearCopy) found.add(pair);
      }
  const known = new Set(
    (await readFile(join(folder, 'messages', 'near_duplicate_pairs.csv'), 'utf8'))
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => {
        const [sourceA, idA, sourceB, idB] = line.split(',');
        return pairOf(`${sourceA} ${idA}`, `${sourceB} ${idB}`);
      }),
  );
  const right = [...known].filter((pair) => found.has(pair)).length;
  const wrong = new Map<string, number>();
  for (const pair of found)
    if (!known.has(pair)) for (const one of pair.split('|')) wrong.set(one, (wrong.get(one) ?? 0) + 1);
  const line = { bench: 'duplicates', unit: '', data: 'citizens’ messages' } as const;
  const recall = right / known.size;
  const most = Math.max(0, ...wrong.values());
  const mean = [...wrong.values()].reduce((sum, n) => sum + n, 0) / messages.size;
  const name = `near copies, ${known.size} pairs in ${messages.size} messages`;
  report({ ...line, case: name, metric: 'recall', value: recall, aim: '≥ 0.98', met: recall >= 0.98 });
  report({ ...line, case: name, metric: 'false candidates a message', value: mean, aim: '≤ 1', met: mean <= 1 });
  report({ ...line, case: name, metric: 'most false candidates of one message', value: most });
}

export async function scoreMessages(folder: string): Promise<void> {
  await scoreCopies(folder);
}
