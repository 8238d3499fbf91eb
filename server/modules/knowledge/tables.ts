// Generated from the migrated database by scripts/generate.ts; not edited by hand.
export interface DB {
  article: {
    code: string;
    zh: string;
    en: string;
    body_zh: string;
    body_en: string;
  };
}
