import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { uuidv7 } from 'uuidv7';
import { append, type JournalEntry } from './journal.ts';
import type { Desk } from './serve.ts';
import { type CellContent, type Column, writeWorkbook } from './sheets.ts';
import { inTransaction } from './transaction.ts';

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export type SheetRow = Record<string, CellContent | undefined>;

/** Headers of a workbook that is saved, never shown: the name in any script, and nothing for a browser to guess. */
export function asWorkbook(reply: FastifyReply, name: string): FastifyReply {
  return reply
    .type(workbookType)
    .header(
      'content-disposition',
      `attachment; filename="table.xlsx"; filename*=UTF-8''${encodeURIComponent(`${name}.xlsx`)}`,
    )
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store');
}

export interface Export {
  name: string;
  columns: Column[];
  rows: AsyncIterable<SheetRow>;
  zone: string;
  /** How many records are in it; rows that only say what is left out are none. */
  tally: { rows: number };
  /** Who took out what; how many rows, and whether all of them, is added. */
  entry: Pick<JournalEntry, 'actorId' | 'role' | 'action' | 'categoryId' | 'lineId' | 'figures'>;
}

/**
 * Answers with a workbook that is written while its rows are read: memory does not grow with them. The first row is
 * fetched before the first byte, so that a refusal is still an answer and not a broken download. That it went out stands in
 * the journal before its last byte leaves: nobody holds a whole export that is not written down.
 */
export async function sendExport(
  desk: Pick<Desk, 'pool' | 'now' | 'committed'>,
  reply: FastifyReply,
  { name, columns, rows, zone, tally, entry }: Export,
): Promise<void> {
  let written = false;
  const writeDown = async (complete: boolean): Promise<void> => {
    await inTransaction(desk.pool, (tx) =>
      append(tx, {
        ...entry,
        at: desk.now(),
        recordKind: 'export',
        recordId: uuidv7(),
        class: 'audit',
        figures: { rows: tally.rows, complete, ...entry.figures },
      }),
    );
    written = true;
    desk.committed();
  };
  const source = rows[Symbol.asyncIterator]();
  const first = await source.next();
  async function* journalled(): AsyncGenerator<SheetRow> {
    try {
      for (let row = first; !row.done; row = await source.next()) yield row.value;
      await writeDown(true);
    } finally {
      await source.return?.();
    }
  }
  const out = new PassThrough();
  const writing = writeWorkbook(out, { name, columns, rows: journalled(), zone });
  // Whoever closes the browser in the middle ends the reading, too.
  reply.raw.once('close', () => out.destroy());
  void asWorkbook(reply, name).send(out);
  await writing.catch(() => {});
  // The reader went away, or the rows failed in the middle: what had gone out by then is written down too.
  if (!written) await writeDown(false);
}
