import { requestEndpoints as api, type RequestRow } from '../../../contract/requests.ts';
import { type Actor, admits, areasFor, roleFor } from '../../platform/actor.ts';
import { forbidden, Refusal } from '../../platform/errors.ts';
import { type Desk, parseInput } from '../../platform/serve.ts';
import { inStatement } from '../../platform/transaction.ts';
import { say, stateWords } from '../../platform/words.ts';
import { type SheetRow, sendExport } from '../../platform/workbook-answer.ts';
import { type Directory, directory } from '../organization/index.ts';
import { exportColumns, exportWord } from './exportWords.ts';
import type { ListFilter } from './lists/queries.ts';
import { filterOf } from './lists.ts';
import { readerAt } from './policy.ts';
import { caseSizes, type RequestRecord, wholeTextsOf } from './queries.ts';
import { listRequests } from './search/queries.ts';
import { rowView } from './view.ts';

const pageSize = 1000;
/** A count of what is left out is told only where it names nobody (rules 6). */
const leastCounted = 10;

/** Rules 6: confidential, personal and health records are in no export, whoever asks for it. */
export const exportable = (r: Pick<RequestRecord, 'class' | 'confidentiality'>): boolean =>
  r.class === 'normal' && r.confidentiality !== 'confidential';

function cells(dir: Directory, locale: Actor['locale'], row: RequestRow): SheetRow {
  const name = (one: { zh: string; en: string } | undefined): string | null =>
    one ? (locale === 'en' ? one.en : one.zh) : null;
  const category = dir.categories.get(row.categoryId);
  return {
    number: row.number,
    state: say(stateWords, row.state, locale),
    work: say(stateWords, row.work, locale),
    priority: exportWord(`priority.${row.priority}`, locale),
    submitted: new Date(row.submittedAt),
    categoryCode: category?.code ?? null,
    category: name(category),
    unit: name(dir.nodes.get(row.unitId ?? 0)),
    site: name(dir.nodes.get(row.siteId ?? 0)),
    line: name(dir.lines.get(row.lineId ?? 0)),
    leadUnit: name(dir.nodes.get(row.leadUnitId ?? 0)),
    handler: row.handler,
    clock: row.clock && exportWord(`clock.${row.clock.kind}`, locale),
    due: row.clock && new Date(row.clock.due),
    originalDue: row.clock && new Date(row.clock.originalDue),
    channel: exportWord(`channel.${row.channel}`, locale),
    requester: exportWord(`requester.${row.confidentiality}`, locale),
    text: row.text,
    returns: row.returns,
    nudges: row.nudges,
    reopens: row.reopens,
  };
}

/** The queue's rows page by page, through the queue's own presenter: nobody exports what they may not read. */
async function* exportRows(
  desk: Desk,
  actor: Actor,
  filter: ListFilter,
  tally: { rows: number },
): AsyncGenerator<SheetRow> {
  let leftOut = 0;
  for (let after: ListFilter['after']; filter.scopes.length > 0; ) {
    const { found, shown } = await inStatement(desk.pool, async (tx) => {
      const dir = await directory(tx);
      const found = await listRequests(tx, { ...filter, after, limit: pageSize });
      const kept = found.filter(exportable);
      const texts = await wholeTextsOf(
        tx,
        kept.map((row) => row.id),
      );
      const sizes = await caseSizes(tx, [
        ...new Set(kept.map((row) => row.case_id).filter((id): id is string => id !== null)),
      ]);
      const shown = kept.flatMap((row) => {
        const reader = readerAt(dir, actor, row);
        return reader
          ? [cells(dir, actor.locale, rowView(dir, reader, row, texts.get(row.id), sizes.get(row.case_id ?? '') ?? 1))]
          : [];
      });
      return { found, shown };
    });
    leftOut += found.filter((row) => !exportable(row)).length;
    for (const row of shown) {
      tally.rows++;
      yield row;
    }
    const last = found.at(-1);
    if (!last || found.length < pageSize) break;
    after = { at: last.submitted_at, id: last.id };
  }
  if (leftOut >= leastCounted) yield { number: exportWord('left_out', actor.locale).replace('{n}', String(leftOut)) };
}

export function mountRequestExport(desk: Desk): void {
  desk.app.get('/api/requests/export.xlsx', { schema: { hide: true } }, async (request, reply) => {
    const who = await desk.identify(request);
    if (who.kind === 'visitor') throw new Refusal(401, 'sign_in_first');
    if (!admits(who, 'requests.export', null)) throw forbidden();
    // Only what the grants that allow exporting let this person list.
    const actor = { ...who, areas: areasFor(who, 'requests.export') };
    const input = parseInput(api.list, request.query);
    const now = desk.now();
    const dir = await inStatement(desk.pool, directory);
    // By submission, which never changes: a due moved while the file is written would lose or repeat a row.
    const filter = {
      ...filterOf(dir, actor, now, input),
      sort: input.sort === 'due' ? 'newest' : input.sort,
    } as const;
    const sheet = exportWord('sheet', actor.locale);
    const tally = { rows: 0 };
    await sendExport(desk, reply, {
      name: `${sheet} ${now.toISOString().slice(0, 10)}`,
      columns: exportColumns(actor.locale),
      rows: exportRows(desk, actor, filter, tally),
      zone: dir.group.timezone,
      tally,
      entry: {
        actorId: actor.accountId,
        role: roleFor(actor, 'requests.export'),
        action: 'requests.exported',
        categoryId: input.categoryId ?? null,
        lineId: input.lineId ?? null,
        figures: { view: input.view },
      },
    });
    return reply;
  });
}
