import { useEffect, useState } from 'preact/hooks';
import type { OutputOf } from '../../../contract/endpoint.ts';
import type { RequestRow, requestEndpoints } from '../../../contract/requests.ts';
import { call } from '../../app/api.ts';
import { keep, recall } from '../../app/database.ts';
import { trueTime } from '../../app/device-clock.ts';
import { categoryById, directory, place } from '../../app/directory.ts';
import { Lazily, later } from '../../app/lazily.tsx';
import { changedRequest } from '../../app/live.ts';
import { online } from '../../app/online.ts';
import { standing } from '../../app/outbox.ts';
import { mine, pending } from '../../app/pending.ts';
import type { Mine } from '../../app/records.ts';
import { changeLocale, me } from '../../app/session.ts';
import { changeSettings, settings } from '../../app/settings.ts';
import { stored } from '../../app/stored.ts';
import { bound } from '../../app/times.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { Clock, DueLine, moment } from '../../kit/clock.tsx';
import { Bar, Dock, Ring, Section } from '../../kit/frame.tsx';
import { Icon } from '../../kit/icon.tsx';
import { StandingWord, State, stateWord } from '../../kit/state.tsx';
import { StageLine } from '../stages/stage-line.tsx';
import { PlaceLine } from './chosen.tsx';
import { draft, isWritten } from './draft.ts';
import { loadThread } from './following.ts';
import { remember } from './mine.ts';
import { needOf } from './needs.ts';

/** The work of whoever answers for a site's measures; nobody else loads it. */
export const measuresTile = later(() => import('../measures/tile.tsx'));
/** With what it shows already read, so that it stands in its whole height at once. */
export const reportTile = later(async () => {
  const tile = await import('../reports/tile.tsx');
  await tile.prepare();
  return tile;
});

type Rows = OutputOf<(typeof requestEndpoints)['mine']>['rows'];

/** Requests that are for the signed-in person, as last seen. */
const rows = stored<Rows>([]);

export async function startRows(): Promise<void> {
  const account = me.get();
  rows.set(account ? ((await recall<Rows>(`rows:${account.id}`)) ?? []) : []);
}

async function refreshRows(account: string | undefined): Promise<void> {
  if (!account) return rows.set([]);
  const fresh = (await call<{ rows: Rows }>('/api/requests/mine')).rows;
  rows.set(fresh);
  await keep(`rows:${account}`, fresh);
}

/** The newest open ones this phone remembers by code; a whole site shares one address, so only a few are asked for. */
async function refreshRemembered(account: string | undefined): Promise<void> {
  const open = mine.get().filter((one) => one.number && (!account || one.account !== account) && !isClosed(one.row));
  for (const one of open.slice(0, 5)) {
    const row = await loadThread({ by: 'code', number: one.number!, code: one.code });
    if (row.version !== one.row?.version) await remember({ ...one, row });
  }
}

function isClosed(row: Pick<RequestRow, 'state'> | null): boolean {
  return row !== null && !['received', 'in_work', 'handled', 'reopened'].includes(row.state);
}

interface Entry {
  id: string;
  row: RequestRow | null;
  mine: Mine | null;
  submittedAt: string;
  to: string;
  /** Remembered without a number and not in the outbox: nobody has it, and nothing will send it. */
  unsent: boolean;
}

function entriesOf(all: Rows, remembered: Mine[], account: string | null, waiting: Set<string>): Entry[] {
  const listed = all.map((row) => ({
    id: row.id,
    row,
    mine: remembered.find((one) => one.id === row.id) ?? null,
    submittedAt: row.submittedAt,
    to: `#/r/${row.id}`,
    unsent: false,
  }));
  const known = new Set(all.map((row) => row.id));
  const others = remembered
    // What was asked from an account is not shown to the next person who uses this phone, but that it waits is.
    .filter((one) => !known.has(one.id) && (one.account === null || one.account === account || waiting.has(one.id)))
    .map((one) => ({
      id: one.id,
      row: one.row,
      mine: one,
      submittedAt: trueTime(one.submittedAt),
      to: one.number ? (one.account ? `#/r/${one.id}` : `#/c/${one.number}`) : `#/sent/${one.id}`,
      unsent: !one.number && !waiting.has(one.id),
    }));
  return [...listed, ...others].sort((a, b) => b.submittedAt.localeCompare(a.submittedAt));
}

