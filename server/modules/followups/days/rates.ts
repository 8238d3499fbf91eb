/**
 * What share of each stratum is called (π of rules 9), and who is called for certain. Pure. A stratum is first category ×
 * priority × on time; `withdrawn` stands in the place of on time for what was taken back before it was handled.
 */
export type Timing = 'on_time' | 'late' | 'withdrawn';

export interface Stratum {
  category: string;
  priority: string;
  timing: Timing;
}

/** A share for some strata; null = whichever. */
export interface RateLine {
  category: string | null;
  priority: string | null;
  timing: 'on_time' | 'late' | null;
  /** Of ten thousand. */
  share: number;
}

export interface RatePlan {
  /** First day, in the group's time zone. */
  from: string;
  /** Of ten thousand, where no line fits. */
  base: number;
  /** Share of the answered calls that somebody else makes once more, of ten thousand. */
  again: number;
  lines: RateLine[];
}

export const stratumCode = (s: Stratum): string => `${s.category}/${s.priority}/${s.timing}`;
export function stratumOf(code: string): Stratum {
  const [category, priority, timing] = code.split('/');
  return { category: category!, priority: priority!, timing: timing as Timing };
}

/** The first line that fits decides, else the base. @returns of ten thousand */
export function shareOf(plan: Pick<RatePlan, 'base' | 'lines'>, s: Stratum): number {
  const fits = (line: RateLine): boolean =>
    (line.category === null || line.category === s.category) &&
    (line.priority === null || line.priority === s.priority) &&
    (line.timing === null || line.timing === s.timing);
  return plan.lines.find(fits)?.share ?? plan.base;
}

/** As it is written into the journal: the same plan always gives the same text. */
export const planText = ({ from, base, again, lines }: RatePlan): string =>
  JSON.stringify([from, base, again, lines.map((line) => [line.category, line.priority, line.timing, line.share])]);

export function planOf(text: string): RatePlan {
  const [from, base, again, lines] = JSON.parse(text) as [string, number, number, [string, string, 'late', number][]];
  return {
    from,
    base,
    again,
    lines: lines.map(([category, priority, timing, share]) => ({ category, priority, timing, share })),
  };
}

/** Complaints about service: the person complained of must never be able to hope for a small share. */
export const complaintCategory = 'I02';

/** Why a request of a frame is called whatever the draw says (issue 3, item 5; rules 1). */
export function certainly(r: {
  exit: 'handled' | 'withdrawn';
  priority: string;
  confidentiality: string;
  reopens: number;
  categoryCode: string;
  saidByOther: boolean;
}): 'withdrawn' | 'urgent' | 'confidential' | 'reopened' | 'complaint' | 'said_by_other' | null {
  if (r.exit === 'withdrawn') return 'withdrawn';
  if (r.categoryCode === complaintCategory) return 'complaint';
  if (r.priority === 'urgent') return 'urgent';
  if (r.confidentiality === 'confidential') return 'confidential';
  if (r.reopens > 0) return 'reopened';
  if (r.saidByOther) return 'said_by_other';
  return null;
}
