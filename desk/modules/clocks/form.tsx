import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { clockEndpoints as api } from '../../../contract/clocks.ts';
import type { InputOf, OutputOf } from '../../../contract/endpoint.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { useProblemText } from '../../app/problems.ts';
import { Button, Field, Notice } from '../../kit/index.ts';
import { useT } from './words.ts';

export type Draft = InputOf<typeof api.preview>['draft'];

/** From when it holds: now where nothing is chosen. */
export function FromField({ value, onChange }: { value: string; onChange: (from: string) => void }) {
  const t = useT();
  return (
    <Field label={t('from')} hint={t('fromHint')}>
      {(control) => (
        <input
          {...control}
          className="input"
          type="datetime-local"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

function Tried({ answer }: { answer: OutputOf<typeof api.preview> }) {
  const t = useT();
  const format = useFormat();
  const n = answer.rows.reduce((sum, row) => sum + row.requests, 0);
  if (n === 0) return <p className="small soft">{t('previewNone')}</p>;
  const share = (part: number, whole: number) => (whole === 0 ? '—' : format.percent(part / whole));
  return (
    <>
      <p className="small soft">{t('previewLead', { n })}</p>
      <table className="ck-table">
        <thead>
          <tr>
            <th>{t('priority')}</th>
            <th className="num">{t('previewEarlier')}</th>
            <th className="num">{t('previewLater')}</th>
            <th className="num">{t('previewSame')}</th>
            <th className="num">{t('previewOnTime')}</th>
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row) => (
            <tr key={row.priority}>
              <td>{t(row.priority)}</td>
              <td className="num">{row.earlier}</td>
              <td className="num">{row.later}</td>
              <td className="num">{row.requests - row.earlier - row.later}</td>
              <td className="num">
                {share(row.onTimeNow, row.decided)} → <b>{share(row.onTimeThen, row.decided)}</b>{' '}
                <span className="softer small">n={row.decided}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface Props {
  /** Whether what is typed can be saved. */
  ready: boolean;
  /** What can be tried on last week; left out where nothing can: a warning moves no due time. */
  draft?: Draft | null;
  busy: boolean;
  error: Error | null;
  onSave: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/**
 * A change: its fields, what last week would have been by it (by what stands there now, not by what was tried before), and
 * the two ways out. Closing its dialog keeps what was typed; both ways out forget it.
 */
export function ChangeForm({ ready, draft, busy, error, onSave, onCancel, children }: Props) {
  const t = useT();
  const problem = useProblemText();
  const tried = useMutation({ mutationFn: (one: Draft) => call(api.preview, { draft: one }) });
  const shown = error ?? tried.error;
  return (
    <form
      className="ck-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) onSave();
      }}
    >
      {children}
      {tried.data && JSON.stringify(tried.variables) === JSON.stringify(draft) && <Tried answer={tried.data} />}
      {shown && (
        <Notice kind="over" alert>
          {problem(shown)}
        </Notice>
      )}
      <div className="dialog-acts">
        <Button kind="main" submit busy={busy} disabled={!ready}>
          {t('save')}
        </Button>
        {draft !== undefined && (
          <Button busy={tried.isPending} disabled={!draft} onClick={() => draft && tried.mutate(draft)}>
            {t('preview')}
          </Button>
        )}
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  );
}

/** What is said after a change: from when it holds. */
export function useSaved(): (from: string | undefined) => string {
  const t = useT();
  const format = useFormat();
  return (from) => (from ? t('saved', { at: format.moment(from) }) : t('savedNow'));
}
