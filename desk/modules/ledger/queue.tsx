import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { type LedgerRow, type LedgerView, ledgerEndpoints, ledgerSources } from '../../../contract/ledger.ts';
import { addressOf } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useMay } from '../../app/session.tsx';
import { useCurrentInSight } from '../../kit/in-sight.ts';
import { Button, CategoryPicker, Empty, Glyph, Kbd, LinePicker, OrgPicker, Problem, useKey } from '../../kit/index.ts';
import { Menu } from '../../kit/menu.tsx';
import { useLedger, useLedgerCounts } from './data.ts';
import { ages, type Filters, narrowed, reopenTimes, useFilters } from './filters.ts';
import { daysOf, LedgerState } from './state.tsx';
import './ledger.css';
import { useT } from './words.ts';

const kept = 'lastmetre.ledger';
const daily: readonly LedgerView[] = ['mine', 'standing', 'open', 'pending', 'deferred', 'handed_over', 'judging'];
const ended: readonly LedgerView[] = ['redone', 'explained', 'judged', 'withdrawn', 'all'];

function Tabs({ filters, onChange }: { filters: Filters; onChange: (part: Partial<Filters>) => void }) {
  const t = useT();
  const counts = useLedgerCounts(filters);
  const row = useCurrentInSight<HTMLElement>(filters.view);
  const tab = (view: LedgerView): ReactNode => {
    const n = counts[view];
    return (
      <button
        key={view}
        type="button"
        aria-current={filters.view === view ? 'page' : undefined}
        onClick={() => onChange({ view })}
      >
        {t(`view_${view}`)} {n !== undefined && <span>{n >= 999 ? '999+' : n}</span>}
      </button>
    );
  };
  return (
    <nav className="lg-views" ref={row} aria-label={t('views')}>
      {daily.map(tab)}
      <i />
      {ended.map(tab)}
    </nav>
  );
}

interface ChoiceProps<T extends string | number> {
  label: string;
  value: T | undefined;
  options: readonly T[];
  word: (option: T) => string;
  onChange: (next: T | undefined) => void;
}

function ChoiceChip<T extends string | number>({ label, value, options, word, onChange }: ChoiceProps<T>) {
  const t = useT();
  return (
    <span className="lg-chip">
      <Menu
        className={value ? 'chip on' : 'chip'}
        align="left"
        label={`${label} ${value ? word(value) : t('any')}`}
        items={options.map((one) => ({ key: String(one), label: word(one), onChoose: () => onChange(one) }))}
      >
        {label} <b>{value ? word(value) : t('any')}</b>
        {!value && <Glyph name="down" />}
      </Menu>
      {value && (
        <button
          type="button"
          className="chip on"
          aria-label={t('clear', { what: label })}
          onClick={() => onChange(undefined)}
        >
          <Glyph name="cross" />
        </button>
      )}
    </span>
  );
}

/** Filters, all in the address bar, so that a link shows the same list to whoever may see it. */
function FilterBar({ filters, onChange }: { filters: Filters; onChange: (part: Partial<Filters>) => void }) {
  const t = useT();
  const download = () => {
    const { address } = addressOf(
      { method: ledgerEndpoints.list.method, path: '/api/ledger/export.xlsx' },
      { ...filters },
    );
    window.location.assign(address);
  };
  return (
    <fieldset className="lg-filters" aria-label={t('filters')}>
      <OrgPicker
        clearable
        label={t('place')}
        placeholder={t('place')}
        value={filters.nodeId ?? null}
        onChange={(nodeId) => onChange({ nodeId: nodeId ?? undefined })}
      />
      <LinePicker
        clearable
        label={t('line')}
        placeholder={t('line')}
        value={filters.lineId ?? null}
        onChange={(lineId) => onChange({ lineId: lineId ?? undefined })}
      />
      <CategoryPicker
        clearable
        label={t('category')}
        placeholder={t('category')}
        value={filters.categoryId ?? null}
        onChange={(categoryId) => onChange({ categoryId: categoryId ?? undefined })}
      />
      <ChoiceChip
        label={t('source')}
        value={filters.source}
        options={ledgerSources}
        word={(one) => t(`source_${one}`)}
        onChange={(source) => onChange({ source })}
      />
      <ChoiceChip
        label={t('age')}
        value={filters.age}
        options={ages}
        word={(n) => t('ageDays', { n })}
        onChange={(age) => onChange({ age })}
      />
      <ChoiceChip
        label={t('reopens')}
        value={filters.reopens}
        options={reopenTimes}
        word={(n) => t('reopenTimes', { n })}
        onChange={(reopens) => onChange({ reopens })}
      />
      {narrowed(filters) && (
        <button
          type="button"
          className="linkish small"
          onClick={() =>
            onChange({
              nodeId: undefined,
              lineId: undefined,
              categoryId: undefined,
              source: undefined,
              age: undefined,
              reopens: undefined,
            })
          }
        >
          {t('clearAll')}
        </button>
      )}
      <span className="grow" />
      <button type="button" className="chip" title={t('exportHow')} onClick={download}>
        {t('export')}
      </button>
    </fieldset>
  );
}

