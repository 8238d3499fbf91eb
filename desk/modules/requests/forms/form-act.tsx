import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { Endpoint, OutputOf } from '../../../../contract/endpoint.ts';
import type { RequestThread } from '../../../../contract/requests.ts';
import { useAct } from '../../../app/act.ts';
import { useProblemText } from '../../../app/problems.ts';
import { isStale } from '../../../app/queries.ts';
import { Button, Notice, notify, useDraft, useKey } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import type { Act } from '../acts.ts';
import { useThreadEvents } from '../thread-events.tsx';

export interface FormProps {
  thread: RequestThread;
  onDone: () => void;
  onCancel: () => void;
  /** To another form, when this one needs something first. */
  onSwitch: (act: Act) => void;
}

/**
 * Sends one act on a request; afterwards the thread and every list that shows it are asked for again. `read` is how far
 * the person has read: the form sends that version, not the newest one, which may have come by itself a moment ago.
 */
export function useFormAct<E extends Endpoint>(
  endpoint: E,
  thread: RequestThread,
  options: { said: string; onDone: (answer: OutputOf<E>) => void },
) {
  const cache = useQueryClient();
  const [read, setRead] = useState(thread.version);
  const act = useAct(endpoint, {
    refreshes: [['request', thread.id], ['requests'], ['asks']],
    onDone: (answer) => {
      notify.good(options.said);
      options.onDone(answer);
    },
    // Somebody was first: what they did is fetched at once and shown, and the next try is made against it.
    onFail: async (error) => {
      if (!isStale(error)) return;
      await cache.invalidateQueries({ queryKey: ['request', thread.id] });
      const shown = cache.getQueryData<RequestThread>(['request', thread.id]);
      if (shown) setRead(shown.version);
    },
  });
  return { ...act, read };
}

/** The act of a form whose words are kept in this tab until they are sent. */
export function useDraftedAct<E extends Endpoint, D extends object>(
  endpoint: E,
  { thread, onDone }: Pick<FormProps, 'thread' | 'onDone'>,
  { keptAs, empty, said }: { keptAs: string; empty: D; said: string },
) {
  const [draft, change, drop] = useDraft<D>(keptAs, empty);
  const act = useFormAct(endpoint, thread, {
    said,
    onDone: () => {
      drop();
      onDone();
    },
  });
  return { draft, change, act };
}

/** Whether there are words to send; one sign is a slip of the finger. */
export const written = (text: string): boolean => text.trim().length >= 2;

/** What others did since the form was opened, once the server says somebody was first. */
function Meanwhile({ thread, since }: { thread: RequestThread; since: number }) {
  const t = useActWords();
  const events = useThreadEvents(thread).slice(since);
  return (
    <Notice kind="near" alert>
      <b>{t('meanwhile')}</b>
      {events.map((event) => (
        <p key={event.id}>
          {event.what} {event.who} {event.detail}
          {event.words ? `${t('colon')}${event.words}` : ''}
        </p>
      ))}
      <p className="soft">{t('meanwhileHow')}</p>
    </Notice>
  );
}

interface FrameProps {
  thread: RequestThread;
  act: { error: Error | null; isPending: boolean };
  label: string;
  /** What is still missing, by name: it is said beside the act, which waits for it. */
  missing?: readonly (string | false)[];
  /** Said beside the act when nothing is missing. */
  note?: string;
  /** Left out where there is nothing to send any more: then the way out is all there is. */
  onSend?: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** A form's frame: its fields, what went wrong, and the act with `Ctrl+Enter`. Esc closes it and keeps the draft. */
export function FormFrame({ thread, act, label, missing = [], note, onSend, onCancel, children }: FrameProps) {
  const t = useActWords();
  const problem = useProblemText();
  const form = useRef<HTMLFormElement>(null);
  const missingId = useId();
  const left = missing.filter((each) => each !== false);
  const ready = left.length === 0;
  const [since] = useState(thread.entries.length);
  useEffect(() => {
    const place = form.current;
    // Words first: a picker that already holds a suggestion need not be touched.
    const first =
      place?.querySelector<HTMLElement>('textarea, input.input') ?? place?.querySelector<HTMLElement>('input');
    first?.focus();
  }, []);
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (ready && !act.isPending) onSend?.();
  };
  useKey('mod+Enter', () => send(), { inFields: true });
  useKey('Escape', onCancel, { inFields: true });
  return (
    <form
      ref={form}
      className="act-form"
      onSubmit={send}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        const combined = event.ctrlKey || event.metaKey;
        // A held key sends once: the second try is for somebody who has read what changed meanwhile.
        if (event.repeat && (combined || !(event.target instanceof HTMLTextAreaElement))) event.preventDefault();
        // Inside a dialog the page's keys rest; this one belongs to the form.
        else if (combined && form.current?.closest('dialog')) send(event);
      }}
    >
      {children}
      {act.error &&
        (isStale(act.error) && thread.entries.length > since ? (
          <Meanwhile thread={thread} since={since} />
        ) : (
          <Notice kind="over" alert>
            {problem(act.error)}
          </Notice>
        ))}
      <div className="dialog-acts">
        {onSend && (
          <Button
            kind="main"
            submit
            busy={act.isPending}
            disabled={!ready}
            keys={['Ctrl', 'Enter']}
            aria-describedby={missingId}
          >
            {label}
          </Button>
        )}
        <Button onClick={onCancel} keys={['Esc']}>
          {t('cancel')}
        </Button>
        <span className="small softer" id={missingId}>
          {ready ? note : t('missing', { which: left.join(t('comma')) })}
        </span>
      </div>
    </form>
  );
}
