import { append } from '../../platform/journal.ts';
import type { Tx } from '../../platform/transaction.ts';
import { hashPassword, oneTimePassword } from './passwords.ts';
import * as queries from './queries.ts';
import { forgetSessions } from './sessions.ts';

/** A new one-time password: sessions end, a lock is lifted, and the first sign-in asks for a password of their own. */
export async function issuePassword(tx: Tx, accountId: string, now: Date): Promise<string> {
  const password = oneTimePassword();
  await queries.updateAccount(tx, accountId, {
    password_hash: await hashPassword(password),
    must_change_password: true,
    failures: 0,
    locked_until: null,
  });
  await queries.endSessionsOf(tx, accountId, now);
  forgetSessions();
  return password;
}

/**
 * The way back for whoever lost password or second factor and has no administrator to turn to: an act of the person who
 * operates the machine, written into the journal as theirs. A program that runs feels it within two seconds.
 * @returns the one-time password; null where nobody has this login
 */
export async function resetSignIn(
  tx: Tx,
  login: string,
  now: Date,
): Promise<{ label: string; disabled: boolean; password: string } | null> {
  const found = await queries.accountByLogin(tx, login);
  const account = found && (await queries.lockAccount(tx, found.id));
  if (!account) return null;
  const password = await issuePassword(tx, account.id, now);
  await queries.updateAccount(tx, account.id, { totp_secret: null, totp_confirmed: false, totp_step: 0 });
  await append(tx, {
    at: now,
    actorId: null,
    role: 'operator',
    action: 'access.sign_in_reset',
    recordKind: 'account',
    recordId: account.id,
    class: 'audit',
    figures: { secondFactor: account.totp_confirmed },
  });
  return { label: account.label, disabled: account.disabled, password };
}
