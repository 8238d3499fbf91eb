/** Front door of `access`: who is it, what are they granted. */
export { hashPassword, oneTimePassword } from './passwords.ts';
export {
  accountByLogin,
  accountsByLogins,
  accountsByPerson,
  countAccounts,
  grantsOf,
  insertAccounts,
  insertGrants,
  labelsOf,
  leadersAbove,
  loginsOfPersons,
  redescribeAccount,
} from './queries.ts';
export { resetSignIn } from './recovery.ts';
export { checkOrigin, forgetSessions, identify, openSession, resolveAreas } from './sessions.ts';
