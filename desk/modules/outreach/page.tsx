import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { outreachEndpoints as api, type DueTouch, type TouchKind, touchKinds } from '../../../contract/outreach.ts';
import { useAct } from '../../app/act.ts';
import { call, ProblemError } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { randomId } from '../../app/identifier.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { useDraft } from '../../kit/draft.ts';
import { Empty } from '../../kit/empty.tsx';
import { notify } from '../../kit/notify.tsx';
import { Picker } from '../../kit/picker.tsx';
import { Problem } from '../../kit/problem.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { usePlaceOf } from './place-of.ts';
import './outreach.css';
import { useT } from './words.ts';

/** Begins a touch and opens it; where another still runs, that one opens. */
function useBegin() {
  const navigate = useNavigate();
  const open = (id: string): void => void navigate({ to: '/outreach/$id', params: { id } as never });
  return useAct(api.begin, {
    refreshes: [['outreach']],
    onDone: ({ id }) => open(id),
    onFail: (error) => {
      notify.problem(error);
      const running = error instanceof ProblemError && error.code === 'touch_open' ? error.current : null;
      if (running) open((running as { id: string }).id);
    },
  });
}

function DueRow({ due, busy, onBegin }: { due: DueTouch; busy: boolean; onBegin: () => void }) {
  const t = useT();
  const directory = useDirectory();
  const format = useFormat();
  const place = directory.nameOf(due.siteId);
  return (
    <li className="or-due">
      <span className="or-when" data-state={due.state}>
        {due.state === 'overdue' ? t('overdue', { n: due.daysLate }) : t(due.state, { day: format.date(due.dueDay) })}
      </span>
      <span className="or-place">
        <span className="cut">{place}</span>
        <span className="small soft cut">
          {t(due.kind)} · {t('every', { n: due.everyDays })} ·{' '}
          {due.lastDay ? t('last', { day: format.date(due.lastDay) }) : t('never')}
          {due.running && ` · ${t('running', { who: due.running })}`}
        </span>
      </span>
      <Button busy={busy} aria-label={t('beginAt', { kind: t(due.kind), place })} onClick={onBegin}>
        {t('begin')}
      </Button>
    </li>
  );
}

interface Elsewhere {
  siteId: number | null;
  kind: TouchKind | null;
  crew: string;
  point: string;
}

function ElsewhereForm({ siteIds, kinds }: { siteIds: readonly number[]; kinds: readonly TouchKind[] }) {
  const t = useT();
  const directory = useDirectory();
  const language = useLocale();
  const empty = useMemo<Elsewhere>(
    () => ({ siteId: siteIds.length === 1 ? siteIds[0]! : null, kind: null, crew: '', point: '' }),
    [siteIds],
  );
  const [draft, change, drop] = useDraft<Elsewhere>('outreach.elsewhere', empty);
  const [complained, setComplained] = useState(false);
  const begin = useBegin();
  const choices = useMemo(
    () =>
      siteIds.flatMap((id) => {
        const site = directory.node(id);
        return site
          ? [
              {
                id,
                code: site.code,
                name: nameIn(site, language),
                also: `${site.zh} ${site.en}`,
                initials: site.initials,
                beside: directory.nameOf(directory.unitOf(id)?.id),
              },
            ]
          : [];
      }),
    [directory, language, siteIds],
  );
  const kind = draft.kind ?? kinds[0] ?? 'round';
  const start = (): void => {
    setComplained(true);
    if (draft.siteId === null || begin.isPending) return;
    begin.mutate(
      {
        id: randomId(),
        siteId: draft.siteId,
        kind,
        crew: draft.crew.trim() || undefined,
        point: draft.point.trim() || undefined,
      },
      { onSuccess: drop },
    );
  };
  return (
    <form
      className="or-form"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <div className="field">
        <span className="label">{t('place')}</span>
        <Picker label={t('place')} choices={choices} value={draft.siteId} onChange={(siteId) => change({ siteId })} />
        {complained && draft.siteId === null && (
          <p className="fault" role="alert">
            {t('needPlace')}
          </p>
        )}
      </div>
      <fieldset className="choices" aria-label={t('kind')}>
        {touchKinds.map((one) => (
          <label key={one}>
            <input type="radio" name="or-kind" checked={one === kind} onChange={() => change({ kind: one })} />
            {t(one)}
          </label>
        ))}
      </fieldset>
      <div className="or-two">
        <TextField label={t('crew')} maxLength={40} value={draft.crew} onChange={(crew) => change({ crew })} />
        <TextField
          label={t('point')}
          hint={t('pointHint')}
          maxLength={40}
          value={draft.point}
          onChange={(point) => change({ point })}
        />
      </div>
      <Button kind="main" submit busy={begin.isPending}>
        {t('begin')}
      </Button>
    </form>
  );
}

