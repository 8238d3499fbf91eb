import type { ThreadEntry } from '../../../contract/requests.ts';
import { bound } from '../../app/times.ts';
import { useWords, type Words } from '../../app/words.ts';
import { moment } from '../../kit/clock.tsx';
import { Ring } from '../../kit/frame.tsx';
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
  followup_visit: 'phone',
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
  deferred: 'dash',
  deferral_over: 'bracket',
  objected: 'cross',
  handed_over: 'half',
  panel_called: 'half',
  panel_outcome: 'half',
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

const dispatches: ThreadEntry['kind'][] = ['dispatched', 'arbitrated'];
const approvals: ThreadEntry['kind'][] = ['extension_approved', 'suspension_approved', 'ask_refused'];

/** Who did it, as far as the requester may know: themselves, the line, or the hotline behind it. */
export function whoOf(entry: ThreadEntry, words: Words): string {
  if (entry.side === 'me' || entry.side === 'requester') return words.you;
  if (entry.side === 'system') return words.side.system;
  // Who dispatches is the hotline; the line is whom it went to.
  if (dispatches.includes(entry.kind)) return words.side.hotline;
  if (entry.who) return entry.who;
  if (approvals.includes(entry.kind)) return words.side.approver;
  return entry.kind === 'registered' || entry.kind === 'answered' ? words.side.hotline : words.side.staff;
}

/** The person's word needs no "you did this" before it; of the rest, what happened and then what was said. */
const ownWords: ThreadEntry['kind'][] = ['submitted', 'message', 'reply', 'progress'];

function happened(entry: ThreadEntry, words: Words): string {
  return entry.kind === 'dispatched' && entry.who ? words.dispatchedTo(entry.who) : words.entry[entry.kind];
}

/** What the figures of an entry say, in words. */
function Detail({ entry, due }: { entry: ThreadEntry; due: string }) {
  const words = useWords();
  const { until, ring } = entry.data;
  if (entry.kind === 'extension_approved' && typeof until === 'string') {
    return (
      <p>
        <del>{words.by(moment(due, words))}</del> → <b>{words.by(moment(until, words))}</b>
        <br />
        <small>{words.clockStill}</small>
      </p>
    );
  }
  if (entry.kind === 'panel_outcome') {
    // What was asked decides what the answer means: that one may be made to wait is not that anything was given.
    const about = entry.data.about === 'deferral' || entry.data.about === 'explanation' ? entry.data.about : 'service';
    return (
      <p>
        <b>{words.panelSaid[about][entry.data.given ? 0 : 1]}</b>
      </p>
    );
  }
  if ((entry.kind === 'deferred' || entry.kind === 'handed_over') && typeof until === 'string')
    return (
      <p>
        <b>{words.by(moment(until, words))}</b>
      </p>
    );
  if (entry.kind === 'suspension_approved' && typeof until === 'string') {
    return <p>{words.heldUntil(moment(until, words))}</p>;
  }
  if (entry.kind === 'sealed' && typeof ring === 'string') return <Ring number={ring} label={words.ring(ring)} />;
  if (entry.kind === 'rated') {
    const questions = (['result', 'speed', 'attitude'] as const).filter((one) => entry.data[one]);
    return <p class="small">{questions.map((one) => `${words.ratings[one][0]} ${entry.data[one]}`).join(' · ')}</p>;
  }
  return null;
}

interface EntryParts {
  entry: ThreadEntry;
  hold: Hold;
  request: string;
  /** The first promise, which an extension moves. */
  due: string;
}

export function Entry({ entry, hold, request, due }: EntryParts) {
  const words = useWords();
  const tone = entry.kind === 'solved' ? 'teal' : slate.includes(entry.kind) ? 'slate' : '';
  return (
    <li>
      <Icon name={glyphs[entry.kind] ?? 'dot'} tone={tone} />
      <div>
        <p class="who">
          <b>{whoOf(entry, words)}</b>
          <time dateTime={entry.at}>{moment(entry.at, words)}</time>
        </p>
        {!(entry.text && ownWords.includes(entry.kind)) && <p>{happened(entry, words)}</p>}
        <Detail entry={entry} due={due} />
        {entry.text && <p class="said">{bound(entry.text)}</p>}
        <Pictures files={entry.files} hold={hold} request={request} />
      </div>
    </li>
  );
}
