import { uuidv7 } from 'uuidv7';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { contactSides, requestSides } from './reconciling/queries.ts';

/** Counts of records; a difference is what is on neither side and must be 0 (rules 1). */
export interface BothSides {
  requests: { all: number; open: number; closed: number; difference: number };
  /** `wrong`: contacts that made a request and say that something else came of them. */
  contacts: {
    all: number;
    running: number;
    withRequest: number;
    other: number;
    wrong: number;
    difference: number;
  };
}

/** requests = open + closed (by exit); contacts = with a request + information + nudges + dropped, those running apart. */
export async function reckonBothSides(tx: Tx, now: Date): Promise<BothSides> {
  const requests = (await requestSides(tx, []))[0]!;
  const { with_request: withRequest, ...contacts } = (await contactSides(tx, [now]))[0]!;
  return {
    requests: { ...requests, difference: requests.all - requests.open - requests.closed },
    contacts: {
      ...contacts,
      withRequest,
      difference: contacts.all - contacts.running - withRequest - contacts.other,
    },
  };
}

/** Once a day into the journal, so that an auditor sees on which day a difference came, and that none was left out. */
export async function reconcile({ tx, now }: Context): Promise<BothSides> {
  const sides = await reckonBothSides(tx, now);
  await append(tx, {
    at: now,
    actorId: null,
    role: 'system',
    action: 'requests.reconciled',
    recordKind: 'reconciliation',
    recordId: uuidv7(),
    class: 'audit',
    figures: {
      requests: sides.requests.all,
      open: sides.requests.open,
      closed: sides.requests.closed,
      requestDifference: sides.requests.difference,
      contacts: sides.contacts.all,
      running: sides.contacts.running,
      withRequest: sides.contacts.withRequest,
      other: sides.contacts.other,
      wrong: sides.contacts.wrong,
      contactDifference: sides.contacts.difference,
    },
  });
  return sides;
}
