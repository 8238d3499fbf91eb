/** Front door of `duty`: who is on, who answers for what, and what each person had to do. */

export { type DutyItem, provideDutyList } from './fulfilment.ts';
export { provideOrphans } from './orphans.ts';
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
