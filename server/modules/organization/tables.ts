// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { ColumnType, Generated } from 'kysely';

export interface DB {
  category: {
    id: Generated<number>;
    code: string;
    zh: string;
    en: string;
    parent_id: number | null;
    priority: string | null;
    line_id: number | null;
    co_line_ids: Generated<number[]>;
    record_class: Generated<string>;
    relapse_days: number | null;
  };
  line: {
    id: Generated<number>;
    code: string;
    zh: string;
    en: string;
    class: string;
    ext: string | null;
    backup_id: number | null;
  };
  node: {
    id: Generated<number>;
    kind: string;
    code: string;
    zh: string;
    en: string;
    initials: string;
    parent_id: number | null;
    site_kind: string | null;
    heads: number | null;
    x: string | null;
    y: string | null;
    facts: ColumnType<Record<string, unknown>, string | undefined, string>;
    closed_at: Date | null;
  };
  person: {
    id: string;
    staff_no: string;
    label: string;
    node_id: number;
    post: string | null;
    left_at: Date | null;
  };
  point: {
    id: Generated<number>;
    site_id: number;
    zh: string;
    en: string;
    token_round: Generated<number>;
  };
  sla: {
    priority: string;
    contact_minutes: number;
    resolve_hours: number;
    followup_hours: number;
  };
}
