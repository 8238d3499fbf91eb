import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import {
  followupScriptEndpoints as api,
  type Script,
  type ScriptPurpose,
  scriptLines,
  scriptPurposes,
} from '../../../contract/followup-scripts.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { faultsIn } from '../../app/problems.ts';
import { useMay } from '../../app/session.tsx';
import { Button } from '../../kit/button.tsx';
import { useDraft } from '../../kit/draft.ts';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { FollowupTabs } from './tabs.tsx';
import './followups.css';
import { useT } from './words.ts';

type Lines = Script['lines'];

/** What callers say, version by version; the lead writes the next one, answers keep the one that was read out. */
export default function ScriptsPage() {
  const t = useT();
  const may = useMay();
  const [purpose, setPurpose] = useState<ScriptPurpose>('closure');
  const [older, setOlder] = useState<string | null>(null);
  const [editing, setEditing] = useState(false);
  const found = useQuery({ queryKey: ['followups', 'scripts'], queryFn: () => call(api.scripts, {}) });
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />;
  const versions = found.data?.scripts.filter((one) => one.purpose === purpose) ?? [];
  const shown = versions.find((one) => one.version === older) ?? versions[0];
  return (
    <>
      <FollowupTabs />
      <div className="fu-single">
        <p className="soft small">{t('scriptsLead')}</p>
        <div className="row fu-wrap">
          {scriptPurposes.map((one) => (
            <button
              key={one}
              type="button"
              className={one === purpose ? 'chip on' : 'chip'}
              aria-pressed={one === purpose}
              onClick={() => {
                setPurpose(one);
                setOlder(null);
                setEditing(false);
              }}
            >
              {t(`purpose_${one}`)}
            </button>
          ))}
          <span className="grow" />
          {versions.map((one) => (
            <button
              key={one.version}
              type="button"
              className={one === shown ? 'chip on' : 'chip'}
              aria-pressed={one === shown}
              title={t('scriptAnswers', { n: one.answers })}
              onClick={() => {
                setOlder(one.version);
                setEditing(false);
              }}
            >
              {one.version}
            </button>
          ))}
        </div>
        {shown && !editing && (
          <Text script={shown} newest={shown === versions[0]}>
            {may('followups.plan') && shown === versions[0] && (
              <Button onClick={() => setEditing(true)}>{t('newVersion')}</Button>
            )}
          </Text>
        )}
        {versions[0] && editing && <Edit script={versions[0]} onDone={() => setEditing(false)} />}
      </div>
    </>
  );
}

function Text({ script, newest, children }: { script: Script; newest: boolean; children: ReactNode }) {
  const t = useT();
  const format = useFormat();
  return (
    <article className="panel fu-scripttext">
      <header className="row">
        <b>
          {t(`purpose_${script.purpose}`)} {script.version}
        </b>
        {newest && <span className="tag good">{t('ratesInForce')}</span>}
        <span className="soft small grow">
          {script.madeBy ? `${script.madeBy} · ${format.moment(script.madeAt)} · ` : ''}
          {t('scriptAnswers', { n: script.answers })}
        </span>
        {children}
      </header>
      <dl>
        {scriptLines[script.purpose].map((line) => (
          <div key={line}>
            <dt>{t(`line_${line}`)}</dt>
            <dd lang="zh-CN">{script.lines[line]?.[0]}</dd>
            <dd lang="en" className="soft">
              {script.lines[line]?.[1]}
            </dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

function Edit({ script, onDone }: { script: Script; onDone: () => void }) {
  const t = useT();
  const [draft, change, forget] = useDraft<{ lines: Lines }>(`followups.script.${script.purpose}`, {
    lines: script.lines,
  });
  const [faults, setFaults] = useState<Record<string, string>>({});
  const save = useAct(api.setScript, {
    refreshes: [['followups']],
    onDone: ({ version }) => {
      forget();
      notify.good(t('scriptSaved', { version }));
      onDone();
    },
    onFail: (error) => {
      setFaults(faultsIn(error));
      notify.problem(error);
    },
  });
  const set = (line: string, at: 0 | 1, text: string) => {
    const [zh, en] = draft.lines[line] ?? ['', ''];
    change({ lines: { ...draft.lines, [line]: at === 0 ? [text, en] : [zh, text] } });
  };
  return (
    <form
      className="panel fu-scripttext"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ purpose: script.purpose, lines: draft.lines });
      }}
    >
      <p className="soft small">{t('scriptHow')}</p>
      {scriptLines[script.purpose].map((line) => (
        <fieldset key={line} className="fu-pair">
          <legend className="small soft">{t(`line_${line}`)}</legend>
          {([0, 1] as const).map((at) => {
            const fault = faults[`lines.${line}.${at}`] ?? faults[`lines.${line}`];
            return (
              <div key={at}>
                <textarea
                  className="input"
                  rows={2}
                  maxLength={400}
                  required
                  lang={at === 0 ? 'zh-CN' : 'en'}
                  aria-label={`${t(`line_${line}`)} ${at === 0 ? '中文' : 'English'}`}
                  aria-invalid={fault !== undefined || undefined}
                  value={draft.lines[line]?.[at] ?? ''}
                  onChange={(event) => set(line, at, event.target.value)}
                />
                {fault && (
                  <p className="over small" role="alert">
                    {fault}
                  </p>
                )}
              </div>
            );
          })}
        </fieldset>
      ))}
      <div className="row">
        <Button kind="main" submit busy={save.isPending}>
          {t('saveVersion')}
        </Button>
        <Button onClick={onDone}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
