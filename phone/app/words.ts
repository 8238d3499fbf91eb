import { changeSettings, type Locale } from './settings.ts';
import { stored } from './stored.ts';
import { useStored } from './use-stored.ts';
import type { Words } from './words.zh.ts';

export type { Words };

/** Each language is a file of its own, so that a phone loads only what it shows. */
const dictionaries: Record<Locale, () => Promise<Words>> = {
  'zh-CN': async () => (await import('./words.zh.ts')).zh,
  en: async () => (await import('./words.en.ts')).en,
};

const spoken = stored<Words | null>(null);

/** Switches the language without a reload; must have been called once before anything is drawn. */
export async function speak(locale: Locale): Promise<void> {
  const words = await dictionaries[locale]();
  changeSettings({ locale });
  spoken.set(words);
}

/** The dictionary of the language chosen on this phone; the page is drawn again when it changes. */
export function useWords(): Words {
  return useStored(spoken)!;
}
