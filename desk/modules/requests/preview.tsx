import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RequestThread } from '../../../contract/requests.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button, DeadlineClock, Glyph, StateGlyph } from '../../kit/index.ts';
import { Alike } from '../likeness/alike.tsx';
import { useActWords } from './act-words.ts';
import { type Act, actsOf, mainAct } from './acts.ts';
import { readySuggestion } from './quick-acts.ts';
import { Sorting, type SortingActs } from './sorting.tsx';
import { useThreadEvents } from './thread-events.tsx';
import { useT } from './words.ts';

/** How the request came and how much of its author may be known. */
function Origin({ thread }: { thread: RequestThread }) {
  const t = useT();
  const format = useFormat();
  const parts = [
    thread.requester?.label,
    t(`channel_${thread.channel}`),
    thread.confidentiality === 'open' ? null : t(thread.confidentiality),
    thread.dayOnly
      ? `${format.day(thread.submittedAt)}${t('dayOnly')}`
      : t('submittedAt', { at: format.moment(thread.submittedAt) }),
  ];
  return <>{parts.filter(Boolean).join(t('comma'))}</>;
}

export function Words({ thread }: { thread: RequestThread }) {
  const t = useT();
  const format = useFormat();
  if (thread.text === null) {
    return (
      <p className="withheld-block seal">
        <Glyph name="lock" />
        {t.or(`withheld_${thread.withheld}`, t('withheld_sealed'))}
      </p>
    );
  }
  const isSummary =
    thread.confidentiality === 'confidential' && thread.summary !== null && thread.text === thread.summary;
  return (
    <>
      {isSummary && <span className="tag seal">{t('summaryMark')}</span>}
      <p className="quote">{format.quoted(thread.text)}</p>
    </>
  );
}

function Suggestion({ thread }: { thread: RequestThread }) {
  const t = useT();
  const directory = useDirectory();
  const category = directory.category(thread.categoryId);
  const proposed = thread.suggestion;
  const coLines = (proposed?.coLineIds ?? []).map((id) => directory.lineName(id));
  return (
    <dl className="preview-facts">
      <dt>{t('category')}</dt>
      <dd>
        <b>
          {category?.code} {directory.categoryName(thread.categoryId)}
        </b>
      </dd>
      <dt>{t('line')}</dt>
      <dd>
        {thread.lineId !== null ? (
          <b>
            {[directory.lineName(thread.lineId), directory.nameOf(thread.leadUnitId)].filter(Boolean).join(t('dot'))}
          </b>
        ) : (
          <span className="suggestion">
            {[directory.lineName(thread.suggestedLineId), directory.nameOf(proposed?.unitId)]
              .filter(Boolean)
              .join(t('dot'))}
          </span>
        )}
        {thread.handler && <span className="soft">{` ${thread.handler}`}</span>}
        {thread.lineId === null && coLines.length > 0 && (
          <span className="soft small">
            {' + '}
            <span className="suggestion">{coLines.join(t('dot'))}</span>
          </span>
        )}
      </dd>
    </dl>
  );
}

interface Props {
  thread: RequestThread;
  busy: boolean;
  onAct: (act: Act | 'quickDispatch' | 'urgent') => void;
  sorting: SortingActs;
}

