import { useEffect, useMemo, useState } from 'react';
import { useDirectory } from '../../app/directory.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { type Initials, initialsOf, loadInitials } from '../../kit/initials.ts';
import type { Choice } from './matching.ts';

/** Second-level categories, the only ones a request may have, with the first level beside. */
export function useCategoryChoices(): Choice[] {
  const directory = useDirectory();
  const language = useLocale();
  const [initials, setInitials] = useState<Initials | null>(null);
  useEffect(() => {
    void loadInitials().then((loaded) => setInitials(() => loaded));
  }, []);
  return useMemo(
    () =>
      directory.categories
        .filter((category) => category.parentId !== null)
        .map((category) => ({
          id: category.id,
          code: category.code,
          name: nameIn(category, language),
          beside: directory.categoryName(category.parentId),
          initials: initials ? initialsOf(initials, category.zh).toLowerCase() : '',
        })),
    [directory, language, initials],
  );
}

export function useSiteChoices(): Choice[] {
  const directory = useDirectory();
  const language = useLocale();
  return useMemo(
    () =>
      directory.sites.map((site) => ({
        id: site.id,
        code: site.code,
        name: nameIn(site, language),
        beside: directory.nameOf(directory.unitOf(site.id)?.id),
        initials: site.initials.toLowerCase(),
      })),
    [directory, language],
  );
}
