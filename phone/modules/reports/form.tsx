import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import {
  type Fault,
  headCount,
  isAsked,
  type Outlier,
  outliersOf,
  partsOf,
  reportFaults,
  sum,
  type Value,
  type Values,
} from '../../../contract/report-checks.ts';
import type { ToFile } from '../../../contract/reports.ts';
import { keep, recall } from '../../app/database.ts';
import { trueTime } from '../../app/device-clock.ts';
import { online } from '../../app/online.ts';
import { pending } from '../../app/pending.ts';
import { me } from '../../app/session.ts';
import { shortTime, timeLeft } from '../../app/times.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { useNow, zone } from '../../kit/clock.tsx';
import { Back, Bar, Dock } from '../../kit/frame.tsx';
import { Icon } from '../../kit/icon.tsx';
import { Crews } from './crews.tsx';
import { fileReport } from './filing.ts';
import { ItemRows } from './items.tsx';
import { beginning, type Draft, draftAs, type Filed, filedAs, subjectOf } from './kept.ts';
import { Origin } from './origin.tsx';
import { Standing } from './standing.tsx';
import { dayWord, type ReportWords, useReportWords } from './words.ts';

function Balance({ one, values }: { one: ToFile; values: Values }) {
  const said = useReportWords();
  const items = one.form.items.filter((item) => isAsked(item, one.stage));
  const heads = headCount(items, values, one.crews, one.base);
  if (!heads) return null;
  const off = heads.shouldBe === null ? 0 : heads.is - heads.shouldBe;
  const waits = one.base !== null && heads.shouldBe === null;
  const title =
    one.base === null
      ? said.noBase
      : waits
        ? said.waits
        : off === 0
          ? said.balanced
          : off > 0
            ? said.more(off)
            : said.fewer(-off);
  const sign = (n: number | null, mark: string): string => (n === null ? '—' : `${mark}${n}`);
  return (
    <section class={`balance ${off === 0 ? 'ok' : 'off'}`} role="status">
      <p class={`state ${off === 0 && !waits && one.base ? 'done' : 'ink'}`}>
        <Icon name={off !== 0 ? 'warn' : waits || !one.base ? 'empty' : 'done'} />
        {title}
      </p>
      {one.base && (
        <table>
          <thead>
            <tr>
              <th>{said.before(dayWord(one.base.day, one.day, said))}</th>
              <th>{said.cameIn}</th>
              <th>{said.wentOut}</th>
              <th>{said.shouldBe}</th>
              <th>{said.crewsSum}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>{one.base.heads}</td>
              <td>{sign(heads.cameIn, '+')}</td>
              <td>{sign(heads.wentOut, '−')}</td>
              <td>{heads.shouldBe ?? '—'}</td>
              <td class={off === 0 ? '' : 'hit'}>{heads.is}</td>
            </tr>
          </tbody>
        </table>
      )}
      {off !== 0 && <p class="small">{said.lookAt}</p>}
    </section>
  );
}

/** Whole figures by item and part that differ from those of last time. */
function changesOf(one: ToFile, values: Values): number {
  const last = one.last?.values as Values | undefined;
  if (!last) return 0;
  let n = 0;
  for (const item of one.form.items) {
    if (!isAsked(item, one.stage) || !item.carried) continue;
    const parts = partsOf(item, one.crews);
    if (!parts) n += (values[item.key] ?? null) !== (last[item.key] ?? null) ? 1 : 0;
    else for (const part of parts) n += sum(values[item.key], [part]) !== sum(last[item.key], [part]) ? 1 : 0;
  }
  return n;
}

/** The names of what keeps it from going, each once, in the order of the form. */
function missingWords(
  one: ToFile,
  faults: readonly Fault[],
  unusual: number,
  noReason: boolean,
  said: ReportWords,
): string[] {
  const named = new Map<string, string>();
  for (const fault of faults) {
    const item = one.form.items.find((each) => each.key === fault.key)!;
    const key = `${fault.key}/${fault.code === 'heads'}`;
    if (named.has(key)) continue;
    named.set(
      key,
      fault.code === 'heads'
        ? said.heads(fault.is - fault.shouldBe)
        : fault.code === 'blank'
          ? said.blanks(said.field(item))
          : said.wrong(said.field(item)),
    );
  }
  const all = [...named.values()];
  if (unusual > 0) all.push(said.outliers(unusual));
  if (noReason) all.push(said.reasonMissing);
  return all;
}

