import { Link } from '@tanstack/react-router';
import type { SupervisionEntry } from '../../../contract/tasks.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import type { GlyphName, ThreadEvent } from '../../kit/index.ts';
import { useRoleWords } from '../access/roles.ts';
import { useT } from './words.ts';

const glyphs: Record<SupervisionEntry['kind'], GlyphName> = {
  issued: 'empty',
  received: 'quarter',
  silently_received: 'quarter',
  progress: 'half',
  submitted: 'threeQuarters',
  accepted: 'done',
  returned: 'back',
  extended: 'again',
  voided: 'dash',
  slip: 'triangle',
  told_upward: 'bell',
  mapped: 'tick',
  unmapped: 'back',
  no_action: 'dash',
  entered: 'empty',
  opened: 'empty',
  joined: 'dot',
  left: 'dash',
  sent_back: 'back',
  movement: 'half',
  linked: 'dot',
  closed: 'done',
};

/** `kind:id:number` parted by bars, as the thread keeps what proves something. */
function References({ refs, proof }: { refs: string; proof: boolean }) {
  const t = useT();
  return (
    <>
      {proof && t('proof')}{' '}
      {refs.split('|').map((one) => {
        const [kind, id, number] = one.split(':');
        return (
          <Link
            key={one}
            className="link"
            to={kind === 'task' ? '/tasks/$id' : '/requests/$id'}
            params={{ id } as never}
          >
            {number}{' '}
          </Link>
        );
      })}
    </>
  );
}

/** Told upward to the same people day after day is one line of the thread, from the first number to the last. */
function folded(entries: readonly SupervisionEntry[]): SupervisionEntry[] {
  const lines: SupervisionEntry[] = [];
  for (const entry of entries) {
    const before = lines.at(-1);
    const again =
      entry.kind === 'told_upward' &&
      before?.kind === 'told_upward' &&
      before.data.role === entry.data.role &&
      before.data.node === entry.data.node;
    if (again) lines[lines.length - 1] = { ...before, data: { ...before.data, last: entry.data.no ?? null } };
    else lines.push(entry);
  }
  return lines;
}

/** What happened to a task, a directive or a hard problem, said in the reader’s language. */
export function useEvents(
  entries: readonly SupervisionEntry[],
  folder: 'tasks' | 'problems' | 'directives',
  recordId: string,
): ThreadEvent[] {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const roles = useRoleWords();
  return folded(entries).map((entry) => {
    const { data } = entry;
    const number = (key: string): number => Number(data[key] ?? 0);
    const word = (key: string): string => String(data[key] ?? '');
    const what = t(`event_${entry.kind}`, {
      until: data.until ? format.moment(word('until')) : '',
      colour: data.colour ? t.or(`colour_${word('colour')}`, word('colour')) : '',
      why: data.why ? t.or(`why_${word('why')}`, '') : '',
      no: data.last ? `${number('no')}–${number('last')}` : number('no'),
      n: number(entry.kind === 'told_upward' ? 'addressees' : entry.kind === 'entered' ? 'paragraphs' : 'n'),
      who:
        entry.kind === 'told_upward'
          ? `${roles.or(word('role'), word('role'))}${t('sep')}${directory.nameOf(number('node'))}`
          : '',
      task: word('task'),
      direction: data.direction ? t.or(`dir_${word('direction')}`, '') : '',
      refs: '',
    });
    // Who came or went is a name, not what somebody wrote.
    const person = ['joined', 'left', 'sent_back'].includes(entry.kind);
    const notes = [
      person && entry.text,
      entry.kind === 'progress' && number('milestones') > 0 && t('milestonesMet', { n: number('milestones') }),
      entry.kind === 'joined' && data.leads === true && t('leads'),
      entry.kind === 'joined' && data.until && t('lentUntil', { at: format.day(word('until')) }),
      entry.kind === 'sent_back' && data.late === true && t('lateReturn'),
      entry.kind === 'voided' && data.reason === 'sealed' && t('sealedVoid'),
      (entry.kind === 'submitted' || entry.kind === 'accepted') && t(data.onTime === true ? 'onTime' : 'late'),
    ].filter((one): one is string => typeof one === 'string');
    const refs = word('refs');
    return {
      id: entry.id,
      at: entry.at,
      glyph: glyphs[entry.kind],
      tone: entry.kind === 'accepted' || entry.kind === 'closed' ? 'good' : entry.kind === 'slip' ? 'near' : undefined,
      what,
      who: entry.who ?? undefined,
      detail:
        notes.length > 0 || refs ? (
          <>
            {notes.join(t('sep'))} {refs && <References refs={refs} proof={entry.kind !== 'linked'} />}
          </>
        ) : undefined,
      words: person ? null : entry.text,
      files: entry.files.map((file) => ({ ...file, href: `/api/${folder}/${recordId}/files/${file.id}` })),
    };
  });
}
