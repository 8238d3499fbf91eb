import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import { openWords } from '../requests/index.ts';
import { decodeModel, type Guess, guess, learn, type Model, reasons } from './model.ts';
import { decisionsSince, latestModel, modelBytes } from './queries.ts';
import { openSegmenter, type Segmenter } from './text.ts';

/** The classifier in use by one program: the stored model, and what was decided since it was fitted. */
export interface Ready {
  version: number;
  /** Decisions learnt one by one since the fit. */
  since: number;
  guess(text: string): Guess[];
  /** Terms of this text that speak for a category; never a name: each stands in what the group wrote or in messages of several. */
  reasons(text: string, code: string): string[];
}

export interface Classifier {
  /** Null until a first model was fitted. */
  ready(tx: Tx): Promise<Ready | null>;
}

/** How often a program asks whether there is a newer model, or a newer decision. */
const askEveryMs = 5_000;
/** Decisions since the fit that are learnt one by one; more than these wait for the next fit. */
const mostSince = 2_000;

/** Names of places, units, lines and categories: the segmentation keeps them in one piece. */
export const termsOf = (dir: Directory): string[] => [
  ...[...dir.nodes.values()].map((node) => node.zh),
  ...[...dir.lines.values()].map((line) => line.zh),
  ...[...dir.categories.values()].map((category) => category.zh),
];

interface Held {
  version: number;
  model: Model;
  segmenter: Segmenter;
  /** Decisions up to here are learnt. */
  until: Date;
  since: number;
}

/** One for each program; nothing is read before it is first asked. */
export function openClassifier(): Classifier {
  let held: Held | null = null;
  let askedAt = 0;
  let asking: Promise<void> | null = null;

  const refresh = async (tx: Tx): Promise<void> => {
    const [latest] = await latestModel(tx, []);
    if (!latest) return;
    if (held?.version !== latest.version) {
      const stored = await modelBytes(tx, latest.version);
      if (!stored) return;
      const segmenter = openSegmenter(termsOf(await directory(tx)));
      held = {
        version: latest.version,
        model: decodeModel(stored.bytes),
        segmenter,
        until: stored.learnt_until,
        since: 0,
      };
    }
    const { model, segmenter } = held!;
    const decided = await decisionsSince(tx, [held!.until, mostSince]);
    if (decided.length === 0) return;
    const words = await openWords(
      tx,
      decided.map((one) => one.request_id),
    );
    const dir = await directory(tx);
    for (const one of decided.reverse()) {
      const text = words.get(one.request_id);
      const code = dir.categories.get(one.category_id)?.code;
      if (text === undefined || !code) continue;
      learn(model, { body: segmenter.words(text) }, code);
      held!.since++;
    }
    held!.until = decided.at(-1)!.at;
  };

  return {
    async ready(tx) {
      if (Date.now() - askedAt >= askEveryMs) {
        askedAt = Date.now();
        asking = refresh(tx).finally(() => {
          asking = null;
        });
      }
      if (asking) await asking;
      if (!held) {
        askedAt = 0;
        return null;
      }
      const { model, segmenter, version, since } = held;
      return {
        version,
        since,
        guess: (text) => guess(model, { body: segmenter.words(text) }),
        reasons: (text, code) => reasons(model, { body: segmenter.words(text) }, code),
      };
    },
  };
}
