// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { Generated } from 'kysely';

export interface DB {
  counter: {
    year: number;
    last: number;
  };
  entry: {
    id: string;
    request_id: string;
    opened_at: Date;
    source: string;
    last_at: Date;
    last_source: string;
    voices: Generated<number>;
    reopens: Generated<number>;
    state: Generated<string>;
    pending: string | null;
    verdict: string | null;
    deferrals: Generated<number>;
    until_at: Date | null;
    exit: string | null;
    closed_at: Date | null;
    unit_id: number | null;
    site_id: number | null;
    line_id: number | null;
    lead_unit_id: number | null;
    category_id: number;
    first_category_id: number;
    class: string;
    confidentiality: string;
    version: Generated<number>;
  };
  escalation: {
    request_id: string;
    step: string;
    at: Date;
  };
  measure: {
    id: string;
    entry_id: string;
    kind: string;
    year: number;
    no: number;
    state: string;
    proposed_at: Date;
    proposed_by: string | null;
    proposed_label: string | null;
    about: string | null;
    reason: string | null;
    plan: string | null;
    until_at: Date | null;
    receiver: string | null;
    receiver_line_id: number | null;
    receiver_unit_id: number | null;
    received_by: string | null;
    received_at: Date | null;
    clause: string | null;
    contact_entry_id: string | null;
    contact_at: Date | null;
    objected_at: Date | null;
    decided_at: Date | null;
    decided_by: string | null;
    decided_label: string | null;
    decision: string | null;
  };
  repeat: {
    request_id: string;
    first_request_id: string;
    at: Date;
  };
  seat: {
    measure_id: string;
    account_id: string;
    label: string;
    at: Date;
    left_at: Date | null;
  };
  vote: {
    measure_id: string;
    account_id: string;
    at: Date;
    given: boolean;
    reason: string | null;
  };
}
