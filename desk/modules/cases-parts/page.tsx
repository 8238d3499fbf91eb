import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { partEndpoints as api } from '../../../contract/parts.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button, DeadlineClock, Empty, Glyph, Notice, notify, Problem, useKey } from '../../kit/index.ts';
import { partCounts } from './part-counts.ts';
import './parts.css';
import { useT } from './words.ts';

const views = ['open', 'late', 'done', 'offered'] as const;
type View = (typeof views)[number];

const refreshes = [['parts'], ['requests'], ['request']] as const;

function PartList({ view }: { view: Exclude<View, 'offered'> }) {
  const t = useT();
  const directory = useDirectory();
  const format = useFormat();
  const navigate = useNavigate();
  const [selectedId, select] = useState<string | null>(null);
  const list = useInfiniteQuery({
    queryKey: ['parts', 'list', view],
    queryFn: ({ pageParam }) => call(api.parts, { view, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 60_000,
  });
  const accept = useAct(api.acceptPart, { refreshes, onFail: notify.problem });
  const rows = (list.data?.pages ?? []).flatMap((page) => page.rows);
  const selected = rows.find((row) => row.part.id === selectedId) ?? rows[0];
  const step = (by: 1 | -1) => {
    const at = selected ? rows.indexOf(selected) : 0;
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (!next) return;
    select(next.part.id);
    document.getElementById(`part-${next.part.id}`)?.scrollIntoView({ block: 'nearest' });
  };
  const open = (id: string) => void navigate({ to: '/requests/$id', params: { id } as never });
  const take = (row: (typeof rows)[number]) =>
    accept.mutateAsync({ id: row.part.id }).then(
      () => notify.good(t('accepted', { number: row.request.number })),
      () => undefined,
    );
  useKey('j', () => step(1), { hint: t('move') });
  useKey('k', () => step(-1));
  useKey('Enter', () => selected && open(selected.request.id), { hint: t('open') });
  useKey('s', () => selected && void take(selected), {
    enabled: selected?.part.state === 'asked' && !accept.isPending,
    hint: t('accept'),
  });
  if (list.error && !list.data) return <Problem title={t('loadFailed')} error={list.error} onRetry={list.refetch} />;
  if (!list.data) return <div className="page-waiting" aria-busy="true" />;
  if (rows.length === 0) return <Empty title={t('emptyTitle')}>{t(`empty_${view}`)}</Empty>;
  return (
    <>
      <table className="pt-table pt-parts">
        <thead>
          <tr>
            <th style={{ width: 128 }}>{t('col_due')}</th>
            <th style={{ width: 144 }}>{t('col_number')}</th>
            <th style={{ width: 112 }}>{t('col_category')}</th>
            <th style={{ width: 152 }}>{t('col_place')}</th>
            <th>{t('col_task')}</th>
            <th style={{ width: 144 }}>{t('col_lead')}</th>
            <th style={{ width: 96 }} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { part, request } = row;
            return (
              <tr
                key={part.id}
                id={`part-${part.id}`}
                data-selected={part === selected?.part || undefined}
                onClick={() => select(part.id)}
              >
                <td>
                  {part.doneAt ? (
                    <span className={part.late ? 'row over' : 'row soft'}>
                      <Glyph name={part.late ? 'square' : 'tick'} />
                      {format.moment(part.doneAt)}
                    </span>
                  ) : (
                    <DeadlineClock due={part.contactedAt ? part.due : part.contactDue} from={part.askedAt} />
                  )}
                </td>
                <td>
                  <Link className="link" to="/requests/$id" params={{ id: request.id } as never}>
                    {request.number}
                  </Link>
                </td>
                <td>{directory.categoryName(request.categoryId)}</td>
                <td>{directory.nameOf(request.siteId ?? request.unitId)}</td>
                <td title={part.task ?? undefined}>
                  {part.task || <span className="softer">{request.text ?? t('noTask')}</span>}
                </td>
                <td>{directory.lineName(request.lineId)}</td>
                <td>
                  {part.state === 'asked' ? (
                    <Button small busy={accept.isPending} onClick={() => void take(row)}>
                      {t('accept')}
                    </Button>
                  ) : (
                    <Button small onClick={() => open(request.id)}>
                      {t('open')}
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {list.hasNextPage && (
        <div className="dialog-acts">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Cases of an overloaded line that this person's line may take over as its backup. */
function Offered() {
  const t = useT();
  const directory = useDirectory();
  const { data, error, refetch } = useQuery({
    queryKey: ['parts', 'offered'],
    queryFn: () => call(api.offered, {}),
    refetchInterval: 60_000,
  });
  const act = useAct(api.takeOver, { refreshes, onFail: notify.problem });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!data) return <div className="page-waiting" aria-busy="true" />;
  if (data.lines.length === 0) return <Empty title={t('emptyTitle')}>{t('empty_offered')}</Empty>;
  const where = (unitId: number | null) => (unitId === null ? t('headOffice') : directory.nameOf(unitId));
  return (
    <>
      {data.lines.map((one) => (
        <Notice key={`${one.lineId}/${one.unitId}`} kind="near">
          {t('offeredLead', {
            line: [directory.lineName(one.lineId), where(one.unitId)].join(t('sep')),
            open: one.open,
            handlers: one.handlers,
            most: one.mostPerHandler,
            overdue: one.overdue,
          })}
        </Notice>
      ))}
      <table className="pt-table">
        <thead>
          <tr>
            <th style={{ width: 128 }}>{t('col_due')}</th>
            <th style={{ width: 144 }}>{t('col_number')}</th>
            <th>{t('col_category')}</th>
            <th>{t('col_place')}</th>
            <th>{t('col_lead')}</th>
            <th style={{ width: 104 }}>{t('col_state')}</th>
            <th style={{ width: 96 }} />
          </tr>
        </thead>
        <tbody>
          {data.cases.map((one) => (
            <tr key={one.caseId}>
              <td>
                <DeadlineClock due={one.due} />
              </td>
              <td>{one.number}</td>
              <td>
                {directory.categoryName(one.categoryId)} <span className="tag">{t(`priority_${one.priority}`)}</span>
              </td>
              <td>{directory.nameOf(one.unitId)}</td>
              <td>{[directory.lineName(one.lineId), where(one.leadUnitId)].join(t('sep'))}</td>
              <td>{t(one.accepted ? 'isAccepted' : 'unaccepted')}</td>
              <td>
                <Button
                  small
                  busy={act.isPending}
                  onClick={() =>
                    void act.mutateAsync({ id: one.caseId }).then(
                      () => notify.good(t('takenOver', { number: one.number })),
                      () => undefined,
                    )
                  }
                >
                  {t('takeOver')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** What a handler does for the work of others: parts of it, and cases of a line that has too much. */
export default function PartsPage() {
  const t = useT();
  const navigate = useNavigate();
  const { search } = useLocation();
  const asked = (search as Record<string, unknown>).view;
  const view = views.find((one) => one === asked) ?? 'open';
  const counts = useQuery({ ...partCounts, refetchInterval: 60_000 });
  return (
    <div className="pt-page">
      <header>
        <h1>{t('title')}</h1>
        <p className="soft small">{t('lead')}</p>
      </header>
      <nav className="views" aria-label={t('views')}>
        {views.map((one) => (
          <button
            key={one}
            type="button"
            aria-current={one === view ? 'page' : undefined}
            onClick={() => void navigate({ to: '/parts', search: { view: one } as never })}
          >
            {t(`view_${one}`)} {counts.data?.[one] !== undefined && <span>{counts.data[one]}</span>}
          </button>
        ))}
      </nav>
      <div className="pt-body">{view === 'offered' ? <Offered /> : <PartList view={view} />}</div>
    </div>
  );
}
