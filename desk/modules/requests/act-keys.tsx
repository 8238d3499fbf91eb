import type { RequestThread } from '../../../contract/requests.ts';
import { useKey } from '../../kit/index.ts';
import { useActWords } from './act-words.ts';
import { type Act, acts } from './acts.ts';

function ActKey({ name, letter, onAct }: { name: Act; letter: string; onAct: (act: Act) => void }) {
  const t = useActWords();
  useKey(letter, () => onAct(name), { hint: t(`act_${name}`) });
  return null;
}

/** Binds the key of every act this person may do to this request now, and of no other. */
export function ActKeys({
  thread,
  except = [],
  onAct,
}: {
  thread: RequestThread;
  except?: readonly Act[];
  onAct: (act: Act) => void;
}) {
  return acts
    .filter((act) => thread.can[act.name] && !except.includes(act.name))
    .map((act) => <ActKey key={act.name} name={act.name} letter={act.key} onAct={onAct} />);
}
