import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { reportEndpoints as api } from '../../../contract/reports.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Empty } from '../../kit/empty.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { Matrix } from './matrix.tsx';
import { Office } from './office.tsx';
import './reports.css';
import { useT } from './words.ts';

type Day = OutputOf<typeof api.day>;
type Row = Day['rows'][number];
type Unit = Day['units'][number];

const shows = ['received', 'on_time', 'late', 'silent', 'waiting', 'toCheck', 'flagged'] as const;
type Show = (typeof shows)[number];
interface Search {
  view?: 'matrix';
  form?: string;
  day?: string;
  unit?: number;
  show?: Show;
}

const isShown: Record<Show, (row: Row) => boolean> = {
  received: (row) => row.state !== 'open',
  on_time: (row) => row.timing === 'on_time',
  late: (row) => row.timing === 'late',
  silent: (row) => row.timing === 'silent',
  waiting: (row) => row.timing === 'waiting',
  toCheck: (row) => row.state === 'submitted',
  flagged: (row) => row.flags > 0,
};
/** Who has said nothing stands first, then what is to be checked. */
const rank = (row: Row): number =>
  row.timing === 'silent' ? 0 : row.state === 'submitted' ? 1 : row.state === 'open' ? 2 : 3;

function Numbers({
  day,
  show,
  onShow,
}: {
  day: Day;
  show: Show | undefined;
  onShow: (show: Show | undefined) => void;
}) {
  const t = useT();
  const format = useFormat();
  const n: Record<Show, number> = {
    received: day.all.received,
    on_time: day.all.onTime,
    late: day.all.late,
    silent: day.all.silent,
    waiting: day.all.waiting,
    toCheck: day.rows.filter(isShown.toCheck).length,
    flagged: day.all.flagged,
  };
  return (
    <div className="rp-numbers">
      <button type="button" aria-pressed={show === undefined} onClick={() => onShow(undefined)}>
        <span className="small soft">{t('expected')}</span>
        <b>{format.count(day.all.expected)}</b>
      </button>
      {shows.map((each) => (
        <button
          key={each}
          type="button"
          className={each === 'silent' && n.silent > 0 ? 'silent' : undefined}
          aria-pressed={show === each}
          onClick={() => onShow(show === each ? undefined : each)}
        >
          <span className="small soft">{t(each)}</span>
          <b>{format.count(n[each])}</b>
        </button>
      ))}
    </div>
  );
}

