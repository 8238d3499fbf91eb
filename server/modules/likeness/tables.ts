// Generated from the migrated database by scripts/generate.ts; not edited by hand.
export interface DB {
  member: {
    topic_id: string;
    request_id: string;
    site_id: number;
    at: Date;
    who: Buffer;
  };
  print: {
    request_id: string;
    unit_id: number;
    site_id: number;
    category_id: number;
    at: Date;
    keys: number[];
    terms: number[];
    asker: Buffer | null;
  };
  repeat: {
    request_id: string;
    earlier_id: string;
    known_by: string;
    at: Date;
  };
  tally: {
    unit_id: number;
    category_id: number;
    term: number;
    day: number;
    n: number;
  };
  topic: {
    id: string;
    unit_id: number;
    site_id: number | null;
    category_id: number;
    term: number;
    term_name: string;
    first_at: Date;
    last_at: Date;
    usual: number;
  };
  verdict: {
    a: string;
    b: string;
    same: boolean;
    likelihood: number;
    category_id: number;
    by_id: string;
    at: Date;
  };
}
