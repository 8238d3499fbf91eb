import { uuidv7 } from 'uuidv7';
import { type Actor, admits, roleFor } from '../../platform/actor.ts';
import { badField, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Desk } from '../../platform/serve.ts';
import { markWorkbook, writeSheets } from '../../platform/sheets.ts';
import { inStatement, inTransaction, type Tx } from '../../platform/transaction.ts';
import { asWorkbook } from '../../platform/workbook-answer.ts';
import { directory } from '../organization/index.ts';
import { allStages } from '../stages/index.ts';
import { paperOf } from './paper.ts';
import { mayRead, mayWrite } from './policy.ts';
import { linesOf, lockPlan, type PlanRecord, planById, plansByIds, signaturesOf } from './queries.ts';
import {
  columns,
  faultText,
  inLocale,
  keyOf,
  notes,
  notesName,
  readMeasures,
  rowOf,
  sheetName,
  titleOf,
} from './table.ts';
import { addLine, changeLine, differing } from './writing.ts';

const mostBytes = 5 * 1024 * 1024;
const keptMs = 3_600_000;
const mostKept = 20;
const mostTold = 200;

interface Answer {
  rows: number;
  adds: number;
  changes: number;
  same: number;
  problems: { row: number; column: string; message: string }[];
  rejectedFileUrl: string | null;
}

/** Plans leave and come back as tables, and leave as official papers. */
export function mountPlanFiles(desk: Desk): void {
  const rejected = new Map<string, { at: number; accountId: string; file: Buffer }>();
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
  const nameOf = async (tx: Tx, plan: PlanRecord): Promise<string> =>
    `${(await directory(tx)).nodes.get(plan.node_id)?.code ?? ''} ${plan.stage_code} V${plan.version_no}`.trim();

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
          name: await nameOf(tx, plan),
          bytes: await writeSheets([
            {
              name: inLocale(sheetName, locale),
              columns: Object.entries(columns).map(([key, { title, width }]) => ({
                key,
                title: inLocale(title, locale),
                width,
              })),
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
          name: await nameOf(tx, plan),
          paper: paperOf(dir, plan, {
            lines,
            signatures: (await signaturesOf(tx, [plan.id])).filter((one) => one.turn === plan.turn),
            above: above ?? null,
            stage: (await allStages(tx)).find((one) => one.code === plan.stage_code)!.zh,
            now: desk.now(),
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
    { schema: { hide: true }, bodyLimit: mostBytes + 65_536 },
    async (request, reply): Promise<Answer> => {
      const actor = await desk.identify(request);
      reader(actor, 'plans.write');
      const { mode } = request.query;
      if (mode !== 'check' && mode !== 'apply') throw badField('mode', 'bad_choice');
      const part = await request.file();
      if (!part) throw badField('file', 'required');
      const file = await part.toBuffer().catch(() => {
        throw new Refusal(413, 'file_too_large', { values: { mb: mostBytes / 1024 / 1024 } });
      });
      void reply.type('application/json; charset=utf-8');
      const { id } = request.params;
      const now = desk.now();
      const work = async (tx: Tx) => {
        await found(tx, actor, id);
        const dir = await directory(tx);
        const plan = (mode === 'apply' ? await lockPlan(tx, id) : await planById(tx, id))!;
        if (!mayWrite(dir, actor, plan)) throw new Refusal(409, 'plan_not_draft');
        const read = await readMeasures(dir, file, await linesOf(tx, [id]));
        const counts = { adds: 0, changes: 0, same: 0 };
        if (read.faults.length > 0) return { read, counts };
        for (const { standing, line } of read.lines) {
          const changed =
            standing === null ||
            Object.keys(
              differing(standing, {
                level: line.level,
                zh: line.zh,
                en: line.en,
                who: line.who,
                owner_id: line.ownerId,
                place: line.place,
                how: line.how,
                work_line_id: line.workLineId,
                phase: line.phase,
                nature: line.nature,
                frequency: line.frequency,
                evidence: line.evidence,
                evidence_count: line.evidenceCount,
                red: line.red,
                clause: line.clause,
              }).after,
            ).length > 0;
          counts[standing === null ? 'adds' : changed ? 'changes' : 'same']++;
          if (mode !== 'apply' || !changed) continue;
          if (standing === null) await addLine({ tx, actor, now }, { id, key: uuidv7(), line });
          else await changeLine({ tx, actor, now }, { id, key: standing.key, version: standing.version, line });
        }
        return { read, counts };
      };
      const { read, counts } =
        mode === 'apply' ? await inTransaction(desk.pool, work) : await inStatement(desk.pool, work);
      if (mode === 'apply') desk.committed();
      let rejectedFileUrl: string | null = null;
      if (read.faults.length > 0) {
        const kept = uuidv7();
        for (const [old, { at }] of rejected)
          if (rejected.size >= mostKept || Date.now() - at > keptMs) rejected.delete(old);
        rejected.set(kept, {
          at: Date.now(),
          accountId: actor.accountId!,
          file: await markWorkbook(
            file,
            read.faults.map((fault) => ({
              row: fault.row,
              column: titleOf(fault.column, actor.locale),
              message: faultText(fault, actor.locale),
            })),
            { sheet: read.sheet, keyOf: (title) => titleOf(keyOf(title), actor.locale) },
          ),
        });
        rejectedFileUrl = `/api/import/plans/${kept}/rejected.xlsx`;
      }
      return {
        rows: read.rows,
        ...counts,
        problems: read.faults.slice(0, mostTold).map((fault) => ({
          row: fault.row,
          column: titleOf(fault.column, actor.locale),
          message: faultText(fault, actor.locale),
        })),
        rejectedFileUrl,
      };
    },
  );

  desk.app.get<{ Params: { id: string } }>(
    '/api/import/plans/:id/rejected.xlsx',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await desk.identify(request);
      reader(actor, 'plans.write');
      const one = rejected.get(request.params.id);
      if (!one || one.accountId !== actor.accountId || Date.now() - one.at > keptMs) throw notFound();
      return asWorkbook(reply, actor.locale === 'en' ? 'to-mend' : '待改').send(one.file);
    },
  );
}
