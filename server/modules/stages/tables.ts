// Generated from the migrated database by scripts/generate.ts; not edited by hand.
export interface DB {
  period: {
    id: string;
    node_id: number;
    stage_code: string;
    from_at: Date;
    to_at: Date | null;
    basis: string;
  };
  stage: {
    code: string;
    zh: string;
    en: string;
    ordinal: number;
    working_time: boolean;
  };
}
