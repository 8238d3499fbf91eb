import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '../server/modules/triage/features.ts';
import { isEverywhere, normalise, openSegmenter } from '../server/modules/triage/text.ts';

/** A message with the label that people gave it. */
export interface Labelled extends Message {
  label: string;
  /** Near copies share it; they must stand on the same side of every split. */
  group: string;
  /** As it was written; absent where only its words are kept. */
  raw?: { title?: string; text: string };
}

const lines = <Row>(folder: string, name: string): Row[] =>
  readFileSync(join(folder, 'messages', name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

const words = (segmented: string): string[] =>
  segmented.split(/\s+/).flatMap((token) =>
    normalise(token)
      .split(' ')
      .filter((word) => word !== '' && !isEverywhere(word)),
  );

/** Title and body of a segmented message stand apart by a wide gap, where the title was kept. */
const gap = /^(.*?)(?:\s{5,}|\u3000\s*\u3000)(.*)$/s;

/**
 * Citizens' messages to government boards (2020 Teddy Cup, problem C), 7 labels: 804 as they were written, 5,537 as
 * words only. See the README of the data folder.
 */
export function citizensMessages(folder: string): Labelled[] {
  const segmenter = openSegmenter([]);
  const raw = lines<{ id: number; title: string; text: string; label: string; dupgroup?: string }>(
    folder,
    'fj2_rawtext_labelled.jsonl',
  ).map((row) => ({
    label: row.label,
    group: row.dupgroup ?? `raw ${row.id}`,
    title: segmenter.words(row.title),
    body: segmenter.words(row.text),
    raw: { title: row.title, text: row.text },
  }));
  const segmented = lines<{ id: number; tokens: string; label: string; dupgroup?: string }>(
    folder,
    'fj2_segmented_labelled.jsonl',
  ).map((row) => {
    const tokens = row.tokens.trim();
    const [, title = '', body = tokens] = gap.exec(tokens) ?? [];
    return { label: row.label, group: row.dupgroup ?? `words ${row.id}`, title: words(title), body: words(body) };
  });
  return [...raw, ...segmented];
}
