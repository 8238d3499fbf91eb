/** Front door of `access`: who is it, what are they granted. */
export { hashPassword, oneTimePassword } from './passwords.ts';
export {
  accountByLogin,
  accountsActing,
  accountsByLogins,
  accountsByPerson,
  accountsGranted,
  accountsInRoles,
  correspondents,
  endBoxedGrant,
  grantsOf,
  handlerPosts,
  insertAccounts,
  insertBoxedGrant,
  insertGrants,
  labelsOf,
  leadersAbove,
  listAccounts,
  loginsOfAccounts,
  loginsOfPersons,
  redescribeAccount,
} from './queries.ts';
export { resetSignIn } from './recovery.ts';
export {
  forgetSessions,
  identify,
  identifyPages,
  joinedOf,
  openSession,
  permissionsOf,
  programOf,
  resolveAreas,
} from './sessions.ts';
