// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { ColumnType, Generated } from 'kysely';

export interface DB {
  calendar: {
    id: Generated<number>;
    code: string;
    zh: string;
    en: string;
  };
  dated_day: {
    id: Generated<string>;
    calendar_id: number;
    date: string;
    working: boolean;
    hours: ColumnType<Record<string, unknown> | null, string | null, string | null>;
    zh: string;
    en: string;
    effective_from: Date;
    ended_at: Date | null;
    set_by: string | null;
    set_by_label: string | null;
  };
  level: {
    id: Generated<string>;
    priority: string;
    triage_minutes: number;
    contact_minutes: number;
    inner_minutes: number;
    resolve_minutes: number;
    effective_from: Date;
    set_by: string | null;
    set_by_label: string | null;
    set_at: Generated<Date>;
  };
  use: {
    id: Generated<string>;
    stage_code: string;
    unit_id: number | null;
    calendar_id: number | null;
    effective_from: Date;
    set_by: string | null;
    set_by_label: string | null;
    set_at: Generated<Date>;
  };
  warning_step: {
    id: Generated<string>;
    priority: string;
    clock: string;
    after_minutes: number;
    tells: string;
    effective_from: Date;
    ended_at: Date | null;
  };
  week: {
    id: Generated<string>;
    calendar_id: number;
    effective_from: Date;
    hours: ColumnType<Record<string, unknown>, string, string>;
    set_by: string | null;
    set_by_label: string | null;
    set_at: Generated<Date>;
  };
}
