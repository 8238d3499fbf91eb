import type { RequestRow } from '../../contract/requests.ts';
import type { Standing } from '../app/outbox.ts';
import { useWords, type Words } from '../app/words.ts';
import { Icon, type IconName } from './icon.tsx';

export type StateWord = keyof Words['state'];

/** Where it stands, for the person who asked: the work behind it only where it tells them something. */
export function stateWord(row: Pick<RequestRow, 'state' | 'work'>): StateWord {
  if (row.state === 'received' && row.work === 'dispatched') return 'dispatched';
  if (row.state !== 'in_work') return row.state;
  if (row.work === 'suspended') return 'suspended';
  return row.work === 'dispatched' ? 'dispatched' : 'in_work';
}

export const stateGlyph: Record<StateWord, IconName> = {
  received: 'empty',
  dispatched: 'quarter',
  in_work: 'half',
  suspended: 'half',
  handled: 'threeQuarters',
  reopened: 'bracket',
  resolved_confirmed: 'done',
  closed_unreachable: 'dash',
  closed_unverified: 'dash',
  closed_explained: 'dash',
  withdrawn: 'dash',
};

export function State({ row }: { row: Pick<RequestRow, 'state' | 'work'> }) {
  const words = useWords();
  const word = stateWord(row);
  const tone = word === 'resolved_confirmed' ? 'done' : word === 'handled' || stateGlyph[word] === 'dash' ? 'ink' : '';
  return (
    <span class={`state ${tone}`}>
      <Icon name={stateGlyph[word]} />
      {words.state[word]}
    </span>
  );
}

export function StandingWord({ standing }: { standing: Standing }) {
  const words = useWords();
  const urgent = ['callNow', 'refused', 'unsent'].includes(standing);
  return (
    <span class={`state ${urgent ? 'ink' : ''}`}>
      <Icon name={urgent ? 'warn' : 'phoneOnly'} />
      {words.standing[standing]}
    </span>
  );
}
