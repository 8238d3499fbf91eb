// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { ColumnType, Generated } from 'kysely';

export interface DB {
  address: {
    account_id: string;
    kind: string;
    sealed: Buffer;
    code_hash: Buffer | null;
    code_dies_at: Date | null;
    tries: Generated<number>;
    asked_at: Date;
    confirmed_at: Date | null;
  };
  channel: {
    id: Generated<number>;
    kind: string;
    name: string;
    enabled: Generated<boolean>;
    settings: ColumnType<Record<string, unknown>, string, string>;
    sealed: Buffer | null;
    per_minute: number;
    least_level: Generated<string>;
    node_id: number | null;
    line_id: number | null;
    from_environment: Generated<boolean>;
    version: Generated<number>;
    created_at: Date;
  };
  copy: {
    account_id: string;
    message_id: string;
    sent_at: Date;
    to_confirm: boolean;
    opened_at: Date | null;
    confirmed_at: Date | null;
    reply: string | null;
    chased_at: Date | null;
    chases: Generated<number>;
  };
  delivery: {
    id: string;
    channel_id: number;
    purpose: string;
    account_id: string | null;
    request_id: string | null;
    message_id: string | null;
    occasion: Generated<string>;
    state: Generated<string>;
    not_before: Date;
    attempts: Generated<number>;
    claimed_at: Date | null;
    claimed_until: Date | null;
    reason: string | null;
    answer: string | null;
    sealed: Buffer | null;
    created_at: Date;
    done_at: Date | null;
  };
  message: {
    id: string;
    kind: string;
    level: string;
    about_kind: string;
    about_id: string;
    about_label: string;
    about_route: string | null;
    figures: ColumnType<Record<string, unknown>, string | undefined, string>;
    once: string | null;
    sender_id: string | null;
    node_id: number | null;
    line_id: number | null;
    may_be_named: Generated<boolean>;
    sent_at: Date;
    confirm_by: Date | null;
    reminded_at: Date | null;
    escalated_at: Date | null;
    planned_at: Date | null;
  };
  preference: {
    account_id: string;
    quiet_from: number;
    quiet_to: number;
    digest_hour: number | null;
    channels: ColumnType<Record<string, unknown>, string, string>;
    version: Generated<number>;
  };
  requester_sms: {
    request_id: string;
    agreed_at: Date;
    stopped_at: Date | null;
  };
}