function Card({ entry }: { entry: Entry }) {
  const words = useWords();
  const items = useStored(pending);
  const connected = useStored(online);
  const account = useStored(me)?.id;
  const { row } = entry;
  const waiting = items.find((one) => one.kind === 'request' && one.id === entry.id);
  const category = categoryById(row?.categoryId ?? entry.mine?.categoryId ?? 0);
  const owned = !entry.mine?.account || entry.mine.account === account;
  const ownText = category?.recordClass === 'normal' && owned ? (row?.text ?? entry.mine?.text) : null;
  const title = ownText || (category ? needOf(category, words).name : '');
  const said = items.find(
    (one) => one.kind === 'verdict' && (one.subject === entry.id || one.subject === entry.mine?.number),
  );
  if (said) {
    const now = standing(said, connected);
    return (
      <a class="card" href={entry.to}>
        <div class="head">
          <StandingWord standing={now} />
          <small>{moment(trueTime(said.madeAt), words)}</small>
        </div>
        <h3 class="clip">{bound(title)}</h3>
        <p class="small dim">{now === 'refused' ? words.standingLine.refused : words.verdictWaiting}</p>
      </a>
    );
  }
  if (waiting || entry.unsent) {
    const now = standing(waiting ?? { phase: 'unsent', urgent: entry.mine?.urgent ?? false }, connected);
    return (
      <a class={`card ${['callNow', 'refused', 'unsent'].includes(now) ? 'strong' : ''}`} href={entry.to}>
        <div class="head">
          <StandingWord standing={now} />
          <small>{words.wroteAt(moment(entry.submittedAt, words))}</small>
        </div>
        <h3 class="clip">{bound(title)}</h3>
        <p class="small dim">{words.standingLine[now]}</p>
      </a>
    );
  }
  const state = row ?? { state: 'received' as const, work: 'new' as const };
  const word = stateWord(state);
  if (word === 'handled') {
    return (
      <article class="card strong">
        <div class="head">
          <span class="state">
            <Icon name="ask" />
            {words.state.handled}
          </span>
          <small>{words.askedAt(moment(entry.submittedAt, words))}</small>
        </div>
        <h3 class="clip">{bound(title)}</h3>
        <p class="small">{words.stateLine.handled}</p>
        <a class="button outline gap" href={entry.to}>
          {words.goAnswer}
          <span class="unseen">{title}</span>
        </a>
      </article>
    );
  }
  return (
    <a class="card" href={entry.to}>
      <div class="head">
        <State row={state} />
        {row?.clock ? <Clock clock={row.clock} /> : <small>{words.askedAt(moment(entry.submittedAt, words))}</small>}
      </div>
      <h3 class="clip">{bound(title)}</h3>
      <p class="small dim">{row?.clock ? <DueLine clock={row.clock} /> : words.stateLine[word]}</p>
    </a>
  );
}

function Care() {
  const words = useWords();
  const group = useStored(directory)?.group;
  if (!group) return null;
  return (
    <section class="card sealed">
      <h2 class="state seal">
        <Icon name="lock" />
        {words.careTitle(group.careLine)}
      </h2>
      <p>{words.careText}</p>
      <div class="two gap">
        <Ring number={group.careLine} label={words.ring(group.careLine)} />
        <Ring number="12356" label={words.ring('12356')} />
      </div>
      <p class="small dim gap">{words.careElse}</p>
    </section>
  );
}

