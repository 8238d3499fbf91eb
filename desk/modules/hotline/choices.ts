import { pinyin } from 'pinyin-pro';
import { useMemo } from 'react';
import { type Directory, useDirectory } from '../../app/directory.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import type { Choice } from './matching.ts';

const initialsOf = (zh: string): string => pinyin(zh, { pattern: 'first', toneType: 'none', type: 'array' }).join('').replace(/\W/g, '').toLowerCase();

/** Second-level categories, the only ones a request may have, with the first level beside. */
export function useCategoryChoices(): Choice[] {
  const directory = useDirectory();
  const language = useLocale();
  return useMemo(
    () =>
      directory.categories
        .filter((category) => category.parentId !== null)
        .map((category) => ({
          id: category.id,
          code: category.code,
          name: nameIn(category, language),
          beside: directory.categoryName(category.parentId),
          initials: initialsOf(category.zh),
        })),
    [directory, language],
  );
}

const siteChoice = (directory: Directory, language: 'zh-CN' | 'en', site: Directory['sites'][number]): Choice => ({
  id: site.id,
  code: site.code,
  name: nameIn(site, language),
  beside: directory.nameOf(directory.unitOf(site.id)?.id),
  initials: site.initials,
});

export function useSiteChoices(): Choice[] {
  const directory = useDirectory();
  const language = useLocale();
  return useMemo(() => directory.sites.map((site) => siteChoice(directory, language, site)), [directory, language]);
}
