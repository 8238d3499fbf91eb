import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { PlanFile } from '../../../contract/plans.ts';
import { send } from '../../app/api.ts';
import { Button, Notice, notify } from '../../kit/index.ts';
import { usePlanWords } from './words.ts';

interface Report {
  rows: number;
  adds: number;
  changes: number;
  same: number;
  problems: { row: number; column: string; message: string }[];
  rejectedFileUrl: string | null;
}

/** The lines by Excel: checked first, applied whole or not at all; what is wrong comes back marked in the same workbook. */
export function TableFile({ plan }: { plan: PlanFile }) {
  const t = usePlanWords();
  const cache = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [busy, setBusy] = useState(false);
  const post = async (chosen: File, mode: 'check' | 'apply'): Promise<Report | null> => {
    const form = new FormData();
    form.append('file', chosen);
    setBusy(true);
    try {
      return await send<Report>(`/api/plans/${plan.id}/table?mode=${mode}`, form);
    } catch (fault) {
      notify.problem(fault as Error);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const check = async (chosen: File): Promise<void> => {
    setFile(chosen);
    setReport(await post(chosen, 'check'));
  };
  const apply = async (): Promise<void> => {
    const answer = file && (await post(file, 'apply'));
    if (!answer) return;
    if (answer.problems.length > 0) return setReport(answer);
    await cache.invalidateQueries({ queryKey: ['plans'] });
    setReport(null);
    setFile(null);
    notify.good(t('saved'));
  };
  return (
    <section className="panel" aria-label={t('upload')}>
      <div className="pl-acts">
        <Button busy={busy} onClick={() => input.current?.click()}>
          {t('upload')}
        </Button>
        {file && <span className="small soft">{file.name}</span>}
        <input
          ref={input}
          className="sr-only"
          type="file"
          tabIndex={-1}
          aria-label={t('upload')}
          accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(event) => {
            const chosen = event.target.files?.[0];
            event.target.value = '';
            if (chosen) void check(chosen);
          }}
        />
        {report && report.problems.length === 0 && (
          <>
            <span role="status" className="small">
              {t('uploadSummary', { rows: report.rows, adds: report.adds, changes: report.changes })}
            </span>
            <Button kind="main" busy={busy} disabled={report.adds + report.changes === 0} onClick={() => void apply()}>
              {t('uploadApply')}
            </Button>
          </>
        )}
      </div>
      {report && report.problems.length > 0 && (
        <Notice kind="over" alert>
          <b>{t('uploadBad', { n: report.problems.length })}</b>{' '}
          {report.rejectedFileUrl && (
            <a className="link" href={report.rejectedFileUrl} download>
              {t('uploadMarked')}
            </a>
          )}
          <ul>
            {report.problems.slice(0, 20).map((one) => (
              <li key={`${one.row} ${one.column} ${one.message}`}>
                {t('uploadFault', { row: one.row, column: one.column, message: one.message })}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  );
}
