// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { Generated } from 'kysely';

export interface DB {
  line: {
    id: string;
    plan_id: string;
    level: string;
    unit_id: number | null;
    site_id: number | null;
    stage: string;
    template_code: string | null;
    zh: string;
    en: string;
    place: string;
    how: string;
    work_line_id: number | null;
    owner_id: string | null;
    phase: string;
    nature: string;
    frequency: string;
    rhythm: string;
    due_minute: number;
    within_minutes: number | null;
    evidence: string;
    evidence_count: number;
    red: boolean;
    fever: boolean;
    in_force_from: Date;
    ended_at: Date | null;
  };
  mark: {
    id: string;
    occurrence_id: string;
    kind: string;
    at: Date;
    made_at: Date | null;
    received_at: Date;
    offline: Generated<boolean>;
    by_id: string;
    by_label: string;
    role: string;
    words: string | null;
    number: number | null;
    signer: string | null;
    file_ids: Generated<string[]>;
  };
  occurrence: {
    id: string;
    line_id: string;
    key: string;
    plan_id: string;
    unit_id: number | null;
    site_id: number | null;
    red: boolean;
    day: string;
    window_from: Date;
    window_to: Date;
    due_at: Date;
    state: Generated<string>;
    lapsed_at: Date | null;
    done_at: Date | null;
    done_by: string | null;
    done_label: string | null;
    late: Generated<boolean>;
    made_offline: Generated<boolean>;
    cannot_at: Date | null;
    cannot_by: string | null;
    answer: string | null;
    answered_at: Date | null;
    task_id: string | null;
    task_number: string | null;
    verdict: string | null;
    version: Generated<number>;
  };
}
