import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Part } from '../../../contract/joint.ts';
import { partEndpoints } from '../../../contract/parts.ts';
import type { RequestThread } from '../../../contract/requests.ts';
import { useAct } from '../../app/act.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useProblemText } from '../../app/problems.ts';
import { Button, DeadlineClock, Dialog, Glyph, Notice, notify, TextField } from '../../kit/index.ts';
import { written } from './forms/form-act.tsx';
import { usePartWords } from './part-words.ts';

export const isOpenPart = (part: Pick<Part, 'state'>): boolean =>
  part.state === 'asked' || part.state === 'accepted' || part.state === 'in_progress';

/** The line of a part, and the unit where it works. */
export function usePartName(): (part: Pick<Part, 'lineId' | 'unitId'>) => string {
  const directory = useDirectory();
  const t = usePartWords();
  return (part) => [directory.lineName(part.lineId), directory.nameOf(part.unitId)].filter(Boolean).join(t('sep'));
}

/** How a part stands: its clock while it is open, afterwards whether it was in time. */
export function PartState({ part }: { part: Part }) {
  const t = usePartWords();
  const format = useFormat();
  if (isOpenPart(part))
    return (
      <span className="row">
        <DeadlineClock due={part.contactedAt ? part.due : part.contactDue} from={part.askedAt} />
        <span className="soft">{t(`state_${part.state}`)}</span>
      </span>
    );
  return (
    <span className={part.late ? 'row over' : 'row soft'}>
      <Glyph name={part.late ? 'square' : part.state === 'done' ? 'tick' : 'dash'} />
      {part.state === 'done'
        ? `${t('doneAt', { at: format.moment(part.doneAt!) })}${t('sep')}${t(part.late ? 'lateDone' : 'onTime')}`
        : t('state_released')}
    </span>
  );
}

function Release({ part, thread, onClose }: { part: Part; thread: RequestThread; onClose: () => void }) {
  const t = usePartWords();
  const name = usePartName();
  const problem = useProblemText();
  const cache = useQueryClient();
  const [why, setWhy] = useState('');
  const act = useAct(partEndpoints.releasePart, {
    refreshes: [['request', thread.id], ['parts']],
    onDone: () => {
      notify.good(t('released'));
      onClose();
    },
    onFail: () => void cache.invalidateQueries({ queryKey: ['request', thread.id] }),
  });
  return (
    <Dialog open title={t('releaseTitle', { line: name(part) })} onClose={onClose}>
      <form
        className="act-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (written(why)) act.mutate({ id: part.id, why: why.trim() });
        }}
      >
        <p className="soft">{t('releaseLead')}</p>
        <TextField label={t('releaseWhy')} maxLength={500} value={why} onChange={setWhy} />
        {act.error && (
          <Notice kind="over" alert>
            {problem(act.error)}
          </Notice>
        )}
        <div className="dialog-acts">
          <Button kind="main" submit busy={act.isPending} disabled={!written(why)}>
            {t('release')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Who does a part of the work, how it stands and what it is to do. */
export function Parts({ thread }: { thread: RequestThread }) {
  const t = usePartWords();
  const name = usePartName();
  const format = useFormat();
  const [releasing, setReleasing] = useState<Part | null>(null);
  if (thread.parts.length === 0) return null;
  return (
    <section aria-label={t('parts')}>
      <h3 className="small softer">{t('parts')}</h3>
      <ul className="part-list">
        {thread.parts.map((part) => (
          <li key={part.id}>
            <div className="row">
              <b className="cut">{name(part)}</b>
              {part.mine && <span className="tag info">{t('mine')}</span>}
              <span className="grow" />
              {isOpenPart(part) && thread.can.askPart && (
                <button type="button" className="linkish small" onClick={() => setReleasing(part)}>
                  {t('release')}
                </button>
              )}
            </div>
            <PartState part={part} />
            {part.task && <p>{format.quoted(part.task)}</p>}
            <p className="small softer">
              {[t('askedBy', { who: part.askedBy }), t('by', { at: format.moment(part.due) }), part.handler ?? '']
                .filter(Boolean)
                .join(t('sep'))}
            </p>
          </li>
        ))}
      </ul>
      {releasing && <Release part={releasing} thread={thread} onClose={() => setReleasing(null)} />}
    </section>
  );
}
