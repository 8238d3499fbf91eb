// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { Generated } from 'kysely';

export interface DB {
  account: {
    id: string;
    login: string;
    label: string;
    person_id: string | null;
    home_node_id: number;
    password_hash: string | null;
    must_change_password: Generated<boolean>;
    totp_secret: string | null;
    totp_confirmed: Generated<boolean>;
    totp_step: Generated<number>;
    failures: Generated<number>;
    locked_until: Date | null;
    locale: Generated<string>;
    disabled: Generated<boolean>;
    last_seen_at: Date | null;
    created_at: Date;
  };
  boxed_grant: {
    id: string;
    account_id: string;
    behalf_id: string;
    role: string;
    node_id: number;
    line_id: number | null;
    from_at: Date;
    to_at: Date;
    ended_at: Date | null;
  };
  grant_: {
    id: string;
    account_id: string;
    role: string;
    node_id: number;
    line_id: number | null;
    granted_by: string | null;
    granted_at: Date;
    revoked_at: Date | null;
    revoked_by: string | null;
  };
  session: {
    id: string;
    secret_hash: Buffer;
    account_id: string;
    pending: string | null;
    device: string;
    demo: Generated<boolean>;
    created_at: Date;
    last_seen_at: Date;
    ended_at: Date | null;
  };
  token: {
    id: string;
    name: string;
    secret_hash: Buffer;
    scopes: string[];
    site_id: number | null;
    created_by: string;
    created_at: Date;
    last_used_at: Date | null;
    revoked_at: Date | null;
  };
}