/** My day of going and asking: what is due, what runs, what I recorded. Made for one hand at 390 px. */
export default function OutreachPage() {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const placeOf = usePlaceOf();
  const begin = useBegin();
  const mine = useQuery({ queryKey: ['outreach', 'mine'], queryFn: () => call(api.mine, {}), refetchInterval: 60_000 });
  if (mine.error && !mine.data)
    return <Problem title={t('loadFailed')} error={mine.error} onRetry={() => mine.refetch()} />;
  if (!mine.data) return null;
  const { open, due, waiting, doneToday, recent, kinds, siteIds } = mine.data;
  return (
    <div className="or-page">
      <header>
        <h1>{t('title')}</h1>
        <p className="soft small">{t('lead')}</p>
      </header>
      {open && (
        <section className="or-open" aria-label={t('openNow', { kind: t(open.kind) })}>
          <span>
            <b>{t('openNow', { kind: t(open.kind) })}</b> {placeOf(open)}
            <span className="small soft"> {t('beganAt', { at: format.moment(open.beganAt!) })}</span>
          </span>
          <Link className="btn main" to="/outreach/$id" params={{ id: open.id } as never}>
            {t('continue')}
          </Link>
        </section>
      )}
      <div className="or-columns">
        <section className="or-panel" aria-labelledby="or-due">
          <h2 id="or-due">
            {t('dueList')} <span className="soft small">{t('doneToday', { n: doneToday })}</span>
          </h2>
          {due.length === 0 ? (
            <Empty title={t('nothingDue')}>{t('nothingDueHow')}</Empty>
          ) : (
            <ul>
              {due.map((one) => (
                <DueRow
                  key={`${one.siteId}/${one.kind}`}
                  due={one}
                  busy={begin.isPending}
                  onBegin={() => begin.mutate({ id: randomId(), siteId: one.siteId, kind: one.kind })}
                />
              ))}
            </ul>
          )}
          {waiting > due.length && <p className="small soft">{t('dueSome', { n: due.length, all: waiting })}</p>}
        </section>
        <div className="or-column">
          <section className="or-panel" aria-labelledby="or-other">
            <h2 id="or-other">{t('other')}</h2>
            <ElsewhereForm siteIds={siteIds} kinds={kinds} />
          </section>
          <section className="or-panel" aria-labelledby="or-recent">
            <h2 id="or-recent">{t('recent')}</h2>
            {recent.length === 0 && <p className="soft small">{t('recentNone')}</p>}
            <ul>
              {recent.map((one) => (
                <li key={one.id}>
                  <Link className="or-recent" to="/outreach/$id" params={{ id: one.id } as never}>
                    <span className="small soft">{format.moment(one.beganAt!)}</span>
                    <span className="cut">{directory.nameOf(one.siteId)}</span>
                    <span className={one.found === 'need' ? 'tag good' : 'tag'}>{t(one.found ?? 'openTouch')}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
    </div>
  );
}
