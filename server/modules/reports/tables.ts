// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { ColumnType, Generated } from 'kysely';

export interface DB {
  approval: {
    form_code: string;
    unit_id: number;
    day: string;
    expected: number;
    received: number;
    by_id: string | null;
    by_label: string;
    at: Date;
    words: string | null;
  };
  concept: {
    key: string;
    zh: string;
    en: string;
    aliases: Generated<string[]>;
    known_from: string | null;
    form_code: string | null;
    item_key: string | null;
  };
  crew: {
    id: string;
    site_id: number;
    zh: string;
    planned: number;
    ordinal: number;
    ended_at: Date | null;
    changed_by: string | null;
    changed_at: Date;
  };
  filing: {
    id: string;
    form_code: string;
    form_no: number;
    node_id: number;
    unit_id: number;
    day: string;
    stage_code: string;
    due_at: Date;
    locks_at: Date;
    state: string;
    current_id: string | null;
    made_at: Date | null;
    first_received_at: Date | null;
    late: boolean | null;
    amended: Generated<boolean>;
    versions: Generated<number>;
    flags: Generated<number>;
    heads: number | null;
    filed_by: string | null;
    filed_label: string | null;
    checked_by: string | null;
    checked_label: string | null;
    checked_at: Date | null;
    returned_words: string | null;
    locked_at: Date | null;
    noticed_at: Date | null;
    escalated_at: Date | null;
    chased_at: Date | null;
  };
  form: {
    code: string;
    filed_for: string;
    rhythm: string;
    state: string;
    created_at: Date;
    retired_at: Date | null;
    retired_label: string | null;
    retired_words: string | null;
  };
  form_version: {
    form_code: string;
    no: number;
    state: string;
    zh: string;
    en: string;
    due: ColumnType<Record<string, unknown>, string, string>;
    content: ColumnType<Record<string, unknown>, string, string>;
    designed_by: string | null;
    designed_label: string | null;
    designed_at: Date;
    started_by: string | null;
    started_label: string | null;
    started_at: Date | null;
  };
  office: {
    site_id: number;
    phone: string;
    changed_by: string | null;
    changed_at: Date;
  };
  version: {
    id: string;
    filing_id: string;
    no: number;
    form_no: number;
    content: ColumnType<Record<string, unknown>, string, string>;
    said_at: Date;
    made_at: Date;
    received_at: Date;
    offline: boolean;
    device: string | null;
    by_id: string | null;
    by_label: string;
    reason: string | null;
    after_lock: boolean;
  };
}
