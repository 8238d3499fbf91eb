import { uuidv7 } from 'uuidv7';
import { type Actor, admits } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Desk } from '../../platform/serve.ts';
import { markWorkbook, writeSheets } from '../../platform/sheets.ts';
import { inStatement, inTransaction } from '../../platform/transaction.ts';
import { asWorkbook } from '../../platform/workbook-answer.ts';
import { directory } from '../organization/index.ts';
import { changesBetween } from './differences.ts';
import { draftOf, replaceItems } from './drafting.ts';
import {
  columns,
  type Fault,
  faultText,
  inLocale,
  keyOf,
  type Locale,
  notes,
  notesName,
  readTableOfItems,
  rowOf,
  sheetName,
  titleOf,
} from './importTable.ts';
import { allEditions, itemsOf } from './queries.ts';
import { inForceAt } from './resolving.ts';

const mostBytes = 5 * 1024 * 1024;
const mostTold = 500;
const keptMs = 3_600_000;
const mostKept = 20;

export interface TableAnswer {
  id: string;
  rows: number;
  adds: number;
  changes: number;
  removes: number;
  same: number;
  problems: { row: number; column: string; message: string }[];
  rejectedFileUrl: string | null;
}

interface Kept {
  at: number;
  accountId: string;
  key: string | null;
  answer: TableAnswer;
  rejected: Buffer | null;
}

const marked = (file: Buffer, faults: Fault[], sheet: number, locale: Locale): Promise<Buffer> =>
  markWorkbook(
    file,
    faults.map((fault) => ({
      row: fault.row,
      column: titleOf(fault.column, locale),
      message: faultText(fault, locale),
    })),
    { sheet, keyOf: (title) => titleOf(keyOf(title), locale) },
  );

/** The catalogue by Excel: downloaded, edited, checked, and applied to the draft whole or not at all. */
export function mountCatalogueImport(desk: Desk): void {
  const kept = new Map<string, Kept>();
  const account = (actor: Actor, permission: 'catalogue.read' | 'catalogue.manage'): string => {
    if (actor.kind === 'visitor') throw new Refusal(401, 'sign_in_first');
    if (!admits(actor, permission, null) || actor.accountId === null) throw forbidden();
    return actor.accountId;
  };

  desk.app.get<{ Querystring: { which?: string } }>(
    '/api/catalogue/table.xlsx',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await desk.identify(request);
      account(actor, 'catalogue.read');
      const { locale } = actor;
      const bytes = await inStatement(desk.pool, async (tx) => {
        const dir = await directory(tx);
        const editions = await allEditions(tx, []);
        const edition = request.query.which === 'draft' ? draftOf(editions) : inForceAt(editions, desk.now());
        const rows = (edition ? await itemsOf(tx, edition.id) : []).map((item) => rowOf(dir, item, locale));
        rows.sort((a, b) => `${a.category} ${a.place}`.localeCompare(`${b.category} ${b.place}`));
        return writeSheets([
          {
            name: inLocale(sheetName, locale),
            columns: Object.entries(columns).map(([key, { title, width }]) => ({
              key,
              title: inLocale(title, locale),
              width,
            })),
            rows,
          },
          {
            name: inLocale(notesName, locale),
            columns: [{ key: 'note', title: inLocale(notesName, locale), width: 100 }],
            rows: notes.map((note) => ({ note: inLocale(note, locale) })),
          },
        ]);
      });
      return asWorkbook(reply, locale === 'en' ? 'dispatch-catalogue' : '派单目录').send(bytes);
    },
  );

  desk.app.post<{ Querystring: { mode?: string } }>(
    '/api/import/catalogue',
    { schema: { hide: true }, bodyLimit: mostBytes + 65_536 },
    async (request, reply): Promise<TableAnswer> => {
      const actor = await desk.identify(request);
      const accountId = account(actor, 'catalogue.manage');
      const { mode } = request.query;
      if (mode !== 'check' && mode !== 'apply') throw badField('mode', 'bad_choice');
      const sent = request.headers['idempotency-key'];
      const key = mode === 'apply' && typeof sent === 'string' ? sent : null;
      const part = await request.file();
      if (!part) throw badField('file', 'required');
      const file = await part.toBuffer().catch(() => {
        throw new Refusal(413, 'file_too_large', { values: { mb: mostBytes / 1024 / 1024 } });
      });
      void reply.type('application/json; charset=utf-8');
      // The answer got lost on the way: what was done is told again, not done again.
      const before = key && [...kept.values()].find((one) => one.key === key && one.accountId === accountId);
      if (before) return before.answer;
      const { dir, standing } = await inStatement(desk.pool, async (tx) => {
        const draft = draftOf(await allEditions(tx, []));
        if (!draft) throw conflict('no_draft');
        return { dir: await directory(tx), standing: await itemsOf(tx, draft.id) };
      });
      const read = await readTableOfItems(dir, file);
      const bad = read.faults.length > 0;
      let counts = { adds: 0, changes: 0, removes: 0 };
      if (mode === 'apply' && !bad) {
        counts = await inTransaction(desk.pool, (tx) => replaceItems({ tx, actor, now: desk.now() }, read.items));
        desk.committed();
      } else if (!bad) {
        const changes = changesBetween(standing, read.items);
        const of = (kind: string): number => changes.filter((one) => one.kind === kind).length;
        counts = { adds: of('added'), changes: of('changed'), removes: of('removed') };
      }
      const id = uuidv7();
      const answer: TableAnswer = {
        id,
        rows: read.rows,
        ...counts,
        same: bad ? 0 : read.items.length - counts.adds - counts.changes,
        problems: read.faults.slice(0, mostTold).map((fault) => ({
          row: fault.row,
          column: titleOf(fault.column, actor.locale),
          message: faultText(fault, actor.locale),
        })),
        rejectedFileUrl: bad ? `/api/import/catalogue/${id}/rejected.xlsx` : null,
      };
      for (const [old, { at }] of kept) if (kept.size >= mostKept || Date.now() - at > keptMs) kept.delete(old);
      kept.set(id, {
        at: Date.now(),
        accountId,
        key: bad ? null : key,
        answer,
        rejected: bad ? await marked(file, read.faults, read.sheet, actor.locale) : null,
      });
      return answer;
    },
  );

  desk.app.get<{ Params: { id: string } }>(
    '/api/import/catalogue/:id/rejected.xlsx',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await desk.identify(request);
      const accountId = account(actor, 'catalogue.manage');
      const one = kept.get(request.params.id);
      if (!one?.rejected || one.accountId !== accountId || Date.now() - one.at > keptMs) throw notFound();
      return asWorkbook(reply, actor.locale === 'en' ? 'to-mend' : '待改').send(one.rejected);
    },
  );
}
