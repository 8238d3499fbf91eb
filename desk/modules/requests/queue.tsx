import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { RequestRow } from '../../../contract/requests.ts';
import { useFormat } from '../../app/format.ts';
import { useMay, useMe } from '../../app/session.tsx';
import { Empty, Glyph, Kbd, Problem, useKey } from '../../kit/index.ts';
import { useMediaQuery } from '../../kit/media.ts';
import { ActDialog } from './act-dialog.tsx';
import { ActKeys } from './act-keys.tsx';
import { useActWords } from './act-words.ts';
import type { Act } from './acts.ts';
import { FilterBar } from './filter-bar.tsx';
import { type Filters, narrowed, useFilters } from './filters.ts';
import type { FormAct } from './forms/act-form.tsx';
import { GatherBar } from './gather-bar.tsx';
import { keepPlace, placeInQueue } from './place.ts';
import { Preview } from './preview.tsx';
import { threadQuery, useQueue } from './queue-data.ts';
import { readySuggestion, useQuickActs } from './quick-acts.ts';
import { QueueRows } from './rows.tsx';
import './requests.css';
import { ViewTabs } from './view-tabs.tsx';
import { viewsOf } from './views.ts';
import { useT } from './words.ts';

const undoMs = 10_000;

interface OpenForm {
  requestId: string;
  act: FormAct;
}

/** A late answer closes the form it was sent from, not the one that was opened since. */
const isSame = (one: OpenForm | null, other: OpenForm): boolean =>
  one?.requestId === other.requestId && one.act === other.act;

/** What an empty list says: what will appear, or which filter to loosen. */
function emptyWord(filters: Filters): 'empty_todo' | 'empty_overdue' | 'empty_arbitration' | 'empty_other' {
  if (narrowed(filters)) return 'empty_other';
  const { view } = filters;
  return view === 'todo' || view === 'overdue' || view === 'arbitration' ? `empty_${view}` : 'empty_other';
}

/** The row that is selected, kept where it was when its request leaves the list. */
function useSelection(rows: readonly RequestRow[]) {
  const [selectedId, select] = useState<string | null>(() => placeInQueue().selectedId);
  const lastAt = useRef(0);
  const at = rows.findIndex((row) => row.id === selectedId);
  if (at >= 0) lastAt.current = at;
  const shown = at >= 0 ? selectedId : (rows[Math.min(lastAt.current, rows.length - 1)]?.id ?? null);
  useEffect(() => keepPlace({ selectedId: shown }), [shown]);
  const step = (by: number) => {
    const from = rows.findIndex((row) => row.id === shown);
    const next = rows[Math.max(0, Math.min(rows.length - 1, from + by))];
    if (next) {
      select(next.id);
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>(`[data-row="${next.id}"] a`)?.focus({ preventScroll: true }),
      );
    }
  };
  return { selectedId: shown, select, step };
}

