/** Weeks of a campaign: seven days each, from the moment its unit entered closed loop. Pure. */
const weekMs = 7 * 86_400_000;

/** The week a moment lies in, the first being 1; 0 or less before the start. */
export const weekOf = (start: Date, at: Date): number => Math.floor((at.getTime() - start.getTime()) / weekMs) + 1;
export const beginOf = (start: Date, week: number): Date => new Date(start.getTime() + (week - 1) * weekMs);
/** The last week that was over at a moment; 0 = none yet. */
export const lastWhole = (start: Date, at: Date): number => Math.max(0, weekOf(start, at) - 1);
