/** Front door of `stages`: which stage is in force where, what must be ready for one, what one changes. */
export { type PastOrder, writePastOrder } from './history.ts';
export { draft as draftStageOrder } from './ordering.ts';
export { allPeriods as stagePeriods, allStages, insertPeriods, insertStages, insertTransitions } from './queries.ts';
export {
  type EffectRow,
  provideReadinessCheck,
  provideStageEffect,
  type ReadinessCheck,
  type StageEffect,
  type StageScope,
  type UnitReadiness,
} from './registry.ts';
export { forgetTimeline, lastBegan, type StageNow, stageAt, stageInForce } from './timeline.ts';
export { checkStages, type StagesCheck } from './verifying.ts';
