import type { OutputOf } from '../../../contract/endpoint.ts';
import { headCount, prefilled, type Values } from '../../../contract/report-checks.ts';
import type { reportEndpoints, ToFile } from '../../../contract/reports.ts';
import { call } from '../../app/api.ts';
import { keep, recall } from '../../app/database.ts';
import { trueNow } from '../../app/device-clock.ts';
import { changedReports } from '../../app/live.ts';
import { atReturn } from '../../app/online.ts';
import type { Item } from '../../app/outbox.ts';
import { onOutboxChange } from '../../app/sending.ts';
import { me } from '../../app/session.ts';
import { stored } from '../../app/stored.ts';
import { zone } from '../../kit/clock.tsx';

export type Mine = OutputOf<(typeof reportEndpoints)['mine']>;
type Answer = OutputOf<(typeof reportEndpoints)['file']>;

/** What is being filled in, on the phone's disk with every touch. */
export interface Draft {
  values: Values;
  confirmed: Record<string, string>;
  reason: string;
  savedAt: string;
}

/** What this phone sent, as the server answered it. */
export interface Filed {
  answer: Answer;
  values: Values;
  base: ToFile['base'];
  crews: ToFile['crews'];
  madeAt: string;
}

/** Forms of the account that is signed in; `undefined` before the disk was asked, `null` where there are none. */
export const forms = stored<Mine | null | undefined>(undefined);

const keptAs = (account: string): string => `rows:reports:${account}`;
export const subjectOf = (account: string, one: Pick<ToFile, 'form' | 'nodeId' | 'day'>): string =>
  `${account}:${one.form.code}:${one.nodeId}:${one.day}`;
export const draftAs = (subject: string): string => `draft:report:${subject}`;
export const filedAs = (subject: string): string => `rows:filed:${subject}`;

async function readKept(): Promise<void> {
  const account = me.get()?.id;
  forms.set(account ? ((await recall<Mine>(keptAs(account))) ?? null) : null);
}

/** Asks the server; without a network the last answer stands. */
export async function refreshForms(): Promise<void> {
  const account = me.get()?.id;
  if (!account) return;
  const fresh = await call<Mine>('/api/reports/mine');
  // Somebody else may have signed in meanwhile.
  if (me.get()?.id !== account) return;
  forms.set(fresh);
  await keep(keptAs(account), fresh).catch(() => {});
}

let started: Promise<void> | undefined;

/** Reads what is kept, once, and asks again when something was sent, a form began or somebody else signed in. */
export function startForms(): Promise<void> {
  started ??= readKept().then(() => {
    const look = () => void refreshForms().catch(() => {});
    onOutboxChange(look);
    changedReports.subscribe(look);
    atReturn(look);
    me.subscribe(() => void readKept().then(look));
  });
  return started;
}

/** Group-local day of this moment. */
export const today = (now = trueNow()): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone(), year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);

/**
 * A phone that has heard of nothing since yesterday goes on: the daily form of today, beginning with what it knows of the
 * day before. The server checks against what it knows itself and says where that differs.
 */
export function rolledForward(
  one: ToFile,
  day: string,
  last: { values: Values; crews: ToFile['crews'] } | null,
): ToFile {
  if (one.form.rhythm !== 'daily' || one.day >= day) return one;
  const ahead = Date.parse(`${day}T00:00:00Z`) - Date.parse(`${one.day}T00:00:00Z`);
  const later = (iso: string): string => new Date(Date.parse(iso) + ahead).toISOString();
  const values = last?.values ?? (one.current as Values | null);
  const heads = values ? headCount(one.form.items, values, last?.crews ?? one.crews, null)?.is : undefined;
  return {
    ...one,
    day,
    opensAt: later(one.opensAt),
    dueAt: later(one.dueAt),
    locksAt: later(one.locksAt),
    state: 'open',
    late: null,
    receivedAt: null,
    by: null,
    returned: null,
    versions: 0,
    base: heads === undefined ? one.base : { day: one.day, heads },
    last: values ? { day: one.day, values } : one.last,
    current: null,
  };
}

/** All that this account files on this day, with what this phone itself sent yesterday and could not yet ask back. */
export async function formsToday(
  mine: Mine,
  account: string,
  items: readonly Item[],
  now = trueNow(),
): Promise<ToFile[]> {
  const day = today(now);
  const found: ToFile[] = [];
  for (const one of mine.forms) {
    if (one.form.rhythm !== 'daily' || one.day >= day) {
      found.push(one);
      continue;
    }
    // The day before the last one that was heard of is no news any more.
    if (Date.parse(one.locksAt) <= Date.parse(mine.asOf)) continue;
    const subject = subjectOf(account, one);
    const queued = items.findLast((item) => item.kind === 'filing' && item.subject === subject)?.calls[0]?.body;
    const last = (queued as unknown as Filed | undefined) ?? (await recall<Filed>(filedAs(subject))) ?? null;
    found.push(rolledForward(one, day, last));
  }
  return found;
}

/** What a form shows before anything was touched. */
export const beginning = (one: ToFile): Values =>
  (one.current as Values | null) ??
  prefilled(one.form.items, (one.last?.values as Values | undefined) ?? null, one.crews);
