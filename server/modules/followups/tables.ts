// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { ColumnType, Generated } from 'kysely';

export interface DB {
  answer: {
    call_id: string;
    at: Date;
    caller_id: string;
    contacted: boolean;
    answer: string;
    satisfied: number | null;
    speed: number | null;
    attitude: number | null;
    words: string | null;
    script_version: string;
    seconds: number | null;
    call_ref: string | null;
    ticks: Generated<string[]>;
  };
  attempt: {
    id: string;
    call_id: string;
    at: Date;
    channel: string;
    outcome: string;
    caller_id: string;
    caller_label: string;
  };
  call: {
    id: string;
    request_id: string;
    reason: string;
    site_id: number | null;
    unit_id: number | null;
    class: string;
    due_at: Date;
    appointment_at: Date | null;
    created_at: Date;
    done_at: Date | null;
    outcome: string | null;
    caller_id: string | null;
    kind: Generated<string>;
    day: string | null;
    opens_at: Date | null;
    first_call_id: string | null;
    after_hours: number | null;
    keeper_id: string | null;
    keeper_label: string | null;
    claimed_by: string | null;
    claimed_label: string | null;
    claimed_until: Date | null;
    person_id: string | null;
  };
  day: {
    day: string;
    rates_no: number | null;
    committed_at: Date;
    commitment: Buffer;
    late: Generated<boolean>;
    secret_locked: Buffer | null;
    secret: Buffer | null;
    closed_at: Date | null;
    framed: number | null;
    frame_digest: Buffer | null;
    seal_no: number | null;
    seal_root: Buffer | null;
    anchored_at: Date | null;
    frozen_at: Date | null;
  };
  frame: {
    day: string;
    request_id: string;
    at: Date;
    exit: string;
    unit_id: number | null;
    site_id: number | null;
    category_id: number | null;
    priority: string | null;
    on_time: boolean | null;
    mandatory: string | null;
    reopens: Generated<number>;
    disposed: string | null;
    disposed_at: Date | null;
    call_id: string | null;
    outcome: string | null;
  };
  handover: {
    id: string;
    at: Date;
    from_id: string;
    from_label: string;
    note: string | null;
    taken_at: Date | null;
    taken_by: string | null;
    taken_label: string | null;
  };
  handover_item: {
    handover_id: string;
    call_id: string;
    note: string | null;
  };
  rates: {
    no: Generated<number>;
    from_day: string;
    base: number;
    again: number;
    lines: ColumnType<Record<string, unknown>, string | undefined, string>;
    made_by: string | null;
    made_by_label: string | null;
    made_at: Date;
  };
  script: {
    purpose: string;
    version: number;
    lines: ColumnType<Record<string, unknown>, string, string>;
    made_by_label: string | null;
    made_at: Date;
  };
  visit_result: {
    call_id: string;
    at: Date;
    caller_id: string;
    result: string;
    too_late: Generated<boolean>;
    words: string | null;
    script_version: string;
    seconds: number | null;
    call_ref: string | null;
  };
  visit_rule: {
    category_id: number;
    after_hours: number;
  };
}
