import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { journalEndpoints as api, type journalEntry } from '../../../contract/journal.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Problem } from '../../kit/problem.tsx';
import { useRoleWords } from '../access/roles.ts';
import type { JournalFilters } from './page.tsx';
import { useT } from './words.ts';

type Entry = z.infer<typeof journalEntry>;
const isRecordId = (typed: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(typed);

interface Props {
  filters: JournalFilters;
  onChange: (change: Partial<JournalFilters>) => void;
}

function Filters({ filters, onChange }: Props) {
  const t = useT();
  const [action, setAction] = useState(filters.action);
  const [recordId, setRecordId] = useState(filters.recordId);
  const [fault, setFault] = useState(false);
  return (
    <form
      className="jo-filters"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = recordId.trim();
        if (wanted && !isRecordId(wanted)) return setFault(true);
        onChange({ action: action.trim(), recordId: wanted });
      }}
    >
      <div className="field">
        <label htmlFor="jo-action">{t('action')}</label>
        <input
          id="jo-action"
          className="input"
          value={action}
          maxLength={60}
          placeholder={t('actionHint')}
          onChange={(event) => setAction(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor="jo-record">{t('recordId')}</label>
        <input
          id="jo-record"
          className="input"
          value={recordId}
          maxLength={60}
          placeholder={t('recordHint')}
          aria-invalid={fault || undefined}
          aria-describedby={fault ? 'jo-record-fault' : undefined}
          onChange={(event) => {
            setRecordId(event.target.value);
            setFault(false);
          }}
        />
        {fault && (
          <p id="jo-record-fault" className="fault" role="alert">
            {t('recordBad')}
          </p>
        )}
      </div>
      <Button submit>{t('filter')}</Button>
      {(filters.action || filters.recordId) && (
        <Button kind="plain" onClick={() => onChange({ action: '', recordId: '' })}>
          {t('clear')}
        </Button>
      )}
    </form>
  );
}

/** An id by its last six characters, as in the record's own column. */
const shortened = (value: unknown): string => (isRecordId(String(value)) ? String(value).slice(-6) : String(value));

const figuresOf = (entry: Entry, say: (value: unknown) => string): string =>
  Object.entries(entry.figures)
    .map(([name, value]) => `${name}=${say(value)}`)
    .join(' ');

function Row({ entry, onChange }: { entry: Entry; onChange: Props['onChange'] }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const role = useRoleWords();
  const moved = entry.from && entry.to ? `${entry.from} → ${entry.to}` : (entry.to ?? entry.from ?? '');
  const place = [directory.lineName(entry.lineId), directory.nameOf(entry.nodeId)].filter(Boolean).join(' · ');
  const also = (say: (value: unknown) => string) => [entry.reason, figuresOf(entry, say)].filter(Boolean).join(' ');
  return (
    <tr>
      <td className="num">{entry.position}</td>
      <td title={format.full(entry.at)}>{format.moment(entry.at)}</td>
      <td title={entry.actor && entry.role ? `${entry.actor}, ${role.or(entry.role, entry.role)}` : undefined}>
        {entry.actor ?? t.or(`actor_${entry.role}`, t('system'))}
      </td>
      <td>
        <button
          type="button"
          className="jo-pick"
          title={t('onlyAction')}
          onClick={() => onChange({ action: entry.action })}
        >
          {entry.action}
        </button>
      </td>
      <td>
        <button
          type="button"
          className="jo-pick"
          title={`${t('onlyThis')}: ${entry.recordId}`}
          onClick={() => onChange({ recordId: entry.recordId })}
        >
          {entry.recordKind} <span className="softer">{entry.recordId.slice(-6)}</span>
        </button>
      </td>
      <td title={moved}>{moved}</td>
      <td className="jo-wrap small">{place}</td>
      <td className="jo-wrap soft small" title={also(String)}>
        {also(shortened)}
      </td>
      <td className="jo-code" title={entry.digest ?? undefined}>
        {entry.digest ? entry.digest.slice(0, 8) : <span className="softer">{t('noDigest')}</span>}
      </td>
    </tr>
  );
}

const columns = ['position', 'at', 'actor', 'action', 'record', 'change', 'place', 'reason', 'digest'] as const;

/** The journal in its one order, newest first; an action or a record is one press away from being the filter. */
export function Entries({ filters, onChange }: Props) {
  const t = useT();
  const { action, recordId } = filters;
  const entries = useInfiniteQuery({
    queryKey: ['journal', 'entries', action, recordId],
    queryFn: ({ pageParam }) =>
      call(api.entries, {
        before: pageParam || undefined,
        action: action || undefined,
        recordId: recordId || undefined,
      }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });
  const rows = entries.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <>
      <Filters key={`${action} ${recordId}`} filters={filters} onChange={onChange} />
      {entries.error && !entries.data && (
        <Problem title={t('loadFailed')} error={entries.error} onRetry={() => entries.refetch()} />
      )}
      {entries.data && rows.length === 0 && <Empty title={t('empty')}>{t('emptyHow')}</Empty>}
      {rows.length > 0 && (
        <div className="jo-table">
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} className={column === 'position' ? 'num jo-position' : `jo-${column}`}>
                    {t(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((entry) => (
                <Row key={entry.position} entry={entry} onChange={onChange} />
              ))}
            </tbody>
          </table>
          {entries.hasNextPage ? (
            <Button busy={entries.isFetchingNextPage} onClick={() => entries.fetchNextPage()}>
              {t('older')}
            </Button>
          ) : (
            <p className="softer small">{t('end')}</p>
          )}
        </div>
      )}
    </>
  );
}
