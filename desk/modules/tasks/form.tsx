import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { Endpoint, InputOf, OutputOf } from '../../../contract/endpoint.ts';
import { useAct } from '../../app/act.ts';
import { useProblemText } from '../../app/problems.ts';
import { isStale } from '../../app/queries.ts';
import { Button, Notice, notify, useDraft, useKey } from '../../kit/index.ts';
import { useT } from './words.ts';

/** What an act on a task, a directive or a hard problem makes old. */
const refreshed = [['tasks'], ['problems'], ['directives']] as const;

/** Sends one act; afterwards everything that shows it is asked for again, also where somebody else was first. */
export function useSupervisionAct<E extends Endpoint>(
  endpoint: E,
  onDone: (answer: OutputOf<E>, input: InputOf<E>) => void,
) {
  const cache = useQueryClient();
  return useAct(endpoint, {
    refreshes: refreshed,
    onDone,
    onFail: (error) => {
      if (isStale(error)) for (const queryKey of refreshed) void cache.invalidateQueries({ queryKey });
    },
  });
}

/** As `useSupervisionAct`, for an act in words, which are kept in this tab until they are sent. */
export function useSupervisionForm<E extends Endpoint, D extends object>(
  endpoint: E,
  { keptAs, empty, said, onDone }: { keptAs: string; empty: D; said: string; onDone: () => void },
) {
  const [draft, change, drop] = useDraft<D>(keptAs, empty);
  const sending = useSupervisionAct(endpoint, () => {
    notify.good(said);
    drop();
    onDone();
  });
  return { draft, change, sending };
}

/** References to documents, as they are typed: by spaces, commas or semicolons of either language. */
export const splitReferences = (typed: string): string[] => typed.split(/[\s,，、;；]+/).filter(Boolean);

/** As `useSupervisionAct`, for an act that needs no words. */
export function useQuickAct<E extends Endpoint>(endpoint: E, said: string) {
  const cache = useQueryClient();
  return useAct(endpoint, {
    refreshes: refreshed,
    onDone: () => notify.good(said),
    onFail: (error) => {
      notify.problem(error);
      for (const queryKey of refreshed) void cache.invalidateQueries({ queryKey });
    },
  });
}

/** The version the person has read: a newer one that came by itself is sent only after a refusal has shown it. */
export function useReadVersion(version: number): { read: number; seen: () => void } {
  const [read, setRead] = useState(version);
  return { read, seen: () => setRead(version) };
}

interface Props {
  act: { error: Error | null; isPending: boolean };
  label: string;
  /** What is still missing, by name; the act waits for it. */
  missing: readonly (string | false)[];
  onSend: () => void;
  onCancel?: () => void;
  children: ReactNode;
}

/** Fields, what went wrong, and the act with `Ctrl+Enter`; Esc closes it and keeps what was typed. */
export function SupervisionForm({ act, label, missing, onSend, onCancel, children }: Props) {
  const t = useT();
  const problem = useProblemText();
  const id = useId();
  const left = missing.filter((one) => one !== false);
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (left.length === 0 && !act.isPending) onSend();
  };
  useKey('mod+Enter', () => send(), { inFields: true });
  useKey('Escape', () => onCancel?.(), { inFields: true, enabled: onCancel !== undefined });
  return (
    <form className="ta-form" onSubmit={send}>
      {children}
      {act.error && (
        <Notice kind={isStale(act.error) ? 'near' : 'over'} alert>
          {problem(act.error)} {isStale(act.error) && act.error.code === 'stale' && t('staleHow')}
        </Notice>
      )}
      <div className="dialog-acts">
        <Button
          kind="main"
          submit
          busy={act.isPending}
          disabled={left.length > 0}
          keys={['Ctrl', 'Enter']}
          aria-describedby={id}
        >
          {label}
        </Button>
        {onCancel && (
          <Button onClick={onCancel} keys={['Esc']}>
            {t('cancel')}
          </Button>
        )}
        <span className="small softer" id={id}>
          {left.length > 0 && t('missing', { which: left.join(t('comma')) })}
        </span>
      </div>
    </form>
  );
}
