// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { Generated } from 'kysely';

export interface DB {
  adoption: {
    lesson_id: string;
    kind: string;
    record_id: string;
    zh: string;
    en: string;
    route: string;
    at: Date;
  };
  counter: {
    year: number;
    last: number;
  };
  evidence: {
    lesson_id: string;
    kind: string;
    record_id: string;
    number: string;
    added_by: string | null;
    added_at: Date;
  };
  lesson: {
    id: string;
    number: string;
    review_id: string | null;
    stage_code: string;
    unit_id: number | null;
    line_id: number | null;
    kind: string;
    level: string;
    state: string;
    title: string;
    title_en: Generated<string>;
    observed: string;
    cause: string | null;
    proposal: string | null;
    author_label: string;
    writers: string[];
    observed_at: Date;
    analysed_at: Date | null;
    proposed_at: Date | null;
    decided_by: string | null;
    decided_label: string | null;
    decided_at: Date | null;
    decision: string | null;
    effect_due: Date | null;
    effect: string | null;
    effect_measure: string | null;
    effect_before: number | null;
    effect_after: number | null;
    effect_words: string | null;
    effect_by: string | null;
    effect_label: string | null;
    effect_at: Date | null;
    version: Generated<number>;
  };
  review: {
    id: string;
    period_id: string;
    order_id: string | null;
    stage_code: string;
    left_at: Date;
    unit_id: number;
    due_at: Date;
    state: string;
    none_reason: string | null;
    none_asked_by: string | null;
    none_asked_label: string | null;
    none_signed_by: string | null;
    none_signed_label: string | null;
    answered_at: Date | null;
    answered_by: string | null;
    answered_label: string | null;
    version: Generated<number>;
  };
}
