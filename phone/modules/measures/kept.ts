import { call } from '../../app/api.ts';
import { keep, recall } from '../../app/database.ts';
import { trueNow, trueTime } from '../../app/device-clock.ts';
import { atReturn } from '../../app/online.ts';
import type { Item } from '../../app/outbox.ts';
import { onOutboxChange } from '../../app/sending.ts';
import { me } from '../../app/session.ts';
import { stored } from '../../app/stored.ts';
import { zone } from '../../kit/clock.tsx';
import { type Arranged, arrange, type Kept, keptAs } from './list.ts';

/** The list of the account that is signed in; `undefined` before the disk was asked, `null` where there is none. */
export const kept = stored<Kept | null | undefined>(undefined);

async function readKept(): Promise<void> {
  const account = me.get()?.id;
  kept.set(account ? ((await recall<Kept>(keptAs(account))) ?? null) : null);
}

/** Asks the server; without a network the last answer stands. */
export async function refreshMeasures(account: string): Promise<void> {
  if (!account) return;
  const fresh = await call<Kept>('/api/measures/mine');
  // Somebody else may have signed in meanwhile.
  if (me.get()?.id !== account) return;
  await keep(keptAs(account), fresh);
  kept.set(fresh);
}

let started: Promise<void> | undefined;

/** Reads what is kept, once, and looks again whenever something was sent or somebody else signs in. */
export function startMeasures(): Promise<void> {
  started ??= readKept().then(() => {
    onOutboxChange(() => void readKept());
    me.subscribe(() => void readKept());
    atReturn(() => void refreshMeasures(me.get()?.id ?? '').catch(() => {}));
  });
  return started;
}

const dayIn = (iso: string | Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone(), year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(iso),
  );

/** The list of this moment, with what this account has in the outbox on top. */
export function listNow(list: Kept, items: readonly Item[], account: string): Arranged {
  const now = trueNow();
  return arrange(
    list,
    items.filter((one) => one.account === account),
    { now, today: dayIn(now), dayOf: dayIn, trueTime },
  );
}
