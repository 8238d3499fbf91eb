import { useRef, useState } from 'react';
import { send } from '../app/api.ts';
import { randomId } from '../app/identifier.ts';
import { useProblemText } from '../app/problems.ts';
import { defineWords, useWords } from '../app/words.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Notice } from './notice.tsx';

const words = defineWords({
  choose: ['选 Excel 文件', 'Choose an Excel file'],
  checking: ['正在核对', 'Checking'],
  bad: ['{n} 处要改，什么都没有写入', '{n} {n|cell needs|cells need} mending; nothing was written'],
  marked: ['下载标好的文件', 'Download it with the faults marked'],
  fault: ['第 {row} 行 {column}：{message}', 'row {row}, {column}: {message}'],
  more: ['还有 {n} 处，见标好的文件', '{n} more in the marked file'],
});

/** What a table would do, and every cell of it that needs mending. */
export interface TableReport {
  problems: { row: number; column: string; message: string }[];
  rejectedFileUrl: string | null;
}

interface Props<Report extends TableReport> {
  title: string;
  lead: string;
  /** Where the table is posted, with `mode=check` or `mode=apply` added. */
  address: string;
  /** What it would do, in a sentence. */
  summary: (report: Report) => string;
  /** Whether it would do anything at all. */
  changes: (report: Report) => boolean;
  applyLabel: string;
  onApplied: (report: Report) => void;
  onClose: () => void;
}

const mostShown = 30;

/** A table by Excel: checked first, applied whole or not at all; what is wrong comes back marked in the same workbook. */
export function TableUpload<Report extends TableReport>(props: Props<Report>) {
  const { title, lead, address, summary, changes, applyLabel, onApplied, onClose } = props;
  const t = useWords(words);
  const problem = useProblemText();
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
      return await send<Report>(`${address}?mode=${mode}`, form, { key: key.current });
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
    if (answer.problems.length > 0) setReport(answer);
    else onApplied(answer);
  };
  const bad = report?.problems ?? [];
  return (
    <Dialog open wide title={title} onClose={onClose}>
      <p className="soft">{lead}</p>
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
      {report && <p role="status">{summary(report)}</p>}
      {report && bad.length > 0 && (
        <Notice kind="over">
          <b>{t('bad', { n: bad.length })}</b>{' '}
          {report.rejectedFileUrl && (
            <a className="link" href={report.rejectedFileUrl} download>
              {t('marked')}
            </a>
          )}
          <ul>
            {bad.slice(0, mostShown).map((one) => (
              <li key={`${one.row} ${one.column} ${one.message}`}>{t('fault', one)}</li>
            ))}
          </ul>
          {bad.length > mostShown && t('more', { n: bad.length - mostShown })}
        </Notice>
      )}
      {report && bad.length === 0 && (
        <div className="dialog-acts">
          <Button kind="main" busy={busy} disabled={!changes(report)} onClick={() => void apply()}>
            {applyLabel}
          </Button>
        </div>
      )}
    </Dialog>
  );
}
