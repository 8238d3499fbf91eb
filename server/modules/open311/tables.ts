// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { Generated } from 'kysely';

export interface DB {
  door: {
    id: Generated<boolean>;
    enabled: Generated<boolean>;
    jurisdiction_id: string | null;
    version: Generated<number>;
    changed_at: Date;
  };
  place: {
    site_id: number;
    lat: string;
    long: string;
  };
  service: {
    category_id: number;
    zh: string;
    en: string;
  };
}
