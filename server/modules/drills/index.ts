/** Front door of `drills`: risks and what is done then, drills, near-misses, and what is owed in peace. */
export {
  allDrills,
  allNearMisses,
  approvedContingencies,
  insertContingencies,
  insertDone,
  insertDrills,
  insertDuties,
  insertHands,
  insertNearMisses,
  insertRisks,
  insertSteps,
  setCounters,
} from './queries.ts';
export { tellOverdue } from './readiness.ts';
export { contingenciesInForce, practiceByNumber } from './referring.ts';
