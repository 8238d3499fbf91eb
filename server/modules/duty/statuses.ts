import type { dutyEndpoints as api, PersonState } from '../../../contract/duty.ts';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import { badField, conflict, forbidden } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { accountsByPerson, correspondents } from '../access/index.ts';
import { dayNumber, instantAt, localDay } from '../clocks/index.ts';
import { tell } from '../messages/index.ts';
import { directory, personByStaffNo } from '../organization/index.ts';
import { note } from './noting.ts';
import { insertStatuses, lockStatusesOf, patchStatus, type StatusRecord } from './queries.ts';
import { reaches } from './rights.ts';

type Input<K extends keyof typeof api> = ParsedOf<(typeof api)[K]>;

export const statusView = (row: StatusRecord) => ({
  id: row.id,
  accountId: row.account_id,
  name: row.label,
  nodeId: row.node_id,
  state: row.state as PersonState,
  from: row.from_at.toISOString(),
  to: row.to_at?.toISOString() ?? null,
  reason: row.reason as 'assigned',
  version: row.version,
});

/**
 * Says where somebody is from a day on: oneself, or whoever plans duty for one's unit. The period that runs ends there; one
 * that was said for later and would overlap is refused.
 */
export async function setStatus(context: Context, input: Input<'setStatus'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const zone = dir.group.timezone;
  const today = localDay(zone, now);
  const fromDay = input.from === undefined ? today : dayNumber(input.from);
  if (fromDay === null) throw badField('from', 'bad_format');
  if (fromDay < today - 31) throw badField('from', 'in_the_past');
  const toDay = input.to === undefined ? null : dayNumber(input.to);
  if (input.to !== undefined && toDay === null) throw badField('to', 'bad_format');
  if (toDay !== null && toDay < fromDay) throw badField('to', 'not_after');
  // Of today it holds from this moment: what was true this morning stays true.
  const from = fromDay === today ? now : instantAt(zone, fromDay, 0);
  const to = toDay === null ? null : instantAt(zone, toDay + 1, 0);

  const subject = await subjectOf(context, input);
  const own = subject.accountId !== null && subject.accountId === actor.accountId;
  if (!own && !reaches(actor, dir, 'duty.plan', subject.nodeId)) throw forbidden('own_people_only');
  const key = subject.accountId === null ? { person: subject.personId! } : { account: subject.accountId };
  for (const row of await lockStatusesOf(tx, key, from)) {
    if (row.from_at >= from && (to === null || row.from_at < to)) throw conflict('status_overlaps');
    if (row.from_at < from) await patchStatus(tx, row.id, { to_at: from, version: row.version + 1 });
  }
  try {
    await insertStatuses(tx, [
      {
        id: input.id,
        account_id: subject.accountId,
        person_id: subject.accountId === null ? subject.personId : null,
        label: subject.label,
        node_id: subject.nodeId,
        state: input.state,
        from_at: from,
        to_at: to,
        reason: input.reason,
        set_by: actor.accountId,
        set_at: now,
      },
    ]);
  } catch (error) {
    throw (error as { code?: string }).code === '23P01' ? conflict('status_overlaps') : error;
  }
  await note(context, dir, {
    action: 'duty.status_set',
    recordKind: 'duty_status',
    recordId: input.id,
    nodeId: subject.nodeId,
    to: input.state,
    reason: input.reason,
    figures: { own },
  });
  if (input.state === 'returning' && subject.accountId !== null)
    await tell(context, {
      kind: 'duty.returning',
      to: { accountIds: [subject.accountId] },
      about: { kind: 'duty', id: input.id, label: dir.nodes.get(subject.nodeId)?.code ?? '', route: '/me' },
      level: 'important',
    });
}

async function subjectOf(
  { tx, actor }: Context,
  input: Input<'setStatus'>,
): Promise<{ accountId: string | null; personId: string | null; label: string; nodeId: number }> {
  if (input.staffNo !== undefined) {
    const person = await personByStaffNo(tx, input.staffNo);
    if (!person) throw badField('staffNo', 'bad_choice');
    const [account] = await accountsByPerson(tx, [person.id]);
    return { accountId: account?.id ?? null, personId: person.id, label: person.label, nodeId: person.node_id };
  }
  const accountId = input.accountId ?? actor.accountId!;
  const [account] = await correspondents(tx, [accountId]);
  if (!account) throw badField('accountId', 'bad_choice');
  return { accountId, personId: null, label: account.label, nodeId: account.home_node_id };
}
