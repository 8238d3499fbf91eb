// Generated from the migrated database by scripts/generate.ts; not edited by hand.
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
  };
}
