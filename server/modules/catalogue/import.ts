import { type Actor, admits } from '../../platform/actor.ts';
import { conflict, forbidden, Refusal } from '../../platform/errors.ts';
import type { Desk } from '../../platform/serve.ts';
import { writeSheets } from '../../platform/sheets.ts';
import { inLocale } from '../../platform/table-form.ts';
import { type Returned, returningMarked, sentTable, uploadLimit } from '../../platform/table-upload.ts';
import { inStatement, inTransaction } from '../../platform/transaction.ts';
import { asWorkbook } from '../../platform/workbook-answer.ts';
import { directory } from '../organization/index.ts';
import { changesBetween } from './differences.ts';
import { draftOf, replaceItems } from './drafting.ts';
import { catalogueForm, notes, notesName, readTableOfItems, rowOf, sheetName } from './importTable.ts';
import { allEditions, itemsOf } from './queries.ts';
import { inForceAt } from './resolving.ts';

const keptMs = 3_600_000;
const mostKept = 20;

export interface TableAnswer extends Returned {
  rows: number;
  adds: number;
  changes: number;
  removes: number;
  same: number;
}

/** An answer that may have got lost on the way. */
interface Kept {
  at: number;
  answer: TableAnswer;
}

/** The catalogue by Excel: downloaded, edited, checked, and applied to the draft whole or not at all. */
export function mountCatalogueImport(desk: Desk): void {
  const kept = new Map<string, Kept>();
  const account = (actor: Actor, permission: 'catalogue.read' | 'catalogue.manage'): string => {
    if (actor.kind === 'visitor') throw new Refusal(401, 'sign_in_first');
    if (!admits(actor, permission, null) || actor.accountId === null) throw forbidden();
    return actor.accountId;
  };
  const returned = returningMarked(desk, '/api/import/catalogue', (actor) => account(actor, 'catalogue.manage'));

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
            columns: catalogueForm.heads(locale),
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
    { schema: { hide: true }, bodyLimit: uploadLimit },
    async (request, reply): Promise<TableAnswer> => {
      const actor = await desk.identify(request);
      const accountId = account(actor, 'catalogue.manage');
      const { mode, file } = await sentTable(request);
      const sent = request.headers['idempotency-key'];
      const key = mode === 'apply' && typeof sent === 'string' ? `${accountId} ${sent}` : null;
      void reply.type('application/json; charset=utf-8');
      // The answer got lost on the way: what was done is told again, not done again.
      const before = key === null ? undefined : kept.get(key);
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
      const answer: TableAnswer = {
        rows: read.rows,
        ...counts,
        same: bad ? 0 : read.items.length - counts.adds - counts.changes,
        ...(await returned(actor, file, catalogueForm, read.faults, read.sheet)),
      };
      if (key !== null && !bad) {
        for (const [old, { at }] of kept) if (kept.size >= mostKept || Date.now() - at > keptMs) kept.delete(old);
        kept.set(key, { at: Date.now(), answer });
      }
      return answer;
    },
  );
}
