import type { Category } from '../../../contract/organization.ts';
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
 * By when it should be handled. Urgent and high run round the clock; the others may be counted in working time, which
 * depends on the stage, so only that is promised here. The exact moment comes with the server's answer.
 */
export function promiseOf(priority: Category['priority'], words: Words): string | null {
  if (priority === null) return null;
  const hours = { urgent: 2, high: 8, normal24: 24, normal48: 48, normal72: 72 }[priority];
  return priority.startsWith('normal') ? words.withinWorkingHours(hours) : words.withinHours(hours);
}

/** Records that never enter the queue (rules 5). */
export function isSealed(category: Pick<Category, 'recordClass'>): boolean {
  return category.recordClass === 'psych' || category.recordClass === 'discipline';
}
