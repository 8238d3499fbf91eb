/**
 * A telephone exchange for tests: tells of calls as docs/cti.md says, signed, and as untidily as real ones do when asked
 * to: twice, late, out of order.
 */
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { CtiEvent } from '../../contract/hotline.ts';

export interface Exchange {
  /** Sends one event. @returns the status of the answer */
  tell(
    event: Omit<CtiEvent, 'at'> & { at: Date },
    how?: { eventId?: string; signedAt?: Date; secret?: string },
  ): Promise<number>;
  /**
   * One whole call. @param answeredAfter seconds from the first ring; null: given up
   * @returns the exchange's id of the call
   */
  call(
    at: Date,
    told: { number?: string; seat?: string; answeredAfter: number | null; endedAfter: number },
  ): Promise<string>;
}

export function openExchange(address: string, secret: string): Exchange {
  const tell: Exchange['tell'] = async (event, how = {}) => {
    const body = JSON.stringify({ ...event, at: event.at.toISOString() });
    const id = how.eventId ?? randomUUID();
    const at = how.signedAt ?? new Date();
    const answer = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(how.secret ?? secret).sign(id, at, body),
      },
      body,
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  return {
    tell,
    async call(at, { number, seat, answeredAfter, endedAfter }) {
      const call = randomUUID();
      const later = (seconds: number): Date => new Date(at.getTime() + seconds * 1000);
      const events: Parameters<Exchange['tell']>[0][] = [{ call, kind: 'offered', at, number }];
      if (seat) events.push({ call, kind: 'ringing', at: later(1), seat });
      if (answeredAfter !== null) events.push({ call, kind: 'answered', at: later(answeredAfter), seat });
      events.push({ call, kind: 'ended', at: later(endedAfter) });
      for (const event of events) {
        const status = await tell(event);
        if (status !== 200) throw new Error(`The exchange was answered ${status}.`);
      }
      return call;
    },
  };
}
