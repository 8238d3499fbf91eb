import { taskFilters } from '../../../contract/tasks.ts';
import { type Actor, admits, roleFor } from '../../platform/actor.ts';
import { forbidden, Refusal } from '../../platform/errors.ts';
import type { Desk } from '../../platform/serve.ts';
import type { Column } from '../../platform/sheets.ts';
import { inStatement } from '../../platform/transaction.ts';
import { stateWords } from '../../platform/words.ts';
import { type SheetRow, sendExport } from '../../platform/workbook-answer.ts';
import { type Directory, directory } from '../organization/index.ts';
import { filterOf } from './lists.ts';
import { cursorOf, listTasks, type TaskRecord } from './queries.ts';
import { criterionFor, titleFor } from './view.ts';

const pageSize = 500;
/** Rules 6: what is left out is told only as a count that names nobody. */
const leastCounted = 10;

const titles: [key: string, zh: string, en: string, width?: number][] = [
  ['number', '督办编号', 'Number', 18],
  ['state', '状态', 'State', 14],
  ['colour', '督办单', 'Slip'],
  ['title', '事项', 'Matter', 36],
  ['criterion', '完成标准', 'Criterion', 40],
  ['source', '来源', 'Source', 22],
  ['unit', '单位', 'Unit', 16],
  ['site', '工地', 'Site', 24],
  ['owner', '责任人或岗位', 'Owner', 26],
  ['issuer', '交办', 'Issued by', 18],
  ['issued', '交办时间', 'Issued', 17],
  ['received', '签收时间', 'Received', 17],
  ['silent', '逾时视为签收', 'Received silently'],
  ['originalDue', '原定期限', 'Original due', 17],
  ['due', '现定期限', 'Due', 17],
  ['submitted', '报送时间', 'Handed in', 17],
  ['accepted', '验收时间', 'Accepted', 17],
  ['onTime', '按原定期限完成', 'On time by the original due'],
  ['returns', '退回次数', 'Returns'],
];
const colours: Record<string, [zh: string, en: string]> = {
  blue: ['蓝', 'blue'],
  yellow: ['黄', 'yellow'],
  red: ['红', 'red'],
};

function cells(dir: Directory, actor: Actor, task: TaskRecord): SheetRow {
  const english = actor.locale === 'en';
  const at = english ? 1 : 0;
  const name = (one: { zh: string; en: string } | undefined): string | null =>
    one ? (english ? one.en : one.zh) : null;
  const unit = name(dir.nodes.get(task.owner_unit_id ?? 0));
  const line = name(dir.lines.get(task.owner_line_id ?? 0));
  const yesNo = (yes: boolean): string => (english ? (yes ? 'yes' : 'no') : yes ? '是' : '否');
  return {
    number: task.number,
    state: stateWords[`task_${task.state}`]![at],
    colour: task.colour ? colours[task.colour]![at] : null,
    title: titleFor(actor, task),
    criterion: criterionFor(actor, task),
    source: task.source_label,
    unit: name(dir.nodes.get(task.unit_id ?? 0)),
    site: name(dir.nodes.get(task.site_id ?? 0)),
    owner: task.owner_label ?? [unit, line].filter(Boolean).join(' '),
    issuer: task.issuer_id === null ? (english ? 'by itself' : '系统') : task.issuer_label,
    issued: task.issued_at,
    received: task.received_at,
    silent: yesNo(task.silently_received),
    originalDue: task.due_original,
    due: task.due_at,
    submitted: task.submitted_at,
    accepted: task.accepted_at,
    onTime: task.accepted_at ? yesNo(task.submitted_at! <= task.due_original) : null,
    returns: task.returns,
  };
}

async function* rows(desk: Desk, actor: Actor, query: unknown, tally: { rows: number }): AsyncGenerator<SheetRow> {
  const english = actor.locale === 'en';
  const input = taskFilters.parse(query);
  let leftOut = 0;
  for (let after: { at: Date; id: string } | undefined; ; ) {
    const { found, dir } = await inStatement(desk.pool, async (tx) => {
      const dir = await directory(tx);
      return {
        dir,
        found: await listTasks(tx, { ...filterOf(actor, dir, desk.now(), input), after, limit: pageSize }),
      };
    });
    for (const task of found) {
      if (task.guarded) {
        leftOut++;
        continue;
      }
      tally.rows++;
      yield cells(dir, actor, task);
    }
    const last = found.at(-1);
    if (!last || found.length < pageSize) break;
    after = cursorOf(input.view, last);
  }
  if (leftOut >= leastCounted)
    yield {
      number: english
        ? `${leftOut} tasks drawn from confidential, personal or health requests are not in this table.`
        : `另有 ${leftOut} 件出自保密、个人或健康类诉求的督办不在此表中。`,
    };
}

/** The list on the page as a workbook (督办台账), without what was drawn from what is kept in confidence. */
export function mountTaskExport(desk: Desk): void {
  desk.app.get('/api/tasks/export.xlsx', { schema: { hide: true } }, async (request, reply) => {
    const actor = await desk.identify(request);
    if (actor.kind === 'visitor') throw new Refusal(401, 'sign_in_first');
    if (!admits(actor, 'tasks.read', null)) throw forbidden();
    const asked = taskFilters.safeParse(request.query);
    if (!asked.success) throw new Refusal(422, 'bad_input');
    const english = actor.locale === 'en';
    const columns: Column[] = titles.map(([key, zh, en, width]) => ({ key, title: english ? en : zh, width }));
    const tally = { rows: 0 };
    const zone = (await inStatement(desk.pool, directory)).group.timezone;
    const name = `${english ? 'Supervised tasks' : '督办台账'} ${desk.now().toISOString().slice(0, 10)}`;
    await sendExport(desk, reply, {
      name,
      columns,
      rows: rows(desk, actor, request.query, tally),
      zone,
      tally,
      entry: {
        actorId: actor.accountId,
        role: roleFor(actor, 'tasks.read'),
        action: 'tasks.exported',
      },
    });
    return reply;
  });
}
