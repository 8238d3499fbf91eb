import { type AskedTwice, followupEndpoints as api } from '../../../contract/followups.ts';
import { roleFor } from '../../platform/actor.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import { labelsOf } from '../access/index.ts';
import { requestsByIds } from '../requests/index.ts';
import { askedTwice, callById, lockCall, planAgain, shortCalls, type TwiceRow } from './queries.ts';

const shown = 500;
const monthMs = 30 * 24 * 3_600_000;

/** Whether it is solved decides; how satisfied somebody is may change from day to day by one. Pure. */
export const differ = (
  a: { answer: string; satisfied: number | null },
  b: { answer: string; satisfied: number | null },
): boolean =>
  (a.answer === 'solved') !== (b.answer === 'solved') ||
  (a.satisfied !== null && b.satisfied !== null && Math.abs(a.satisfied - b.satisfied) > 1);

function pair(row: TwiceRow, number: string, names: Map<string, string>): AskedTwice {
  const first = {
    at: row.first_at.toISOString(),
    caller: names.get(row.first_caller) ?? '',
    answer: row.first_answer as 'solved',
    satisfied: row.first_satisfied,
    seconds: row.first_seconds,
    callRef: row.first_ref,
  };
  const second = row.second_at && {
    at: row.second_at.toISOString(),
    caller: names.get(row.second_caller!) ?? '',
    answer: row.second_answer as 'solved',
    satisfied: row.second_satisfied,
    seconds: row.second_seconds,
    callRef: row.second_ref,
  };
  return {
    callId: row.second_id,
    requestId: row.request_id,
    number,
    reason: row.reason as 'again',
    first,
    second,
    differs: second && differ(first, second),
  };
}

/** Calls that are made twice by two people: what shows calls that were never made, and the only way to correct an answer. */
export function mountAskingTwice(desk: Desk): void {
  serve(desk, api.askedTwice, async ({ tx, now }) => {
    const rows = await askedTwice(tx, [shown]);
    const numbers = new Map(
      (
        await requestsByIds(
          tx,
          rows.map((row) => row.request_id),
        )
      ).map((r) => [r.id, r.number]),
    );
    const callers = [...new Set(rows.flatMap((row) => [row.first_caller, row.second_caller]))];
    const names = new Map(
      (
        await labelsOf(
          tx,
          callers.filter((id) => id !== null),
        )
      ).map((row) => [row.id, row.label]),
    );
    const pairs = rows.map((row) => pair(row, numbers.get(row.request_id) ?? '', names));
    return {
      pairs,
      answered: pairs.filter((one) => one.second).length,
      differ: pairs.filter((one) => one.differs).length,
      short: (await shortCalls(tx, [new Date(now.getTime() - monthMs)]))[0]!,
    };
  });

  serve(desk, api.askAgain, async ({ tx, actor, now }, { id }) => {
    const known = await callById(tx, id);
    const call = known && (await lockCall(tx, id));
    if (!call) throw notFound();
    if (call.outcome !== 'answered' || call.kind === 'visit') throw conflict('not_answered');
    const again = await planAgain(tx, call, 'correction', now);
    if (again === null) throw conflict('asked_again_already');
    await append(tx, {
      at: now,
      actorId: actor.accountId,
      role: roleFor(actor, 'followups.plan'),
      action: 'followups.correction_asked',
      recordKind: 'call',
      recordId: call.id,
      class: call.class,
      unitId: call.unit_id,
      siteId: call.site_id,
    });
    return { id: again };
  });
}
