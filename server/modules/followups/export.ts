import { admits, roleFor } from '../../platform/actor.ts';
import { forbidden, Refusal } from '../../platform/errors.ts';
import type { Desk } from '../../platform/serve.ts';
import type { Column } from '../../platform/sheets.ts';
import { inStatement } from '../../platform/transaction.ts';
import { type SheetRow, sendExport } from '../../platform/workbook-answer.ts';
import { type Directory, directory } from '../organization/index.ts';
import { exportable, type RequestRecord, requestsByIds } from '../requests/index.ts';
import { attemptsOf, type CallRecord, dueCalls } from './queries.ts';

const pageSize = 500;
/** Rules 6: what is left out is told only as a count that names nobody. */
const leastCounted = 10;

const titles: [key: string, zh: string, en: string, width?: number][] = [
  ['number', '诉求编号', 'Number', 18],
  ['unit', '单位', 'Unit', 16],
  ['site', '工地', 'Site', 24],
  ['category', '类别', 'Category', 16],
  ['reason', '随访原因', 'Reason'],
  ['due', '应随访', 'Due', 17],
  ['appointment', '约定时间', 'Appointment', 17],
  ['attempts', '已联系次数', 'Attempts'],
];
const reasons: Record<string, [zh: string, en: string]> = {
  silent: ['本人未答复', 'no answer yet'],
  said_by_other: ['他人说已解决', 'said solved by another'],
  withdrawn: ['本人撤回', 'withdrawn'],
  drawn: ['抽中', 'drawn'],
  urgent: ['紧急必访', 'urgent'],
  confidential: ['保密必访', 'confidential'],
  reopened: ['重办必访', 'reopened'],
  complaint: ['投诉必访', 'complaint'],
  late: ['承诺迟到，全部随访', 'late commitment, everybody is called'],
  again: ['复访', 'asked again'],
  correction: ['更正复访', 'asked again to correct'],
  after_sales: ['售后回访', 'after sales'],
};

function cells(dir: Directory, english: boolean, call: CallRecord, r: RequestRecord, attempts: number): SheetRow {
  const name = (one: { zh: string; en: string } | undefined): string | null =>
    one ? (english ? one.en : one.zh) : null;
  return {
    number: r.number,
    unit: name(dir.nodes.get(r.unit_id ?? 0)),
    site: name(dir.nodes.get(r.site_id ?? 0)),
    category: name(dir.categories.get(r.category_id)),
    reason: reasons[call.reason]?.[english ? 1 : 0] ?? call.reason,
    due: call.due_at,
    appointment: call.appointment_at,
    attempts,
  };
}

async function* rows(
  desk: Desk,
  english: boolean,
  caller: { id: string | null; now: Date },
  tally: { rows: number },
): AsyncGenerator<SheetRow> {
  let leftOut = 0;
  for (let after: { at: Date; id: string } | undefined; ; ) {
    const page = await inStatement(desk.pool, async (tx) => {
      const dir = await directory(tx);
      const calls = await dueCalls(tx, caller, after, pageSize);
      const requests = new Map(
        (
          await requestsByIds(
            tx,
            calls.map((call) => call.request_id),
          )
        ).map((r) => [r.id, r]),
      );
      const attempts = await attemptsOf(
        tx,
        calls.map((call) => call.id),
      );
      const shown = calls.flatMap((call) => {
        const r = requests.get(call.request_id);
        return r && exportable(r)
          ? [cells(dir, english, call, r, attempts.filter((attempt) => attempt.call_id === call.id).length)]
          : [];
      });
      return { calls, shown };
    });
    leftOut += page.calls.length - page.shown.length;
    for (const row of page.shown) {
      tally.rows++;
      yield row;
    }
    const last = page.calls.at(-1);
    if (!last || page.calls.length < pageSize) break;
    after = { at: last.due_at, id: last.id };
  }
  if (leftOut >= leastCounted)
    yield {
      number: english
        ? `${leftOut} confidential, personal or health requests are not in this table.`
        : `另有 ${leftOut} 件保密、个人或健康类诉求不在此表中。`,
    };
}

/** The calls that are due, without the people to be called: numbers stay on the screen of whoever calls. */
export function mountFollowupExport(desk: Desk): void {
  desk.app.get('/api/followups/export.xlsx', { schema: { hide: true } }, async (request, reply) => {
    const actor = await desk.identify(request);
    if (actor.kind === 'visitor') throw new Refusal(401, 'sign_in_first');
    if (!admits(actor, 'followups.call', null)) throw forbidden();
    const english = actor.locale === 'en';
    const columns: Column[] = titles.map(([key, zh, en, width]) => ({ key, title: english ? en : zh, width }));
    const tally = { rows: 0 };
    const zone = (await inStatement(desk.pool, directory)).group.timezone;
    const name = `${english ? 'Follow-ups' : '随访'} ${desk.now().toISOString().slice(0, 10)}`;
    await sendExport(desk, reply, {
      name,
      columns,
      rows: rows(desk, english, { id: actor.accountId, now: desk.now() }, tally),
      zone,
      tally,
      entry: {
        actorId: actor.accountId,
        role: roleFor(actor, 'followups.call'),
        action: 'followups.exported',
      },
    });
    return reply;
  });
}
