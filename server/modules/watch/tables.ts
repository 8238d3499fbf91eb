// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { Generated } from 'kysely';

export interface DB {
  drift: {
    node_id: number;
    line_id: number | null;
    week: number;
    measure: string;
    base_n: number;
    base_value: number;
    n: number;
    value: number;
    by_fifth: boolean;
    held: number;
    bound: number;
    outside: boolean;
    grey: boolean;
  };
  gap: {
    node_id: number;
    week: number;
    pair: string;
    measure: string;
    first_n: number | null;
    other_n: number | null;
    first_value: number | null;
    other_value: number | null;
    gap: number | null;
    low: number | null;
    high: number | null;
    like_gap: number | null;
    like_low: number | null;
    like_high: number | null;
  };
  reckoning: {
    single: Generated<boolean>;
    at: Date;
    definition: number;
  };
  weekly: {
    node_id: number;
    line_id: number | null;
    week: number;
    measure: string;
    n: number | null;
    open: number;
    value: number | null;
    low: number | null;
    high: number | null;
    minutes: number | null;
    provisional: boolean;
  };
}
