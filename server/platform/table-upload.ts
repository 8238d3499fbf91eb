/** Tables sent back by people: checked or applied, and where a cell needs mending returned with it marked. */
import type { FastifyRequest } from 'fastify';
import { uuidv7 } from 'uuidv7';
import type { Actor } from './actor.ts';
import { badField, notFound, Refusal } from './errors.ts';
import type { Desk } from './serve.ts';
import { markWorkbook } from './sheets.ts';
import type { TableForm } from './table-form.ts';
import { asWorkbook } from './workbook-answer.ts';

const mostBytes = 5 * 1024 * 1024;
/** Body of a request that carries one: the table and what a form puts around it. */
export const uploadLimit = mostBytes + 65_536;
/** Faults told in the answer; the marked file has all of them. */
const mostTold = 500;

/**
 * @param most bytes the file may have, as its route allows; said where it has more
 * @throws 422 naming `mode` or `file`; 413 for a larger file
 */
export async function sentTable(
  request: FastifyRequest<{ Querystring: { mode?: string } }>,
  most = mostBytes,
): Promise<{ mode: 'check' | 'apply'; file: Buffer }> {
  const { mode } = request.query;
  if (mode !== 'check' && mode !== 'apply') throw badField('mode', 'bad_choice');
  const part = await request.file();
  if (!part) throw badField('file', 'required');
  const file = await part.toBuffer().catch(() => {
    throw new Refusal(413, 'file_too_large', { values: { mb: most / 1024 / 1024 } });
  });
  return { mode, file };
}

export interface Returned {
  problems: { row: number; column: string; message: string }[];
  /** Where the sender fetches the file with its faults marked; null where there are none. */
  rejectedFileUrl: string | null;
}

const keptMs = 3_600_000;
const mostKept = 20;

/**
 * Keeps marked files for an hour, for whoever sent them, and serves them below `address`.
 * @param who the account of a reader who may send such tables; throws for others
 */
export function returningMarked(
  desk: Desk,
  address: string,
  who: (actor: Actor) => string,
): <Code extends string>(
  actor: Actor,
  file: Buffer,
  form: TableForm<Code>,
  faults: Parameters<TableForm<Code>['told']>[0],
  sheet?: number,
) => Promise<Returned> {
  const kept = new Map<string, { at: number; accountId: string; file: Buffer }>();

  desk.app.get<{ Params: { id: string } }>(
    `${address}/:id/rejected.xlsx`,
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await desk.identify(request);
      const accountId = who(actor);
      const one = kept.get(request.params.id);
      if (!one || one.accountId !== accountId || Date.now() - one.at > keptMs) throw notFound();
      return asWorkbook(reply, actor.locale === 'en' ? 'to-mend' : '待改').send(one.file);
    },
  );

  return async (actor, file, form, faults, sheet) => {
    if (faults.length === 0) return { problems: [], rejectedFileUrl: null };
    const problems = form.told(faults, actor.locale);
    const id = uuidv7();
    for (const [old, { at }] of kept) if (kept.size >= mostKept || Date.now() - at > keptMs) kept.delete(old);
    kept.set(id, {
      at: Date.now(),
      accountId: who(actor),
      file: await markWorkbook(file, problems, {
        ...(sheet === undefined ? {} : { sheet }),
        keyOf: (title) => form.titleOf(form.keyOf(title), actor.locale),
      }),
    });
    return { problems: problems.slice(0, mostTold), rejectedFileUrl: `${address}/${id}/rejected.xlsx` };
  };
}
