import type { Tx } from '../../platform/transaction.ts';
import { handlerPosts } from '../access/index.ts';
import { timetable } from '../clocks/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { allEditions, type EditionRecord, itemsOf } from './queries.ts';
import { type Item, type ItemIndex, indexItems, inForceAt } from './resolving.ts';

/**
 * The catalogue in memory: every create asks it for its service level and every open thread for its suggestion. The list
 * of editions is read again after five seconds; what was put in force never changes and is read once.
 */
const keptMs = 5_000;

let editions: { at: number; rows: EditionRecord[] } | null = null;
const decided = new Map<string, Promise<Held>>();

interface Held {
  items: Item[];
  index: ItemIndex;
}

/** Called where the catalogue changed; other programs notice within five seconds. */
export function forgetEditions(): void {
  editions = null;
}

export async function editionsNow(tx: Tx): Promise<EditionRecord[]> {
  if (!editions || Date.now() - editions.at > keptMs) editions = { at: Date.now(), rows: await allEditions(tx, []) };
  return editions.rows;
}

const nothing: Held & { edition: null } = { edition: null, items: [], index: new Map() };

/** The edition in force at that instant with its lines; none where nobody ever put one in force. */
export async function catalogueAt(
  tx: Tx,
  at: Date,
): Promise<{ edition: EditionRecord | null; items: Item[]; index: ItemIndex }> {
  const edition = inForceAt(await editionsNow(tx), at);
  if (!edition) return nothing;
  let held = decided.get(edition.id);
  if (!held) {
    held = itemsOf(tx, edition.id).then((items) => ({ items, index: indexItems(items) }));
    decided.set(edition.id, held);
    held.catch(() => decided.delete(edition.id));
  }
  return { edition, ...(await held) };
}

/** Who is there to do the work: people by line and place. */
export interface Posts {
  /** How many handle this line in the unit, or at head office (`unitId` null). */
  handlers(lineId: number, unitId: number | null): number;
}

let posts: { at: number; posts: Posts } | null = null;

const postKey = (lineId: number, unitId: number | null): string => `${lineId}/${unitId ?? 'head'}`;

export async function postsNow(tx: Tx): Promise<Posts> {
  if (posts && Date.now() - posts.at < keptMs) return posts.posts;
  const dir: Directory = await directory(tx);
  const counts = new Map<string, number>();
  for (const { lineId, nodeId, handlers } of await handlerPosts(tx)) {
    const { everywhere, unitIds } = dir.below(nodeId);
    for (const unitId of everywhere ? [null] : unitIds) {
      const key = postKey(lineId, unitId);
      counts.set(key, (counts.get(key) ?? 0) + handlers);
    }
  }
  posts = { at: Date.now(), posts: { handlers: (lineId, unitId) => counts.get(postKey(lineId, unitId)) ?? 0 } };
  return posts.posts;
}

/** What a draft is checked against now. */
export const groundNow = async (tx: Tx) => ({
  dir: await directory(tx),
  posts: await postsNow(tx),
  table: await timetable(tx),
});
