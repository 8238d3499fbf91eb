/** What people of the demo world were told in its last days, through the program's own door, each at its moment. */
import { tellAppointment } from '../modules/followups/index.ts';
import { remindOfReviews } from '../modules/knowledge/index.ts';
import { followUpSilence, openCopiesToldBefore, tell } from '../modules/messages/index.ts';
import { type Directory, directory } from '../modules/organization/index.ts';
import { remindOfPlaces } from '../modules/outreach/index.ts';
import { aboutRequest, tellOneLevelUp } from '../modules/requests/index.ts';
import { system } from '../platform/actor.ts';
import type { Pool } from '../platform/database.ts';
import type { Context } from '../platform/serve.ts';
import { inTransaction } from '../platform/transaction.ts';
import type { Ledger, Need } from './history/ledger.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const lately = 14 * day;
/** Of each kind; the page is to be read, not scrolled. */
const most = 40;

interface Told {
  at: Date;
  say: (context: Context) => Promise<unknown>;
}

const newest = (told: Told[]): Told[] => told.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, most);

/** A third nudge goes one level up, to be confirmed within two hours; whoever is silent is asked again, then told of. */
const nudgedThrice = (needs: readonly Need[], since: number): Told[] =>
  needs.flatMap((need) => {
    const third = need.entries.filter((entry) => entry.kind === 'nudged')[2];
    return third && need.row.open && third.at.getTime() >= since
      ? [
          { at: third.at, say: (context: Context) => tellOneLevelUp(context, need.row, 3) },
          ...[1, 2].map((hours) => ({
            at: new Date(third.at.getTime() + hours * hour + minute),
            say: ({ tx, now }: Context) => followUpSilence(tx, now),
          })),
        ]
      : [];
  });

/** What a line proposed for somebody who is not content, and waits for a leader or for the three of a panel. */
function waitingWays(ledger: Ledger): Told[] {
  const { measures, entries, seats } = ledger.dissatisfied;
  const needs = new Map(ledger.needs.map((need) => [need.row.id, need.row]));
  const entryOf = new Map(entries.map((entry) => [entry.id, entry]));
  return measures
    .filter((measure) => measure.state === 'proposed')
    .flatMap((measure): Told[] => {
      const entry = entryOf.get(measure.entry_id);
      const r = entry && needs.get(entry.request_id);
      if (!entry || !r) return [];
      const about = { ...aboutRequest(r), kind: 'ledger' as const, id: entry.id, route: `/ledger/${entry.id}` };
      const panel = measure.kind === 'panel';
      const to = panel
        ? { accountIds: seats.filter((seat) => seat.measure_id === measure.id).map((seat) => seat.account_id) }
        : { role: 'unit_leader' as const, nodeId: r.unit_id };
      return [
        {
          at: measure.proposed_at,
          say: (context) =>
            tell(context, { kind: panel ? 'ledger.judge' : 'ledger.proposed', to, about, level: 'important' }),
        },
      ];
    });
}

/** A step of the clock after the due time, told to whoever it told; only of what is still late. */
const overdue = (ledger: Ledger, dir: Directory, since: number): Told[] => {
  const needs = new Map(ledger.needs.map((need) => [need.row.id, need]));
  return ledger.warnings.flatMap((warning): Told[] => {
    const r = needs.get(warning.request_id)?.row;
    if (warning.told !== 'unit_leader' || !r?.open || r.lead_unit_id === null || warning.at.getTime() < since)
      return [];
    if (r.next_due === null || r.next_due.getTime() !== warning.due_at.getTime()) return [];
    const minutes = Math.round((warning.at.getTime() - warning.due_at.getTime()) / 60_000);
    return [
      {
        at: warning.at,
        say: (context) =>
          tell(context, {
            kind: 'clock.overdue',
            to: { role: 'unit_leader', nodeId: dir.nodes.get(r.lead_unit_id!)!.id },
            about: aboutRequest(r),
            values: { clock: warning.clock, minutes },
            level: 'important',
            once: `clock:${r.id}:${warning.clock}:${warning.due_at.getTime()}:${warning.step_id}`,
          }),
      },
    ];
  });
};

/** The time agreed with somebody for a call has come; told to the caller who agreed it. */
const appointments = (needs: readonly Need[], since: number): Told[] =>
  needs.flatMap((need) =>
    need.calls.flatMap((call): Told[] => {
      const at = call.row.appointment_at;
      const caller = call.attempts.at(-1)?.caller_id;
      if (!at || !caller || at.getTime() < since) return [];
      return [
        { at, say: (context) => tellAppointment(context, { ...call.row, appointment_at: at, caller_id: caller }) },
      ];
    }),
  );

/** What the mornings of the last days say: notes to be looked at again, places where nobody has been. */
function mornings(now: Date): Told[] {
  const days = [3, 2, 1, 0].map((ago) => now.getTime() - ago * day);
  return days.flatMap((at) => {
    // 00:35 UTC, when the program's own timers do it.
    const morning = new Date(Math.floor(at / day) * day + 35 * minute);
    return [remindOfReviews, remindOfPlaces].map((remind) => ({ at: morning, say: remind }));
  });
}

/** In the order of time, up to now; what was told more than two days ago has been read. */
export async function tellOfLately(pool: Pool, ledger: Ledger, now: Date): Promise<void> {
  const since = now.getTime() - lately;
  await inTransaction(pool, async (tx) => {
    const dir = await directory(tx);
    const told = [
      ...newest(nudgedThrice(ledger.needs, since)),
      ...newest(waitingWays(ledger)),
      ...newest(overdue(ledger, dir, since)),
      ...newest(appointments(ledger.needs, since)),
      ...mornings(now),
    ]
      .filter(({ at }) => at <= now)
      .sort((a, b) => a.at.getTime() - b.at.getTime());
    for (const { at, say } of told) await say({ tx, actor: system, now: at });
    await openCopiesToldBefore(tx, new Date(now.getTime() - 2 * day), ['message.silent']);
  });
}
