import { acceptSilently, resume } from './modules/cases/handling.ts';
import { suspensionsOver, unaccepted } from './modules/cases/queries.ts';
import { tellOverdue as tellReadiness } from './modules/drills/index.ts';
import { lookAhead, lookAtShifts, watchOrphans } from './modules/duty/index.ts';
import { tellAppointments } from './modules/followups/appointments.ts';
import { drawDue, freezeDays } from './modules/followups/days/drawing.ts';
import { turnDays } from './modules/followups/days/turning.ts';
import { closeUnverified, listSilent } from './modules/followups/sweeps.ts';
import { callsToSettle, settleCall, watchSurge } from './modules/hotline/index.ts';
import { remindOfReviews } from './modules/knowledge/index.ts';
import {
  askHandedOver,
  deferralsOver,
  patienceDays,
  returnDeferred,
  seatAnew,
  waitingPanels,
} from './modules/ledger/index.ts';
import { remindOfLessons } from './modules/lessons/index.ts';
import { forgetUsual } from './modules/likeness/topics.ts';
import { forgetEvidence, lapse, lapsedTogether, makeNextDay } from './modules/measures/index.ts';
import { forgetOldMessages } from './modules/messages/index.ts';
import { remindOfPlaces, tellOverdue } from './modules/outreach/index.ts';
import { askWhoseTurn, lookForCopies } from './modules/plans/index.ts';
import { escalateSilent, lockOver, noticeSilent, openDay } from './modules/reports/index.ts';
import { dropForgottenContacts, reconcile, silentAfterMinutes, warnDue } from './modules/requests/index.ts';
import { activate } from './modules/stages/activating.ts';
import { ordersDue } from './modules/stages/queries.ts';
import { keepReadiness } from './modules/stages/readiness.ts';
import { tasksToLookAt } from './modules/tasks/queries.ts';
import { lookAtTask } from './modules/tasks/sweeps.ts';
import { trainIfNeeded } from './modules/triage/training.ts';
import { reckonNightly } from './modules/watch/index.ts';
import { forgetOldDeliveries } from './modules/webhooks/index.ts';
import { system } from './platform/actor.ts';
import type { Now } from './platform/clock.ts';
import type { Keys } from './platform/crypto.ts';
import type { Pool } from './platform/database.ts';
import { sweepFiles, sweepOrphans } from './platform/files.ts';
import { makeMonths } from './platform/journal.ts';
import { anchorSeal, sealJournal } from './platform/seal.ts';
import type { Context } from './platform/serve.ts';
import { connectionOf, inStatement, inTransaction } from './platform/transaction.ts';
import { readRetention } from './retention.ts';

export interface Timer {
  name: string;
  /** Cron pattern, UTC. */
  every: string;
  /** Once a day: made up for at the next start when no program ran at its time. */
  daily?: true;
  run(): Promise<unknown>;
}

const minute = 60_000;