function Approve({ unit, day, onClose }: { unit: Unit; day: Day; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const [words, setWords] = useState('');
  const approve = useAct(api.approve, {
    refreshes: [['reports']],
    onDone: () => {
      notify.good(t('approved'));
      onClose();
    },
    onFail: notify.problem,
  });
  return (
    <Dialog
      open
      title={t('approveTitle', { unit: directory.nameOf(unit.unitId), day: format.date(day.day) })}
      onClose={onClose}
    >
      <form
        className="rp-forms"
        onSubmit={(event) => {
          event.preventDefault();
          approve.mutate({ form: day.form.code, unitId: unit.unitId, day: day.day, words: words || undefined });
        }}
      >
        <p>
          {t('received')} {unit.received} / {unit.expected} · {t('late')} {unit.late} · {t('silent')} {unit.silent} ·{' '}
          {t('heads')} {format.count(unit.heads)}
        </p>
        <p className="small soft">{t('approveHow')}</p>
        <TextField label={t('approveWords')} value={words} maxLength={500} rows={2} onChange={setWords} />
        <Button kind="main" submit busy={approve.isPending}>
          {t('approve')}
        </Button>
      </form>
    </Dialog>
  );
}

function Units({
  day,
  unit,
  onUnit,
}: {
  day: Day;
  unit: number | undefined;
  onUnit: (unit: number | undefined) => void;
}) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const [approving, setApproving] = useState<Unit | null>(null);
  return (
    <div className="rp-panel">
      <table className="rp-table">
        <thead>
          <tr>
            <th scope="col">{t('unit')}</th>
            <th scope="col" className="num">
              {t('received')}
            </th>
            <th scope="col" className="num">
              {t('late')}
            </th>
            <th scope="col" className="num">
              {t('silent')}
            </th>
            <th scope="col" className="num">
              {t('checked')}
            </th>
            <th scope="col" className="num">
              {t('heads')}
            </th>
            <th scope="col">{t('approve')}</th>
          </tr>
        </thead>
        <tbody>
          {day.units.map((one) => (
            <tr key={one.unitId} aria-current={one.unitId === unit || undefined}>
              <th scope="row">
                <button
                  type="button"
                  className="linkish"
                  aria-pressed={one.unitId === unit}
                  onClick={() => onUnit(one.unitId === unit ? undefined : one.unitId)}
                >
                  {directory.nameOf(one.unitId)}
                </button>
              </th>
              <td className="num">
                {one.received} / {one.expected}
              </td>
              <td className="num">{one.late}</td>
              <td className={one.silent > 0 ? 'num rp-over' : 'num'}>{one.silent}</td>
              <td className="num">{one.checked}</td>
              <td className="num">{format.count(one.heads)}</td>
              <td>
                {one.approval ? (
                  <span
                    className="small"
                    title={t('approvedBy', { who: one.approval.by, at: format.moment(one.approval.at) })}
                  >
                    ✓ {one.approval.since > 0 && t('since', { n: one.approval.since })}
                  </span>
                ) : (
                  one.can.approve && (
                    <Button small onClick={() => setApproving(one)}>
                      {t('approve')}
                    </Button>
                  )
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {approving && <Approve unit={approving} day={day} onClose={() => setApproving(null)} />}
    </div>
  );
}

/** One officer by name stands for all who file: the others are in the title. */
function Officers({ names }: { names: readonly string[] }) {
  const t = useT();
  return (
    <span className="rp-name small" title={names.join('、')}>
      {names[0] ?? '–'}
      {names.length > 1 && ` ${t('andMore', { n: names.length, others: names.length - 1 })}`}
    </span>
  );
}

function Places({ day, rows }: { day: Day; rows: readonly Row[] }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const chase = useAct(api.chase, {
    refreshes: [['reports']],
    onDone: ({ told }) => notify.good(t('chased', { n: told })),
    onFail: notify.problem,
  });
  const silent = rows.filter((row) => row.state === 'open');
  const ask = (nodeIds: number[]) => chase.mutate({ form: day.form.code, day: day.day, nodeIds });
  return (
    <div className="rp-panel">
      {day.can.chase && silent.length > 0 && (
        <div className="rp-bar">
          <span className="small soft">{t('whom')}</span>
          <Button small busy={chase.isPending} onClick={() => ask(silent.map((row) => row.nodeId))}>
            {t('chaseAll', { n: silent.length })}
          </Button>
        </div>
      )}
      <table className="rp-table rp-places">
        <thead>
          <tr>
            <th scope="col">{day.form.filedFor === 'unit' ? t('unit') : t('place')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col" className="num">
              {t('heads')}
            </th>
            <th scope="col">{t('whom')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.nodeId}>
              <th scope="row">
                {row.id ? (
                  <Link className="linkish" to="/reports/$id" params={{ id: row.id } as never}>
                    {directory.nameOf(row.nodeId)}
                  </Link>
                ) : (
                  directory.nameOf(row.nodeId)
                )}
              </th>
              <td>
                <span className="rp-whom">
                  {row.state === 'open' ? (
                    <span className={row.timing === 'silent' ? 'tag over' : 'tag'}>
                      {t(row.timing === 'silent' ? 'silent' : 'waiting')}
                    </span>
                  ) : (
                    <span
                      className={
                        row.state === 'submitted' ? 'tag info' : row.state === 'returned' ? 'tag near' : 'tag good'
                      }
                    >
                      {t(`st_${row.state}`)}
                    </span>
                  )}
                  {row.timing === 'late' && <span className="tag near">{t('late')}</span>}
                  {row.receivedAt && <span className="small soft">{format.moment(row.receivedAt)}</span>}
                  {row.offline && <span className="small soft">{t('offline')}</span>}
                  {row.amended && <span className="tag">{t('amended')}</span>}
                  {row.flags > 0 && <span className="tag near">{t('flags', { n: row.flags })}</span>}
                </span>
              </td>
              <td className="num">{row.heads ?? '–'}</td>
              <td>
                {row.state === 'open' ? (
                  <span className="rp-whom">
                    <Officers names={row.officers} />
                    <Office
                      nodeId={row.nodeId}
                      place={directory.nameOf(row.nodeId)}
                      phone={row.phone}
                      keeps={row.can.office}
                    />
                    {row.chasedAt && (
                      <span className="small soft">{t('chasedAt', { at: format.moment(row.chasedAt) })}</span>
                    )}
                    {day.can.chase && (
                      <Button small busy={chase.isPending} onClick={() => ask([row.nodeId])}>
                        {t('chase')}
                      </Button>
                    )}
                  </span>
                ) : (
                  <span className="small soft">{row.by}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const shift = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

/** Who has reported, who has not, and whom to ring: live, every figure opens to its places. */
export default function ReportsPage() {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const navigate = useNavigate();
  const may = useMay();
  const search = useSearch({ strict: false }) as Search;
  const go = (change: Partial<Search>) =>
    void navigate({ to: '/reports', search: { ...search, ...change } as never, replace: true });
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['reports', 'day', search.form, search.day],
    queryFn: () => call(api.day, { form: search.form, day: search.day }),
    placeholderData: (before) => before,
    refetchInterval: 60_000,
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  const show = search.show && shows.includes(search.show) ? search.show : undefined;
  const rows = (data?.rows ?? [])
    .filter((row) => (search.unit === undefined || row.unitId === search.unit) && (!show || isShown[show](row)))
    .sort((a, b) => rank(a) - rank(b));
  const query = new URLSearchParams({ form: data?.form.code ?? '', day: data?.day ?? '' }).toString();
  return (
    <div className="rp-page" aria-busy={isPending || undefined}>
      <header className="rp-head">
        <h1>{t('title')}</h1>
        {data && (
          <>
            <select
              className="input"
              aria-label={t('form')}
              value={data.form.code}
              onChange={(event) => go({ form: event.target.value, show: undefined })}
            >
              {data.forms.map((one) => (
                <option key={one.code} value={one.code}>
                  {nameIn(one, language)}
                </option>
              ))}
              {!data.forms.some((one) => one.code === data.form.code) && (
                <option value={data.form.code}>{nameIn(data.form, language)}</option>
              )}
            </select>
            <Button small aria-label={t('previous')} onClick={() => go({ day: shift(data.day, -1) })}>
              ‹
            </Button>
            {/* The calendar is the browser's, the words are the house's. */}
            <span className="rp-date input">
              {format.date(data.day)}
              <input
                type="date"
                aria-label={t('date')}
                value={data.day}
                max={data.today}
                onClick={(event) => event.currentTarget.showPicker?.()}
                onChange={(event) => event.target.value && go({ day: event.target.value })}
              />
            </span>
            <Button
              small
              aria-label={t('next')}
              disabled={data.day >= data.today}
              onClick={() => go({ day: shift(data.day, 1) })}
            >
              ›
            </Button>
            <Button
              small
              aria-pressed={search.view === 'matrix'}
              onClick={() => go({ view: search.view ? undefined : 'matrix' })}
            >
              {t('tab_matrix')}
            </Button>
            <span className="small soft">
              {data.dueAt && t('dueAt', { at: format.clock(data.dueAt) })} ·{' '}
              {t('asOf', { at: format.clock(data.asOf) })}
            </span>
            <span className="rp-push rp-whom">
              {may('reports.read') && (
                <Link className="linkish" to="/forms">
                  {t('tab_forms')}
                </Link>
              )}
              <a className="linkish" href={`/api/reports/export.xlsx?${query}`}>
                {t('export')}
              </a>
            </span>
          </>
        )}
      </header>
      {data && search.view === 'matrix' && (
        <Matrix form={data.form.code} onDay={(day) => go({ day, view: undefined })} />
      )}
      {data &&
        search.view !== 'matrix' &&
        (data.rows.length === 0 ? (
          <Empty title={t('none')}>{t('noneHow')}</Empty>
        ) : (
          <>
            <Numbers day={data} show={show} onShow={(next) => go({ show: next })} />
            <div className="rp-two">
              <Units day={data} unit={search.unit} onUnit={(unit) => go({ unit })} />
              {rows.length === 0 ? <Empty title={t('noneSuch')} /> : <Places day={data} rows={rows} />}
            </div>
          </>
        ))}
    </div>
  );
}
