import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { useProblemText } from '../../app/problems.ts';
import { Button } from '../../kit/button.tsx';
import { Notice } from '../../kit/notice.tsx';
import { type ImportReport, templateAddress, totalsOf } from './checking.ts';
import './organization.css';
import { Problems, Summary } from './report.tsx';
import { useImport } from './use-import.ts';
import { useT } from './words.ts';

/** Choose a workbook by button or by dropping it. */
function Chooser({ label, onFile }: { label: string; onFile: (file: File) => void }) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra for the mouse; the button does the same
    <div
      className="or-drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file) onFile(file);
      }}
    >
      <Button kind="main" onClick={() => input.current?.click()}>
        {label}
      </Button>
      <span className="soft">{t('drop')}</span>
      <input
        ref={input}
        className="sr-only"
        type="file"
        tabIndex={-1}
        aria-label={label}
        accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </div>
  );
}

interface CheckedProps {
  name: string;
  report: ImportReport;
  error: unknown;
  onApply: () => void;
  onFile: (file: File) => void;
}

function Checked({ name, report, error, onApply, onFile }: CheckedProps) {
  const t = useT();
  const problem = useProblemText();
  const { adds, changes, bad } = totalsOf(report);
  return (
    <>
      <p>
        <b>{t('checked', { name })}</b> <span className="soft">{t('nothingChanged')}</span>
      </p>
      <Summary report={report} />
      <Problems report={report} />
      {error !== null && (
        <Notice kind="near" alert>
          {problem(error)}
        </Notice>
      )}
      <div className="dialog-acts">
        {bad === 0 && adds + changes > 0 && (
          <Button kind="main" onClick={onApply}>
            {t('apply', { n: adds + changes })}
          </Button>
        )}
        <span className="soft" role="status">
          {bad > 0 ? t('applyBlocked', { n: bad }) : t(adds + changes > 0 ? 'noProblems' : 'nothingToDo')}
        </span>
      </div>
      <Chooser label={t(bad > 0 ? 'again' : 'chooseOther')} onFile={onFile} />
    </>
  );
}

function Step({ title, now, children }: { title: string; now: boolean; children?: ReactNode }) {
  return (
    <li className="or-step" data-now={now || undefined} aria-current={now ? 'step' : undefined}>
      <h2>{title}</h2>
      {children}
    </li>
  );
}

/** Organisation, roster and accounts from one workbook: checked first, applied when there is no fault. */
export default function ImportPage() {
  const t = useT();
  const problem = useProblemText();
  const { state, check, apply, cancel, restart } = useImport();
  const applied = state.step === 'applied';
  const totals = applied ? totalsOf(state.report) : null;
  return (
    <div className="or-page">
      <header>
        <h1>{t('importTitle')}</h1>
        <p className="soft small">{t('importLead')}</p>
      </header>
      <ol className="or-steps">
        <Step title={t('step1')} now={false}>
          <p className="soft">{t('templateHow')}</p>
          <a className="btn" href={templateAddress} download>
            {t('template')}
          </a>
        </Step>
        <Step title={t('step2')} now={!applied && state.step !== 'applying'}>
          {state.step === 'choose' && (
            <>
              <Chooser label={t('choose')} onFile={check} />
              {state.fault && (
                <Notice kind={state.fault === 'cancelled' ? 'info' : 'near'} alert>
                  {t(state.fault)}
                </Notice>
              )}
            </>
          )}
          {state.step === 'checking' && (
            <div className="or-progress" role="status">
              <progress aria-label={t('checking', { name: state.file.name })} />
              <span>{t('checking', { name: state.file.name })}</span>
              <Button small onClick={cancel}>
                {t('cancel')}
              </Button>
            </div>
          )}
          {state.step === 'failed' && (
            <>
              <Notice kind="near" alert>
                <b>{t('failed')}</b> {problem(state.error)}
              </Notice>
              <div className="dialog-acts">
                <Button kind="main" onClick={() => check(state.file)}>
                  {t('again')}
                </Button>
              </div>
              <Chooser label={t('chooseOther')} onFile={check} />
            </>
          )}
          {state.step === 'checked' && (
            <Checked
              name={state.file.name}
              report={state.report}
              error={state.error}
              onApply={() => apply(state.file, state.report)}
              onFile={check}
            />
          )}
        </Step>
        <Step title={t('step3')} now={applied || state.step === 'applying'}>
          {state.step === 'applying' && (
            <div className="or-progress" role="status">
              <progress aria-label={t('applying')} />
              <span>{t('applying')}</span>
            </div>
          )}
          {applied && totals && (
            <>
              <Notice kind="good">
                <b>{t('applied', { adds: totals.adds, changes: totals.changes })}</b>
                {state.report.passwordsFileUrl && <p>{t('appliedHow')}</p>}
                {state.report.passwordsFileUrl && (
                  <p>
                    <a className="link" href={state.report.passwordsFileUrl} download>
                      {t('passwords')}
                    </a>{' '}
                    {t('passwordsHow')}
                  </p>
                )}
              </Notice>
              <Summary report={state.report} />
              <div className="dialog-acts">
                <Link className="btn" to="/accounts">
                  {t('toAccounts')}
                </Link>
                <Button onClick={restart}>{t('another')}</Button>
              </div>
            </>
          )}
        </Step>
      </ol>
    </div>
  );
}
