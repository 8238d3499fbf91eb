import type { Category } from '../../../contract/organization.ts';
import type { Kind } from '../../app/records.ts';
import type { Words } from '../../app/words.zh.ts';

/** A kind of need in the words of the person who has it: name, examples, and phrases that can be tapped. */
export interface Need {
  name: string;
  hint: string;
  phrases: string[];
}

/** Order of the tiles: what is asked most comes first, the sealed and the unclear last. */
export const tileOrder = ['A', 'C', 'B', 'G', 'E', 'H', 'D', 'F', 'I'];

/** Where something unclear is filed until the dispatcher has read it. */
export const unclearCode = 'I01';

/** A category in the person's words; a code unknown here (another group's catalogue) keeps its official name. */
export function needOf(category: Pick<Category, 'code' | 'zh' | 'en'>, words: Words): Need {
  const known: Record<string, string> = words.needs;
  const [name = '', hint = '', ...phrases] = (known[category.code] ?? words.pick(category)).split('|');
  return { name, hint, phrases };
}

/**
 * By when it should be handled, as the server says it of this site (rules 4: urgent and high run round the clock whatever
 * the stage); null where it has not said. The exact moment comes with its answer to the request.
 */
export function promiseOf(
  category: Pick<Kind, 'priority' | 'resolveHours'> | undefined,
  workingTime: boolean | undefined,
  words: Words,
): string | null {
  if (!category?.resolveHours || workingTime === undefined) return null;
  const { priority, resolveHours } = category;
  return priority?.startsWith('normal') && workingTime
    ? words.withinWorkingHours(resolveHours)
    : words.withinHours(resolveHours);
}

/** Records that never enter the queue (rules 5). */
export function isSealed(category: Pick<Category, 'recordClass'>): boolean {
  return category.recordClass === 'psych' || category.recordClass === 'discipline';
}
