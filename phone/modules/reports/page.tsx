import { useEffect, useState } from 'preact/hooks';
import type { ToFile } from '../../../contract/reports.ts';
import { trueNow } from '../../app/device-clock.ts';
import type { Item } from '../../app/outbox.ts';
import { pending } from '../../app/pending.ts';
import { route } from '../../app/route.ts';
import { me } from '../../app/session.ts';
import { shortTime, timeLeft } from '../../app/times.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { useNow, zone } from '../../kit/clock.tsx';
import { Back, Bar, Dock } from '../../kit/frame.tsx';
import { Icon } from '../../kit/icon.tsx';
import { Stranded } from '../../kit/stranded.tsx';
import { ReportForm } from './form.tsx';
import { forms, formsToday, refreshForms, startForms, subjectOf } from './kept.ts';
import { useReportWords } from './words.ts';
import './reports.css';

let prepared: { of: unknown; all: ToFile[] | null } | null = null;

/** Reads what the home shows before it is drawn. */
export async function prepareForms(): Promise<void> {
  await startForms();
  const mine = forms.get();
  const account = me.get()?.id;
  prepared = { of: mine, all: mine && account ? await formsToday(mine, account, pending.get()) : null };
}

/** What this account files now, as this phone knows it; `undefined` until its disk was asked. */
export function useForms(): ToFile[] | null | undefined {
  const mine = useStored(forms);
  const items = useStored(pending);
  const account = useStored(me)?.id;
  const [found, setFound] = useState<ToFile[] | null | undefined>(
    prepared && prepared.of === mine ? prepared.all : undefined,
  );
  useEffect(() => {
    void startForms();
    void refreshForms().catch(() => {});
  }, []);
  useEffect(() => {
    if (mine === undefined) return;
    if (mine === null || !account) return setFound(null);
    let stale = false;
    void formsToday(mine, account, items).then((all) => {
      if (!stale) setFound(all);
    });
    return () => {
      stale = true;
    };
  }, [mine, items, account]);
  return found;
}

export const queuedOf = (items: readonly Item[], account: string, one: ToFile): Item | undefined =>
  items.findLast((item) => item.kind === 'filing' && item.subject === subjectOf(account, one));

function List({ all }: { all: readonly ToFile[] }) {
  const words = useWords();
  const said = useReportWords();
  const now = useNow();
  return (
    <>
      <Bar title={said.list} />
      <main>
        <StrandedReports all={all} />
        {all.map((one) => (
          <a class="card" key={`${one.form.code}/${one.nodeId}`} href={`#/report/${one.form.code}/${one.nodeId}`}>
            <div class="head">
              <span class="state">
                <Icon name={one.state === 'open' ? 'pen' : 'dot'} />
                {said.pick(one.form)}
              </span>
              <small>{one.state === 'open' ? timeLeft(one.opensAt, one.dueAt, now, words).text : said.sent}</small>
            </div>
            <p class="small dim">
              {said.pick(one.node)} · {said.by(shortTime(one.dueAt, trueNow(), zone(), words))}
            </p>
          </a>
        ))}
      </main>
      <Dock>
        <Back to="/" />
      </Dock>
    </>
  );
}

/** Reports that were not taken and no form shows any more: of a form retired meanwhile, or of a wrong day. */
export function StrandedReports({ all }: { all: readonly ToFile[] }) {
  const said = useReportWords();
  const account = useStored(me)?.id ?? '';
  const shown = new Set(all.map((one) => subjectOf(account, one)));
  const items = useStored(pending).filter(
    (item) =>
      item.kind === 'filing' && item.account === account && item.phase === 'refused' && !shown.has(item.subject),
  );
  const titleOf = (item: Item): string => {
    const [, month, date] = String(item.calls[0]!.body!.day).split('-').map(Number);
    return said.strandedTitle(month!, date!);
  };
  return <Stranded items={items} titleOf={titleOf} drop={said.strandedDrop} />;
}

function Nothing({ title, why }: { title: string; why: string }) {
  return (
    <>
      <Bar title={title} />
      <main>
        <StrandedReports all={useStored(forms)?.forms ?? []} />
        <p class="dim">{why}</p>
      </main>
      <Dock>
        <Back to="/" />
      </Dock>
    </>
  );
}

/** Reports to file: one form at once, several as a list. */
export default function Reports() {
  const said = useReportWords();
  const words = useWords();
  const { rest } = useStored(route);
  const account = useStored(me);
  const mine = useStored(forms);
  const all = useForms();
  const [code, node, day] = rest;
  if (!account?.permissions.includes('reports.file')) return <Nothing title={said.list} why={said.notYours} />;
  if (all === undefined) return <p class="splash">{words.loading}</p>;
  if (all === null) return <Nothing title={said.unloaded} why={said.unloadedWhy} />;
  const current = all.filter((one) => !isPast(one, mine?.asOf));
  const past = (mine?.forms ?? []).filter((one) => isPast(one, mine?.asOf));
  const same = (one: ToFile): boolean => one.form.code === code && String(one.nodeId) === node;
  const one = code
    ? day
      ? past.find((each) => same(each) && each.day === day)
      : current.find(same)
    : current.length === 1
      ? current[0]
      : undefined;
  if (one) {
    const before = past.find((each) => each.form.code === one.form.code && each.nodeId === one.nodeId);
    return <ReportForm key={`${one.form.code}/${one.nodeId}/${one.day}`} one={one} past={day ? undefined : before} />;
  }
  if (code) return <Nothing title={said.goneTitle} why={said.goneWhy} />;
  return current.length === 0 ? <Nothing title={said.nothing} why={said.nothingWhy} /> : <List all={current} />;
}

/** Locked when the server was last heard: it can only be amended. */
const isPast = (one: ToFile, asOf: string | undefined): boolean =>
  asOf !== undefined && Date.parse(one.locksAt) <= Date.parse(asOf);
