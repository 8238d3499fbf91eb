// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { ColumnType, Generated } from 'kysely';

export interface DB {
  category_words: {
    category_id: number;
    keywords: string[];
    examples: string[];
    version: Generated<number>;
    changed_at: Date;
    changed_by: string | null;
  };
  decision: {
    id: string;
    request_id: string;
    at: Date;
    by_rule: string | null;
    suggested_id: number | null;
    p: number | null;
    category_id: number;
    line_id: number | null;
    lead_unit_id: number | null;
    unit_id: number | null;
  };
  model: {
    version: Generated<number>;
    trained_at: Date;
    learnt_until: Date;
    messages: number;
    written: number;
    right_first: number | null;
    right_three: number | null;
    took_ms: number;
    bytes: Buffer;
  };
  rule: {
    id: string;
    category_id: number;
    unit_id: number | null;
    least_p: number;
    most_priority: string;
    state: Generated<string>;
    version: Generated<number>;
    made_at: Date;
    made_by: string;
    simulated_at: Date | null;
    in_force_at: Date | null;
    in_force_by: string | null;
    ended_at: Date | null;
  };
  rule_dispatch: {
    request_id: string;
    rule_id: string;
    case_id: string;
    at: Date;
  };
  suggestion: {
    request_id: string;
    category_id: number;
    p: number;
    others: ColumnType<Record<string, unknown>, string, string>;
    reasons: string[];
    urgent_words: Generated<string[]>;
    model_version: number;
    at: Date;
  };
}