export default function Queue() {
  const t = useT();
  const words = useActWords();
  const me = useMe();
  const format = useFormat();
  const navigate = useNavigate();
  const mayDispatch = useMay()('cases.dispatch');
  const [filters, change, query] = useFilters(viewsOf(me).day[0]!);
  const queue = useQueue(filters);
  const { selectedId, select, step } = useSelection(queue.rows);
  const wide = useMediaQuery('(min-width: 1180px)');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [form, setForm] = useState<OpenForm | null>(null);
  const undos = useRef<{ run: () => void; until: number }[]>([]);
  const quick = useQuickActs(
    useCallback((run: () => void) => {
      undos.current.push({ run, until: Date.now() + undoMs });
    }, []),
  );

  const previewId = useDeferredValue(selectedId);
  const thread = useQuery({
    ...threadQuery(previewId ?? ''),
    enabled: previewId !== null,
    placeholderData: (previous) => previous,
  });
  const current = thread.data && thread.data.id === selectedId ? thread.data : null;

  const open = useCallback((id: string) => void navigate({ to: '/requests/$id', params: { id } as never }), [navigate]);
  const onSelect = useCallback((id: string) => (wide ? select(id) : open(id)), [wide, select, open]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = queue;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const { pathname, search } = useLocation();
  useEffect(() => {
    // On the way to a request the address is its already, while this page is still in sight.
    if (pathname === '/requests') keepPlace({ search: search as Record<string, unknown> });
  }, [pathname, search]);
  useEffect(() => {
    // A different list has different rows: what was picked in the other one is not carried over.
    setPicked((was) => (filters && was.size > 0 ? new Set() : was));
  }, [filters]);

  const onAct = (act: Act | 'quickDispatch' | 'urgent') => {
    if (!current) return;
    const ready = readySuggestion(current);
    if (act === 'quickDispatch' && ready !== null) quick.dispatchTo(current, ready);
    else if (act === 'urgent') quick.raise(current);
    else if (act === 'accept') quick.acceptCase(current);
    else if (act === 'acceptPart') quick.acceptPart(current);
    else if (act !== 'quickDispatch') setForm({ requestId: current.id, act });
  };
  const isQuick = current !== null && readySuggestion(current) !== null;
  useKey('j', () => step(1), { hint: t('move') });
  useKey('ArrowDown', () => step(1));
  useKey('k', () => step(-1));
  useKey('ArrowUp', () => step(-1));
  useKey('Enter', () => selectedId && open(selectedId), { hint: t('open') });
  useKey('d', () => onAct('quickDispatch'), { enabled: isQuick, hint: words('act_dispatch') });
  useKey('l', () => onAct('dispatch'), { enabled: current?.can.dispatch ?? false, hint: words('act_changeLine') });
  useKey('u', () => onAct('urgent'), {
    enabled: (current?.can.setFacts && current.priority !== 'urgent') ?? false,
    hint: words('act_urgent'),
  });
  useKey(
    'z',
    () => {
      const last = undos.current.pop();
      if (last && Date.now() < last.until) last.run();
    },
    { enabled: mayDispatch, hint: t('undo') },
  );
  useKey(
    'x',
    () => {
      if (!selectedId) return;
      const next = new Set(picked);
      if (!next.delete(selectedId)) next.add(selectedId);
      setPicked(next);
    },
    { enabled: mayDispatch, hint: t('select') },
  );
  useKey('Escape', () => setPicked(new Set()), { enabled: picked.size > 0, hint: t('unselect') });

  const pickedRows = useMemo(() => queue.rows.filter((row) => picked.has(row.id)), [queue.rows, picked]);
  const empty = queue.isSuccess && queue.rows.length === 0;
  return (
    <div className="queue">
      <h1 className="sr-only">{t('queue')}</h1>
      <ViewTabs filters={filters} />
      <FilterBar filters={filters} onChange={change} exportQuery={query} />
      <div className={wide ? 'queue-split' : 'queue-split narrow'}>
        <section className="queue-main" aria-busy={queue.isFetching}>
          {queue.error && !queue.data ? (
            <Problem title={t('loadFailed')} error={queue.error} onRetry={queue.refetch} />
          ) : empty ? (
            <Empty title={t('emptyTitle')}>{t(emptyWord(filters))}</Empty>
          ) : (
            <QueueRows
              lines={queue.lines}
              selectedId={selectedId}
              picked={picked}
              onSelect={onSelect}
              onOpen={open}
              onEnd={onEnd}
            />
          )}
        </section>
        {wide && (
          <aside className="preview" aria-label={t('preview')}>
            {thread.error && !current ? (
              <Problem title={t('previewFailed')} error={thread.error} onRetry={thread.refetch} />
            ) : (
              thread.data &&
              !empty && (
                <Preview
                  thread={thread.data}
                  busy={quick.busy || !current}
                  onAct={onAct}
                  sorting={{ take: quick.takeSuggestion, correct: quick.correct }}
                />
              )
            )}
          </aside>
        )}
      </div>
      {picked.size > 0 ? (
        <GatherBar picked={pickedRows} onDone={() => setPicked(new Set())} />
      ) : (
        <div className="keys">
          <span>
            <Kbd>J</Kbd>
            <Kbd>K</Kbd> {t('move')}
          </span>
          <span>
            <Kbd>Enter</Kbd> {t('open')}
          </span>
          {mayDispatch && (
            <>
              <span>
                <Kbd>X</Kbd> {t('select')}
              </span>
              <span>
                <Kbd>Z</Kbd> {t('undo')}
              </span>
            </>
          )}
          <span>
            <Kbd>?</Kbd> {t('allKeys')}
          </span>
          <span className="grow" />
          {mayDispatch && (
            <span className="seal">
              <Glyph name="lock" />
              {t('sealedNote')}
            </span>
          )}
          <span role="status">
            {queue.isSuccess && t(queue.hasNextPage ? 'loadedMore' : 'loaded', { n: queue.rows.length })}
          </span>
          {queue.asOf && <span>{t('asOf', { at: format.clock(queue.asOf) })}</span>}
        </div>
      )}
      {/* With several picked, M joins those and not the one looked at. */}
      {current && (
        <ActKeys
          thread={current}
          except={[...(isQuick ? ['dispatch' as const] : []), ...(picked.size > 1 ? ['join' as const] : [])]}
          onAct={onAct}
        />
      )}
      {form && (
        <ActDialog
          requestId={form.requestId}
          act={form.act}
          onClose={() => setForm((was) => (isSame(was, form) ? null : was))}
          onSwitch={(act) => setForm({ ...form, act: act as FormAct })}
        />
      )}
    </div>
  );
}
