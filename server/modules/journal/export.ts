import { journalEndpoints as api } from '../../../contract/journal.ts';
import { admits } from '../../platform/actor.ts';
import { badField, forbidden, Refusal } from '../../platform/errors.ts';
import { type Desk, parseInput } from '../../platform/serve.ts';
import type { Column } from '../../platform/sheets.ts';
import { inStatement } from '../../platform/transaction.ts';
import { type SheetRow, sendExport } from '../../platform/workbook-answer.ts';
import { directory } from '../organization/index.ts';
import { actorsOf } from './actors.ts';
import { entriesBefore, type Wanted } from './queries.ts';

const pageSize = 1000;
/** Of records that leave in no export, the entry stays and what points to the record goes (rules 6). */
const closedClasses = new Set(['personal', 'health', 'psych', 'discipline']);

const titles: [key: string, zh: string, en: string, width?: number][] = [
  ['position', '序号', 'Position'],
  ['at', '时间', 'Time', 17],
  ['actor', '操作人', 'Actor', 18],
  ['role', '角色', 'Role', 14],
  ['action', '动作', 'Action', 26],
  ['record', '对象', 'Record', 14],
  ['recordId', '对象标识', 'Record id', 36],
  ['node', '单位或工地', 'Unit or site', 24],
  ['line', '条线', 'Line', 14],
  ['from', '原状态', 'From'],
  ['to', '新状态', 'To'],
  ['reason', '原因', 'Reason', 16],
  ['figures', '数据', 'Figures', 40],
  ['digest', '内容摘要值', 'Digest', 34],
];

async function* rows(desk: Desk, english: boolean, filter: Wanted, tally: { rows: number }): AsyncGenerator<SheetRow> {
  for (let before = filter.before; ; ) {
    const page = await inStatement(desk.pool, async (tx) => {
      const dir = await directory(tx);
      const entries = await entriesBefore(tx, { ...filter, before }, pageSize);
      const shown = await actorsOf(tx, entries);
      const name = (one: { zh: string; en: string } | undefined): string | null =>
        one ? (english ? one.en : one.zh) : null;
      return entries.map((entry) => {
        const { digest, ...figures } = entry.figures as { digest?: string };
        const closed = closedClasses.has(entry.class);
        return {
          position: entry.position,
          at: entry.at,
          ...shown(entry),
          action: entry.action,
          record: entry.record_kind,
          recordId: closed ? null : entry.record_id,
          node: closed ? null : name(dir.nodes.get(entry.site_id ?? entry.unit_id ?? 0)),
          line: closed ? null : name(dir.lines.get(entry.line_id ?? 0)),
          from: entry.state_from,
          to: entry.state_to,
          reason: entry.reason,
          figures: closed
            ? null
            : Object.entries(figures)
                .map(([key, value]) => `${key}=${value}`)
                .join(' '),
          digest: closed ? null : (digest ?? null),
        };
      });
    });
    for (const row of page) {
      tally.rows++;
      yield row;
    }
    if (page.length < pageSize) return;
    before = page.at(-1)!.position;
  }
}

/** The journal as the auditor reads it, newest first, for the files of the audit. */
export function mountJournalExport(desk: Desk): void {
  desk.app.get('/api/journal/export.xlsx', { schema: { hide: true } }, async (request, reply) => {
    const actor = await desk.identify(request);
    if (actor.kind === 'visitor') throw new Refusal(401, 'sign_in_first');
    if (!admits(actor, 'journal.read', null)) throw forbidden();
    const input = parseInput(api.entries, request.query);
    if (input.recordId && !/^[0-9a-f-]{36}$/i.test(input.recordId)) throw badField('recordId', 'bad_format');
    const english = actor.locale === 'en';
    const columns: Column[] = titles.map(([key, zh, en, width]) => ({ key, title: english ? en : zh, width }));
    const filter = {
      before: input.before ?? null,
      action: input.action?.replace(/[%_\\]/g, '\\$&') ?? null,
      recordId: input.recordId ?? null,
    };
    const tally = { rows: 0 };
    const zone = (await inStatement(desk.pool, directory)).group.timezone;
    const name = `${english ? 'Journal' : '台账'} ${desk.now().toISOString().slice(0, 10)}`;
    await sendExport(desk, reply, {
      name,
      columns,
      rows: rows(desk, english, filter, tally),
      zone,
      tally,
      entry: {
        actorId: actor.accountId,
        role: 'auditor',
        action: 'journal.exported',
      },
    });
    return reply;
  });
}
