import type { Selectable } from 'kysely';
import { moduleTables, sql } from '../../../platform/sql.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { DB } from '../tables.ts';

const db = moduleTables<DB>('requests');

export type ContactRecord = Selectable<DB['contact']>;

export const insertContact = (tx: Tx, row: ContactRecord) => db(tx).insertInto('contact').values(row).execute();

/** A call this operator took. */
export const contactOfOperator = (tx: Tx, id: string, operatorId: string) =>
  db(tx)
    .selectFrom('contact')
    .select(['id', 'caller_key'])
    .where('id', '=', id)
    .where('operator_id', '=', operatorId)
    .executeTakeFirst();

export const setContactOutcome = (tx: Tx, id: string, operatorId: string, outcome: string) =>
  db(tx)
    .updateTable('contact')
    .set({ outcome })
    .where('id', '=', id)
    .where('operator_id', '=', operatorId)
    .where('outcome', 'is', null)
    .returning('id')
    .execute();

/** How these contacts ended; null while they run. */
export const outcomesOfContacts = (tx: Tx, ids: string[]): Promise<{ id: string; outcome: string | null }[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db(tx)
        .selectFrom('contact')
        .select(['id', 'outcome'])
        .where('id', '=', sql<string>`any(${ids}::uuid[])`)
        .execute();

/** A call nobody ended within twelve hours was dropped: every contact has an outcome (rules 1). */
export const dropForgottenContacts = (tx: Tx, before: Date) =>
  db(tx)
    .updateTable('contact')
    .set({ outcome: 'dropped' })
    .where('outcome', 'is', null)
    .where('at', '<', before)
    .execute();

export const requestsOfCaller = (tx: Tx, callerKey: Buffer) =>
  db(tx)
    .selectFrom('request')
    .innerJoin('contact', 'contact.id', 'request.contact_id')
    // Not the stub of what was moved to a sealed line: it would say of this caller that there was something.
    .innerJoin('content', 'content.request_id', 'request.id')
    .selectAll('request')
    .where('contact.caller_key', '=', callerKey)
    .orderBy('request.submitted_at', 'desc')
    .limit(20)
    .execute();

/** The number somebody rang from, once nothing of that call is left. */
export const forgetCaller = (tx: Tx, contactId: string) =>
  db(tx)
    .updateTable('contact')
    .set({ caller_key: null })
    .where('id', '=', contactId)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('request')
            .innerJoin('content', 'content.request_id', 'request.id')
            .select('request.id')
            .where('request.contact_id', '=', contactId),
        ),
      ),
    )
    .execute();

export const noteStaffDevice = (tx: Tx, requestIds: string[], deviceHash: Buffer) =>
  requestIds.length === 0
    ? Promise.resolve()
    : db(tx)
        .insertInto('staff_device')
        .values(requestIds.map((request_id) => ({ request_id, device_hash: deviceHash })))
        .onConflict((c) => c.doNothing())
        .execute();

export const isStaffDevice = async (tx: Tx, requestId: string, deviceHash: Buffer): Promise<boolean> =>
  Boolean(
    await db(tx)
      .selectFrom('staff_device')
      .select('request_id')
      .where('request_id', '=', requestId)
      .where('device_hash', '=', deviceHash)
      .executeTakeFirst(),
  );

export async function codeFailures(
  tx: Tx,
  number: string,
  since: Date,
  minute: Date,
): Promise<{ here: number; everywhere: number }> {
  const { rows } = await sql<{ here: number; everywhere: number }>`select
    (select count(*)::int from platform.code_failure where number = ${number} and at > ${since}) as here,
    (select count(*)::int from platform.code_failure where at > ${minute}) as everywhere`.execute(db(tx));
  return rows[0]!;
}

export const noteCodeFailure = (tx: Tx, number: string, at: Date) =>
  sql`insert into platform.code_failure (number, at) values (${number}, ${at})`.execute(db(tx));
