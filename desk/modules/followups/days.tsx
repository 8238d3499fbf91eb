import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import {
  followupDayEndpoints as api,
  type DayFigure,
  type DayRow,
  dayFigures,
} from '../../../contract/followup-days.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Problem } from '../../kit/problem.tsx';
import { useStratum } from './stratum.ts';
import { FollowupTabs } from './tabs.tsx';
import { DayVerification } from './verification.tsx';
import './followups.css';
import { useT } from './words.ts';

interface Wanted {
  day: string;
  figure: DayFigure | null;
  stratum: string;
  /** Of a cell: those called for certain, or those left to the draw. */
  certain: 'yes' | 'no' | null;
}

/** The letters of a cell as rules 10 has them, and the records each counts. */
const cellFigures = { A: 'own', yA: 'own_solved', B: 'silent', b: 'to_call', r: 'reached', y: 'solved' } as const;
const cellNames = ['A', 'yA', 'B', 'b', 'r', 'y'] as const;

/** What is open, in the address bar. */
function useWanted(): [Wanted, (change: Partial<Wanted>) => void] {
  const search = useLocation().search as Record<string, unknown>;
  const navigate = useNavigate();
  const wanted: Wanted = {
    day: typeof search.day === 'string' ? search.day : '',
    figure: dayFigures.find((figure) => figure === search.figure) ?? null,
    stratum: typeof search.stratum === 'string' ? search.stratum : '',
    certain: search.certain === 'yes' || search.certain === 'no' ? search.certain : null,
  };
  const change = (part: Partial<Wanted>) => {
    const next = { ...wanted, ...part };
    void navigate({
      to: '/followups/days',
      search: {
        day: next.day || undefined,
        figure: next.figure ?? undefined,
        stratum: next.stratum || undefined,
        certain: next.certain ?? undefined,
      } as never,
    });
  };
  return [wanted, change];
}

const columns = [
  'framed',
  'own',
  'silent',
  'mandatory',
  'drawn',
  'reached',
  'solved',
  'refused',
  'unreachable',
  'open',
] as const;

