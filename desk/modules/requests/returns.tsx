import type { RequestThread, ThreadEntry } from '../../../contract/requests.ts';
import { type Directory, useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { defineWords, useWords } from '../../app/words.ts';
import { useActWords } from './act-words.ts';

const words = defineWords({
  toLine: ['认为归{what}', 'says it belongs to {what}'],
  headOffice: ['集团总部', 'head office'],
  lacks: ['缺：{what}', 'missing: {what}'],
  sameAs: ['与 {what} 重复', 'the same as {what}'],
  missing_place: ['地点', 'where'],
  missing_person: ['找谁', 'whom to see'],
  missing_quantity: ['数量', 'how many'],
  missing_time: ['时间', 'when'],
  missing_kind: ['具体是什么', 'what exactly'],
  missing_other: ['其他', 'something else'],
  comma: ['、', ', '],
  nth: ['第 {n} 次退', 'Return {n}'],
  both: ['两次退单', 'Both returns'],
});

const byCode = <T extends { code: string; id: number }>(all: readonly T[], code: unknown): number | undefined =>
  all.find((each) => each.code === code)?.id;

/** What a return proposes, in words: whose it is, what is missing, of which one it is a copy. */
export function useProposal(): (data: ThreadEntry['data']) => string {
  const t = useWords(words);
  const directory = useDirectory();
  const place = (of: Directory, code: unknown) => (code === null ? t('headOffice') : of.nameOf(byCode(of.nodes, code)));
  return (data) => {
    if (typeof data.proposedLine === 'string')
      return t('toLine', { what: directory.lineName(byCode(directory.lines, data.proposedLine)) });
    if (data.proposedUnit !== undefined) return t('toLine', { what: place(directory, data.proposedUnit) });
    if (typeof data.missing === 'string')
      return t('lacks', {
        what: data.missing
          .split(' ')
          .map((each) => t.or(`missing_${each}`, each))
          .join(t('comma')),
      });
    return typeof data.duplicateOf === 'string' ? t('sameAs', { what: data.duplicateOf }) : '';
  };
}

export const returnsOf = (thread: Pick<RequestThread, 'entries'>): ThreadEntry[] =>
  thread.entries.filter((entry) => entry.kind === 'returned');

/** Who sent it back and why, side by side: what an arbiter decides by. */
export function Returns({ thread }: { thread: RequestThread }) {
  const t = useWords(words);
  const act = useActWords();
  const directory = useDirectory();
  const format = useFormat();
  const proposal = useProposal();
  const returns = returnsOf(thread);
  if (returns.length === 0) return null;
  return (
    <ol className="returns" aria-label={t('both')}>
      {returns.map((entry, i) => (
        <li key={entry.id}>
          <p className="small soft">
            {t('nth', { n: i + 1 })} · {format.moment(entry.at)}
          </p>
          <p>
            <b>
              {[
                directory.lineName(byCode(directory.lines, entry.data.byLine)),
                directory.nameOf(byCode(directory.nodes, entry.data.byUnit)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </b>{' '}
            <span className="soft">{entry.who}</span>
          </p>
          <p>
            {act.or(`return_${entry.data.reason}`, '')}
            {proposal(entry.data) && <b className="proposal">{proposal(entry.data)}</b>}
          </p>
          {entry.text && <p className="soft">{format.quoted(entry.text)}</p>}
          {entry.files.length > 0 && (
            <p className="row">
              {entry.files.map((file) => (
                <a
                  key={file.id}
                  className="link small"
                  href={`/api/requests/${thread.id}/files/${file.id}`}
                  target="_blank"
                  rel="noreferrer"
                >
                  {file.name}
                </a>
              ))}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
