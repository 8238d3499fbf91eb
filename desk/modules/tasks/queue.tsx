import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { slipColours, type TaskListView, type TaskRow } from '../../../contract/tasks.ts';
import { addressOf } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useNow } from '../../app/now.ts';
import { useMay } from '../../app/session.tsx';
import { Button, DeadlineClock, Empty, Kbd, LinePicker, OrgPicker, Problem, useKey } from '../../kit/index.ts';
import { grouped } from './grouping.ts';
import { SlipMark, TaskStateMark, useOwnerName } from './marks.tsx';
import { Sections } from './sections.tsx';
import { type TaskFilters, useTaskCounts, useTaskFilters, useTasks } from './task-data.ts';
import './tasks.css';
import { useT } from './words.ts';

function Tabs({ view, onOpen }: { view: TaskListView; onOpen: (view: TaskListView) => void }) {
  const t = useT();
  const counts = useTaskCounts();
  const mayIssue = useMay()('tasks.issue');
  const views: TaskListView[] = [
    'mine',
    ...(mayIssue ? (['to_accept', 'issued'] as const) : []),
    'open',
    'overdue',
    'closed',
    'all',
  ];
  return (
    <nav className="ta-views" aria-label={t('views')}>
      {views.map((one) => (
        <button key={one} type="button" aria-current={one === view ? 'page' : undefined} onClick={() => onOpen(one)}>
          {t(`view_${one}`)}
          {counts[one] !== undefined && <span>{counts[one]! >= 999 ? '999+' : counts[one]}</span>}
        </button>
      ))}
    </nav>
  );
}

function Filters({ filters, onChange }: { filters: TaskFilters; onChange: (part: Partial<TaskFilters>) => void }) {
  const t = useT();
  const [words, setWords] = useState(filters.search ?? '');
  useEffect(() => setWords(filters.search ?? ''), [filters.search]);
  const find = (event: FormEvent) => {
    event.preventDefault();
    onChange({ search: words.trim() || undefined });
  };
  return (
    <fieldset className="ta-filters" aria-label={t('filters')}>
      <form onSubmit={find}>
        <input
          className="input"
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          maxLength={80}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onBlur={find}
        />
      </form>
      <OrgPicker
        clearable
        label={t('place')}
        value={filters.nodeId ?? null}
        onChange={(nodeId) => onChange({ nodeId: nodeId ?? undefined })}
      />
      <LinePicker
        clearable
        label={t('line')}
        value={filters.lineId ?? null}
        onChange={(lineId) => onChange({ lineId: lineId ?? undefined })}
      />
      <select
        className="input"
        aria-label={t('colour')}
        value={filters.colour ?? ''}
        onChange={(event) => onChange({ colour: slipColours.find((one) => one === event.target.value) })}
      >
        <option value="">{t('anyColour')}</option>
        {slipColours.map((one) => (
          <option key={one} value={one}>
            {t(`colour_${one}`)}
          </option>
        ))}
      </select>
    </fieldset>
  );
}

function Row({ row, selected, onSelect }: { row: TaskRow; selected: boolean; onSelect: () => void }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const ownerName = useOwnerName();
  const open = row.state !== 'accepted' && row.state !== 'void';
  const running = open && row.state !== 'submitted';
  return (
    <li className="ta-row" data-row={row.id} data-selected={selected || undefined}>
      <span className="ta-due">
        {running ? (
          <DeadlineClock due={row.due} from={row.issuedAt} />
        ) : (
          <span className="soft small">
            {row.closedAt === null && row.submittedAt !== null
              ? t('handedIn', { at: format.moment(row.submittedAt) })
              : format.moment(row.closedAt ?? row.due)}
          </span>
        )}
      </span>
      <span className="ta-colour">{row.colour && <SlipMark colour={row.colour} />}</span>
      <span className="ta-number small">
        <Link
          className="row-link"
          to="/tasks/$id"
          params={{ id: row.id } as never}
          tabIndex={selected ? 0 : -1}
          aria-current={selected || undefined}
          onFocus={onSelect}
        >
          {row.number}
        </Link>
      </span>
      <span className="ta-title cut">
        {row.title ?? <span className="softer">{t('withheld')}</span>}
        {row.returns > 0 && <span className="tag">{t('returned', { n: row.returns })}</span>}
        {row.silentlyReceived && row.state === 'received' && (
          <span className="tag" title={t('silentWhy')}>
            {t('silent')}
          </span>
        )}
      </span>
      <span className="ta-owner cut">{ownerName(row.owner)}</span>
      <span className="ta-where cut soft">{directory.nameOf(row.siteId ?? row.unitId)}</span>
      <span className="ta-state cut">
        <TaskStateMark state={row.state} />
      </span>
    </li>
  );
}

