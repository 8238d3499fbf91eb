import { useMemo, useState } from 'react';
import { clockEndpoints as api } from '../../../contract/clocks.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { useAct } from '../../app/act.ts';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Dialog, Field, notify, TextField, useDraft } from '../../kit/index.ts';
import { ChangeForm, FromField, useSaved } from './form.tsx';
import { readSpans, type Spans, writeSpans } from './hours.ts';
import { useT } from './words.ts';

export type Calendar = OutputOf<typeof api.overview>['calendars'][number];
type Week = Calendar['week'];

const weekdays = [1, 2, 3, 4, 5, 6, 0] as const;
const officeWeek = ['', '08:30-17:30', '08:30-17:30', '08:30-17:30', '08:30-17:30', '08:30-17:30', ''];

/** The seven days as typed; null while one of them cannot be read. */
const readWeek = (typed: readonly string[]): Spans[] | null => {
  const read = typed.map(readSpans);
  return read.every((each) => each !== null) ? read : null;
};

function WeekFields({ typed, onChange }: { typed: readonly string[]; onChange: (typed: string[]) => void }) {
  const t = useT();
  return (
    <fieldset className="field">
      <legend className="small soft">{t('week')}</legend>
      <p className="hint">{t('weekHint')}</p>
      <div className="ck-week">
        {weekdays.map((day) => (
          <Field key={day} label={t(`day${day}`)} fault={readSpans(typed[day]!) === null ? t('weekBad') : undefined}>
            {(control) => (
              <input
                {...control}
                className="input"
                placeholder={t('free')}
                value={typed[day]}
                onChange={(event) => onChange(typed.map((each, i) => (i === day ? event.target.value : each)))}
              />
            )}
          </Field>
        ))}
      </div>
    </fieldset>
  );
}

