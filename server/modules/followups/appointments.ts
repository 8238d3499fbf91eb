import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import { aboutRequest, type RequestRecord, requestsByIds } from '../requests/index.ts';
import { appointmentsDue } from './queries.ts';

/** A program that was away for longer tells of it no more: the list shows it overdue. */
const longestAgoMs = 3_600_000;

interface Appointment {
  id: string;
  request_id: string;
  appointment_at: Date;
  caller_id: string;
}

/** The time agreed with a person has come: whoever agreed it is told, once. @returns how many were told */
export async function tellAppointment(context: Context, due: Appointment, request?: RequestRecord): Promise<number> {
  const r = request ?? (await requestsByIds(context.tx, [due.request_id]))[0];
  if (!r) return 0;
  const { group } = await directory(context.tx);
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: group.timezone, hour: '2-digit', minute: '2-digit' });
  return tell(context, {
    kind: 'followup.appointment',
    to: { accountIds: [due.caller_id] },
    about: { ...aboutRequest(r), route: '/followups' },
    values: { at: clock.format(due.appointment_at) },
    level: 'important',
    once: `followup.appointment:${due.id}:${due.appointment_at.toISOString()}`,
  });
}

/** Of all appointments whose time has come. @returns how many were told */
export async function tellAppointments(context: Context): Promise<number> {
  const { tx, now } = context;
  const due = await appointmentsDue(tx, new Date(now.getTime() - longestAgoMs), now);
  if (due.length === 0) return 0;
  const requests = new Map(
    (
      await requestsByIds(
        tx,
        due.map(({ request_id }) => request_id),
      )
    ).map((r) => [r.id, r]),
  );
  let told = 0;
  for (const one of due) told += await tellAppointment(context, one, requests.get(one.request_id));
  return told;
}
