/** What must hold in the database once a history is loaded: nothing lost, both reconciliations 0, every mirror true. */
import { casesOf } from '../../modules/cases/index.ts';
import { mirrorsOfCases, tallyRequests } from '../../modules/requests/index.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Ledger } from './ledger.ts';

const openStates = ['received', 'in_work', 'handled', 'reopened'];

function countBy<T>(rows: T[], key: (row: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return counts;
}

function differences(what: string, found: Map<string, number>, expected: Map<string, number>): string[] {
  return [...new Set([...found.keys(), ...expected.keys()])]
    .filter((key) => (found.get(key) ?? 0) !== (expected.get(key) ?? 0))
    .map((key) => `${what} ${key}: ${found.get(key) ?? 0} in the database, ${expected.get(key) ?? 0} told`);
}

/** @returns what does not hold; empty when all is well */
export async function checkHistory(tx: Tx, ledger: Ledger): Promise<string[]> {
  const tally = await tallyRequests(tx);
  const faults = [
    ...differences(
      'requests',
      tally.states,
      countBy(ledger.needs, (need) => need.row.state),
    ),
    ...differences(
      'contacts',
      tally.contacts,
      countBy(ledger.contacts, (contact) => contact.outcome ?? 'running'),
    ),
  ];
  // requests = open + closed (by exit)
  const closed = [...tally.states].filter(([state]) => !openStates.includes(state)).reduce((sum, [, n]) => sum + n, 0);
  const all = [...tally.states.values()].reduce((sum, n) => sum + n, 0);
  if (all !== tally.open + closed) faults.push(`${all} requests are not ${tally.open} open and ${closed} closed`);
  // contacts = with a request + information only + nudges + dropped
  if (tally.contacts.get('requests') !== tally.contactsWithRequests || tally.withoutContact > 0) {
    faults.push(
      `${tally.contacts.get('requests')} contacts say they made a request, ${tally.contactsWithRequests} did, ${tally.withoutContact} requests have none`,
    );
  }
  const mirrors = await mirrorsOfCases(tx);
  const cases = new Map(
    (await casesOf(tx, [...new Set(mirrors.map((row) => row.case_id!))])).map((row) => [row.id, row]),
  );
  for (const row of mirrors) {
    const file = cases.get(row.case_id!);
    // One denied need of several shows "reopened" while the others' work goes on.
    const same = file && (file.state === row.work || (row.work === 'reopened' && row.state === 'reopened'));
    if (
      !file ||
      !same ||
      file.line_id !== row.line_id ||
      file.lead_unit_id !== row.lead_unit_id ||
      file.handler_id !== row.handler_id ||
      file.returns !== row.returns ||
      file.silently_accepted !== row.silently_accepted
    ) {
      faults.push(`${row.number} (${row.work}) does not mirror its case (${file?.state ?? 'missing'})`);
    }
  }
  return faults;
}
