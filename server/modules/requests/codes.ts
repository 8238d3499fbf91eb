import { equalBytes, type Keys } from '../../platform/crypto.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Tx } from '../../platform/transaction.ts';
import { codeFailures } from './contacts/queries.ts';
import * as queries from './queries.ts';

/** Query codes (rules 7): stored as a keyed hash only, entered together with the number. */
export const codeHmac = (keys: Keys, id: string, code: string): Buffer => keys.hmac('query-code', `${id}:${code}`);

/** Codes die 90 days after closing. */
export const codeDiesAt = (closedAt: Date): Date => new Date(closedAt.getTime() + 90 * 86_400_000);

const mostWrong = 5;
/** Beyond this many wrong codes a minute over the whole group, every answer is delayed. */
const globalBudget = 60;

/**
 * The request a number and code belong to. Five wrong codes lock that number for 15 minutes; never an address, for a
 * whole site shares one. Wrong tries are noted after it, so that the refusal neither undoes them nor waits for a second connection.
 * @throws code_wrong, code_locked, code_expired
 */
export async function requestByCode(
  tx: Tx,
  keys: Keys,
  number: string,
  code: string,
  now: Date,
  noteWrong: (number: string) => Promise<void>,
): Promise<queries.RequestRecord> {
  const wrong = await codeFailures(tx, number, new Date(now.getTime() - 15 * 60_000), new Date(now.getTime() - 60_000));
  if (wrong.here >= mostWrong) throw new Refusal(423, 'code_locked');
  if (wrong.everywhere > globalBudget)
    await new Promise((resolve) => setTimeout(resolve, Math.min(3_000, (wrong.everywhere - globalBudget) * 50)));
  const row = await queries.requestByNumber(tx, number);
  if (!row || !equalBytes(row.code_hmac, codeHmac(keys, row.id, code))) {
    throw new Refusal(404, 'code_wrong', {
      fields: [{ field: 'code', code: 'bad_format' }],
      afterwards: () => noteWrong(number),
    });
  }
  if (row.code_dies_at && row.code_dies_at < now) throw new Refusal(410, 'code_expired');
  return row;
}
