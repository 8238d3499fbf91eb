import { moduleTables, preparedStatement, sql } from '../../../platform/sql.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { DB } from '../tables.ts';

const db = moduleTables<DB>('requests');

export const requestSides = preparedStatement<{ all: number; open: number; closed: number }>(
  'requests',
  'request_sides',
  `select count(*)::int as "all", (count(*) filter (where open and closed_at is null))::int as open,
     (count(*) filter (where not open and closed_at is not null and state in ('resolved_confirmed', 'closed_unreachable', 'closed_unverified', 'closed_explained', 'withdrawn')))::int as closed
   from requests.request`,
);

/** `running`: begun within the thirteen hours after which a call that was forgotten is told to be dropped. */
export const contactSides = preparedStatement<{
  all: number;
  running: number;
  with_request: number;
  other: number;
  wrong: number;
}>(
  'requests',
  'contact_sides',
  `select count(*)::int as "all", (count(*) filter (where outcome is null and at > $1::timestamptz - interval '13 hours' and not has))::int as running,
     (count(*) filter (where has))::int as with_request, (count(*) filter (where not has and outcome in ('information', 'nudge', 'dropped')))::int as other,
     (count(*) filter (where has and outcome is distinct from 'requests'))::int as wrong
   from (select c.at, c.outcome, exists (select from requests.request r where r.contact_id = c.id) as has from requests.contact c) as c`,
);

/** Both reconciliations of rules 1 in figures, and how each open request mirrors its case. */
export async function tallyRequests(tx: Tx): Promise<{
  states: Map<string, number>;
  open: number;
  contacts: Map<string, number>;
  contactsWithRequests: number;
  withoutContact: number;
}> {
  const { rows: states } = await sql<{
    state: string;
    open: boolean;
    n: number;
  }>`select state, open, count(*)::int as n from requests.request group by state, open`.execute(db(tx));
  const { rows: contacts } = await sql<{
    outcome: string | null;
    n: number;
  }>`select outcome, count(*)::int as n from requests.contact group by outcome`.execute(db(tx));
  const { rows: joined } = await sql<{
    contacts: number;
    without: number;
  }>`select count(distinct contact_id)::int as contacts,
    count(*) filter (where contact_id is null)::int as without from requests.request`.execute(db(tx));
  return {
    states: new Map(states.map((row) => [row.state, row.n])),
    open: states.filter((row) => row.open).reduce((sum, row) => sum + row.n, 0),
    contacts: new Map(contacts.map((row) => [row.outcome ?? 'running', row.n])),
    contactsWithRequests: joined[0]!.contacts,
    withoutContact: joined[0]!.without,
  };
}

/** Of these, the ones whose words are still there: not moved to a sealed line. */
export const contentKept = async (tx: Tx, ids: string[]): Promise<Set<string>> =>
  new Set(
    (
      await db(tx)
        .selectFrom('content')
        .select('request_id')
        .where('request_id', '=', sql<string>`any(${ids}::uuid[])`)
        .execute()
    ).map((row) => row.request_id),
  );

export const mirrorsOfCases = (tx: Tx) =>
  db(tx)
    .selectFrom('request')
    .select([
      'id',
      'number',
      'state',
      'work',
      'case_id',
      'line_id',
      'lead_unit_id',
      'handler_id',
      'silently_accepted',
      'asked',
      'returns',
    ])
    .where('case_id', 'is not', null)
    .where('state', 'in', ['in_work', 'reopened'])
    .execute();
