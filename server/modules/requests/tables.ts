// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

export interface DB {
  contact: {
    id: string;
    at: Date;
    channel: string;
    operator_id: string | null;
    caller_key: Buffer | null;
    outcome: string | null;
  };
  content: {
    request_id: string;
    key: Buffer;
    text: string;
    point: string | null;
    callback: string | null;
    requester_label: string | null;
    summary: string | null;
    source_ref: string | null;
  };
  entry: {
    id: string;
    request_id: string;
    at: Date;
    kind: string;
    actor_id: string | null;
    side: string;
    who: string | null;
    line_id: number | null;
    audience: Generated<string>;
    original: Generated<boolean>;
    text: string | null;
    data: ColumnType<Record<string, unknown>, string | undefined, string>;
    file_ids: Generated<string[]>;
  };
  request: {
    id: string;
    number: string;
    contact_id: string | null;
    channel: string;
    confidentiality: string;
    class: string;
    category_id: number;
    first_category_id: number;
    unit_id: number | null;
    site_id: number | null;
    stage_code: string | null;
    priority: string;
    requester_id: string | null;
    registrar_id: string | null;
    device_id: string | null;
    code_hmac: Buffer;
    code_dies_at: Date | null;
    submitted_at: Date;
    received_at: Date;
    state: Generated<string>;
    open: GeneratedAlways<boolean | null>;
    verdict_by: string | null;
    triage_due: Date;
    contact_due: Date;
    resolve_due: Date;
    resolve_now: Date;
    promise_at: Date;
    next_due: Date | null;
    contacted_at: Date | null;
    dispatched_at: Date | null;
    handled_at: Date | null;
    closed_at: Date | null;
    noticed_at: Date | null;
    work: Generated<string>;
    case_id: string | null;
    line_id: number | null;
    lead_unit_id: number | null;
    handler_id: string | null;
    handler_label: string | null;
    silently_accepted: Generated<boolean>;
    asked: Generated<boolean>;
    returns: Generated<number>;
    about_line_id: number | null;
    about_unit_id: number | null;
    nudges: Generated<number>;
    reopens: Generated<number>;
    said_by_other: Generated<boolean>;
    rating_result: number | null;
    rating_speed: number | null;
    rating_attitude: number | null;
    version: Generated<number>;
    inner_due: Date | null;
    warn_at: Date | null;
    objected: Generated<boolean>;
    co_posts: Generated<string[]>;
  };
  search: {
    request_id: string;
    at: Date;
    keys: number[];
  };
  staff_device: {
    request_id: string;
    device_hash: Buffer;
  };
  warning: {
    request_id: string;
    clock: string;
    step_id: string;
    due_at: Date;
    at: Date;
    told: string | null;
  };
}
