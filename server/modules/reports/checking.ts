import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { reportEndpoints } from '../../../contract/reports.ts';
import { roleFor, sameHand } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import { formsInUse } from './forms.ts';
import { filersOf, filingsOfDay, formAsked, mayApprove, rowOf } from './live.ts';
import {
  claimChase,
  type FilingRecord,
  filingsOn,
  insertApproval,
  lockFiling,
  lockFilingsOf,
  openFilings,
  patchFiling,
  patchFilings,
} from './queries.ts';
import { approves, checks, filedIt, noteFiling, reads } from './record.ts';

type Input<K extends keyof typeof reportEndpoints> = ParsedOf<(typeof reportEndpoints)[K]>;

/** Checked by the unit's liaison, or returned with words; never by whoever filed it. */
export async function check(context: Context, input: Input<'check'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const filing = await lockFiling(tx, input.id);
  if (!filing || !checks(dir, actor, filing.node_id)) throw notFound();
  if (filedIt(actor, filing)) throw forbidden('filed_it');
  // A newer version came while this one was being looked at.
  if (filing.current_id !== input.versionId) throw conflict('stale');
  if (filing.state !== 'submitted') throw conflict('stale');
  if (input.outcome === 'returned' && !input.words) throw badField('words', 'required');
  await patchFiling(tx, filing.id, {
    state: input.outcome,
    checked_by: actor.accountId,
    checked_label: actor.label,
    checked_at: now,
    returned_words: input.outcome === 'returned' ? input.words! : null,
  });
  await noteFiling(context, filing, roleFor(actor, 'reports.check'), input.outcome, { version: filing.versions }, dir);
  if (input.outcome === 'returned' && filing.filed_by)
    await tell(context, {
      kind: 'report.returned',
      to: { accountIds: [filing.filed_by] },
      about: {
        kind: 'report',
        id: filing.id,
        label: `${dir.nodes.get(filing.node_id)!.code} ${filing.day}`,
        route: `/reports/${filing.id}`,
      },
      level: 'important',
    });
}

/** A unit's day, approved upward: from then on its filings are approved, and what comes later stands beside it. */
export async function approve(context: Context, input: Input<'approve'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  if (!approves(actor, input.unitId)) throw forbidden();
  const inUse = await formsInUse(tx);
  const form = await formAsked(tx, input.form, inUse);
  // What comes while this is decided waits, and then stands beside the approval.
  await lockFilingsOf(tx, form.code, input.unitId, input.day);
  const { opened, toOpen } = await filingsOfDay(tx, dir, form, input.day, now, inUse);
  const filings = [...opened, ...toOpen].filter((one) => one.unit_id === input.unitId);
  const why = mayApprove(filings.map((one) => rowOf(one, now)));
  if (why) throw new Refusal(409, `day_${why}`);
  if (filings.some((one) => filedIt(actor, one) || sameHand(actor, one.checked_by, one.checked_at)))
    throw forbidden('checked_it');
  const received = filings.filter((one) => one.current_id !== null);
  const made = await insertApproval(tx, {
    form_code: form.code,
    unit_id: input.unitId,
    day: input.day,
    expected: filings.length,
    received: received.length,
    by_id: actor.accountId,
    by_label: actor.label,
    at: now,
    words: input.words || null,
  });
  if (!made) throw conflict('stale');
  await patchFilings(
    tx,
    received.map((one) => one.id),
    { state: 'approved' },
  );
  await append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, 'reports.approve'),
    action: 'reports.day_approved',
    recordKind: 'filing',
    recordId: filings[0]!.id,
    class: 'normal',
    unitId: input.unitId,
    figures: { form: form.code, day: input.day, expected: filings.length, received: received.length },
  });
}

/** At most so often for one report, however many press. */
const chaseAgainMs = 10 * 60_000;

/** Asks those from whom nothing has come. @returns how many people are told */
export async function chase(context: Context, input: Input<'chase'>): Promise<{ told: number }> {
  const { tx, actor, now } = context;
  if (!actor.permissions.has('messages.chase')) throw forbidden();
  const dir = await directory(tx);
  const inUse = await formsInUse(tx);
  const form = await formAsked(tx, input.form, inUse);
  const wanted = new Set(input.nodeIds.filter((nodeId) => reads(dir, actor, nodeId)));
  const isSilent = (one: FilingRecord): boolean => wanted.has(one.node_id) && one.current_id === null;
  await openFilings(tx, (await filingsOfDay(tx, dir, form, input.day, now, inUse)).toOpen.filter(isSilent));
  const silent = (await filingsOn(tx, form.code, input.day)).filter(isSilent);
  const filers = await filersOf(tx);
  let told = 0;
  for (const filing of silent) {
    const ids = filers.get(filing.node_id)?.ids ?? [];
    if (ids.length === 0 || !(await claimChase(tx, filing.id, now, new Date(now.getTime() - chaseAgainMs)))) continue;
    told += await tell(context, {
      kind: 'report.chased',
      to: { accountIds: ids },
      about: {
        kind: 'report',
        id: filing.id,
        label: `${dir.nodes.get(filing.node_id)!.code} ${filing.day}`,
        route: '/reports',
      },
      level: 'important',
    });
    await noteFiling(context, filing, roleFor(actor, 'messages.chase'), 'chased', { told: ids.length }, dir);
  }
  return { told };
}
