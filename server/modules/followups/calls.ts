import type { CallRow } from '../../../contract/followups.ts';
import { type Actor, covers, sameHand } from '../../platform/actor.ts';
import { conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { HttpContext } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { labelsOf, leadersAbove } from '../access/index.ts';
import { handsOf, linesOf } from '../cases/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import {
  answerersOf,
  independence,
  leftNumbers,
  lockRequest,
  type RequestRecord,
  requestsByIds,
  sightOf,
} from '../requests/index.ts';
import { decidersOf } from './answered.ts';
import { bestTime } from './bestTime.ts';
import { dayIn } from './days/calendar.ts';
import { answeredHours, attemptsOf, type CallRecord, callById, lockCall, siteHours } from './queries.ts';
import { channelsLeft, reach } from './reaching.ts';

/** Each rule of independence for this caller and request (rules 3). */
export async function independenceOf(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  r: RequestRecord,
  call: Pick<CallRecord, 'first_call_id'>,
): Promise<{ rule: string; holds: boolean }[]> {
  const hands = r.case_id ? await handsOf(tx, r.case_id) : [];
  const lines = r.case_id ? await linesOf(tx, r.case_id) : [];
  // Who answered at once, also after a return, handled it beside the case; who registered it took part too.
  const apart = await answerersOf(tx, [r.id]);
  const outside = await labelsOf(
    tx,
    [...apart.map((row) => row.actor_id), r.registrar_id].filter((id): id is string => id !== null),
  );
  const all = [
    ...hands.map((row) => ({
      accountId: row.account_id,
      did: row.did,
      at: row.at,
      lineId: row.line_id,
      homeNodeId: row.home_node_id,
    })),
    ...outside.map((row) => ({
      accountId: row.id,
      did: row.id === r.registrar_id ? 'registered' : 'handled',
      lineId: null,
      homeNodeId: row.home_node_id,
    })),
  ];
  const leads = await leadersAbove(tx, [...new Set(all.map((one) => one.accountId))]);
  const handLeads = new Map<string, number[]>();
  for (const row of leads) handLeads.set(row.account_id, [...(handLeads.get(row.account_id) ?? []), row.node_id]);
  const rules = independence(
    {
      accountId: actor.accountId!,
      joined: actor.joined,
      homeNodeId: actor.homeNodeId,
      lineIds: actor.areas.map((area) => area.lineId).filter((id): id is number => id !== null),
      leads: actor.areas
        .filter((area) => area.role === 'unit_leader' || area.role === 'group_leader')
        .map((area) => area.nodeId),
      // Granted over a unit, an officer is the officer of each of its sites.
      officerOf:
        r.site_id !== null &&
        actor.areas.some(
          (area) => area.role === 'site_officer' && covers(area, { unitId: r.unit_id, siteId: r.site_id }),
        )
          ? [r.site_id]
          : [],
    },
    {
      registrarId: r.registrar_id,
      requesterId: r.requester_id,
      siteId: r.site_id,
      lineIds: lines,
      hands: all,
      handLeads,
    },
    dir.ancestors,
  );
  // Asked again by somebody else, or it checks nothing.
  const first = call.first_call_id === null ? undefined : await callById(tx, call.first_call_id);
  return first ? [...rules, { rule: 'other_caller', holds: !sameHand(actor, first.caller_id, first.done_at) }] : rules;
}

/** The same for who verifies: who decided something about it elsewhere took part, as an approver of the case did. */
export async function mayVerify(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  r: RequestRecord,
  call: CallRecord,
): Promise<{ rule: string; holds: boolean }[]> {
  const rules = await independenceOf(tx, dir, actor, r, call);
  const decided = [...(await decidersOf(tx, r.id))].some((id) => sameHand(actor, id));
  return rules.map(({ rule, holds }) => ({ rule, holds: holds && !(rule === 'no_part' && decided) }));
}

