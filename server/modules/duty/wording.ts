/** As a person wrote it, or the program's own words in both languages. */
export type Wording = string | { zh: string; en: string };

export const bothWays = (words: Wording): { zh: string; en: string } =>
  typeof words === 'string' ? { zh: words, en: words } : words;
