/**
 * The telephone side of the history: every hotline contact was a call that rang, waited and was answered or given up. In
 * the first weeks of the closure callers waited longer, in the morning and in the evening most.
 */
import { type Calendar, minute } from './calendar.ts';
import { idAt, lognormal, streamOf, uniform } from './chance.ts';
import type { Ledger } from './ledger.ts';

const busyHours = [8, 9, 18, 19, 20];

type Contact = Ledger['contacts'][number];

export interface DemoCall {
  id: string;
  caller_key: Buffer | null;
  offered_at: Date;
  answered_at: Date | null;
  ended_at: Date;
  operator_id: string | null;
  seat: string | null;
  contact_id: string;
}

/** @param seatOf the seat an operator has in the demo, by account */
export function callOf(
  contact: Contact,
  seed: number,
  calendar: Calendar,
  seatOf: (operatorId: string) => string | null,
): DemoCall {
  const random = streamOf(seed, `call ${contact.id}`);
  const at = contact.at.getTime();
  const busy = busyHours.includes(calendar.hourOf(at));
  const closed = calendar.stageAt(at).code === 'S2';
  const wait = Math.min(180, lognormal(closed && busy ? 9 : closed ? 6.5 : 5, 0.55, random)) * 1000;
  // Whoever is dropped has mostly hung up before anybody took the call.
  const givenUp = contact.outcome === 'dropped' && random() < 0.7;
  const answered = givenUp ? null : new Date(at);
  const offered = new Date(givenUp ? at : at - wait);
  return {
    id: idAt(offered.getTime(), 0, random),
    caller_key: contact.caller_key,
    offered_at: offered,
    answered_at: answered,
    ended_at: new Date(givenUp ? at + uniform(12, 70, random) * 1000 : at + uniform(0.7, 6, random) * minute),
    operator_id: givenUp ? null : contact.operator_id,
    seat: givenUp || !contact.operator_id ? null : seatOf(contact.operator_id),
    contact_id: contact.id,
  };
}
