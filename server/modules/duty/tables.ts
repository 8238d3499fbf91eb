// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { Generated } from 'kysely';

export interface DB {
  delegation: {
    id: string;
    from_id: string;
    from_label: string;
    to_id: string;
    to_label: string;
    role: string;
    node_id: number;
    line_id: number | null;
    from_at: Date;
    to_at: Date;
    reason: string;
    state: string;
    asked_at: Date;
    decided_by: string | null;
    decided_label: string | null;
    decided_at: Date | null;
    decision: string | null;
    ended_at: Date | null;
    version: Generated<number>;
  };
  handover: {
    id: string;
    post_id: string;
    from_shift: string;
    to_shift: string | null;
    note: string;
    open_matters: Generated<string[]>;
    given_by: string;
    given_label: string;
    given_at: Date;
    received_by: string | null;
    received_label: string | null;
    received_at: Date | null;
  };
  lent: {
    id: string;
    account_id: string;
    label: string;
    from_node: number;
    to_node: number;
    from_at: Date;
    return_at: Date;
    returned_at: Date | null;
    purpose: string;
    lent_by: string | null;
    told_at: Date | null;
    version: Generated<number>;
  };
  post: {
    id: string;
    node_id: number;
    line_id: number | null;
    zh: string;
    en: string;
    hours: string[];
    standby: boolean;
    stages: string[];
    phone: string | null;
    from_at: Date;
    ended_at: Date | null;
    made_by: string | null;
    made_at: Date;
    version: Generated<number>;
  };
  shift: {
    id: string;
    post_id: string;
    account_id: string;
    label: string;
    from_at: Date;
    to_at: Date;
    state: string;
    planned_by: string | null;
    planned_at: Date;
    beyond_reason: string | null;
    beyond_by: string | null;
    taken_at: Date | null;
    over_at: Date | null;
    version: Generated<number>;
  };
  status: {
    id: string;
    account_id: string | null;
    person_id: string | null;
    label: string;
    node_id: number;
    state: string;
    from_at: Date;
    to_at: Date | null;
    reason: string;
    set_by: string | null;
    set_at: Date;
    version: Generated<number>;
  };
  team: {
    id: string;
    kind: string;
    node_id: number;
    name: string;
    purpose: string;
    head_id: string;
    head_label: string;
    from_at: Date;
    to_at: Date;
    ended_at: Date | null;
    made_by: string | null;
    made_at: Date;
    version: Generated<number>;
  };
  team_member: {
    id: string;
    team_id: string;
    account_id: string;
    label: string;
    from_at: Date;
    to_at: Date | null;
    added_by: string | null;
  };
}
