import { useQuery } from '@tanstack/react-query';
import { followupEndpoints as api, type CallRow, type Handover } from '../../../contract/followups.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { useDraft } from '../../kit/draft.ts';
import { Empty } from '../../kit/empty.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { Attempts } from './call-list.tsx';
import { FollowupTabs } from './tabs.tsx';
import './followups.css';
import { useT } from './words.ts';

/** Between shifts: what colleagues left, and what one leaves oneself. */
export default function HandoverPage() {
  const t = useT();
  const found = useQuery({
    queryKey: ['followups', 'handovers'],
    queryFn: () => call(api.handovers, {}),
    refetchInterval: 60_000,
  });
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />;
  const data = found.data;
  return (
    <>
      <FollowupTabs />
      <div className="fu-single">
        <h2>{t('handoverWaiting', { n: data?.waiting.length ?? 0 })}</h2>
        {data?.waiting.length === 0 && <Empty title={t('handoverNone')}>{t('handoverNoneHow')}</Empty>}
        {data?.waiting.map((one) => (
          <Left key={one.id} handover={one} />
        ))}
        {data && <Leave mine={data.mine} />}
        {data && data.taken.length > 0 && (
          <>
            <h2>{t('handoverTaken')}</h2>
            {data.taken.map((one) => (
              <Left key={one.id} handover={one} />
            ))}
          </>
        )}
      </div>
    </>
  );
}

function Left({ handover }: { handover: Handover }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const take = useAct(api.takeOver, {
    refreshes: [['followups']],
    onDone: () => notify.good(t('handoverTook')),
    onFail: notify.problem,
  });
  return (
    <article className="panel fu-handover">
      <header className="row">
        <b>{handover.from}</b>
        <span className="soft small">{format.moment(handover.at)}</span>
        <span className="grow" />
        {handover.takenAt ? (
          <span className="soft small">
            {t('takenBy', { who: handover.takenBy ?? '', at: format.moment(handover.takenAt) })}
          </span>
        ) : (
          <Button kind="main" busy={take.isPending} onClick={() => take.mutate({ id: handover.id })}>
            {t('takeOver')}
          </Button>
        )}
      </header>
      {handover.note && <p>{handover.note}</p>}
      <ul>
        {handover.items.map((item) => (
          <li key={item.callId} className={item.open ? 'fu-left' : 'fu-left softer'}>
            <span>{item.number}</span>
            <span className="cut">{directory.nameOf(item.siteId ?? item.unitId)}</span>
            <span>{item.appointment ? t('ringAt', { at: format.moment(item.appointment) }) : ''}</span>
            <Attempts n={item.attempts} />
            <span className="soft">{item.note ?? (item.open ? '' : t('callOver'))}</span>
          </li>
        ))}
      </ul>
    </article>
  );
}

interface Draft {
  note: string;
  /** Calls that are not left, by id. */
  kept: string[];
  notes: Record<string, string>;
}

function Leave({ mine }: { mine: readonly CallRow[] }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const [draft, change, forget] = useDraft<Draft>('followups.handover', { note: '', kept: [], notes: {} });
  const leave = useAct(api.handOver, {
    refreshes: [['followups']],
    onDone: () => {
      forget();
      notify.good(t('handoverLeft'));
    },
    onFail: notify.problem,
  });
  const left = mine.filter((row) => !draft.kept.includes(row.id));
  return (
    <form
      className="panel fu-handover"
      onSubmit={(event) => {
        event.preventDefault();
        leave.mutate({
          note: draft.note.trim() || undefined,
          items: left.map((row) => ({ callId: row.id, note: draft.notes[row.id]?.trim() || undefined })),
        });
      }}
    >
      <h2>{t('handoverMine', { n: mine.length })}</h2>
      <p className="soft small">{t('handoverMineHow')}</p>
      <ul>
        {mine.map((row) => (
          <li key={row.id} className="fu-left">
            <label className="check">
              <input
                type="checkbox"
                checked={!draft.kept.includes(row.id)}
                onChange={(event) =>
                  change({
                    kept: event.target.checked ? draft.kept.filter((id) => id !== row.id) : [...draft.kept, row.id],
                  })
                }
              />
              {row.number}
            </label>
            <span className="cut">{directory.nameOf(row.siteId ?? row.unitId)}</span>
            <span>{row.appointment ? t('ringAt', { at: format.moment(row.appointment) }) : ''}</span>
            <Attempts n={row.attempts} />
            <input
              className="input"
              maxLength={300}
              aria-label={t('itemNote', { number: row.number })}
              placeholder={t('itemNoteHint')}
              value={draft.notes[row.id] ?? ''}
              onChange={(event) => change({ notes: { ...draft.notes, [row.id]: event.target.value } })}
            />
          </li>
        ))}
      </ul>
      <TextField
        label={t('handoverNote')}
        hint={t('handoverNoteHint')}
        rows={2}
        maxLength={1000}
        value={draft.note}
        onChange={(note) => change({ note })}
      />
      <div className="row">
        <Button kind="main" submit busy={leave.isPending} disabled={left.length === 0 && draft.note.trim() === ''}>
          {t('leaveIt', { n: left.length })}
        </Button>
      </div>
    </form>
  );
}
