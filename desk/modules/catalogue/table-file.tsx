import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { send } from '../../app/api.ts';
import { randomId } from '../../app/identifier.ts';
import { useProblemText } from '../../app/problems.ts';
import { Button, Dialog, Notice, notify } from '../../kit/index.ts';
import { useT } from './words.ts';

/** Answer of the upload: what the table would change, and every cell that needs mending. */
interface TableReport {
  id: string;
  rows: number;
  adds: number;
  changes: number;
  removes: number;
  same: number;
  problems: { row: number; column: string; message: string }[];
  rejectedFileUrl: string | null;
}

export const tableAddress = (which: 'current' | 'draft'): string => `/api/catalogue/table.xlsx?which=${which}`;
const mostShown = 50;

/** The draft by Excel: checked first, applied whole or not at all. */
export function TableUpload({ onClose }: { onClose: () => void }) {
  const t = useT();
  const problem = useProblemText();
  const cache = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<TableReport | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const key = useRef('');
  const post = async (chosen: File, mode: 'check' | 'apply'): Promise<TableReport | null> => {
    const form = new FormData();
    form.append('file', chosen);
    setBusy(true);
    setError(null);
    try {
      return await send<TableReport>(`/api/import/catalogue?mode=${mode}`, form, { key: key.current });
    } catch (fault) {
      setError(fault);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const check = async (chosen: File) => {
    key.current = randomId();
    setFile(chosen);
    setReport(await post(chosen, 'check'));
    key.current = randomId();
  };
  const apply = async () => {
    const answer = file && (await post(file, 'apply'));
    if (!answer) return;
    if (answer.problems.length > 0) return setReport(answer);
    await cache.invalidateQueries({ queryKey: ['catalogue'] });
    notify.good(t('applied'));
    onClose();
  };
  const bad = report?.problems.length ?? 0;
  return (
    <Dialog open wide title={t('uploadTitle')} onClose={onClose}>
      <p className="soft">{t('uploadLead')}</p>
      <div className="dialog-acts">
        <Button kind={report ? undefined : 'main'} busy={busy} onClick={() => input.current?.click()}>
          {t('choose')}
        </Button>
        {file && <span>{file.name}</span>}
        {busy && <span role="status">{t('checking')}</span>}
        <input
          ref={input}
          className="sr-only"
          type="file"
          tabIndex={-1}
          aria-label={t('choose')}
          accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(event) => {
            const chosen = event.target.files?.[0];
            event.target.value = '';
            if (chosen) void check(chosen);
          }}
        />
      </div>
      {error !== null && (
        <Notice kind="over" alert>
          {problem(error)}
        </Notice>
      )}
      {report && (
        <>
          <p role="status">
            {t('checkedSummary', {
              rows: report.rows,
              adds: report.adds,
              changes: report.changes,
              removes: report.removes,
              same: report.same,
            })}
          </p>
          {bad > 0 && (
            <Notice kind="over">
              <b>{t('badRows', { bad })}</b>{' '}
              {report.rejectedFileUrl && (
                <a className="link" href={report.rejectedFileUrl} download>
                  {t('marked')}
                </a>
              )}
              <ul>
                {report.problems.slice(0, mostShown).map((one) => (
                  <li key={`${one.row} ${one.column} ${one.message}`}>
                    {t('rowFault', { row: one.row, column: one.column, message: one.message })}
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          <div className="dialog-acts">
            <Button
              kind="main"
              busy={busy}
              disabled={bad > 0 || report.adds + report.changes + report.removes === 0}
              onClick={() => void apply()}
            >
              {t('apply')}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
