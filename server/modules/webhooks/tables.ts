// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { Generated } from 'kysely';

export interface DB {
  delivery: {
    id: string;
    subscription_id: string;
    position: number | null;
    type: string;
    subject: string;
    body: string;
    state: Generated<string>;
    attempts: Generated<number>;
    not_before: Date;
    claimed_until: Date | null;
    status: number | null;
    reason: string | null;
    created_at: Date;
    done_at: Date | null;
  };
  subscription: {
    id: string;
    name: string;
    url: string;
    types: string[];
    allow_private: Generated<boolean>;
    enabled: Generated<boolean>;
    secret: Buffer;
    old_secret: Buffer | null;
    old_dies_at: Date | null;
    from_position: number;
    failing_since: Date | null;
    stopped_because: string | null;
    created_at: Date;
    ended_at: Date | null;
    version: Generated<number>;
  };
}
