// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { ColumnType, Generated } from 'kysely';

export interface DB {
  call: {
    id: string;
    exchange_id: string | null;
    call_ref: string | null;
    caller_key: Buffer | null;
    number: Buffer | null;
    offered_at: Date;
    answered_at: Date | null;
    ended_at: Date | null;
    seat: string | null;
    operator_id: string | null;
    contact_id: string | null;
    recording_ref: string | null;
  };
  callback: {
    id: string;
    call_id: string | null;
    caller_key: Buffer | null;
    number: Buffer | null;
    why: string;
    urgent: Generated<boolean>;
    made_at: Date;
    promised_by: Date;
    claimed_by: string | null;
    claimed_label: string | null;
    claimed_until: Date | null;
    attempts: Generated<number>;
    next_at: Date;
    done_at: Date | null;
    outcome: string | null;
    contact_id: string | null;
  };
  event: {
    exchange_id: string;
    event_id: string;
    call_ref: string;
    kind: string;
    at: Date;
    seat: string | null;
    received_at: Date;
  };
  exchange: {
    id: string;
    name: string;
    secret: Buffer;
    secret_before: Buffer | null;
    before_until: Date | null;
    made_by: string;
    made_at: Date;
    ended_at: Date | null;
  };
  handover: {
    id: string;
    at: Date;
    by_id: string;
    by_label: string;
    words: string;
    figures: ColumnType<Record<string, unknown>, string, string>;
    read_at: Date | null;
    read_by: string | null;
    read_label: string | null;
  };
  seat: {
    code: string;
    account_id: string;
    home: Generated<boolean>;
    since: Date;
  };
  surge: {
    id: string;
    from_at: Date;
    to_at: Date | null;
    why: string;
    figures: ColumnType<Record<string, unknown>, string | undefined, string>;
    by_id: string | null;
  };
  surge_rule: {
    single: Generated<boolean>;
    most_waiting: number | null;
    least_answered: string | null;
    promise_minutes: Generated<number>;
  };
}