/** A lease that somebody holds on a call. */
export const isClaimed = (call: CallRecord, now: Date): boolean =>
  call.done_at === null && call.claimed_by !== null && call.claimed_until! > now;

const twoDays = 48 * 3_600_000;

/** Calls as the list shows them: attempts, channels, who is at it, and when the person is best rung. */
export async function rowsFor(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  calls: CallRecord[],
  now: Date,
): Promise<CallRow[]> {
  const ids = calls.map((call) => call.request_id);
  const attempts = await attemptsOf(
    tx,
    calls.map((call) => call.id),
  );
  const requests = new Map((await requestsByIds(tx, ids)).map((r) => [r.id, r]));
  const numbers = new Set((await leftNumbers(tx, [ids])).map((row) => row.request_id));
  const zone = dir.group.timezone;
  const people = calls.map((call) => call.person_id).filter((id) => id !== null);
  const sites = calls.map((call) => call.site_id).filter((id) => id !== null);
  const hours = people.length === 0 ? [] : await answeredHours(tx, [people, zone]);
  const patterns = sites.length === 0 ? [] : await siteHours(tx, [sites, zone, new Date(now.getTime() - 30 * twoDays)]);
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  const nowClock = clock.format(now);
  return calls.flatMap((call): CallRow[] => {
    const r = requests.get(call.request_id);
    if (!r) return [];
    const channels = channelsLeft(numbers.has(r.id));
    const reached = reach(
      attempts.filter((attempt) => attempt.call_id === call.id),
      channels,
      dayIn(zone),
    );
    const appointment = call.appointment_at;
    const best = bestTime(
      {
        appointment: appointment === null ? null : clock.format(appointment),
        answered: call.person_id ? hours.filter((row) => row.person_id === call.person_id).map((row) => row.hour) : [],
        site: patterns.filter((row) => row.site_id === call.site_id),
        wroteAt: r.registrar_id === null ? Number(clock.format(r.submitted_at).slice(0, 2)) : null,
      },
      nowClock,
    );
    return [
      {
        id: call.id,
        requestId: r.id,
        number: r.number,
        siteId: r.site_id,
        unitId: r.unit_id,
        categoryId: sightOf('verifier', r).detail ? r.category_id : r.first_category_id,
        due: call.due_at.toISOString(),
        appointment: appointment?.toISOString() ?? null,
        attempts: reached.attempts,
        attemptDays: reached.days,
        channelsLeft: channels,
        mine: call.keeper_id !== null && call.keeper_id === actor.accountId,
        kind: call.kind as CallRow['kind'],
        reason: call.reason as CallRow['reason'],
        afterHours: call.after_hours,
        claim: isClaimed(call, now)
          ? {
              label: call.claimed_label!,
              until: call.claimed_until!.toISOString(),
              mine: call.claimed_by === actor.accountId,
            }
          : null,
        keeper: call.keeper_label,
        bestTime: appointment === null ? best : { ...best, now: appointment <= now },
      },
    ];
  });
}

/** The call and its request, locked, and certainly this caller's to verify. @throws not_independent, call_done, call_claimed */
export async function verifying(
  context: HttpContext,
  callId: string,
): Promise<{ call: CallRecord; r: RequestRecord; dir: Directory }> {
  const { tx, actor, now } = context;
  const known = await callById(tx, callId);
  if (!known) throw notFound();
  // Request before call, everywhere: two orders of locking would meet each other.
  const r = await lockRequest(tx, known.request_id);
  const call = await lockCall(tx, callId);
  if (!r || !call) throw notFound();
  if (call.done_at) throw conflict('call_done');
  if (isClaimed(call, now) && call.claimed_by !== actor.accountId) throw claimedBy(call.claimed_label!);
  const dir = await directory(tx);
  if (!(await mayVerify(tx, dir, actor, r, call)).every((rule) => rule.holds)) throw forbidden('not_independent');
  return { call, r, dir };
}

export const claimedBy = (who: string): Refusal => new Refusal(409, 'call_claimed', { values: { who } });