/** Every day of follow-up: its frame, who was drawn, what was heard, and that anybody can draw it again. */
export default function DaysPage() {
  const t = useT();
  const may = useMay();
  const [wanted, change] = useWanted();
  const list = useInfiniteQuery({
    queryKey: ['followups', 'days'],
    queryFn: ({ pageParam }) => call(api.days, { before: pageParam || undefined }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const days = list.data?.pages.flatMap((page) => page.days) ?? [];
  const records = may('followups.call');
  if (list.error && !list.data)
    return <Problem title={t('loadFailed')} error={list.error} onRetry={() => list.refetch()} />;
  return (
    <>
      <FollowupTabs />
      <div className="fu-days" data-open={wanted.day !== '' || undefined}>
        <section className="fu-sheet" aria-label={t('tab_days')}>
          <p className="soft small fu-lead">{t('daysLead')}</p>
          {list.data && days.length === 0 && <Empty title={t('daysEmpty')}>{t('daysEmptyHow')}</Empty>}
          {days.length > 0 && (
            <div className="fu-tablewrap">
              <table className="fu-table">
                <thead>
                  <tr>
                    <th scope="col">{t('col_day')}</th>
                    {columns.map((column) => (
                      <th key={column} scope="col" className="n" title={t(`figure_${column}_means`)}>
                        {t(`figure_${column}`)}
                      </th>
                    ))}
                    <th scope="col">{t('col_state')}</th>
                  </tr>
                </thead>
                <tbody>
                  {days.map((day) => (
                    <Row
                      key={day.day}
                      day={day}
                      open={day.day === wanted.day}
                      records={records}
                      onOpen={(figure) =>
                        change({ day: day.day, figure: records ? figure : null, stratum: '', certain: null })
                      }
                    />
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {list.hasNextPage && (
            <Button kind="plain" busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
              {t('more')}
            </Button>
          )}
        </section>
        {wanted.day && <Day key={wanted.day} wanted={wanted} records={records} onChange={change} />}
      </div>
    </>
  );
}

function Row({
  day,
  open,
  records,
  onOpen,
}: {
  day: DayRow;
  open: boolean;
  records: boolean;
  onOpen: (figure: DayFigure | null) => void;
}) {
  const t = useT();
  const format = useFormat();
  return (
    <tr data-open={open || undefined}>
      <td>
        <button type="button" className="linkish" aria-expanded={open} onClick={() => onOpen(null)}>
          {format.date(day.day)}
        </button>
      </td>
      {columns.map((column) => (
        <td key={column} className="n">
          {day[column] === 0 || !records ? (
            <span className={day[column] === 0 ? 'softer' : undefined}>{day[column]}</span>
          ) : (
            <button type="button" className="fu-figure" onClick={() => onOpen(column)}>
              {day[column]}
            </button>
          )}
        </td>
      ))}
      <td>
        <span className={day.state === 'frozen' ? 'good' : 'soft'}>{t(`day_${day.state}`)}</span>
        {day.late && <span className="tag near">{t('day_late')}</span>}
      </td>
    </tr>
  );
}

function Day({
  wanted,
  records,
  onChange,
}: {
  wanted: Wanted;
  records: boolean;
  onChange: (change: Partial<Wanted>) => void;
}) {
  const t = useT();
  const may = useMay();
  const format = useFormat();
  const { nameOf, categoryName, priorityName, timingName, percent } = useStratum();
  const found = useQuery({
    queryKey: ['followups', 'day', wanted.day],
    queryFn: () => call(api.day, { day: wanted.day }),
  });
  if (found.error && !found.data)
    return (
      <aside className="fu-dayside">
        <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />
      </aside>
    );
  if (!found.data) return <aside className="fu-dayside" aria-busy="true" />;
  const { day, cells, rates } = found.data;
  return (
    <aside className="fu-dayside" aria-label={format.date(day.day)}>
      <header className="row">
        <h2 className="grow">{format.date(day.day)}</h2>
        <Button small onClick={() => onChange({ day: '', figure: null, stratum: '', certain: null })}>
          {t('closePanel')}
        </Button>
      </header>
      <p className="soft small">
        {t(`day_${day.state}_means`, { at: day.frozenAt ? format.moment(day.frozenAt) : '' })}
      </p>
      {may('journal.read') && <DayVerification day={day.day} />}
      {wanted.figure && records && (
        <Records wanted={wanted} onAll={() => onChange({ figure: null, stratum: '', certain: null })} />
      )}
      {!wanted.figure && cells.length > 0 && (
        <table className="fu-table fu-cells">
          <caption className="small soft">{t('cellsTitle')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('stratum')}</th>
              {cellNames.map((name) => (
                <th key={name} scope="col" className="n" title={t(`cell_${name}`)}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.map((cell) => (
              <tr key={`${cell.stratum} ${cell.mandatory}`}>
                <td title={nameOf(cell.stratum)}>
                  {nameOf(cell.stratum)}
                  {cell.mandatory && <span className="tag"> {t('mandatoryTag')}</span>}
                </td>
                {cellNames.map((name) => (
                  <td key={name} className="n">
                    {records && cell[name] > 0 ? (
                      <button
                        type="button"
                        className="fu-figure"
                        onClick={() =>
                          onChange({
                            figure: cellFigures[name],
                            stratum: cell.stratum,
                            certain: cell.mandatory ? 'yes' : 'no',
                          })
                        }
                      >
                        {cell[name]}
                      </button>
                    ) : (
                      cell[name]
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!wanted.figure && cells.length > 0 && (
        <p className="soft small">
          {cellNames.map((name) => (
            <span key={name} className="fu-rate">
              <b>{name}</b> {t(`cell_${name}`)}
            </span>
          ))}
        </p>
      )}
      {!wanted.figure && rates && (
        <p className="soft small">
          {t('ratesOfDay', { base: percent(rates.base), again: percent(rates.again) })}
          {rates.lines.map((line) => (
            <span key={JSON.stringify(line)} className="fu-rate">
              {[
                line.category ? categoryName(line.category) : null,
                line.priority ? priorityName(line.priority) : null,
                line.timing ? timingName(line.timing) : null,
              ]
                .filter(Boolean)
                .join(' · ')}{' '}
              {percent(line.share)}
            </span>
          ))}
        </p>
      )}
    </aside>
  );
}

/** The records behind a figure; those this person may open, open. */
function Records({ wanted, onAll }: { wanted: Wanted; onAll: () => void }) {
  const t = useT();
  const directory = useDirectory();
  const { nameOf } = useStratum();
  const lines = useInfiniteQuery({
    queryKey: ['followups', 'lines', wanted.day, wanted.figure, wanted.stratum, wanted.certain],
    queryFn: ({ pageParam }) =>
      call(api.dayLines, {
        day: wanted.day,
        figure: wanted.figure!,
        stratum: wanted.stratum || undefined,
        certain: wanted.certain ?? undefined,
        after: pageParam,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const shown = lines.data?.pages.flatMap((page) => page.lines);
  return (
    <section className="fu-records" aria-label={t(`figure_${wanted.figure!}`)}>
      <h3 className="row">
        <span className="grow">
          {t(`figure_${wanted.figure!}`)} {shown && `${shown.length}${lines.hasNextPage ? '+' : ''}`}
        </span>
        <Button small kind="plain" onClick={onAll}>
          {t('backToCells')}
        </Button>
      </h3>
      {wanted.stratum && (
        <p className="small soft">
          {nameOf(wanted.stratum)}
          {wanted.certain === 'yes' && <span className="tag"> {t('mandatoryTag')}</span>}
        </p>
      )}
      <ul>
        {shown?.map((line) => (
          <li key={line.requestId}>
            <Link
              className="link"
              to="/followups"
              search={{ call: line.callId ?? undefined } as never}
              disabled={!line.callId}
            >
              {line.number}
            </Link>
            <span className="soft small cut">{directory.nameOf(line.siteId ?? line.unitId)}</span>
            <span className="small">
              {line.outcome
                ? t.or(`o_${line.outcome}`, line.outcome)
                : line.disposed
                  ? t(`disposed_${line.disposed as 'drawn'}`)
                  : t('undecided')}
              {line.mandatory && <span className="tag"> {t(`why_${line.mandatory as 'urgent'}`)}</span>}
            </span>
            <span className="softer small cut">{line.stratum && nameOf(line.stratum)}</span>
          </li>
        ))}
      </ul>
      {lines.hasNextPage && (
        <Button small busy={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}
