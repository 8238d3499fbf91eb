import type { ThreadEntry } from '../../../contract/requests.ts';
import { useWords, type Words } from '../../app/words.ts';
import { moment } from '../../kit/clock.tsx';
import { Icon, type IconName } from '../../kit/icon.tsx';
import type { Hold } from './following.ts';
import { Pictures } from './pictures.tsx';

const glyphs: Partial<Record<ThreadEntry['kind'], IconName>> = {
  submitted: 'X',
  registered: 'phone',
  dispatched: 'quarter',
  arbitrated: 'quarter',
  accepted: 'half',
  silently_accepted: 'half',
  contacted: 'phone',
  progress: 'half',
  resumed: 'half',
  returned: 'bracket',
  reopened: 'bracket',
  handled: 'threeQuarters',
  answered: 'threeQuarters',
  solved: 'done',
  followup_answer: 'phone',
  followup_attempt: 'phone',
  not_solved: 'cross',
  rated: 'star',
  nudged: 'bell',
  message: 'X',
  reply: 'X',
  closed_unreachable: 'dash',
  closed_unverified: 'dash',
  closed_explained: 'dash',
  withdrawn: 'dash',
  sealed: 'lock',
};

const slate: ThreadEntry['kind'][] = [
  'dispatched',
  'arbitrated',
  'accepted',
  'silently_accepted',
  'progress',
  'resumed',
  'handled',
  'answered',
  'reopened',
];

/** Who did it, as far as the requester may know: themselves, the line, or the hotline behind it. */
export function whoOf(entry: ThreadEntry, words: Words): string {
  if (entry.side === 'me' || entry.side === 'requester') return words.you;
  if (entry.side === 'system') return words.side.system;
  if (entry.who) return entry.who;
  return ['registered', 'dispatched', 'arbitrated', 'answered'].includes(entry.kind)
    ? words.side.hotline
    : words.side.staff;
}

/** The person's word needs no "you did this" before it; of the rest, what happened and then what was said. */
const ownWords: ThreadEntry['kind'][] = ['submitted', 'message', 'reply', 'progress'];

function dueOf(entry: ThreadEntry): { from: string; to: string } | null {
  const { from, until } = entry.data;
  return typeof from === 'string' && typeof until === 'string' ? { from, to: until } : null;
}

export function Entry({ entry, hold, request }: { entry: ThreadEntry; hold: Hold; request: string }) {
  const words = useWords();
  const due = dueOf(entry);
  const tone = entry.kind === 'solved' ? 'teal' : slate.includes(entry.kind) ? 'slate' : '';
  return (
    <li>
      <Icon name={glyphs[entry.kind] ?? 'dot'} tone={tone} />
      <div>
        <p class="who">
          <b>{whoOf(entry, words)}</b>
          <time dateTime={entry.at}>{moment(entry.at, words)}</time>
        </p>
        {!(entry.text && ownWords.includes(entry.kind)) && <p>{words.entry[entry.kind]}</p>}
        {due && (
          <p>
            <del>{words.by(moment(due.from, words))}</del> → <b>{words.by(moment(due.to, words))}</b>
            <br />
            <small>{words.clockStill}</small>
          </p>
        )}
        {entry.text && <p class="said">{entry.text}</p>}
        <Pictures files={entry.files} hold={hold} request={request} />
      </div>
    </li>
  );
}
