/** Of what was answered, the draw has somebody else ask once more; most people say the same again. */
import type { JournalEntry } from '../../platform/journal.ts';
import { hour } from './calendar.ts';
import { complete, isIndependent, planCall } from './calling.ts';
import { callingHours } from './callwork.ts';
import { chance, streamOf, uniform } from './chance.ts';
import type { Call, Ledger, Need } from './ledger.ts';

/** The second call, as far as it has come until now. @returns what it wrote into the journal */
export function askTwice(ledger: Ledger, need: Need, first: Call, seed: number): JournalEntry[] {
  const { calendar, cast, journal } = ledger;
  const own = need.random;
  // A row of chance of its own: the need has lived its life.
  need.random = streamOf(seed, `again ${need.key}`);
  const written = journal.length;
  const planned = new Date(first.answer!.at);
  const again = planCall(need, 'again', planned, {
    kind: 'again',
    first_call_id: first.row.id,
    opens_at: new Date(planned.getTime() + 4 * hour),
  });
  const at = callingHours(calendar, need.random, planned.getTime() + uniform(26, 44, need.random) * hour);
  const others = cast.callers.filter(
    (one) => one.accountId !== first.answer!.caller_id && isIndependent(ledger, one, need),
  );
  const caller = others[Math.floor(need.random() * others.length)];
  if (caller && at <= calendar.now && need.words) {
    const { contacted, answer, satisfied, speed, attitude } = first.answer!;
    const colder = chance(0.12, need.random) ? 2 : chance(0.2, need.random) ? 1 : 0;
    complete({ ledger, actor: caller, now: new Date(Math.ceil(at)) }, need, again, {
      contacted,
      answer: answer as 'solved',
      satisfied: satisfied === null ? null : Math.max(1, satisfied - colder),
      speed,
      attitude,
      words: null,
      seconds: Math.round(uniform(40, 120, need.random)),
    });
    need.entries.sort((a, b) => a.at.getTime() - b.at.getTime());
  }
  need.random = own;
  return journal.slice(written).map(({ entry }) => entry);
}
