import { ledgerEndpoints as api, type LedgerRow } from '../../../contract/ledger.ts';
import { type Actor, admits, roleFor } from '../../platform/actor.ts';
import { forbidden, Refusal } from '../../platform/errors.ts';
import { type Desk, parseInput } from '../../platform/serve.ts';
import type { Column } from '../../platform/sheets.ts';
import { inStatement } from '../../platform/transaction.ts';
import { say, stateWords } from '../../platform/words.ts';
import { type SheetRow, sendExport } from '../../platform/workbook-answer.ts';
import { type Directory, directory } from '../organization/index.ts';
import { exportable } from '../requests/index.ts';
import { ledgerFilter, ledgerPage } from './lists.ts';
import type { LedgerFilter } from './queries.ts';

const pageSize = 500;
/** Rules 6: what is left out is told only as a count that names nobody. */
const leastCounted = 10;

const titles: [key: string, zh: string, en: string, width?: number][] = [
  ['number', '诉求编号', 'Number', 18],
  ['state', '台账状态', 'Ledger state'],
  ['exit', '出口', 'Exit'],
  ['pending', '待定', 'Waits for'],
  ['opened', '入账时间', 'Opened', 17],
  ['days', '在账天数', 'Days'],
  ['source', '来源', 'Source', 16],
  ['lastSource', '最近一次', 'Latest', 16],
  ['voices', '不满次数', 'Voices'],
  ['reopens', '重办次数', 'Reopens'],
  ['repeats', '重提次数', 'Asked again'],
  ['deferrals', '暂缓次数', 'Deferrals'],
  ['until', '到期', 'Until', 17],
  ['unit', '单位', 'Unit', 16],
  ['site', '工地', 'Site', 24],
  ['category', '类别', 'Category', 16],
  ['line', '承办条线', 'Line'],
  ['request', '诉求状态', 'Request state'],
];
const words: Record<string, readonly [zh: string, en: string]> = {
  open: ['待处理', 'open'],
  deferred: ['限期暂缓', 'deferred'],
  handed_over: ['已移交', 'handed over'],
  judging: ['评议中', 'with a panel'],
  closed: ['已出账', 'ended'],
  redone: ['重办解决', 'redone, confirmed'],
  explained: ['解释办结', 'explained'],
  judged: ['评议办结', 'judged'],
  withdrawn: ['本人撤回', 'withdrawn'],
  sealed: ['转密封线', 'sealed'],
  deferral: ['暂缓', 'deferral'],
  handover: ['移交', 'handover'],
  explanation: ['解释签字', 'explanation'],
  denial: ['本人说没解决', 'denied'],
  followup: ['随访说没解决', 'denied at follow-up'],
  rating: ['结果评分低', 'poor mark'],
  relapse: ['复发', 'relapse'],
  objection: ['本人异议', 'objection'],
  repeat: ['重新提了一件', 'asked again'],
  cannot_solve: ['办不了', 'cannot be solved'],
};

function cells(dir: Directory, locale: Actor['locale'], row: LedgerRow, now: Date): SheetRow {
  const english = locale === 'en';
  const word = (code: string | null): string | null => (code ? (words[code]?.[english ? 1 : 0] ?? code) : null);
  const name = (one: { zh: string; en: string } | undefined): string | null =>
    one ? (english ? one.en : one.zh) : null;
  const until = row.closedAt ? new Date(row.closedAt) : now;
  return {
    number: row.request.number,
    state: word(row.state),
    exit: word(row.exit),
    pending: word(row.pending),
    opened: new Date(row.openedAt),
    days: Math.floor((until.getTime() - Date.parse(row.openedAt)) / 86_400_000),
    source: word(row.source),
    lastSource: word(row.lastSource),
    voices: row.voices,
    reopens: row.reopens,
    repeats: row.repeats,
    deferrals: row.deferrals,
    until: row.until ? new Date(row.until) : null,
    unit: name(dir.nodes.get(row.request.unitId ?? 0)),
    site: name(dir.nodes.get(row.request.siteId ?? 0)),
    category: name(dir.categories.get(row.request.categoryId)),
    line: name(dir.lines.get(row.request.lineId ?? 0)),
    request: say(stateWords, row.request.state, locale),
  };
}

/** Page by page through the queue's own presenter: nobody exports what they may not read. */
async function* exportRows(
  desk: Desk,
  actor: Actor,
  filter: LedgerFilter,
  tally: { rows: number },
): AsyncGenerator<SheetRow> {
  let leftOut = 0;
  for (let after: LedgerFilter['after']; ; ) {
    const page = await inStatement(desk.pool, async (tx) => {
      const dir = await directory(tx);
      const { rows, next, found } = await ledgerPage(tx, dir, actor, { ...filter, after, limit: pageSize });
      const kept = new Set(found.filter(exportable).map((entry) => entry.id));
      const shown = rows.filter((row) => kept.has(row.id)).map((row) => cells(dir, actor.locale, row, desk.now()));
      return { shown, next, left: found.length - kept.size };
    });
    leftOut += page.left;
    for (const row of page.shown) {
      tally.rows++;
      yield row;
    }
    if (!page.next) break;
    after = page.next;
  }
  if (leftOut >= leastCounted)
    yield {
      number:
        actor.locale === 'en'
          ? `${leftOut} confidential, personal or health entries are not in this table.`
          : `另有 ${leftOut} 件保密、个人或健康类不在此表中。`,
    };
}

/** 不满意台账 as a workbook, with the filters of the page. What one reads for a panel is not taken away. */
export function mountLedgerExport(desk: Desk): void {
  desk.app.get('/api/ledger/export.xlsx', { schema: { hide: true } }, async (request, reply) => {
    const actor = await desk.identify(request);
    if (actor.kind === 'visitor') throw new Refusal(401, 'sign_in_first');
    if (!admits(actor, 'ledger.read', null)) throw forbidden();
    const input = parseInput(api.list, request.query);
    const dir = await inStatement(desk.pool, directory);
    const filter = { ...ledgerFilter(dir, actor, desk.now(), input), seatOf: null };
    const english = actor.locale === 'en';
    const columns: Column[] = titles.map(([key, zh, en, width]) => ({ key, title: english ? en : zh, width }));
    const tally = { rows: 0 };
    const name = `${english ? 'Ledger' : '不满意台账'} ${desk.now().toISOString().slice(0, 10)}`;
    await sendExport(desk, reply, {
      name,
      columns,
      rows: exportRows(desk, actor, filter, tally),
      zone: dir.group.timezone,
      tally,
      entry: {
        actorId: actor.accountId,
        role: roleFor(actor, 'ledger.read'),
        action: 'ledger.exported',
        lineId: input.lineId ?? null,
        categoryId: input.categoryId ?? null,
        figures: { view: input.view },
      },
    });
    return reply;
  });
}
