export interface Piece {
  text: string;
  kind: 'same' | 'added' | 'removed';
  /** Tokens of both versions before it: no two pieces begin at the same place. */
  at: number;
}

/** Chinese by character, everything else by word; spaces and marks stand alone. */
const tokens = (text: string): string[] => text.match(/\p{Script=Han}|[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];

/**
 * What changed between two versions, as a person reads it: the longest common sequence of tokens stays, the rest is
 * removed or added. For texts of a few thousand characters (a table of lengths, one number per pair).
 */
export function difference(before: string, after: string): Piece[] {
  const a = tokens(before);
  const b = tokens(after);
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i * width + j] =
        a[i] === b[j]
          ? length[(i + 1) * width + j + 1]! + 1
          : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!);
  const pieces: Piece[] = [];
  const add = (kind: Piece['kind'], text: string): void => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text, at: i + j });
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add('same', a[i]!);
      i++;
      j++;
    } else if (i < a.length && (j === b.length || length[(i + 1) * width + j]! >= length[i * width + j + 1]!)) {
      add('removed', a[i]!);
      i++;
    } else {
      add('added', b[j]!);
      j++;
    }
  }
  return pieces;
}
