// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { ColumnType, Generated } from 'kysely';

export interface DB {
  counter: {
    year: number;
    last: number;
  };
  entry: {
    id: string;
    order_id: string;
    at: Date;
    actor_id: string | null;
    actor_label: string;
    kind: string;
    unit_id: number | null;
    text: string | null;
    data: ColumnType<Record<string, unknown>, string | undefined, string>;
  };
  period: {
    id: string;
    node_id: number;
    stage_code: string;
    from_at: Date;
    to_at: Date | null;
    basis: string;
    order_id: string | null;
    basis_at: Date | null;
    applied_at: Date | null;
  };
  readiness: {
    id: string;
    unit_id: number;
    to_code: string;
    ready: boolean;
    since: Date;
    checked_at: Date;
  };
  stage: {
    code: string;
    zh: string;
    en: string;
    ordinal: number;
    working_time: boolean;
  };
  stage_order: {
    id: string;
    number: string | null;
    node_id: number;
    from_code: string;
    to_code: string;
    basis_number: string;
    basis_title: string;
    basis_at: Date;
    effective_at: Date;
    trigger: string;
    emergency: Generated<boolean>;
    at_once: Generated<boolean>;
    state: string;
    drafted_by: string;
    drafted_label: string;
    drafted_at: Date;
    reviewed_by: string | null;
    reviewed_label: string | null;
    reviewed_at: Date | null;
    signed_by: string | null;
    signed_label: string | null;
    signed_at: Date | null;
    second_by: string | null;
    second_label: string | null;
    second_at: Date | null;
    readiness_seen: ColumnType<Record<string, unknown> | null, string | null, string | null>;
    effects_seen: ColumnType<Record<string, unknown> | null, string | null, string | null>;
    seen_unready: Generated<boolean>;
    seen_consequences: Generated<boolean>;
    in_force_at: Date | null;
    closing_at: Date | null;
    closed_at: Date | null;
    withdrawn_at: Date | null;
    withdrawn_by: string | null;
    withdrawn_label: string | null;
    version: Generated<number>;
  };
  transition: {
    from_code: string;
    to_code: string;
  };
}
