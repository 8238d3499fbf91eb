/** Front door of `stages`: which stage is in force where, what must be ready for one, what one changes. */
export { closeWhenReviewed, provideClosingCheck } from './closing.ts';
export { type PastOrder, writePastOrder } from './history.ts';
export { draft as draftStageOrder } from './ordering.ts';
export {
  allPeriods as stagePeriods,
  allStages,
  insertPeriods,
  insertStages,
  insertTransitions,
  type OrderRecord as StageOrder,
  ordersByIds as stageOrdersByIds,
} from './queries.ts';
export {
  provideReadinessCheck,
  provideStageEffect,
  type StageEffect,
  type StageScope,
  type UnitReadiness,
} from './registry.ts';
export { forgetTimeline, lastBegan, stageAt, stageInForce, stagesInForce } from './timeline.ts';
export { checkStages, type StagesCheck } from './verifying.ts';
