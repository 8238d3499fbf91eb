import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import { aboutRequest, requestsByIds } from '../requests/index.ts';
import { appointmentsDue } from './queries.ts';

/** A program that was away for longer tells of it no more: the list shows it overdue. */
const longestAgoMs = 3_600_000;

/** The time agreed with a person has come: whoever agreed it is told, once. @returns how many were told */
export async function tellAppointments(context: Context): Promise<number> {
  const { tx, now } = context;
  const due = await appointmentsDue(tx, new Date(now.getTime() - longestAgoMs), now);
  if (due.length === 0) return 0;
  const { group } = await directory(tx);
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: group.timezone, hour: '2-digit', minute: '2-digit' });
  const requests = new Map(
    (
      await requestsByIds(
        tx,
        due.map(({ request_id }) => request_id),
      )
    ).map((r) => [r.id, r]),
  );
  let told = 0;
  for (const { id, request_id, appointment_at, caller_id } of due) {
    const r = requests.get(request_id);
    if (!r) continue;
    told += await tell(context, {
      kind: 'followup.appointment',
      to: { accountIds: [caller_id] },
      about: { ...aboutRequest(r), route: '/followups' },
      values: { at: clock.format(appointment_at) },
      level: 'important',
      once: `followup.appointment:${id}:${appointment_at.toISOString()}`,
    });
  }
  return told;
}