function WeekForm({ calendar, onClose }: { calendar: Calendar; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const saved = useSaved();
  const stored = useMemo(() => ({ typed: calendar.week?.map(writeSpans) ?? officeWeek, from: '' }), [calendar]);
  const [{ typed, from }, change, drop] = useDraft(`clocks.week.${calendar.id}`, stored);
  const leave = () => {
    drop();
    onClose();
  };
  const save = useAct(api.setWeek, {
    refreshes: [['clocks']],
    onDone: (_, input) => {
      notify.good(saved(input.from));
      leave();
    },
  });
  const week = readWeek(typed);
  return (
    <Dialog open title={t('changeWeek')} onClose={onClose}>
      <ChangeForm
        ready={week !== null}
        draft={week && { kind: 'week', calendarId: calendar.id, week }}
        busy={save.isPending}
        error={save.error}
        onSave={() => save.mutate({ calendarId: calendar.id, week, from: from ? format.instant(from) : undefined })}
        onCancel={leave}
      >
        <WeekFields typed={typed} onChange={(next) => change({ typed: next })} />
        <FromField value={from} onChange={(next) => change({ from: next })} />
      </ChangeForm>
    </Dialog>
  );
}

const noCalendar = { code: '', zh: '', en: '', typed: officeWeek };

function NewCalendar({ onClose, onAdded }: { onClose: () => void; onAdded: (id: number) => void }) {
  const t = useT();
  const [{ typed, ...name }, change, drop] = useDraft('clocks.calendar', noCalendar);
  const leave = () => {
    drop();
    onClose();
  };
  const add = useAct(api.addCalendar, {
    refreshes: [['clocks']],
    onDone: ({ id }) => {
      notify.good(t('savedNow'));
      onAdded(id);
      leave();
    },
  });
  const week = readWeek(typed);
  const ready = week && name.code && name.zh.trim() && name.en.trim();
  return (
    <Dialog open title={t('addCalendar')} onClose={onClose}>
      <ChangeForm
        ready={Boolean(ready)}
        busy={add.isPending}
        error={add.error}
        onSave={() => add.mutate({ ...name, week })}
        onCancel={leave}
      >
        <div className="ck-fields">
          <TextField
            label={t('code')}
            hint={t('codeHint')}
            maxLength={31}
            value={name.code}
            onChange={(code) => change({ code: code.trim().toLowerCase() })}
          />
          <TextField label={t('nameZh')} maxLength={60} value={name.zh} onChange={(zh) => change({ zh })} />
          <TextField label={t('nameEn')} maxLength={60} value={name.en} onChange={(en) => change({ en })} />
        </div>
        <WeekFields typed={typed} onChange={(next) => change({ typed: next })} />
      </ChangeForm>
    </Dialog>
  );
}

const noDays = { fromDate: '', toDate: '', working: false, zh: '', en: '' };

function DaysForm({ calendar, onClose }: { calendar: Calendar; onClose: () => void }) {
  const t = useT();
  const [days, change, drop] = useDraft(`clocks.days.${calendar.id}`, noDays);
  const leave = () => {
    drop();
    onClose();
  };
  const add = useAct(api.addDays, {
    refreshes: [['clocks']],
    onDone: ({ added }) => {
      notify.good(t('added', { n: added }));
      leave();
    },
  });
  const { fromDate, toDate, zh, en } = days;
  const ready = fromDate !== '' && zh.trim() !== '' && en.trim() !== '';
  const input = { ...days, calendarId: calendar.id, toDate: toDate || fromDate };
  const dateField = (name: 'fromDate' | 'toDate') => (
    <Field label={t(name)}>
      {(control) => (
        <input
          {...control}
          className="input"
          type="date"
          min={name === 'toDate' ? fromDate : undefined}
          value={days[name]}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <Dialog open title={t('addDays')} onClose={onClose}>
      <ChangeForm
        ready={ready}
        draft={ready ? { kind: 'days', ...input } : null}
        busy={add.isPending}
        error={add.error}
        onSave={() => add.mutate(input)}
        onCancel={leave}
      >
        <div className="ck-fields">
          {dateField('fromDate')}
          {dateField('toDate')}
        </div>
        <fieldset className="field">
          <legend className="small soft">{t('kind')}</legend>
          <div className="choices">
            {[false, true].map((working) => (
              <label key={String(working)}>
                <input
                  type="radio"
                  name="kind"
                  checked={days.working === working}
                  onChange={() => change({ working })}
                />
                {t(working ? 'kind_on' : 'kind_off')}
              </label>
            ))}
          </div>
        </fieldset>
        <div className="ck-fields">
          <TextField label={t('nameZh')} maxLength={60} value={zh} onChange={(next) => change({ zh: next })} />
          <TextField label={t('nameEn')} maxLength={60} value={en} onChange={(next) => change({ en: next })} />
        </div>
      </ChangeForm>
    </Dialog>
  );
}

interface Run {
  ids: string[];
  zh: string;
  en: string;
  working: boolean;
  from: string;
  to: string;
}

/** Days of one name that follow each other, as one line. */
function runsOf(days: Calendar['days']): Run[] {
  const runs: Run[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    const follows = last && Date.parse(day.date) - Date.parse(last.to) === 86_400_000;
    if (last && follows && last.zh === day.zh && last.working === day.working) {
      last.ids.push(day.id);
      last.to = day.date;
    } else runs.push({ ids: [day.id], zh: day.zh, en: day.en, working: day.working, from: day.date, to: day.date });
  }
  return runs;
}

function Days({ calendar }: { calendar: Calendar }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const years = [...new Set(calendar.days.map((day) => day.date.slice(0, 4)))];
  const thisYear = format.local(now()).slice(0, 4);
  const [chosen, setChosen] = useState<string | null>(null);
  const year = chosen ?? (years.includes(thisYear) ? thisYear : (years.at(-1) ?? thisYear));
  const [adding, setAdding] = useState(false);
  const remove = useAct(api.removeDays, { refreshes: [['clocks']], onFail: notify.problem });
  const runs = runsOf(calendar.days).filter((run) => run.from.startsWith(year));
  if (!calendar.week) return <p className="soft">{t('holidaysAlways')}</p>;
  const short = (date: string) => date.slice(5).replace('-', '/');
  return (
    <>
      <div className="row ck-years">
        <h3>{t('holidays')}</h3>
        <span className="grow" />
        {years.map((each) => (
          <Button key={each} small kind="plain" aria-pressed={each === year} onClick={() => setChosen(each)}>
            {each}
          </Button>
        ))}
        <Button small onClick={() => setAdding(true)}>
          {t('addDays')}
        </Button>
      </div>
      {runs.length === 0 && <p className="soft">{t('holidaysNone')}</p>}
      <ul className="ck-days">
        {runs.map((run) => (
          <li key={run.ids[0]}>
            <span className={run.working ? 'tag info' : 'tag'}>{t(run.working ? 'kind_on' : 'kind_off')}</span>
            <b>{nameIn(run, language)}</b>
            <span className="soft">
              {run.from === run.to ? short(run.from) : `${short(run.from)} – ${short(run.to)}`}
              {run.ids.length > 1 && ` · ${t('days', { n: run.ids.length })}`}
            </span>
            <span className="grow" />
            <Button
              small
              kind="plain"
              aria-label={t('takeBackOf', { name: nameIn(run, language) })}
              busy={remove.isPending && remove.variables?.ids[0] === run.ids[0]}
              onClick={() =>
                remove.mutate(
                  { calendarId: calendar.id, ids: run.ids },
                  { onSuccess: () => notify.good(t('takenBack', { name: nameIn(run, language) })) },
                )
              }
            >
              {t('takeBack')}
            </Button>
          </li>
        ))}
      </ul>
      {adding && <DaysForm calendar={calendar} onClose={() => setAdding(false)} />}
    </>
  );
}

/** A week at a glance: a bar for each day, its working hours filled. */
function WeekBars({ week }: { week: NonNullable<Week> }) {
  const t = useT();
  return (
    <dl className="ck-bars">
      {weekdays.map((day) => (
        <div key={day}>
          <dt className="small soft">{t(`day${day}`)}</dt>
          <dd>
            <span className="ck-bar" aria-hidden="true">
              {week[day]!.map(([from, to]) => (
                <i key={from} style={{ left: `${from / 14.4}%`, width: `${(to - from) / 14.4}%` }} />
              ))}
            </span>
            <span className="small">{writeSpans(week[day]!) || t('free')}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

export const useWeekWord = (): ((calendar: Pick<Calendar, 'week'>) => string) => {
  const t = useT();
  return ({ week }) =>
    week
      ? t('weekly', { n: Math.round(week.flat().reduce((sum, [from, to]) => sum + to - from, 0) / 6) / 10 })
      : t('always');
};

/** Named calendars: weekly hours, holidays, days worked in exchange. */
export function Calendars({ calendars }: { calendars: readonly Calendar[] }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const weekWord = useWeekWord();
  const [openId, setOpenId] = useState<number | null>(null);
  const [editing, setEditing] = useState(false);
  const [adding, setAdding] = useState(false);
  const open = calendars.find((one) => one.id === openId) ?? calendars.find((one) => one.week) ?? calendars[0];
  return (
    <div className="ck-split">
      <nav aria-label={t('part_calendars')}>
        {calendars.map((one) => (
          <button
            key={one.id}
            type="button"
            aria-current={one === open ? 'true' : undefined}
            onClick={() => setOpenId(one.id)}
          >
            <b>{nameIn(one, language)}</b>
            <span className="small soft">{weekWord(one)}</span>
          </button>
        ))}
        <Button small onClick={() => setAdding(true)}>
          {t('addCalendar')}
        </Button>
      </nav>
      {open && (
        <section aria-label={nameIn(open, language)}>
          <div className="row">
            <h2>{nameIn(open, language)}</h2>
            <span className="soft">{weekWord(open)}</span>
            <span className="grow" />
            {open.code !== 'always' && (
              <Button small onClick={() => setEditing(true)}>
                {t('changeWeek')}
              </Button>
            )}
          </div>
          {open.week && <WeekBars week={open.week} />}
          {open.upcoming.map((one) => (
            <p key={one.from} className="small near">
              {t('upcoming', { at: format.moment(one.from), what: weekWord(one) })} {one.by}
            </p>
          ))}
          <Days key={open.id} calendar={open} />
          {editing && <WeekForm calendar={open} onClose={() => setEditing(false)} />}
        </section>
      )}
      {adding && <NewCalendar onClose={() => setAdding(false)} onAdded={setOpenId} />}
    </div>
  );
}
