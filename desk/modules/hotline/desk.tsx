import { type ReactNode, useCallback, useState } from 'react';
import { requestEndpoints } from '../../../contract/requests.ts';
import { useAct } from '../../app/act.ts';
import { useDirectory } from '../../app/directory.ts';
import { Button } from '../../kit/button.tsx';
import { useKey } from '../../kit/keys.ts';
import { notify } from '../../kit/notify.tsx';
import { Done, type Registered } from './done.tsx';
import { type Draft, type Field, faultsOf, newDraft, useKept } from './draft.ts';
import { RegistrationForm } from './form.tsx';
import { Notes } from './notes.tsx';
import { type Call, isSealed, registrationOf, useDraftCategory } from './registration.ts';
import { useT } from './words.ts';

const firstField: Record<Field, string> = {
  category: 'hl-category',
  site: 'hl-site',
  text: 'hl-text',
  callback: 'hl-callback',
  answer: 'hl-answer',
};

interface Props {
  /** Where the draft is kept; one per kind of page. */
  keptAs: string;
  call: Call | null;
  /** What the form begins with. */
  start?: Partial<Draft>;
  /** Beside the form, above the notes. */
  beside?: ReactNode;
  /** Above the form, of what is being written. */
  above?: (draft: Draft) => ReactNode;
  /** At the right end of the bar. */
  otherEnds?: ReactNode;
  onRegistered?: () => void;
  onHangUp?: () => void;
}

/** Form, notes and the one act: register. The operator's page and the site officer's page are both this. */
export function RegistrationDesk({ keptAs, call, start, beside, above, otherEnds, onRegistered, onHangUp }: Props) {
  const t = useT();
  const directory = useDirectory();
  // Of a sealed matter not even its kind is kept in the browser (rules 5).
  const mayStore = useCallback((next: Draft) => !isSealed(directory.category(next.categoryId)), [directory]);
  const [draft, keep, forget] = useKept<Draft>(
    keptAs,
    () => newDraft({ ...start, callback: call?.number ?? '' }),
    mayStore,
  );
  const [shown, setShown] = useState<Field[]>([]);
  const [registered, setRegistered] = useState<Registered | null>(null);
  const { category, sealed } = useDraftCategory(draft);
  const faults = faultsOf(draft);
  const act = useAct(requestEndpoints.register, {
    refreshes: [['requests']],
    onDone: (answer) => {
      setRegistered({ ...answer, queryCode: draft.queryCode, answered: draft.answer !== null });
      forget();
      onRegistered?.();
    },
    onFail: notify.problem,
  });
  const submit = () => {
    if (registered || sealed || act.isPending) return;
    setShown(faults);
    if (faults.length > 0) return document.getElementById(firstField[faults[0]!])?.focus();
    act.mutate(registrationOf(draft, call));
  };
  const another = () => {
    keep(newDraft({ callback: call?.number ?? '', siteId: draft.siteId, channel: draft.channel }));
    setShown([]);
    setRegistered(null);
  };
  const change = (next: Draft) => {
    keep(next);
    setShown((was) => was.filter((field) => faultsOf(next).includes(field)));
  };
  const toNotes = () => document.getElementById('hl-notes')?.focus();
  useKey('mod+Enter', submit, { inFields: true });
  useKey('alt+a', toNotes, { inFields: true });
  useKey('a', toNotes, { enabled: !sealed && !registered, hint: t('notes') });

  if (registered) {
    return <Done registered={registered} onCall={call !== null} onAnother={another} onHangUp={() => onHangUp?.()} />;
  }
  const missing = faults.map((field) => t(field === 'answer' ? 'answerText' : field)).join(t('comma'));
  return (
    <>
      <div className="hl-columns">
        <div className="hl-main">
          {!sealed && above?.(draft)}
          <RegistrationForm draft={draft} onCall={call !== null} faults={shown} onChange={change} />
        </div>
        {!sealed && (
          <aside className="hl-side">
            {beside}
            <Notes
              category={category}
              text={draft.text}
              onUse={(text, articleCode) => {
                change({ ...draft, answer: { text, articleCode } });
                setTimeout(() => document.getElementById('hl-answer')?.focus());
              }}
            />
          </aside>
        )}
      </div>
      <footer className="acts">
        {!sealed && (
          <>
            <Button kind="main" busy={act.isPending} onClick={submit} keys={['Ctrl', 'Enter']}>
              {t(draft.answer ? 'registerAnswered' : call ? 'register' : 'registerPlain')}
            </Button>
            <span className="soft small" role="status">
              {faults.length > 0 ? t('needFix', { which: missing }) : t('ready')}
            </span>
          </>
        )}
        <span className="grow" />
        {otherEnds}
      </footer>
    </>
  );
}
