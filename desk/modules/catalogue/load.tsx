import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { catalogueEndpoints as api, type LineLoad } from '../../../contract/catalogue.ts';
import type { InputOf, OutputOf } from '../../../contract/endpoint.ts';
import { partEndpoints } from '../../../contract/parts.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useProblemText } from '../../app/problems.ts';
import { useMay } from '../../app/session.tsx';
import { Button, Dialog, Empty, Field, LinePicker, Notice, notify, Problem, TextField } from '../../kit/index.ts';
import { usePostName } from './data.ts';
import { useT } from './words.ts';

const figureDays = 30;

function Limits({ load, onClose }: { load: LineLoad; onClose: () => void }) {
  const t = useT();
  const directory = useDirectory();
  const problem = useProblemText();
  const [backup, setBackup] = useState(load.backupLineId);
  const [each, setEach] = useState(String(load.mostPerHandler));
  const [overdue, setOverdue] = useState(String(load.mostOverdue));
  const act = useAct(api.setLimit, {
    refreshes: [['catalogue']],
    onDone: () => {
      notify.good(t('limitSaved'));
      onClose();
    },
  });
  const ready = /^[1-9]\d*$/.test(each) && /^\d+$/.test(overdue);
  return (
    <Dialog open title={t('limitTitle', { line: directory.lineName(load.lineId) })} onClose={onClose}>
      <form
        className="ca-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready)
            act.mutate({
              lineId: load.lineId,
              backupLineId: backup,
              mostPerHandler: Number(each),
              mostOverdue: Number(overdue),
            });
        }}
      >
        <div className="ca-two">
          <TextField label={t('mostPerHandler')} line={{ inputMode: 'numeric' }} value={each} onChange={setEach} />
          <TextField label={t('mostOverdue')} line={{ inputMode: 'numeric' }} value={overdue} onChange={setOverdue} />
        </div>
        <Field label={t('backup')}>
          {({ id }) => (
            <LinePicker
              id={id}
              label={t('backup')}
              value={backup}
              except={[load.lineId]}
              clearable
              onChange={setBackup}
            />
          )}
        </Field>
        {act.error && (
          <Notice kind="over" alert>
            {problem(act.error)}
          </Notice>
        )}
        <div className="dialog-acts">
          <Button kind="main" submit busy={act.isPending} disabled={!ready}>
            {t('setLimit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type PartFigure = InputOf<typeof partEndpoints.partRecords>['which'];

function PartRecords({ lineId, which, onClose }: { lineId: number; which: PartFigure; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const { data, error, refetch } = useQuery({
    queryKey: ['parts', 'records', lineId, which],
    queryFn: () => call(partEndpoints.partRecords, { lineId, which, days: figureDays }),
  });
  return (
    <Dialog open wide title={t('partsOf', { line: directory.lineName(lineId) })} onClose={onClose}>
      {error && !data && <Problem title={t('loadFailed')} error={error} onRetry={refetch} />}
      {data && (
        <>
          <p className="soft">{t('recordsShown', { all: data.all, n: data.rows.length })}</p>
          <div className="ca-scroll">
            <table className="ca-table">
              <tbody>
                {data.rows.map(({ part, request }) => (
                  <tr key={part.id}>
                    <td style={{ width: 152 }}>
                      <Link className="link" to="/requests/$id" params={{ id: request.id } as never}>
                        {request.number}
                      </Link>
                    </td>
                    <td style={{ width: 140 }}>{directory.categoryName(request.categoryId)}</td>
                    <td style={{ width: 112 }}>{format.moment(part.askedAt)}</td>
                    <td style={{ width: 112 }}>{format.moment(part.due)}</td>
                    <td className={part.late ? 'over' : undefined}>
                      {part.doneAt
                        ? `${format.moment(part.doneAt)}${t('sep')}${t(part.late ? 'partLate' : 'partOnTime')}`
                        : t(part.state === 'released' ? 'partReleased' : part.late ? 'partLate' : 'partOpen')}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Dialog>
  );
}

function Takeovers({ lineId, side, onClose }: { lineId: number; side: 'relieved' | 'helped'; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const post = usePostName();
  const { data, error, refetch } = useQuery({
    queryKey: ['parts', 'takeovers', lineId, side],
    queryFn: () => call(partEndpoints.takeovers, { lineId, side, days: figureDays }),
  });
  return (
    <Dialog open wide title={t('takeoversOf', { line: directory.lineName(lineId) })} onClose={onClose}>
      {error && !data && <Problem title={t('loadFailed')} error={error} onRetry={refetch} />}
      {data && (
        <div className="ca-scroll">
          <table className="ca-table">
            <tbody>
              {data.rows.map((one) => (
                <tr key={one.id}>
                  <td style={{ width: 152 }}>
                    {one.requestId ? (
                      <Link className="link" to="/requests/$id" params={{ id: one.requestId } as never}>
                        {one.number}
                      </Link>
                    ) : (
                      <span className="softer">{t('hiddenRecord')}</span>
                    )}
                  </td>
                  <td>
                    {post({ lineId: one.fromLineId, unitId: one.fromUnitId })} →{' '}
                    {post({ lineId: one.toLineId, unitId: one.toUnitId })}
                  </td>
                  <td style={{ width: 112 }}>{format.moment(one.at)}</td>
                  <td style={{ width: 160 }}>{one.by}</td>
                  <td style={{ width: 152 }}>
                    {one.ended ? `${t(`ended_${one.ended}`)} ${format.moment(one.endedAt!)}` : t('running')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Dialog>
  );
}

type Figures = OutputOf<typeof partEndpoints.partFigures>;

function JointFigures({ figures }: { figures: Figures }) {
  const t = useT();
  const directory = useDirectory();
  const [parts, setParts] = useState<{ lineId: number; which: PartFigure } | null>(null);
  const [taken, setTaken] = useState<{ lineId: number; side: 'relieved' | 'helped' } | null>(null);
  const lines = [...new Set([...figures.parts, ...figures.takeovers].map((one) => one.lineId))].sort((a, b) =>
    (directory.line(a)?.code ?? '').localeCompare(directory.line(b)?.code ?? ''),
  );
  const figure = (n: number | undefined, open: () => void) =>
    n ? (
      <button type="button" className="linkish" onClick={open}>
        {n}
      </button>
    ) : (
      '—'
    );
  const kinds = [
    ['asked', 'partAsked'],
    ['onTime', 'partOnTime'],
    ['late', 'partLate'],
    ['open', 'partOpen'],
    ['released', 'partReleased'],
  ] as const;
  return (
    <section className="ca-section ca-main">
      <h2>{t('figuresTitle', { n: figureDays })}</h2>
      <table className="ca-table">
        <thead>
          <tr>
            <th>{t('line')}</th>
            {kinds.map(([, word]) => (
              <th key={word} className="num">
                {t(word)}
              </th>
            ))}
            <th className="num">{t('relieved')}</th>
            <th className="num">{t('helped')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((lineId) => {
            const part = figures.parts.find((one) => one.lineId === lineId);
            const takeover = figures.takeovers.find((one) => one.lineId === lineId);
            return (
              <tr key={lineId}>
                <td>{directory.lineName(lineId)}</td>
                {kinds.map(([which]) => (
                  <td key={which} className="num">
                    {figure(part?.[which], () => setParts({ lineId, which }))}
                  </td>
                ))}
                <td className="num">{figure(takeover?.relieved, () => setTaken({ lineId, side: 'relieved' }))}</td>
                <td className="num">{figure(takeover?.helped, () => setTaken({ lineId, side: 'helped' }))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {lines.length === 0 && <p className="soft">{t('empty')}</p>}
      {parts && <PartRecords {...parts} onClose={() => setParts(null)} />}
      {taken && <Takeovers {...taken} onClose={() => setTaken(null)} />}
    </section>
  );
}

/** How much each line has in hand, what is too much, who then helps, and how often that happened. */
export function LoadTab() {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const post = usePostName();
  const manages = useMay()('catalogue.manage');
  const [setting, setSetting] = useState<LineLoad | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['catalogue', 'load'],
    queryFn: () => call(api.load, {}),
    refetchInterval: 60_000,
  });
  const figures = useQuery({
    queryKey: ['parts', 'figures'],
    queryFn: () => call(partEndpoints.partFigures, { days: figureDays }),
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!data) return <div className="page-waiting" aria-busy="true" />;
  return (
    <>
      <p className="soft">{t('loadLead')}</p>
      {data.lines.length === 0 ? (
        <Empty title={t('empty')}>{t('loadLead')}</Empty>
      ) : (
        <div className="ca-main">
          <table className="ca-table">
            <thead>
              <tr>
                <th>{t('line')}</th>
                <th className="num">{t('open')}</th>
                <th className="num">{t('people')}</th>
                <th className="num">{t('perPerson')}</th>
                <th className="num">{t('overdue')}</th>
                <th className="num" style={{ width: 136 }}>
                  {t('limit')}
                </th>
                <th style={{ width: 136 }}>{t('backup')}</th>
                <th style={{ width: 160 }} />
              </tr>
            </thead>
            <tbody>
              {data.lines.map((one) => (
                <tr key={post(one)}>
                  <td>
                    <Link
                      className="link"
                      to="/requests"
                      search={{ view: 'open', lineId: one.lineId, nodeId: one.unitId ?? undefined } as never}
                    >
                      {post(one)}
                    </Link>
                  </td>
                  <td className="num">{format.count(one.open)}</td>
                  <td className="num">{one.handlers}</td>
                  <td className="num">{(one.open / Math.max(1, one.handlers)).toFixed(1)}</td>
                  <td className="num">
                    {one.overdue > 0 ? (
                      <Link
                        className="link"
                        to="/requests"
                        search={{ view: 'overdue', lineId: one.lineId, nodeId: one.unitId ?? undefined } as never}
                      >
                        {format.count(one.overdue)}
                      </Link>
                    ) : (
                      '0'
                    )}
                  </td>
                  <td className="num">
                    {one.mostPerHandler} / {one.mostOverdue}
                  </td>
                  <td>{one.backupLineId === null ? t('noBackup') : directory.lineName(one.backupLineId)}</td>
                  <td>
                    {one.overloaded && <span className="tag near">{t('overloaded')}</span>}{' '}
                    {manages && (
                      <button type="button" className="linkish" onClick={() => setSetting(one)}>
                        {t('setLimit')}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {figures.data && <JointFigures figures={figures.data} />}
      {setting && <Limits load={setting} onClose={() => setSetting(null)} />}
    </>
  );
}