function useSelection(rows: readonly TaskRow[]) {
  const [selectedId, select] = useState<string | null>(null);
  const shown = rows.find((row) => row.id === selectedId)?.id ?? rows[0]?.id ?? null;
  const step = (by: number) => {
    const at = rows.findIndex((row) => row.id === shown);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (!next) return;
    select(next.id);
    requestAnimationFrame(() => {
      const row = document.querySelector<HTMLElement>(`[data-row="${next.id}"]`);
      row?.querySelector('a')?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'nearest' });
    });
  };
  return { selectedId: shown, select, step };
}

/** Supervised tasks, the most pressing first; each opens with Enter. */
export default function TaskQueue() {
  const t = useT();
  const at = useNow();
  const navigate = useNavigate();
  const mayIssue = useMay()('tasks.issue');
  const [filters, change] = useTaskFilters(mayIssue ? 'open' : 'mine');
  const tasks = useTasks(filters);
  const groups = grouped(tasks.rows, at);
  const ordered = groups.flatMap(({ rows }) => rows);
  const { selectedId, select, step } = useSelection(ordered);
  const open = (id: string) => void navigate({ to: '/tasks/$id', params: { id } as never });
  useKey('j', () => step(1), { hint: t('move') });
  useKey('ArrowDown', () => step(1));
  useKey('k', () => step(-1));
  useKey('ArrowUp', () => step(-1));
  useKey('Enter', () => selectedId && open(selectedId), { hint: t('open') });
  useKey('n', () => void navigate({ to: '/tasks/new' }), { enabled: mayIssue, hint: t('issue') });
  const download = () =>
    window.location.assign(addressOf({ method: 'GET', path: '/api/tasks/export.xlsx' }, { ...filters }).address);
  return (
    <div className="ta-page">
      <header className="ta-head">
        <h1 className="sr-only">{t('tasks')}</h1>
        <Sections />
        <span className="grow" />
        <Button small onClick={download}>
          {t('exportAll')}
        </Button>
        {mayIssue && (
          <Button small kind="main" keys={['N']} onClick={() => void navigate({ to: '/tasks/new' })}>
            {t('issue')}
          </Button>
        )}
      </header>
      <Tabs view={filters.view} onOpen={(view) => change({ view })} />
      <Filters filters={filters} onChange={change} />
      <section className="ta-list" aria-label={t('list')} aria-busy={tasks.isFetching}>
        {tasks.error && !tasks.data ? (
          <Problem title={t('loadFailed')} error={tasks.error} onRetry={tasks.refetch} />
        ) : tasks.isSuccess && ordered.length === 0 ? (
          <Empty
            title={t(filters.view === 'mine' || filters.view === 'to_accept' ? `empty_${filters.view}` : 'empty_other')}
          >
            {t(filters.view === 'to_accept' ? 'emptyAccept' : 'emptyHow')}
          </Empty>
        ) : (
          groups.map(({ group, rows }) => (
            <section key={group} aria-label={t(`group_${group}`)}>
              <h2 className={`ta-group ${group}`}>
                {t(`group_${group}`)} <span>{rows.length}</span>
              </h2>
              <ol>
                {rows.map((row) => (
                  <Row key={row.id} row={row} selected={row.id === selectedId} onSelect={() => select(row.id)} />
                ))}
              </ol>
            </section>
          ))
        )}
        {tasks.hasNextPage && (
          <Button busy={tasks.isFetchingNextPage} onClick={() => void tasks.fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </section>
      <div className="keys">
        <span>
          <Kbd>J</Kbd>
          <Kbd>K</Kbd> {t('move')}
        </span>
        <span>
          <Kbd>Enter</Kbd> {t('open')}
        </span>
      </div>
    </div>
  );
}
