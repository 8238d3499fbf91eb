// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { ColumnType, Generated } from 'kysely';

export interface DB {
  counter: {
    kind: string;
    year: number;
    last: number;
  };
  directive: {
    id: string;
    title: string;
    document_number: string;
    issued_by: string;
    issued_at: Date;
    node_id: number;
    entered_by: string;
    entered_at: Date;
    version: Generated<number>;
  };
  entry: {
    id: string;
    record_id: string;
    at: Date;
    kind: string;
    actor_id: string | null;
    who: string | null;
    text: string | null;
    data: ColumnType<Record<string, unknown>, string | undefined, string>;
    file_ids: Generated<string[]>;
  };
  hand: {
    task_id: string;
    account_id: string;
    line_id: number | null;
    home_node_id: number | null;
    at: Date;
  };
  link: {
    problem_id: string;
    kind: string;
    record_id: string;
    label: string;
    linked_by: string | null;
    linked_at: Date;
  };
  mapping: {
    paragraph_id: string;
    task_id: string;
    mapped_by: string;
    mapped_at: Date;
    id: Generated<string>;
  };
  member: {
    id: string;
    problem_id: string;
    account_id: string;
    label: string;
    level: string;
    line_id: number | null;
    line_class: string | null;
    home_node_id: number | null;
    leads: Generated<boolean>;
    return_due: Date | null;
    returned_at: Date | null;
    added_by: string;
    added_at: Date;
    left_at: Date | null;
  };
  milestone: {
    id: string;
    task_id: string;
    due_at: Date;
    what: string;
    met_at: Date | null;
    met_by: string | null;
  };
  movement: {
    id: string;
    problem_id: string;
    week: string;
    direction: string;
    text: string;
    recorded_by: string;
    recorded_label: string;
    at: Date;
  };
  paragraph: {
    id: string;
    directive_id: string;
    n: number;
    text: string;
    no_action: string | null;
    signed_by: string | null;
    signed_label: string | null;
    signed_at: Date | null;
  };
  problem: {
    id: string;
    number: string;
    state: string;
    title: string;
    matter: string;
    source_kind: string;
    source_id: string | null;
    source_label: string;
    class: string;
    guarded: Generated<boolean>;
    unit_id: number | null;
    site_id: number | null;
    required_classes: Generated<string[]>;
    opened_by: string | null;
    opened_label: string;
    opened_at: Date;
    closed_by: string | null;
    closed_label: string | null;
    closed_at: Date | null;
    once_key: string | null;
    version: Generated<number>;
    title_en: string | null;
  };
  slip: {
    id: string;
    task_id: string;
    no: number;
    colour: string;
    reason: string;
    why: string;
    due_at: Date;
    occurred_at: Date;
    issued_at: Date;
  };
  task: {
    id: string;
    number: string;
    state: string;
    source_kind: string;
    source_id: string | null;
    source_label: string;
    title: string;
    criterion: string;
    priority: string;
    class: string;
    guarded: Generated<boolean>;
    unit_id: number | null;
    site_id: number | null;
    owner_id: string | null;
    owner_label: string | null;
    owner_line_id: number | null;
    owner_unit_id: number | null;
    holder_id: string | null;
    holder_label: string | null;
    issuer_id: string | null;
    issuer_label: string;
    issuer_node_id: number;
    issued_at: Date;
    due_original: Date;
    due_at: Date;
    extended_at: Date | null;
    receive_by: Date;
    received_at: Date | null;
    silently_received: Generated<boolean>;
    first_action_at: Date | null;
    submitted_at: Date | null;
    accepted_at: Date | null;
    accepted_by: string | null;
    returned_at: Date | null;
    returns: Generated<number>;
    voided_at: Date | null;
    colour: string | null;
    next_look_at: Date | null;
    told_upward: Generated<number>;
    next_telling_at: Date | null;
    once_key: string | null;
    version: Generated<number>;
    title_en: string | null;
    criterion_en: string | null;
  };
  telling: {
    id: string;
    task_id: string;
    no: number;
    rung: number;
    role: string;
    node_id: number;
    addressees: number;
    at: Date;
  };
  unmapping: {
    mapping_id: string;
    reason: string;
    undone_by: string;
    undone_at: Date;
  };
}
