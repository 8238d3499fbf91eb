/** One thing a type-ahead can offer. */
export interface Choice {
  id: number;
  code: string;
  name: string;
  /** Said beside the name, e.g. the unit of a site. */
  beside: string;
  initials: string;
}

/** How well `typed` fits: smaller is better, `null` where it does not fit at all. */
export function rankOf(choice: Choice, typed: string): number | null {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return 5;
  const code = choice.code.toLowerCase();
  const name = choice.name.toLowerCase();
  if (code === wanted) return 0;
  if (choice.initials.startsWith(wanted)) return 1;
  if (name.startsWith(wanted)) return 1;
  if (code.startsWith(wanted)) return 2;
  if (name.includes(wanted)) return 3;
  if (choice.initials.includes(wanted)) return 4;
  return choice.beside.toLowerCase().includes(wanted) ? 5 : null;
}

/** The choices that fit, best first, in their own order where they fit equally well. */
export function matching(choices: readonly Choice[], typed: string, most = 8): Choice[] {
  const found: { choice: Choice; rank: number; at: number }[] = [];
  choices.forEach((choice, at) => {
    const rank = rankOf(choice, typed);
    if (rank !== null) found.push({ choice, rank, at });
  });
  found.sort((a, b) => a.rank - b.rank || a.at - b.at);
  return found.slice(0, most).map(({ choice }) => choice);
}
