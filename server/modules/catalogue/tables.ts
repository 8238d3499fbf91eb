// Generated from the migrated database by scripts/generate.ts; not edited by hand.
import type { ColumnType, Generated } from 'kysely';

export interface DB {
  choice: {
    id: string;
    request_id: string;
    at: Date;
    item_id: string | null;
    edition_number: number | null;
    category_id: number;
    unit_id: number | null;
    suggested_line_id: number;
    suggested_unit_id: number | null;
    suggested_co_line_ids: number[];
    line_id: number;
    lead_unit_id: number | null;
    co_line_ids: number[];
    differs: string[];
    to_backup: boolean;
    chosen_by: string | null;
  };
  edition: {
    id: string;
    number: number | null;
    from_at: Date | null;
    note: Generated<string>;
    based_on: string | null;
    begun_by: string | null;
    begun_by_label: string;
    begun_at: Date;
    decided_by: string | null;
    decided_by_label: string | null;
    decided_at: Date | null;
    dropped_at: Date | null;
  };
  item: {
    id: string;
    edition_id: string;
    category_id: number;
    node_id: number;
    line_id: number;
    lead: string;
    lead_unit_id: number | null;
    co_line_ids: Generated<number[]>;
    escalation: ColumnType<Record<string, unknown>, string | undefined, string>;
    contact_minutes: number | null;
    resolve_hours: number | null;
    valid_from: Date | null;
    valid_to: Date | null;
    revision: Generated<number>;
  };
  line_limit: {
    line_id: number;
    backup_line_id: number | null;
    most_per_handler: number;
    most_overdue: number;
    changed_by_label: string;
    changed_at: Date;
  };
}
