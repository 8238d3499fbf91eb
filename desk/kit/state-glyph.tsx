import type { RequestRow } from '../../contract/requests.ts';
import { defineWords, useWords } from '../app/words.ts';
import { Glyph, type GlyphName } from './glyph.tsx';

const words = defineWords({
  new: ['待派单', 'To dispatch'],
  dispatched: ['未签收', 'Not accepted'],
  accepted: ['已签收', 'Accepted'],
  in_progress: ['办理中', 'In progress'],
  suspended: ['已挂起', 'Suspended'],
  handled: ['已办理', 'Handled'],
  returned: ['退回', 'Returned'],
  reopened: ['重办', 'Reopened'],
  resolved_confirmed: ['本人确认', 'Confirmed'],
  closed_unreachable: ['联系不上', 'Unreachable'],
  closed_unverified: ['未经核实', 'Unverified'],
  closed_explained: ['已解释', 'Explained'],
  withdrawn: ['已撤回', 'Withdrawn'],
});

export type StandingWord = keyof typeof words;

const glyphs: Record<StandingWord, GlyphName> = {
  new: 'empty',
  dispatched: 'quarter',
  accepted: 'half',
  in_progress: 'half',
  suspended: 'pause',
  handled: 'threeQuarters',
  returned: 'back',
  reopened: 'again',
  resolved_confirmed: 'done',
  closed_unreachable: 'dash',
  closed_unverified: 'dash',
  closed_explained: 'dash',
  withdrawn: 'dash',
};

/** Where a request stands in one word: the state of the need once it is handled, that of the work before. */
function standingOf(row: Pick<RequestRow, 'state' | 'work'>): StandingWord {
  if (row.state === 'received' || row.state === 'in_work') return row.work;
  if (row.state === 'reopened') return row.work === 'returned' || row.work === 'dispatched' ? row.work : 'reopened';
  return row.state;
}

/** A circle that fills as the work goes on. The ✓ belongs to the person who asked. */
export function StateGlyph({ state, work }: { state: RequestRow['state']; work?: RequestRow['work'] }) {
  const t = useWords(words);
  const standing = standingOf({ state, work: work ?? (state === 'received' ? 'new' : 'in_progress') });
  return (
    <span className={standing === 'resolved_confirmed' ? 'state confirmed' : 'state soft'}>
      <Glyph name={glyphs[standing]} />
      {t(standing)}
    </span>
  );
}
