import { z } from 'zod';
import { type Crew, partsOf, type ReportItem, sum, type Value } from '../../../contract/report-checks.ts';
import { type Actor, admits, roleFor } from '../../platform/actor.ts';
import { forbidden, Refusal } from '../../platform/errors.ts';
import type { Desk } from '../../platform/serve.ts';
import type { Column } from '../../platform/sheets.ts';
import { inStatement } from '../../platform/transaction.ts';
import { type SheetRow, sendExport } from '../../platform/workbook-answer.ts';
import { directory } from '../organization/index.ts';
import { contentOf } from './filing.ts';
import { dayView } from './live.ts';
import { filingsByIds, versionsByIds } from './queries.ts';

const asked = z.object({ form: z.string().max(31).optional(), day: z.iso.date().optional() });

const first: [key: string, zh: string, en: string, width?: number][] = [
  ['unit', '单位', 'Unit', 14],
  ['code', '工地编号', 'Site code', 10],
  ['site', '工地', 'Site', 24],
  ['day', '日期', 'Day', 11],
  ['state', '状态', 'State', 10],
  ['timing', '是否按时', 'Timing', 10],
  ['received', '收到时间', 'Received', 17],
  ['by', '填报人', 'Sent by', 16],
  ['heads', '在场人数', 'People there', 10],
];
const states: Record<string, [zh: string, en: string]> = {
  open: ['未报', 'not sent'],
  submitted: ['待核', 'to be checked'],
  returned: ['退回', 'returned'],
  checked: ['已核', 'checked'],
  approved: ['已审定', 'approved'],
  on_time: ['按时', 'on time'],
  late: ['晚报', 'late'],
  silent: ['没报', 'silent'],
  waiting: ['未到时间', 'time left'],
};

/** Columns of a form in its own order: those of head-count by crew come together as one figure. */
const columnsOf = (items: readonly ReportItem[], at: 0 | 1): { key: string; title: string }[] =>
  items.flatMap((item) => {
    if (item.kind === 'crews') return [];
    const name = at === 0 ? item.zh : item.en;
    if (item.kind !== 'parts') return [{ key: item.key, title: name }];
    return item.options.map((option) => ({
      key: `${item.key}/${option.key}`,
      title: `${at === 0 ? option.zh : option.en}${option.unitZh ? `（${at === 0 ? option.unitZh : option.unitEn}）` : ''}`,
    }));
  });

function cell(item: ReportItem, value: Value | undefined, crews: readonly Crew[], at: 0 | 1): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? ['是', 'yes'][at]! : ['否', 'no'][at]!;
  if (typeof value === 'object') return sum(value, partsOf(item, crews) ?? []);
  const option = item.kind === 'choice' ? item.options.find((one) => one.key === value) : undefined;
  return option ? (at === 0 ? option.zh : option.en) : value;
}

async function* rowsOf(
  desk: Desk,
  actor: Actor,
  view: Awaited<ReturnType<typeof dayView>>,
  tally: { rows: number },
): AsyncGenerator<SheetRow> {
  const at = actor.locale === 'en' ? 1 : 0;
  const name = (one: { zh: string; en: string } | undefined): string | null => (one ? (at ? one.en : one.zh) : null);
  const { dir, contents } = await inStatement(desk.pool, async (tx) => {
    const filings = await filingsByIds(
      tx,
      view.rows.flatMap((row) => (row.id ? [row.id] : [])),
    );
    const versions = new Map(
      (
        await versionsByIds(
          tx,
          filings.flatMap((one) => (one.current_id ? [one.current_id] : [])),
        )
      ).map((one) => [one.filing_id, contentOf(one)]),
    );
    return { dir: await directory(tx), contents: versions };
  });
  for (const row of view.rows) {
    tally.rows++;
    const content = row.id ? contents.get(row.id) : undefined;
    const figures: SheetRow = {};
    for (const item of view.form.items) {
      const value = content?.values[item.key];
      if (item.kind === 'parts')
        for (const { key } of item.options)
          figures[`${item.key}/${key}`] = (value as Record<string, number> | undefined)?.[key] ?? null;
      else figures[item.key] = cell(item, value, content?.crews ?? [], at);
    }
    yield {
      unit: name(dir.nodes.get(row.unitId)),
      code: dir.nodes.get(row.nodeId)?.code ?? null,
      site: name(dir.nodes.get(row.nodeId)),
      day: row.day,
      state: states[row.state]![at],
      timing: states[row.timing]![at],
      received: row.receivedAt ? new Date(row.receivedAt) : null,
      by: row.by,
      heads: row.heads,
      ...figures,
    };
  }
}

/** Sheet 1 of what is exchanged daily (domain 7.3): one row a place, one column an item, matched by their names. */
export function mountReportExport(desk: Desk): void {
  desk.app.get('/api/reports/export.xlsx', { schema: { hide: true } }, async (request, reply) => {
    const actor = await desk.identify(request);
    if (actor.kind === 'visitor') throw new Refusal(401, 'sign_in_first');
    if (!admits(actor, 'reports.read', null)) throw forbidden();
    const input = asked.safeParse(request.query);
    if (!input.success) throw new Refusal(422, 'bad_input');
    const english = actor.locale === 'en';
    const at = english ? 1 : 0;
    const view = await inStatement(desk.pool, (tx) => dayView(tx, actor, desk.now(), input.data));
    const zone = (await inStatement(desk.pool, directory)).group.timezone;
    const columns: Column[] = [
      ...first.map(([key, zh, en, width]) => ({ key, title: english ? en : zh, width })),
      ...columnsOf(view.form.items, at),
    ];
    const tally = { rows: 0 };
    await sendExport(desk, reply, {
      name: `${english ? view.form.en : view.form.zh} ${view.day}`,
      columns,
      rows: rowsOf(desk, actor, view, tally),
      zone,
      tally,
      entry: {
        actorId: actor.accountId,
        role: roleFor(actor, 'reports.read'),
        action: 'reports.exported',
        figures: { form: view.form.code, day: view.day },
      },
    });
    return reply;
  });
}