export function Home() {
  const words = useWords();
  const { large, locale } = useStored(settings);
  const account = useStored(me);
  const group = useStored(directory)?.group;
  const here = useStored(place);
  const groupName = group ? words.pick({ zh: group.short, en: group.en }) : words.product;
  const point = here?.point && words.pick(here.point);
  const listed = useStored(rows);
  const remembered = useStored(mine);
  const items = useStored(pending);
  const written = useStored(draft);
  const [open, setOpen] = useState(false);

  const id = account?.id;
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      void refreshRows(id).catch(() => {});
      void refreshRemembered(id).catch(() => {});
    };
    look();
    const timer = setInterval(look, 60_000);
    document.addEventListener('visibilitychange', look);
    const stop = changedRequest.subscribe(look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      stop();
    };
  }, [id]);

  const waiting = new Set(items.map((one) => one.id));
  const entries = entriesOf(listed, remembered, account?.id ?? null, waiting);
  const rank = (one: Entry) => (one.row?.state === 'handled' ? 0 : waiting.has(one.id) || one.unsent ? 1 : 2);
  const live = entries.filter((one) => !isClosed(one.row)).sort((a, b) => rank(a) - rank(b));
  const closed = entries.filter((one) => isClosed(one.row));

  return (
    <>
      <Bar
        title={here?.site ? words.pick(here.site) : groupName}
        line={here?.site ? (point ?? groupName) : <PlaceLine />}
      >
        <div class="tools">
          <button
            type="button"
            class="chip"
            aria-label={words.languageLabel}
            onClick={() => changeLocale(locale === 'en' ? 'zh-CN' : 'en')}
          >
            {words.language}
          </button>
          <button type="button" class="chip" aria-pressed={large} onClick={() => changeSettings({ large: !large })}>
            {words.largeType}
          </button>
        </div>
      </Bar>
      <main>
        {account && <StageLine key={account.id} />}
        {account?.permissions.includes('measures.work') && <Lazily page={measuresTile} />}
        {account?.permissions.includes('reports.file') && <Lazily page={reportTile} />}
        <Section title={words.mine} note={account ? words.signedInAs(account.label) : undefined} />
        {isWritten(written) && (
          <a class="card" href={`#/ask/${written.code}`}>
            <span class="state">
              <Icon name="pen" />
              {words.draftLeft}
            </span>
            <p class="clip">{[...written.phrases, written.text].filter(Boolean).join(words.listComma)}</p>
            <span class="link">{words.draftGo}</span>
          </a>
        )}
        {live.map((entry) => (
          <Card key={entry.id} entry={entry} />
        ))}
        {entries.length === 0 && !isWritten(written) && (
          <section class="card">
            <h3>{words.nothingYet}</h3>
            <p>{words.nothingYetHow}</p>
            <p class="dim small">{words.nothingYetWhat}</p>
          </section>
        )}
        {closed.length > 0 && (
          <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {words.closedOnes(closed.length)}
          </button>
        )}
        {open && closed.map((entry) => <Card key={entry.id} entry={entry} />)}
        <div class="gap">
          <Care />
        </div>
        <div class="links foot">
          <a class="link" href="#/follow">
            <Icon name="search" />
            {words.lookUp}
          </a>
          {account?.permissions.includes('drills.report') && (
            <a class="link" href="#/near-miss">
              <Icon name="warn" />
              {words.nearMiss}
            </a>
          )}
          <a class="link" href="#/sign-in">
            {account ? words.signOut : words.signIn}
          </a>
        </div>
        <p class="small dim">{words.noSignUp}</p>
      </main>
      <Dock>
        <a class="button go tall" href="#/ask">
          <strong>{words.iNeed}</strong>
          <span class="wide">{words.iNeedWhy}</span>
        </a>
        {group && (
          <a class="button square" href={`tel:${group.hotline}`}>
            <Icon name="phone" />
            {words.ring(group.hotline)}
          </a>
        )}
      </Dock>
    </>
  );
}
