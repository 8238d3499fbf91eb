/** In so many names that sharing it says nothing. */
const commonplace = new Set(['问题']);

const bigrams = (text: string): Set<string> => {
  const found = new Set<string>();
  for (let at = 0; at + 1 < text.length; at += 1) found.add(text.slice(at, at + 2));
  return found;
};

/** Notes in the order of how many two-character pieces of `subject` their title (twice) and body share with it. */
export function nearest<T extends { zh: string; bodyZh: string }>(notes: readonly T[], subject: string): T[] {
  const wanted = [...bigrams(subject)].filter((piece) => !commonplace.has(piece));
  const nearness = (note: T) =>
    wanted.reduce((sum, piece) => sum + (note.zh.includes(piece) ? 2 : 0) + (note.bodyZh.includes(piece) ? 1 : 0), 0);
  return notes
    .map((note, at) => ({ note, at, near: nearness(note) }))
    .sort((a, b) => b.near - a.near || a.at - b.at)
    .map(({ note }) => note);
}
