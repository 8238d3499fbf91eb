// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { ColumnType, Generated } from 'kysely';

export interface DB {
  contingency: {
    id: string;
    risk_id: string;
    no: number;
    state: string;
    plan: ColumnType<Record<string, unknown>, string, string>;
    author_id: string | null;
    author_label: string;
    writers: string[];
    written_at: Date;
    saves: Generated<number>;
    decided_by: string | null;
    decided_label: string | null;
    decided_at: Date | null;
    decision: string | null;
  };
  counter: {
    kind: string;
    year: number;
    last: number;
  };
  drill: {
    id: string;
    number: string;
    risk_id: string;
    contingency_id: string;
    unit_id: number;
    site_id: number | null;
    state: string;
    planned_for: Date;
    announced: boolean;
    planned_by: string | null;
    planned_label: string;
    started_at: Date | null;
    ended_at: Date | null;
    heads: number | null;
    assessed_by: string | null;
    assessor_part: Generated<string>;
    assessed_label: string | null;
    assessed_at: Date | null;
    assessment: string | null;
    closed_at: Date | null;
    closed_by: string | null;
    closed_label: string | null;
    cancelled_why: string | null;
    version: Generated<number>;
  };
  duty: {
    code: string;
    zh: string;
    en: string;
    frequency: string;
    kind: string;
    stages: string[];
    ordinal: number;
  };
  duty_done: {
    id: string;
    duty_code: string;
    unit_id: number;
    day: string;
    words: string;
    done_by: string | null;
    done_label: string;
    at: Date;
  };
  finding: {
    id: string;
    drill_id: string;
    text: string;
    task_id: string;
    task_number: string;
    at: Date;
  };
  hand: {
    drill_id: string;
    account_id: string;
    part: string;
    label: string;
  };
  near_miss: {
    id: string;
    number: string;
    unit_id: number;
    site_id: number | null;
    happened_at: Date;
    what: string;
    place: string;
    stopped_by: string;
    reporter_id: string | null;
    reporter_label: string | null;
    recorded_at: Date;
    outcome: string | null;
    risk_id: string | null;
    task_id: string | null;
    task_number: string | null;
    triage: string | null;
    triaged_by: string | null;
    triaged_label: string | null;
    triaged_at: Date | null;
    version: Generated<number>;
  };
  risk: {
    id: string;
    number: string;
    node_id: number;
    zh: string;
    en: string;
    severity: string;
    owner_id: string;
    owner_label: string;
    next_drill_on: string | null;
    opened_by: string | null;
    opened_label: string;
    opened_at: Date;
    retired_at: Date | null;
    retired_by: string | null;
    retired_why: string | null;
    version: Generated<number>;
  };
  step: {
    drill_id: string;
    n: number;
    within: number;
    reached_at: Date | null;
    marked_by: string | null;
    verdict: string | null;
    remark: string | null;
  };
}
