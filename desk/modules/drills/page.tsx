import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { drillEndpoints as api, type ReadinessCell, type ReadinessMatrix } from '../../../contract/drills.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Dialog, Empty, notify, Problem, TextField, useDraft } from '../../kit/index.ts';
import { Tabs } from './tabs.tsx';
import { useT } from './words.ts';

type Duty = ReadinessMatrix['duties'][number];

const tones = { overdue: 'over', due: 'near', late: 'info', done: 'good', idle: '' } as const;

function Sheet(props: { duty: Duty; unitId: number; mayRecord: boolean; onClose: () => void }) {
  const { duty, unitId, mayRecord, onClose } = props;
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const language = useLocale();
  const [draft, change, drop] = useDraft(`readiness.${duty.code}.${unitId}`, { words: '' });
  const [complained, setComplained] = useState(false);
  const { data } = useQuery({
    queryKey: ['drills', 'history', duty.code, unitId],
    queryFn: () => call(api.dutyHistory, { code: duty.code, unitId }),
  });
  const record = useAct(api.recordDuty, {
    refreshes: [['drills']],
    onFail: notify.problem,
    onDone: () => {
      drop();
      notify.good(t('saved'));
      onClose();
    },
  });
  return (
    <Dialog open title={`${directory.nameOf(unitId)} · ${nameIn(duty, language)}`} onClose={onClose}>
      <ul className="rd-history">
        {data?.cells.map((cell) => (
          <li key={cell.period}>
            <b>{cell.period}</b>
            <span className={`tag ${tones[cell.state]}`}>{t(cell.state)}</span>
            <span className="small soft">
              {cell.doneAt
                ? t('byOn', { who: cell.who ?? '', at: format.day(cell.doneAt) })
                : t('until', { at: format.day(cell.dueAt) })}
            </span>
            {cell.drillId ? (
              <Link to="/readiness/drills/$id" params={{ id: cell.drillId } as never}>
                {cell.words}
              </Link>
            ) : (
              cell.words && <span className="small">{cell.words}</span>
            )}
          </li>
        ))}
      </ul>
      {duty.kind === 'drill' ? (
        <p className="small soft">
          {t('drillOnly')} <Link to="/readiness/risks">{t('planOne')}</Link>
        </p>
      ) : (
        mayRecord && (
          <form
            className="rd-form"
            onSubmit={(event) => {
              event.preventDefault();
              setComplained(true);
              if (draft.words.trim().length >= 2 && !record.isPending)
                record.mutate({ code: duty.code, unitId, words: draft.words });
            }}
          >
            <TextField
              label={t('recordWords')}
              rows={2}
              maxLength={500}
              value={draft.words}
              fault={complained && draft.words.trim().length < 2 ? t('needed') : undefined}
              onChange={(words) => change({ words })}
            />
            <div className="dialog-acts">
              <Button submit kind="main" busy={record.isPending}>
                {t('record')}
              </Button>
              <Button kind="plain" onClick={onClose}>
                {t('cancel')}
              </Button>
            </div>
          </form>
        )
      )}
    </Dialog>
  );
}

/** What every unit owes while nothing happens: units down, duties across; each cell opens to its periods. */
export default function ReadinessPage() {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const language = useLocale();
  const [opened, setOpened] = useState<{ duty: Duty; unitId: number; mayRecord: boolean } | null>(null);
  const [onlyRed, setOnlyRed] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['drills', 'matrix'],
    queryFn: () => call(api.readiness, {}),
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  const isRed = (cells: readonly ReadinessCell[]): boolean => cells.some((cell) => cell.state === 'overdue');
  const units = data?.units.filter((unit) => !onlyRed || isRed(unit.cells)) ?? [];
  const figures = [
    { key: 'overdueFigure', n: data?.figures.overdue, to: undefined },
    { key: 'uncoveredFigure', n: data?.figures.uncovered, to: '/readiness/risks', search: { view: 'uncovered' } },
    { key: 'waitingFigure', n: data?.figures.waiting, to: '/readiness/near-misses', search: { view: 'waiting' } },
    { key: 'toAssessFigure', n: data?.figures.toAssess, to: '/readiness/drills', search: { view: 'to_assess' } },
  ] as const;
  return (
    <div className="rd-page">
      <Tabs />
      <header className="rd-head">
        <h1>{t('tab_matrix')}</h1>
        <p className="soft small">{t('lead')}</p>
      </header>
      <ul className="rd-figures">
        {figures.map((one) => (
          <li key={one.key}>
            {one.to ? (
              <Link to={one.to} search={one.search as never}>
                <b className={one.n ? 'over' : undefined}>{one.n ?? '–'}</b> {t(one.key)}
              </Link>
            ) : (
              <button type="button" aria-pressed={onlyRed} onClick={() => setOnlyRed(!onlyRed)}>
                <b className={one.n ? 'over' : undefined}>{one.n ?? '–'}</b> {t(one.key)}
              </button>
            )}
            <span className="softer small">{t('wanted0')}</span>
          </li>
        ))}
      </ul>
      {data && units.length === 0 ? (
        <Empty title={t(onlyRed ? 'noOverdue' : 'noUnits')}>{onlyRed ? '' : t('lead')}</Empty>
      ) : (
        <div className="rd-scroll">
          <table className="rd-matrix">
            <thead>
              <tr>
                <th scope="col">{t('unit')}</th>
                {data?.duties.map((duty) => (
                  <th key={duty.code} scope="col">
                    {nameIn(duty, language)} <span className="softer nowrap">{t(duty.frequency)}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {units.map((unit) => (
                <tr key={unit.unitId}>
                  <th scope="row">{directory.nameOf(unit.unitId)}</th>
                  {unit.cells.map((cell, i) => {
                    const duty = data!.duties[i]!;
                    return (
                      <td key={cell.code} data-state={cell.state}>
                        <button
                          type="button"
                          onClick={() => setOpened({ duty, unitId: unit.unitId, mayRecord: unit.mayRecord })}
                        >
                          <span className="rd-duty soft small">{nameIn(duty, language)}</span>
                          <span className={`tag ${tones[cell.state]}`}>{t(cell.state)}</span>
                          <span className="small softer">
                            {cell.period}
                            {cell.doneAt && ` · ${format.day(cell.doneAt)}`}
                          </span>
                        </button>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {opened && <Sheet {...opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