const empty: Draft = { values: {}, confirmed: {}, reason: '', savedAt: '' };

/** One report of one day: opens with what stood last time, only changes are touched, and it goes without a network. */
export function ReportForm({ one, past }: { one: ToFile; past: ToFile | undefined }) {
  const words = useWords();
  const said = useReportWords();
  const now = useNow();
  const connected = useStored(online);
  const account = useStored(me)!.id;
  const items = useStored(pending);
  const subject = subjectOf(account, one);
  const queued = items.findLast((item) => item.kind === 'filing' && item.subject === subject);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [filed, setFiled] = useState<Filed | null>(null);
  const [unkept, setUnkept] = useState(false);
  const [crewsOpen, setCrewsOpen] = useState(false);
  const latest = useRef<Draft>(empty);

  // Read once: from then on the page holds what is typed, whatever arrives meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form and the outbox of the first moment are meant
  useEffect(() => {
    let gone = false;
    void (async () => {
      const kept = await recall<Draft>(draftAs(subject)).catch(() => undefined);
      const sent = await recall<Filed>(filedAs(subject)).catch(() => undefined);
      if (gone) return;
      setFiled(sent ?? null);
      // What waits in the outbox is what this phone says, until the server has it.
      const own = (queued?.calls[0]?.body as { values: Values } | undefined)?.values ?? sent?.values;
      latest.current = kept ?? { ...empty, values: own ?? beginning(one) };
      setDraft(latest.current);
    })();
    return () => {
      gone = true;
    };
  }, [subject]);
  // The last report was sent: what the server answered stands beside the form.
  useEffect(() => {
    if (!queued) void recall<Filed>(filedAs(subject)).then((sent) => setFiled(sent ?? null));
  }, [queued, subject]);

  const asked = useMemo(() => one.form.items.filter((item) => isAsked(item, one.stage)), [one]);
  if (!draft) return <p class="splash">{words.loading}</p>;

  const change = (part: Partial<Draft>): void => {
    latest.current = { ...latest.current, ...part, savedAt: new Date().toISOString() };
    setDraft(latest.current);
    keep(draftAs(subject), latest.current).then(
      () => setUnkept(false),
      () => setUnkept(true),
    );
  };
  const set = (key: string, value: Value): void => change({ values: { ...latest.current.values, [key]: value } });

  const { values } = draft;
  const faults = reportFaults({ items: one.form.items, stage: one.stage, values, crews: one.crews, base: one.base });
  const unusual: Outlier[] = outliersOf(asked, values, one.crews, one.usual);
  const unconfirmed = unusual.filter((flag) => draft.confirmed[flag.key] === undefined);
  const locked = one.locksAt <= now.toISOString() && (one.versions > 0 || filed !== null);
  const noReason = locked && draft.reason.trim() === '';
  const missing = missingWords(one, faults, unconfirmed.length, noReason, said);
  const blank = faults.filter((fault) => fault.code === 'blank').length;
  const changed = changesOf(one, values);
  const groups = [...new Set(asked.map((item) => item.groupZh))];
  const left = timeLeft(one.opensAt, one.dueAt, now, words);
  const [, month, date] = one.day.split('-').map(Number);
  const at = (iso: string): string => shortTime(iso, now, zone(), words);
  const hasCrews = asked.some((item) => item.kind === 'crews');

  async function send(): Promise<void> {
    await fileReport(account, one, { values, confirmed: latest.current.confirmed, reason: latest.current.reason });
    scrollTo(0, 0);
  }
  const showFirst = (): void => {
    const first = document.querySelector<HTMLElement>('.line.bad, .balance.off, .unusual.open, .reason');
    first?.scrollIntoView({ block: 'center' });
    first?.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true });
  };

  return (
    <div class="report">
      <Bar title={said.titleOf(said.pick(one.form), month!, date!)} line={said.pick(one.node)}>
        <p class="due">
          {!locked && (
            <span class={`clock ${one.state === 'open' && !queued ? left.tone : ''}`}>
              {one.state === 'open' && !queued ? left.text : ''}
            </span>
          )}
          <small>{said.by(at(one.dueAt))}</small>
        </p>
      </Bar>
      <main>
        <Standing one={one} queued={queued} filed={filed} />
        <p class="small">
          {one.last ? said.intro(dayWord(one.last.day, one.day, said)) : said.introFirst}{' '}
          <b>{said.tally(changed, blank)}</b>{' '}
          {unkept ? <b>{said.unkept}</b> : draft.savedAt && said.saved(at(trueTime(draft.savedAt)))}
        </p>
        <Origin one={one} asked={asked} />
        {groups.map((group, i) => {
          const inGroup = asked.filter((item) => item.groupZh === group);
          const head = said.pick({ zh: group, en: inGroup[0]!.groupEn });
          const byHand = inGroup.some((item) => item.kind === 'whole' && !item.carried && item.heads === null);
          return (
            <section key={group} aria-label={head}>
              <div class="section">
                <h2>
                  {i + 1} {head}
                </h2>
                {hasCrews && inGroup.some((item) => item.kind === 'crews') && (
                  <button type="button" class="link" onClick={() => setCrewsOpen(true)}>
                    {said.crews}
                  </button>
                )}
              </div>
              {inGroup.some((item) => item.heads !== null) && <Balance one={one} values={values} />}
              {byHand && <p class="small dim">{said.zeroNote}</p>}
              <div class="card lines">
                {inGroup.map((item) => (
                  <ItemRows
                    key={item.key}
                    item={item}
                    one={one}
                    values={values}
                    faults={faults.filter((fault) => fault.key === item.key)}
                    unusual={unusual.filter((flag) => flag.key.split('/')[0] === item.key)}
                    confirmed={draft.confirmed}
                    onValue={(value) => set(item.key, value)}
                    onConfirm={(key, why) => {
                      const confirmed = { ...latest.current.confirmed };
                      if (why === null) delete confirmed[key];
                      else confirmed[key] = why;
                      change({ confirmed });
                    }}
                  />
                ))}
              </div>
            </section>
          );
        })}
        <a class="card" href="#/ask">
          <b>{said.needMore}</b>
          <p class="small dim">{said.needWhy}</p>
        </a>
        {past && (
          <a class="link" href={`#/report/${past.form.code}/${past.nodeId}/${past.day}`}>
            {said.pastLink(dayWord(past.day, one.day, said))}
          </a>
        )}
        {locked && (
          <label class="field reason">
            <span class="label">{said.reason}</span>
            <small class="dim">{said.reasonWhy}</small>
            <textarea
              class="input"
              rows={2}
              maxLength={500}
              value={draft.reason}
              onInput={(event) => change({ reason: event.currentTarget.value })}
            />
          </label>
        )}
      </main>
      <Dock>
        <Back to={past || location.hash.split('/').length < 5 ? '/' : `/report/${one.form.code}/${one.nodeId}`} />
        {missing.length > 0 ? (
          <button type="button" class="button stop" onClick={showFirst}>
            <span>
              <b>{said.stop(missing.length)}</b>
              <small>
                {missing.slice(0, 2).join(said.listComma)}
                {missing.length > 2 && said.andMore(missing.length)}
              </small>
            </span>
            <Icon name="next" />
          </button>
        ) : (
          <button type="button" class="button go" onClick={() => void send()}>
            <span>
              <b>{one.versions > 0 || filed || queued ? said.goAgain : said.go(said.pick(one.form))}</b>
              {!connected && <small>{said.goWhy}</small>}
            </span>
          </button>
        )}
      </Dock>
      {crewsOpen && <Crews one={one} onClose={() => setCrewsOpen(false)} />}
    </div>
  );
}
