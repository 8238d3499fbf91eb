import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { type CellContent, type Column, writeWorkbook } from './sheets.ts';

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

/**
 * Answers with a workbook that is written while its rows are read: memory does not grow with them. The first row is
 * fetched before the first byte, so that a refusal is still an answer and not a broken download.
 * @returns how many rows went out, once they all did or the reader went away
 */
export async function streamWorkbook(
  reply: FastifyReply,
  name: string,
  columns: Column[],
  rows: AsyncIterable<SheetRow>,
  zone?: string,
): Promise<{ rows: number; complete: boolean }> {
  const source = rows[Symbol.asyncIterator]();
  const first = await source.next();
  let sent = 0;
  async function* counted(): AsyncGenerator<SheetRow> {
    try {
      for (let row = first; !row.done; row = await source.next()) {
        sent++;
        yield row.value;
      }
    } finally {
      await source.return?.();
    }
  }
  const out = new PassThrough();
  const writing = writeWorkbook(out, { name, columns, rows: counted(), zone });
  // Whoever closes the browser in the middle ends the reading, too.
  reply.raw.once('close', () => out.destroy());
  void asWorkbook(reply, name).send(out);
  try {
    await writing;
    return { rows: sent, complete: true };
  } catch {
    return { rows: sent, complete: false };
  }
}
