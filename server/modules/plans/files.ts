import { uuidv7 } from 'uuidv7';
import type { PlanKind } from '../../../contract/plans.ts';
import { type Actor, admits, roleFor } from '../../platform/actor.ts';
import { forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Desk } from '../../platform/serve.ts';
import { writeSheets } from '../../platform/sheets.ts';
import { inLocale } from '../../platform/table-form.ts';
import { type Returned, returningMarked, sentTable, uploadLimit } from '../../platform/table-upload.ts';
import { inTransaction, type Tx } from '../../platform/transaction.ts';
import { asWorkbook } from '../../platform/workbook-answer.ts';
import { directory } from '../organization/index.ts';
import { allStages } from '../stages/index.ts';
import { paperOf } from './paper.ts';
import { ownersOf } from './people.ts';
import { mayRead } from './policy.ts';
import { linesOf, type PlanRecord, planById, plansByIds, signaturesOf } from './queries.ts';
import { measuresForm, notes, notesName, readMeasures, rowOf, sheetName } from './table.ts';
import { labelOf } from './waiting.ts';
import { addLine, changeLine, columnsOf, differing, toWrite } from './writing.ts';

interface Answer extends Returned {
  rows: number;
  adds: number;
  changes: number;
  same: number;
}

/** Plans leave and come back as tables, and leave as official papers. */
export function mountPlanFiles(desk: Desk): void {
  const reader = (actor: Actor, permission: 'plans.read' | 'plans.write' = 'plans.read'): void => {
    if (actor.kind === 'visitor') throw new Refusal(401, 'sign_in_first');
    if (!admits(actor, permission, null)) throw forbidden();
  };
  const found = async (tx: Tx, actor: Actor, id: string): Promise<PlanRecord> => {
    const plan = /^[0-9a-f-]{36}$/i.test(id) ? await planById(tx, id) : undefined;
    if (!plan || !mayRead(await directory(tx), actor, plan)) throw notFound();
    return plan;
  };
  const wentOut = (tx: Tx, actor: Actor, plan: PlanRecord, rows: number, form: string) =>
    append(tx, {
      at: desk.now(),
      actorId: actor.accountId,
      role: roleFor(actor, 'plans.read'),
      action: 'plans.exported',
      recordKind: 'export',
      recordId: uuidv7(),
      class: 'audit',
      unitId: plan.unit_id,
      siteId: plan.site_id,
      figures: { rows, form },
    });
  const returned = returningMarked(desk, '/api/import/plans', (actor) => {
    reader(actor, 'plans.write');
    return actor.accountId!;
  });

  desk.app.get<{ Params: { id: string } }>(
    '/api/plans/:id/table.xlsx',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await desk.identify(request);
      reader(actor);
      const { locale } = actor;
      const { bytes, name } = await inTransaction(desk.pool, async (tx) => {
        const plan = await found(tx, actor, request.params.id);
        const dir = await directory(tx);
        const lines = await linesOf(tx, [plan.id]);
        await wentOut(tx, actor, plan, lines.length, 'xlsx');
        return {
          name: labelOf(await directory(tx), plan),
          bytes: await writeSheets([
            {
              name: inLocale(sheetName, locale),
              columns: measuresForm.heads(locale),
              rows: lines.map((line) => rowOf(dir, line, locale)),
            },
            {
              name: inLocale(notesName, locale),
              columns: [{ key: 'note', title: inLocale(notesName, locale), width: 100 }],
              rows: notes.map((one) => ({ note: inLocale(one, locale) })),
            },
          ]),
        };
      });
      desk.committed();
      return asWorkbook(reply, name).send(bytes);
    },
  );

  desk.app.get<{ Params: { id: string } }>(
    '/api/plans/:id/paper.docx',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await desk.identify(request);
      reader(actor);
      // A library of a megabyte: read when the first paper is asked for.
      const { writeOfficialPaper } = await import('../../platform/official-paper.ts');
      const { paper, name } = await inTransaction(desk.pool, async (tx) => {
        const plan = await found(tx, actor, request.params.id);
        const lines = await linesOf(tx, [plan.id]);
        await wentOut(tx, actor, plan, lines.length, 'docx');
        const [above] = plan.parent_id === null ? [] : await plansByIds(tx, [plan.parent_id]);
        const dir = await directory(tx);
        return {
          name: labelOf(dir, plan),
          paper: paperOf(dir, plan, {
            lines,
            signatures: (await signaturesOf(tx, [plan.id])).filter((one) => one.turn === plan.turn),
            above: above ?? null,
            stage: (await allStages(tx)).find((one) => one.code === plan.stage_code)!.zh,
            owners: await ownersOf(tx, lines),
          }),
        };
      });
      desk.committed();
      const bytes = await writeOfficialPaper(paper);
      return reply
        .type('application/vnd.openxmlformats-officedocument.wordprocessingml.document')
        .header(
          'content-disposition',
          `attachment; filename="plan.docx"; filename*=UTF-8''${encodeURIComponent(`${name}.docx`)}`,
        )
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, no-store')
        .send(bytes);
    },
  );

  desk.app.post<{ Params: { id: string }; Querystring: { mode?: string } }>(
    '/api/plans/:id/table',
    { schema: { hide: true }, bodyLimit: uploadLimit },
    async (request, reply): Promise<Answer> => {
      const actor = await desk.identify(request);
      reader(actor, 'plans.write');
      const { mode, file } = await sentTable(request);
      void reply.type('application/json; charset=utf-8');
      const { id } = request.params;
      const now = desk.now();
      const work = async (tx: Tx) => {
        await found(tx, actor, id);
        const context = { tx, actor, now };
        const plan = await toWrite(context, id);
        const read = await readMeasures(await directory(tx), plan.kind as PlanKind, file, await linesOf(tx, [id]));
        const counts = { adds: 0, changes: 0, same: 0 };
        if (read.faults.length > 0) return { read, counts };
        for (const { standing, line } of read.lines) {
          const changed = standing === null || Object.keys(differing(standing, columnsOf(line)).after).length > 0;
          counts[standing === null ? 'adds' : changed ? 'changes' : 'same']++;
          if (mode !== 'apply' || !changed) continue;
          if (standing === null) await addLine(context, { id, key: uuidv7(), line });
          else await changeLine(context, { id, key: standing.key, version: standing.version, line });
        }
        return { read, counts };
      };
      const { read, counts } = await inTransaction(desk.pool, work);
      if (mode === 'apply') desk.committed();
      return {
        rows: read.rows,
        ...counts,
        ...(await returned(actor, file, measuresForm, read.faults, read.sheet)),
      };
    },
  );
}
