// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { Generated } from 'kysely';

export interface DB {
  need: {
    request_id: string;
    touch_id: string;
    at: Date;
    unit_id: number;
    site_id: number;
    asked_before: boolean;
  };
  rhythm: {
    id: string;
    node_id: number | null;
    kind: string;
    every_days: number | null;
    topics: Generated<number[]>;
    set_by: string | null;
    set_label: string | null;
    set_at: Date;
    ended_at: Date | null;
  };
  touch: {
    id: string;
    kind: string;
    site_id: number;
    unit_id: number;
    by_id: string;
    by_label: string;
    role: string;
    day: string;
    began_at: Date;
    ended_at: Date | null;
    crew: string | null;
    point: string | null;
    topics: Generated<number[]>;
    found: string | null;
    words: string | null;
  };
}