/** What time does by itself. Every one may run twice and do no harm. */
export function timers(deps: {
  pool: Pool;
  keys: Keys;
  anchorsFile: string;
  filesFolder: string;
  rootFolder: string;
  now: Now;
  committed(): void;
}): Timer[] {
  const { pool, now, rootFolder } = deps;
  const act = async <T>(work: (context: Context) => Promise<T>): Promise<T> => {
    const result = await inTransaction(pool, (tx) => work({ tx, actor: system, now: now() }));
    deps.committed();
    return result;
  };
  /** Each by itself: one that fails keeps none behind it from its turn, and is told when all have had theirs. */
  const actOnEach = async (
    due: { id: string }[],
    work: (context: Context, id: string) => Promise<void>,
  ): Promise<void> => {
    const failed: unknown[] = [];
    for (const { id } of due) await act((context) => work(context, id)).catch((error) => failed.push(error));
    if (failed.length > 0)
      throw new AggregateError(failed, `${failed.length} of ${due.length} failed, the first with: ${failed[0]}`);
  };
  return [
    {
      name: 'cases.silent_acceptance',
      every: '* * * * *',
      async run() {
        const at = now().getTime();
        const before = {
          urgent: new Date(at - silentAfterMinutes('urgent') * minute),
          other: new Date(at - silentAfterMinutes('high') * minute),
        };
        await actOnEach(await inStatement(pool, (tx) => unaccepted(tx, before, 500)), acceptSilently);
      },
    },
    {
      name: 'cases.suspensions_over',
      every: '* * * * *',
      async run() {
        await actOnEach(await inStatement(pool, (tx) => suspensionsOver(tx, now(), 500)), resume);
      },
    },
    {
      name: 'requests.warnings',
      every: '* * * * *',
      async run() {
        // One transaction a handful, so that nobody's own act waits long for a row.
        while ((await act(warnDue)) > 0);
      },
    },
    { name: 'followups.turn_days', every: '* * * * *', run: () => turnDays(deps) },
    { name: 'followups.draw', every: '* * * * *', run: () => act((context) => drawDue(context, deps.keys)) },
    {
      name: 'followups.freeze_days',
      every: '*/10 * * * *',
      run: () => act((context) => freezeDays(context, deps.keys)),
    },
    { name: 'followups.appointments', every: '* * * * *', run: () => act(tellAppointments) },
    { name: 'followups.list_silent', every: '* * * * *', run: () => act((context) => listSilent(context)) },
    { name: 'followups.list_all_silent', every: '43 * * * *', run: () => act((context) => listSilent(context, true)) },
    {
      name: 'followups.close_unverified',
      every: '*/10 * * * *',
      run: () => act(closeUnverified),
    },
    {
      name: 'ledger.deferrals_over',
      every: '* * * * *',
      async run() {
        await actOnEach(await inStatement(pool, (tx) => deferralsOver(tx, now(), 500)), returnDeferred);
      },
    },
    { name: 'ledger.ask_handed_over', every: '*/10 * * * *', run: () => act(askHandedOver) },
    {
      name: 'ledger.seat_anew',
      every: '29 * * * *',
      async run() {
        const before = new Date(now().getTime() - patienceDays * 24 * 60 * minute);
        await actOnEach(await inStatement(pool, (tx) => waitingPanels(tx, before, 200)), seatAnew);
      },
    },
    {
      name: 'hotline.drop_forgotten',
      every: '11 * * * *',
      run: () => act(({ tx }) => dropForgottenContacts(tx, new Date(now().getTime() - 12 * 60 * minute))),
    },
    {
      name: 'tasks.look',
      every: '* * * * *',
      async run() {
        await actOnEach(await inStatement(pool, (tx) => tasksToLookAt(tx, now(), 500)), lookAtTask);
      },
    },
    {
      name: 'stages.activate',
      every: '* * * * *',
      async run() {
        await actOnEach(await inStatement(pool, (tx) => ordersDue(tx, now())), activate);
      },
    },
    {
      name: 'stages.readiness',
      every: '*/10 * * * *',
      run: () => act((context) => keepReadiness(context, 'open orders')),
    },
    // 00:20 in the group's zone: how early a unit was ready is counted in days.
    {
      name: 'stages.readiness_daily',
      every: '20 16 * * *',
      daily: true,
      run: () => act((context) => keepReadiness(context, 'every next stage')),
    },
    { name: 'triage.train', every: '*/10 * * * *', run: () => trainIfNeeded(pool, now()) },
    { name: 'likeness.forget_usual', every: '37 3 * * *', daily: true, run: () => act(forgetUsual) },
    // 01:10 in the group's zone: a week of the campaign ends with its day.
    { name: 'watch.reckon', every: '10 17 * * *', daily: true, run: () => act(reckonNightly) },
    // 00:30 in the group's zone: the day before is whole.
    { name: 'requests.reconcile', every: '30 16 * * *', daily: true, run: () => act(reconcile) },
    { name: 'journal.seal', every: '* * * * *', run: () => sealJournal(pool, deps.keys, now()) },
    // 00:05 in the group's zone (UTC+8).
    { name: 'journal.anchor', every: '5 16 * * *', daily: true, run: () => anchorSeal(pool, deps.anchorsFile, now()) },
    { name: 'journal.months', every: '41 2 * * *', daily: true, run: () => act(({ tx }) => makeMonths(tx, now())) },
    // 08:35 in the group's zone, as the day's rounds begin.
    { name: 'outreach.reminders', every: '35 0 * * *', daily: true, run: () => act(remindOfPlaces) },
    // 08:20 in the group's zone: who plans rounds begins the day with it.
    { name: 'outreach.overdue', every: '20 0 * * *', daily: true, run: () => act(tellOverdue) },
    { name: 'reports.open', every: '* * * * *', run: () => act(openDay) },
    {
      name: 'reports.silent',
      every: '* * * * *',
      async run() {
        while ((await act(noticeSilent)) > 0);
        await act(escalateSilent);
      },
    },
    {
      name: 'reports.lock',
      every: '* * * * *',
      async run() {
        while ((await act(lockOver)) > 0);
      },
    },
    { name: 'duty.look', every: '*/5 * * * *', run: () => act(lookAtShifts) },
    // 08:40 in the group's zone: the night is over, the day's planning begins.
    { name: 'duty.ahead', every: '40 0 * * *', daily: true, run: () => act(lookAhead) },
    { name: 'duty.orphans', every: '45 0 * * *', daily: true, run: () => act(watchOrphans) },
    {
      name: 'measures.lapse',
      every: '* * * * *',
      async run() {
        while ((await act(lapse)) >= lapsedTogether);
      },
    },
    // 21:00 in the group's zone: the phones take tomorrow's list with them into the night.
    { name: 'plans.ask', every: '*/5 * * * *', run: () => act(askWhoseTurn) },
    { name: 'measures.next_day', every: '0 13 * * *', daily: true, run: () => act(makeNextDay) },
    {
      name: 'measures.forget',
      every: '59 3 * * *',
      daily: true,
      run: async () => {
        const { measure_evidence: days } = await readRetention(rootFolder);
        while ((await act((context) => forgetEvidence(context, days))) > 0);
      },
    },
    // 08:25 in the group's zone: what a unit owes in peace and has not done.
    { name: 'drills.readiness', every: '25 0 * * *', daily: true, run: () => act(tellReadiness) },
    // 08:40 in the group's zone: looks back that are late, and effects that are due.
    { name: 'lessons.remind', every: '40 0 * * *', daily: true, run: () => act(remindOfLessons) },
    // 03:10 in the group's zone: seconds of a processor that nobody needs then.
    { name: 'plans.copies', every: '10 19 * * *', daily: true, run: () => lookForCopies(deps, system) },
    { name: 'knowledge.reviews', every: '30 0 * * *', daily: true, run: () => act(remindOfReviews) },
    {
      name: 'hotline.settle_calls',
      every: '* * * * *',
      async run() {
        await actOnEach(await act(callsToSettle), settleCall);
        await act(watchSurge);
      },
    },
    {
      name: 'webhooks.forget',
      every: '47 3 * * *',
      daily: true,
      run: async () => {
        const { webhook_deliveries: days } = await readRetention(rootFolder);
        await act((context) => forgetOldDeliveries(context, days));
      },
    },
    {
      name: 'messages.forget',
      every: '53 3 * * *',
      daily: true,
      run: async () => {
        const { read_messages: copyDays, message_deliveries: deliveryDays } = await readRetention(rootFolder);
        while ((await act((context) => forgetOldMessages(context, { copyDays, deliveryDays }))) > 0);
      },
    },
    { name: 'files.sweep_orphans', every: '27 4 * * *', daily: true, run: () => sweepOrphans(pool, deps.filesFolder) },
    { name: 'files.sweep', every: '17 * * * *', run: () => sweepFiles(pool, deps.filesFolder, now()) },
    {
      name: 'platform.forget_answers',
      every: '23 3 * * *',
      daily: true,
      run: () =>
        act(async ({ tx }) => {
          await connectionOf(tx).query(
            `delete from platform.idempotency where at < $1::timestamptz - interval '7 days'`,
            [now()],
          );
          await connectionOf(tx).query(
            `delete from platform.code_failure where at < $1::timestamptz - interval '1 day'`,
            [now()],
          );
        }),
    },
  ];
}
