import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { send } from '../../app/api.ts';
import { randomId } from '../../app/identifier.ts';
import { useProblemText } from '../../app/problems.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Notice } from '../../kit/notice.tsx';
import { notify } from '../../kit/notify.tsx';
import { useT } from './words.ts';

/** What the table would plan, and every cell that needs mending. */
interface Report {
  rows: number;
  adds: number;
  same: number;
  problems: { row: number; column: string; message: string }[];
  rejectedFileUrl: string | null;
}
const mostShown = 30;

/** The roster by Excel: checked first, planned whole or not at all. */
export function RosterUpload({ nodeId, onClose }: { nodeId: number; onClose: () => void }) {
  const t = useT();
  const problem = useProblemText();
  const cache = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const key = useRef('');
  const post = async (chosen: File, mode: 'check' | 'apply'): Promise<Report | null> => {
    const form = new FormData();
    form.append('file', chosen);
    setBusy(true);
    setError(null);
    try {
      return await send<Report>(`/api/import/duty?mode=${mode}&nodeId=${nodeId}`, form, { key: key.current });
    } catch (fault) {
      setError(fault);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const check = async (chosen: File): Promise<void> => {
    key.current = randomId();
    setFile(chosen);
    setReport(await post(chosen, 'check'));
    key.current = randomId();
  };
  const apply = async (): Promise<void> => {
    const answer = file && (await post(file, 'apply'));
    if (!answer) return;
    if (answer.problems.length > 0) return setReport(answer);
    await cache.invalidateQueries({ queryKey: ['duty'] });
    notify.good(t('planned', { n: answer.adds }));
    onClose();
  };
  const bad = report?.problems ?? [];
  return (
    <Dialog open wide title={t('upload')} onClose={onClose}>
      <p className="soft">{t('uploadLead')}</p>
      <div className="dialog-acts">
        <Button kind={report ? undefined : 'main'} busy={busy} onClick={() => input.current?.click()}>
          {t('choose')}
        </Button>
        {file && <span>{file.name}</span>}
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
          <p role="status">{t('checked', { rows: report.rows, adds: report.adds, same: report.same })}</p>
          {bad.length > 0 && (
            <Notice kind="over">
              <b>{t('badRows', { n: bad.length })}</b>{' '}
              {report.rejectedFileUrl && (
                <a className="link" href={report.rejectedFileUrl} download>
                  {t('marked')}
                </a>
              )}
              <ul>
                {bad.slice(0, mostShown).map((one) => (
                  <li key={`${one.row} ${one.column} ${one.message}`}>{t('rowFault', one)}</li>
                ))}
              </ul>
            </Notice>
          )}
          {bad.length === 0 && report.adds > 0 && (
            <div className="dialog-acts">
              <Button kind="main" busy={busy} onClick={() => void apply()}>
                {t('apply')}
              </Button>
            </div>
          )}
        </>
      )}
    </Dialog>
  );
}
