import type { z } from 'zod';
import type { topic } from '../../../contract/likeness.ts';
import { useDirectory } from '../../app/directory.ts';
import { useLocale } from '../../app/words.ts';
import { termName } from './term-words.ts';

export type Topic = z.output<typeof topic>;

/** Where and about what, on one line. */
export function useTopicName(): (topic: Topic) => string {
  const directory = useDirectory();
  const language = useLocale();
  return (one) => {
    const place = directory.nameOf(one.siteId ?? one.unitId);
    const what = [directory.categoryName(one.categoryId), termName(one.term, language)].filter(Boolean).join(' · ');
    return [place, what].filter(Boolean).join(language === 'en' ? ': ' : '：');
  };
}
