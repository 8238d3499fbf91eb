import type { SlipColour, TaskRow, TaskState } from '../../../contract/tasks.ts';
import { useDirectory } from '../../app/directory.ts';
import { Glyph, type GlyphName } from '../../kit/index.ts';
import { useT } from './words.ts';

const stateGlyphs: Record<TaskState, GlyphName> = {
  issued: 'empty',
  received: 'quarter',
  in_progress: 'half',
  submitted: 'threeQuarters',
  accepted: 'done',
  returned: 'back',
  void: 'dash',
};

/** How far a task has come. The ✓ belongs to whoever accepted it. */
export function TaskStateMark({ state }: { state: TaskState }) {
  const t = useT();
  return (
    <span className={state === 'accepted' ? 'state confirmed' : 'state soft'}>
      <Glyph name={stateGlyphs[state]} />
      {t(`state_${state}`)}
    </span>
  );
}

const slipGlyphs: Record<SlipColour, GlyphName> = { blue: 'dot', yellow: 'triangle', red: 'square' };

/** A slip by its shape, its word and its colour. */
export function SlipMark({ colour }: { colour: SlipColour }) {
  const t = useT();
  return (
    <span className={`ta-slip ${colour}`}>
      <Glyph name={slipGlyphs[colour]} />
      {t(`colour_${colour}`)}
    </span>
  );
}

/** Who answers for it: a name, a line’s post, or the leader of a unit. */
export function useOwnerName(): (owner: TaskRow['owner']) => string {
  const t = useT();
  const directory = useDirectory();
  return (owner) => {
    if (owner.label) return owner.label;
    const unit = directory.nameOf(owner.unitId);
    if (owner.lineId === null) return t('leaderOf', { unit });
    return [owner.unitId === null ? t('headOffice') : unit, directory.lineName(owner.lineId)].join(t('sep'));
  };
}
