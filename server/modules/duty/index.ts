/** Front door of `duty`: who is on, who answers for what, and what each person had to do. */

export { type DutyItem, type DutyListSource, provideDutyList } from './fulfilment.ts';
export { onDutyAt } from './now.ts';
export { type Orphan, type OrphanSource, provideOrphans } from './orphans.ts';
export {
  insertDelegations,
  insertHandovers,
  insertLent,
  insertMembers,
  insertPosts,
  insertShifts,
  insertStatuses,
  insertTeams,
} from './queries.ts';
export { lookAhead, lookAtShifts, watchOrphans } from './sweeps.ts';
