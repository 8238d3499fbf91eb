import type { usePlanWords } from './words.ts';

/** `once+24h` and the like in words. */
export function frequencyIn(t: ReturnType<typeof usePlanWords>, frequency: string): string {
  const once = /^once\+(\d+)([hd])$/.exec(frequency);
  if (once) return t(once[2] === 'h' ? 'f_once_h' : 'f_once_d', { n: once[1]! });
  return t.or(`f_${frequency}`, frequency);
}

export const frequencies = [
  'daily',
  'per_shift',
  'per_event',
  'weekly',
  'monthly',
  'quarterly',
  'yearly',
  'once+12h',
  'once+24h',
  'once+48h',
  'once+72h',
  'once+15d',
  'once+30d',
] as const;
