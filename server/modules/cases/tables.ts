// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { Generated } from 'kysely';

export interface DB {
  ask: {
    id: string;
    case_id: string;
    kind: string;
    asked_by: string;
    asked_by_label: string;
    asked_at: Date;
    until_at: Date;
    reason_code: string;
    text: string;
    decided_by: string | null;
    decided_at: Date | null;
    approved: boolean | null;
  };
  assignment: {
    id: string;
    case_id: string;
    line_id: number;
    lead_unit_id: number | null;
    assigned_by: string | null;
    at: Date;
    ended_at: Date | null;
    return_reason: string | null;
  };
  case_file: {
    id: string;
    state: string;
    line_id: number;
    lead_unit_id: number | null;
    priority: string;
    arbitrated: Generated<boolean>;
    returns: Generated<number>;
    extended: Generated<boolean>;
    handler_id: string | null;
    handler_label: string | null;
    dispatched_at: Date;
    accepted_at: Date | null;
    silently_accepted: Generated<boolean>;
    suspended_at: Date | null;
    suspended_until: Date | null;
    handled_at: Date | null;
    solution: string | null;
    created_at: Date;
    version: Generated<number>;
  };
  hand: {
    case_id: string;
    account_id: string;
    did: string;
    line_id: number | null;
    home_node_id: number | null;
    at: Date;
  };
  part: {
    id: string;
    case_id: string;
    line_id: number;
    unit_id: number | null;
    task: Generated<string>;
    state: string;
    contact_due: Date;
    due: Date;
    asked_by: string | null;
    asked_by_label: string;
    asked_at: Date;
    accepted_at: Date | null;
    contacted_at: Date | null;
    done_at: Date | null;
    released_at: Date | null;
    handler_id: string | null;
    handler_label: string | null;
    version: Generated<number>;
  };
  takeover: {
    id: string;
    case_id: string;
    from_line_id: number;
    from_unit_id: number | null;
    to_line_id: number;
    to_unit_id: number | null;
    at: Date;
    by: string | null;
    by_label: string;
    ended_at: Date | null;
    ended: string | null;
  };
}