const columns = ['age', 'number', 'category', 'site', 'text', 'source', 'reopens', 'state', 'line'] as const;

function Row({ row, selected, onSelect }: { row: LedgerRow; selected: boolean; onSelect: () => void }) {
  const t = useT();
  const directory = useDirectory();
  const { request } = row;
  const days = daysOf(row);
  return (
    <li className="lg-row" data-row={row.id} data-selected={selected || undefined}>
      <span className={days >= 14 && !row.exit ? 'lg-old' : 'soft'}>
        {days === 0 ? t('today') : t('days', { n: days })}
      </span>
      <span>
        <Link
          className="lg-link"
          to="/ledger/$id"
          params={{ id: row.id } as never}
          onFocus={onSelect}
          aria-label={request.number}
        >
          {request.number.replace(/^[A-Z]+-/, '')}
        </Link>
      </span>
      <span className="cut">{directory.categoryName(request.categoryId)}</span>
      <span className="cut soft">{directory.nameOf(request.siteId ?? request.unitId)}</span>
      <span className="cut">
        {request.text?.replace(/\s+/g, ' ') ?? (
          <span className="soft row">
            <Glyph name="lock" className="seal" />
            <span className="cut">{t('withheld')}</span>
          </span>
        )}
      </span>
      <span className="cut">
        {t(`source_${row.lastSource}`)}{' '}
        {row.voices > 1 && <span className="tag">{t('voices', { n: row.voices })}</span>}
      </span>
      <span>
        {row.reopens > 0 ? <span className={row.reopens >= 2 ? 'tag near' : 'tag'}>{row.reopens}</span> : '—'}
      </span>
      <LedgerState row={row} />
      <span className="cut soft">{directory.lineName(request.lineId)}</span>
    </li>
  );
}

/** 不满意台账: who is not content and what becomes of it, oldest first. */
export default function LedgerQueue() {
  const t = useT();
  const may = useMay();
  const navigate = useNavigate();
  const [filters, change] = useFilters(may(['cases.handle', 'ledger.explain', 'ledger.judge']) ? 'mine' : 'standing');
  const list = useLedger(filters);
  const { rows } = list;
  const [selectedId, select] = useState<string | null>(() => sessionStorage.getItem(kept));
  const at = rows.findIndex((row) => row.id === selectedId);
  const current = rows[at] ?? rows[0];
  useEffect(() => {
    if (current) sessionStorage.setItem(kept, current.id);
  }, [current]);
  const step = (by: number) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, Math.max(0, at) + by))];
    if (!next) return;
    select(next.id);
    document.querySelector<HTMLElement>(`[data-row="${next.id}"] a`)?.focus();
    if (list.hasNextPage && !list.isFetchingNextPage && rows.indexOf(next) > rows.length - 10)
      void list.fetchNextPage();
  };
  useKey('j', () => step(1), { hint: t('move') });
  useKey('ArrowDown', () => step(1));
  useKey('k', () => step(-1));
  useKey('ArrowUp', () => step(-1));
  useKey('Enter', () => current && void navigate({ to: '/ledger/$id', params: { id: current.id } as never }), {
    hint: t('open'),
  });
  return (
    <div className="lg-page">
      <h1 className="sr-only">{t('title')}</h1>
      <Tabs filters={filters} onChange={change} />
      <FilterBar filters={filters} onChange={change} />
      <section className="lg-list" aria-label={t('title')} aria-busy={list.isFetching}>
        {list.error && !list.data ? (
          <Problem title={t('loadFailed')} error={list.error} onRetry={list.refetch} />
        ) : list.isSuccess && rows.length === 0 ? (
          filters.view === 'mine' && !narrowed(filters) ? (
            <Empty title={t('emptyMineTitle')}>{t('emptyMine')}</Empty>
          ) : (
            <Empty title={t('emptyTitle')}>{t(narrowed(filters) ? 'emptyFiltered' : 'empty')}</Empty>
          )
        ) : (
          <>
            <div className="lg-row lg-head" aria-hidden="true">
              {columns.map((column) => (
                <span key={column}>{t(`col_${column}`)}</span>
              ))}
            </div>
            <ol>
              {rows.map((row) => (
                <Row key={row.id} row={row} selected={row === current} onSelect={() => select(row.id)} />
              ))}
            </ol>
            {list.hasNextPage && (
              <p className="lg-more">
                <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  {t('more')}
                </Button>
              </p>
            )}
          </>
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
        <span>
          <Kbd>?</Kbd> {t('allKeys')}
        </span>
        <span className="grow" />
        <span role="status">{list.isSuccess && t('loaded', { n: rows.length })}</span>
      </div>
    </div>
  );
}
