/**
 * The process that fits the classifier (training.ts starts it): seconds of one processor that no request waits for. It
 * has no database and no key; it is given words and gives back a model, and ends.
 */
import { encodeModel, train } from './model.ts';
import { openSegmenter } from './text.ts';
import { type CategoryWords, lessonsOfTree } from './tree.ts';

export interface TrainingTask {
  /** Names the segmentation keeps in one piece. */
  terms: string[];
  tree: CategoryWords[];
  messages: { text: string; code: string }[];
}

export interface Trained {
  bytes: Uint8Array;
  messages: number;
  written: number;
  heldOut: { first: number; three: number } | null;
}

process.on('message', (task: TrainingTask) => {
  const segmenter = openSegmenter(task.terms);
  const written = lessonsOfTree(task.tree, segmenter);
  const messages = task.messages.map(({ text, code }) => ({ label: code, body: segmenter.words(text) }));
  const lessons = [...written, ...messages];
  // The same words sent again stand on the same side when thirds are held out.
  const first = new Map<string, number>();
  const group = lessons.map((lesson, i) => {
    const words = lesson.body.join(' ');
    if (!first.has(words)) first.set(words, i);
    return first.get(words)!;
  });
  const model = train(lessons, { groupOf: (i) => group[i]! });
  const done: Trained = {
    bytes: encodeModel(model),
    messages: messages.length,
    written: written.length,
    heldOut: model.heldOut,
  };
  process.send?.(done, () => process.disconnect());
});
// The program has ended, however it ended.
process.on('disconnect', () => process.exit());
