/** What time does with reports: opens the day, tells the silent and their leaders, locks the day. */
import { roleFor } from '../../platform/actor.ts';
import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import { dayOf } from './calendar.ts';
import { openingOf } from './filing.ts';
import { formsInUse, placesOf } from './forms.ts';
import { filersOf } from './live.ts';
import { filingsOn, lockDays, openFilings, patchFilings, silentSince } from './queries.ts';
import { noteFiling } from './record.ts';

const minute = 60_000;
/** 17:30 for what is due at 17:00: the officers are told; at 19:00 the leaders of their unit. */
const noticeAfter = 30 * minute;
const escalateAfter = 120 * minute;
const atOnce = 200;

/** Opens the reports of the running day that are not open yet: at midnight, and when a form is put in use. */
export async function openDay(context: Context): Promise<number> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const day = dayOf(dir, now);
  let opened = 0;
  for (const { version: form } of await formsInUse(tx)) {
    const there = new Set((await filingsOn(tx, form.code, day)).map((one) => one.node_id));
    const rows = [];
    for (const nodeId of placesOf(dir, form.filedFor)) {
      if (there.has(nodeId)) continue;
      const opening = await openingOf(tx, dir, form, nodeId, day);
      if (opening) rows.push(opening);
    }
    opened += await openFilings(tx, rows);
  }
  return opened;
}

/** @returns how many filings were looked at; called again until there are none */
export async function noticeSilent(context: Context): Promise<number> {
  const { tx, now, actor } = context;
  const dir = await directory(tx);
  const silent = await silentSince(tx, new Date(now.getTime() - noticeAfter), 'noticed_at', atOnce);
  if (silent.length === 0) return 0;
  const filers = await filersOf(tx);
  for (const filing of silent) {
    const accountIds = filers.get(filing.node_id)?.ids ?? [];
    if (accountIds.length > 0)
      await tell(context, {
        kind: 'report.silent',
        to: { accountIds },
        about: {
          kind: 'report',
          id: filing.id,
          label: `${dir.nodes.get(filing.node_id)?.code ?? ''} ${filing.day}`,
          route: '/reports',
        },
        level: 'urgent',
        once: `report.silent:${filing.id}`,
      });
    await noteFiling(context, filing, roleFor(actor, null), 'silent_noticed', { told: accountIds.length }, dir);
  }
  await patchFilings(
    tx,
    silent.map((one) => one.id),
    { noticed_at: now },
  );
  return silent.length;
}

/** The leaders of a unit are told how many of its places are silent, once for each form and day. */
export async function escalateSilent(context: Context): Promise<number> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const silent = await silentSince(tx, new Date(now.getTime() - escalateAfter), 'escalated_at', 5_000);
  const groups = new Map<string, typeof silent>();
  for (const filing of silent) {
    const key = `${filing.form_code}:${filing.unit_id}:${filing.day}`;
    groups.set(key, [...(groups.get(key) ?? []), filing]);
  }
  for (const [key, filings] of groups) {
    const [first] = filings;
    await tell(context, {
      kind: 'report.silent_unit',
      to: { role: 'unit_leader', nodeId: first!.unit_id },
      about: {
        kind: 'report',
        id: first!.id,
        label: `${dir.nodes.get(first!.unit_id)?.code ?? ''} ${first!.day}`,
        route: '/reports',
      },
      values: { n: filings.length },
      level: 'urgent',
      once: `report.silent_unit:${key}`,
    });
  }
  await patchFilings(
    tx,
    silent.map((one) => one.id),
    { escalated_at: now },
  );
  return silent.length;
}

/** Local midnight: from now on a change of the day needs a reason. */
export async function lockOver(context: Context): Promise<number> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const locked = await lockDays(tx, now, 1_000);
  for (const filing of locked)
    await noteFiling(context, filing, 'system', 'locked', { silent: filing.state === 'open' }, dir);
  return locked.length;
}