/** Acts of the preview: the first one wide, the others in pairs. */
function PreviewActs({ thread, busy, onAct }: Omit<Props, 'sorting'>) {
  const t = useActWords();
  const directory = useDirectory();
  const first = mainAct(thread);
  const ready = readySuggestion(thread);
  const others = actsOf(thread).filter((act) => act.name !== first);
  if (!first && others.length === 0) return null;
  let main: ReactNode = null;
  if (first === 'dispatch' && ready !== null) {
    main = (
      <Button kind="main" busy={busy} keys={['D']} onClick={() => onAct('quickDispatch')}>
        {t('dispatchTo', {
          line: [directory.lineName(ready.lineId), directory.nameOf(ready.unitId)].filter(Boolean).join(t('dot')),
        })}
      </Button>
    );
  } else if (first) {
    main = (
      <Button
        kind="main"
        busy={busy}
        keys={[
          actsOf(thread)
            .find((act) => act.name === first)!
            .key.toUpperCase(),
        ]}
        onClick={() => onAct(first)}
      >
        {t(`act_${first}`)}
      </Button>
    );
  }
  return (
    <div className="preview-acts">
      {main}
      {first === 'dispatch' && ready !== null && (
        <Button keys={['L']} onClick={() => onAct('dispatch')}>
          {t('act_changeLine')}
        </Button>
      )}
      {thread.can.setFacts && thread.priority !== 'urgent' && (
        <Button keys={['U']} busy={busy} onClick={() => onAct('urgent')}>
          {t('act_urgent')}
        </Button>
      )}
      {others.map((act) => (
        <Button key={act.name} keys={[act.key.toUpperCase()]} onClick={() => onAct(act.name)}>
          {t(`act_${act.name}`)}
        </Button>
      ))}
    </div>
  );
}

/** The selected request beside the list: its words, what is known, what may be done. */
export function Preview({ thread, busy, onAct, sorting }: Props) {
  const t = useT();
  const directory = useDirectory();
  const format = useFormat();
  const events = useThreadEvents(thread).slice(-4).reverse();
  const site = directory.node(thread.siteId);
  return (
    <>
      <div className="preview-body">
        <header>
          <div className="row">
            <b>{thread.number}</b>
            <span className="grow" />
            {thread.clock && (
              <DeadlineClock due={thread.clock.due} from={thread.clock.from} paused={thread.clock.paused} />
            )}
          </div>
          <div className="row">
            <StateGlyph state={thread.state} work={thread.work} />
            {(thread.priority === 'urgent' || thread.priority === 'high') && (
              <span className="tag">{t(`priority_${thread.priority}`)}</span>
            )}
            {thread.confidentiality !== 'open' && <span className="tag seal">{t(thread.confidentiality)}</span>}
          </div>
          <Words thread={thread} />
        </header>
        <dl className="preview-facts small">
          <dt>{t('site')}</dt>
          <dd>
            {[site?.code, directory.nameOf(thread.siteId) || directory.nameOf(thread.unitId)].filter(Boolean).join(' ')}
            {thread.siteId !== null && t('dot') + directory.nameOf(thread.unitId)}
            {thread.point && <span className="soft">{`${t('comma')}${thread.point}`}</span>}
          </dd>
          <dt>{t('from')}</dt>
          <dd>
            <Origin thread={thread} />
          </dd>
          {thread.siblings.length > 0 && (
            <>
              <dt>{t('inCase')}</dt>
              <dd>{thread.siblings.map((each) => each.number).join(t('comma'))}</dd>
            </>
          )}
        </dl>
        <Suggestion thread={thread} />
        <Sorting thread={thread} busy={busy} {...sorting} />
        <Alike thread={thread} />
        <section className="preview-events">
          <h3 className="small softer">{t('happened')}</h3>
          <ol>
            {events.map((event) => (
              <li key={event.id} className="small">
                <time className="softer">{format.moment(event.at)}</time>
                <span>
                  {event.what} <span className="soft">{event.who}</span>
                  {event.words &&
                    event.what !== '' &&
                    !['submitted', 'registered'].includes(
                      thread.entries.find((entry) => entry.id === event.id)?.kind ?? '',
                    ) && <span className="soft"> {format.quoted(event.words)}</span>}
                </span>
              </li>
            ))}
          </ol>
          <Link className="link small" to="/requests/$id" params={{ id: thread.id } as never}>
            {t('openFull')}
          </Link>
        </section>
      </div>
      <PreviewActs thread={thread} busy={busy} onAct={onAct} />
    </>
  );
}
