/**
 * Terms texts are compared by in Chinese without a dictionary: every pair of neighbouring characters, lower-cased,
 * full-width folded. Pure.
 */
export function bigrams(text: string): string[] {
  const folded = text.normalize('NFKC').toLowerCase();
  const grams = new Set<string>();
  for (const run of folded.match(/[\p{L}\p{N}]+/gu) ?? []) {
    const characters = [...run];
    if (characters.length === 1) grams.add(characters[0]!);
    for (let i = 0; i + 1 < characters.length; i++) grams.add(characters[i]! + characters[i + 1]!);
  }
  return [...grams];
}
