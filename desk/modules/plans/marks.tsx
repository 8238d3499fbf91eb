import type { CoverState, PlanState } from '../../../contract/plans.ts';
import { Glyph, type GlyphName } from '../../kit/index.ts';
import { usePlanWords } from './words.ts';

const stateGlyphs: Record<PlanState, GlyphName> = {
  draft: 'empty',
  site_feasible: 'quarter',
  reviewed: 'half',
  approved: 'threeQuarters',
  in_force: 'tick',
  to_be_renewed: 'again',
  superseded: 'dash',
  withdrawn: 'cross',
};

/** State of a plan: a circle that fills, and a word. */
export function PlanMark({ state }: { state: PlanState }) {
  const t = usePlanWords();
  const colour = state === 'in_force' ? 'good' : state === 'to_be_renewed' ? 'near' : '';
  return (
    <span className={`state ${colour}`}>
      <Glyph name={stateGlyphs[state]} /> {t(state)}
    </span>
  );
}

export const coverGlyphs: Record<CoverState, GlyphName> = {
  covered: 'tick',
  copy: 'diamond',
  waiting: 'threeQuarters',
  writing: 'half',
  renew: 'again',
  none: 'dash',
};
export const coverWords = {
  covered: 'covered',
  copy: 'copy',
  waiting: 'waiting',
  writing: 'writing',
  renew: 'renewing',
  none: 'none',
} as const;
