// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { Generated } from 'kysely';

export interface DB {
  article: {
    code: string;
    zh: string;
    en: string;
    body_zh: string;
    body_en: string;
    id: Generated<string>;
    keywords: Generated<string>;
    category_id: number | null;
    in_force: number | null;
    owner_id: string | null;
    owner_label: string | null;
    review_by: string | null;
    withdrawn_at: Date | null;
  };
  use: {
    request_id: string;
    article_code: string;
    version_no: number;
    at: Date;
  };
  version: {
    article_code: string;
    no: number;
    state: string;
    zh: string;
    en: string;
    body_zh: string;
    body_en: string;
    keywords: Generated<string>;
    category_id: number | null;
    author_id: string | null;
    author_label: string;
    written_at: Date;
    saves: Generated<number>;
    reviewer_id: string | null;
    reviewer_label: string | null;
    reviewed_at: Date | null;
    review_words: string | null;
    writers: Generated<string[]>;
  };
}
