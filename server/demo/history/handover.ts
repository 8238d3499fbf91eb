/** The last shift left its appointments; whoever comes next takes them over. */
import { minute } from './calendar.ts';
import { idAt, streamOf } from './chance.ts';
import { type Call, type Ledger, type Need, write } from './ledger.ts';

export interface Handover {
  id: string;
  at: Date;
  from: { id: string; label: string };
  note: string;
  items: { call_id: string; note: string | null }[];
}

/** Of the callers who keep half-tried calls, the one who keeps most has left for the day. */
export function leaveShift(ledger: Ledger, seed: number): Handover | null {
  const at = new Date(ledger.calendar.now - 40 * minute);
  const kept = new Map<string, { need: Need; call: Call }[]>();
  for (const need of ledger.needs)
    for (const call of need.calls) {
      const { done_at, keeper_id } = call.row;
      if (done_at || !keeper_id || call.attempts.some((one) => one.at > at)) continue;
      kept.set(keeper_id, [...(kept.get(keeper_id) ?? []), { need, call }]);
    }
  const [from, calls] = [...kept].sort((a, b) => b[1].length - a[1].length)[0] ?? [];
  if (!from || !calls) return null;
  const actor = ledger.cast.byId.get(from)!;
  const id = idAt(at.getTime(), 0, streamOf(seed, 'handover'));
  write(ledger, {
    at,
    actorId: from,
    role: 'followup_caller',
    action: 'followups.handed_over',
    recordKind: 'handover',
    recordId: id,
    class: 'normal',
    figures: { calls: calls.length },
  });
  return {
    id,
    at,
    from: { id: from, label: actor.label },
    note: '白天线路忙，几位都说晚饭后方便，麻烦晚班接着打。',
    items: calls.map(({ call }, i) => ({
      call_id: call.row.id,
      note: call.row.appointment_at ? '约好了时间' : i === 0 ? '占线两次，先留过言' : null,
    })),
  };
}
