import type { RequestThread, ThreadEntry } from '../../../contract/requests.ts';
import { useFormat } from '../../app/format.ts';
import { Glyph, type GlyphName } from '../../kit/index.ts';
import { useRequestWords } from './request-words.ts';

type StepName = 'received' | 'dispatched' | 'in_work' | 'handled' | 'confirmed';
const steps: readonly { name: StepName; glyph: GlyphName; kinds: readonly ThreadEntry['kind'][] }[] = [
  { name: 'received', glyph: 'empty', kinds: ['submitted', 'registered'] },
  { name: 'dispatched', glyph: 'quarter', kinds: ['dispatched', 'arbitrated', 'joined'] },
  { name: 'in_work', glyph: 'half', kinds: ['accepted', 'silently_accepted', 'resumed'] },
  { name: 'handled', glyph: 'threeQuarters', kinds: ['handled', 'answered'] },
  { name: 'confirmed', glyph: 'doneAhead', kinds: ['solved'] },
];

/** How far it has come, as the place in `steps`. */
function placeOf({ state, work }: Pick<RequestThread, 'state' | 'work'>): number {
  if (state === 'handled') return 3;
  if (state !== 'received' && state !== 'in_work' && state !== 'reopened') return 4;
  if (work === 'new' || work === 'returned') return 0;
  return work === 'dispatched' ? 1 : 2;
}

const ended = ['closed_unreachable', 'closed_unverified', 'closed_explained', 'withdrawn'] as const;

/** States in their order; a denial is a bracket that leads back, not a colour. */
export function ProgressStrip({ thread }: { thread: RequestThread }) {
  const t = useRequestWords();
  const format = useFormat();
  const place = placeOf(thread);
  const lastOf = (kinds: readonly ThreadEntry['kind'][]) =>
    thread.entries.findLast((entry) => kinds.includes(entry.kind));
  const otherEnd = ended.find((state) => state === thread.state);
  const denied = lastOf(['not_solved', 'reopened']);
  const deniedAt = denied ? thread.entries.indexOf(denied) : -1;
  const handledBefore = thread.entries
    .slice(0, Math.max(deniedAt, 0))
    .findLast((entry) => entry.kind === 'handled' || entry.kind === 'answered');
  const under = (index: number, kinds: readonly ThreadEntry['kind'][]): string => {
    if (index === 4 && place < 4) return t('onlyTheirs');
    if (index > place) return '';
    const entry = lastOf(kinds);
    const since = index === 2 && denied && place === 2 ? denied : entry;
    if (!since) return '';
    if (index === 2 && thread.reopens > 0)
      return `${t('since', { at: format.moment(since.at) })}${t('sep')}${t('nthTime', { n: thread.reopens + 1 })}`;
    const at = thread.dayOnly && since.side === 'requester' ? format.day(since.at) : format.moment(since.at);
    return [at, since.who].filter(Boolean).join(' ');
  };
  return (
    <ol className="strip" aria-label={t('progress')}>
      {steps.map(({ name, glyph, kinds }, index) => {
        const standing = index < place ? 'past' : index === place ? 'now' : '';
        const isEnd = index === 4;
        const word =
          isEnd && otherEnd
            ? t(otherEnd)
            : index === 2 && thread.work === 'suspended' && place === 2
              ? t('step_suspended')
              : t(`step_${name}`);
        const mark: GlyphName =
          isEnd && otherEnd
            ? 'dash'
            : isEnd && place === 4
              ? 'done'
              : index === 2 && thread.work === 'suspended' && place === 2
                ? 'pause'
                : glyph;
        return (
          <li
            key={name}
            className={`step ${standing} ${isEnd ? 'end' : ''}`}
            aria-current={index === place ? 'step' : undefined}
          >
            <div className="bar">
              <Glyph name={mark} />
            </div>
            <p title={word}>{word}</p>
            <p className="small softer">{under(index, kinds) || ' '}</p>
          </li>
        );
      })}
      {denied && thread.reopens > 0 && (
        <li className="loops">
          <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <path d="M100 0V6H0V1" fill="none" stroke="var(--ink-3)" vectorEffect="non-scaling-stroke" />
          </svg>
          {handledBefore
            ? t('loop', {
                handled: format.moment(handledBefore.at),
                denied: format.moment(denied.at),
                n: thread.reopens,
              })
            : t('loopShort', { denied: format.moment(denied.at), n: thread.reopens })}
        </li>
      )}
    </ol>
  );
}
