import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../app/format.ts';
import { Dialog } from '../../kit/index.ts';
import { useActWords } from './act-words.ts';
import type { Act } from './acts.ts';
import { ActForm, type FormAct } from './forms/act-form.tsx';
import { threadQuery } from './queue-data.ts';

interface Props {
  requestId: string;
  act: FormAct;
  onClose: () => void;
  onSwitch: (act: Act) => void;
}

/**
 * An act's form over the queue. It belongs to the request it was opened for: when somebody else's act takes that
 * request off the list, the selection goes on and the form stays.
 */
export function ActDialog({ requestId, act, onClose, onSwitch }: Props) {
  const t = useActWords();
  const format = useFormat();
  const { data: thread } = useQuery(threadQuery(requestId));
  if (!thread) return null;
  return (
    <Dialog open wide title={`${t(`act_${act}`)} · ${thread.number}`} onClose={onClose}>
      {act !== 'writeSummary' && thread.text && <p className="asked-for">{format.quoted(thread.text)}</p>}
      <ActForm
        key={`${requestId}.${act}`}
        act={act}
        thread={thread}
        onDone={onClose}
        onCancel={onClose}
        onSwitch={onSwitch}
      />
    </Dialog>
  );
}
